"""Pledges on real rows: nothing goes out before its author says by when it is kept, and by whom."""

from datetime import datetime, timedelta

import pytest

from desk import (
    claims,
    deliveries,
    escalation,
    replies,
    sending,
)
from desk.desk import Desk
from domain.cases import Case
from domain.deadlines import PROMISE, Deadline
from domain.deliveries import DIRECT, Delivered
from domain.errors import Invalid
from domain.policy import Policy
from domain.promises import Answer
from domain.replies import DRAFT, Done
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, a_post, acts_of, by, take_in

MINUTE = timedelta(minutes=1)
WORDS = "So sorry, Harriet. We'll call you today by 5pm."
DUE = datetime.fromisoformat("2026-11-23T17:00:00+00:00")


@pytest.fixture
def policy() -> Policy:
    """Hours, a rota, and Eli as the manager."""
    return weekend.policy()


@pytest.fixture
def draft(desk: Desk, case: Case) -> str:
    """Ann's draft; she holds the case."""
    claims.claim(desk, case.id, by(ANN))
    return replies.open_reply(desk, case.id, by(ANN)).draft.id


@pytest.fixture
def promise(desk: Desk, draft: str) -> Deadline:
    """Ben is to call by five; the reply is public since two minutes past nine."""
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN))
    publish(desk)
    return promises_of(desk)[0]


def publish(desk: Desk, at: datetime = AT + 2 * MINUTE) -> None:
    errand = sending.take(desk, at, at)
    assert errand is not None
    sending.settle(desk, errand, Done("900"), at)


def promises_of(desk: Desk) -> list[Deadline]:
    with desk.store.look() as tx:
        return [clock for clock in tx.clocks.of_case(1) if clock.target == PROMISE]


def go(desk: Desk, start: datetime, until: datetime) -> list[tuple[str, int]]:
    """Walk minute by minute; (whom, minutes after the promise was due) of each new message about it."""
    told, now = [], start
    while now <= until:
        escalation.tick(desk, now)
        for person, says in deliver(desk, now):
            if says == "promise_due":
                told.append((person, round((now - DUE) / MINUTE)))
        now += MINUTE
    return told


def deliver(desk: Desk, now: datetime) -> list[tuple[str, str]]:
    """Take everything that is due and call it delivered; new direct messages as (whom, what they say)."""
    found = []
    while (parcel := deliveries.take(desk, now + timedelta(seconds=30), now)) is not None:
        one = parcel.delivery
        if one.kind == DIRECT and one.ts is None:
            found.append((str(one.recipient), str(one.payload["says"])))
        deliveries.settle(desk, one, Delivered(f"{one.id}.0", one.channel or one.recipient), now)
    return found


def test_nothing_goes_out_before_its_author_says_by_when_and_who(desk: Desk, draft: str) -> None:
    outcome = replies.confirm(desk, draft, WORDS, by(ANN))

    assert isinstance(outcome, replies.Asked)
    assert outcome.sheet.pledge is not None
    assert (outcome.sheet.pledge.said, outcome.sheet.pledge.due_at) == ("We'll call you today by 5pm", DUE)
    assert outcome.sheet.pledge.keeper == ANN
    assert sending.take(desk, AT + MINUTE, AT) is None
    with desk.store.look() as tx:
        kept = tx.replies.get(draft)
    assert kept is not None
    assert (kept.status, kept.text) == (DRAFT, WORDS)


def test_a_reply_without_a_promise_goes_out_at_once(desk: Desk, draft: str) -> None:
    assert isinstance(replies.confirm(desk, draft, "So sorry. Which gym was it?", by(ANN)), replies.Queued)
    publish(desk)

    assert promises_of(desk) == []


def test_what_is_no_promise_goes_out_and_nothing_runs(desk: Desk, draft: str) -> None:
    assert isinstance(replies.confirm(desk, draft, WORDS, by(ANN), Answer(None, None, is_none=True)), replies.Queued)
    publish(desk)

    assert promises_of(desk) == []


@pytest.mark.parametrize(
    ("answer", "field", "says"),
    [
        (Answer(None, BEN), "promise_due", "by when"),
        (Answer(AT - MINUTE, BEN), "promise_due", "has passed"),
        (Answer(AT, BEN), "promise_due", "has passed"),
        (Answer(AT + timedelta(days=400), BEN), "promise_due", "a year"),
        (Answer(DUE, None), "promise_keeper", "Choose the colleague"),
        (Answer(DUE, "U0GONE"), "promise_keeper", "works here"),
        (Answer(DUE, "U0GUEST"), "promise_keeper", "works here"),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_in_the_modal(
    desk: Desk, draft: str, answer: Answer, field: str, says: str
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        replies.confirm(desk, draft, WORDS, by(ANN), answer)

    assert refused.value.field == field
    assert sending.take(desk, AT + MINUTE, AT) is None


def test_it_starts_when_the_reply_is_public_and_not_before(desk: Desk, draft: str) -> None:
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN))
    assert promises_of(desk) == []

    publish(desk)

    (clock,) = promises_of(desk)
    assert (clock.person, clock.due_at, clock.said) == (BEN, DUE, "We'll call you today by 5pm")
    assert clock.started_at == AT + 2 * MINUTE
    assert "promised" in acts_of(desk)
    assert (BEN, "promise_given") in deliver(desk, AT + 2 * MINUTE)


def test_an_answer_given_once_is_remembered_when_the_reply_was_held_back(desk: Desk, draft: str) -> None:
    take_in(desk, a_post(2, conversation_id="1", in_reply_to="1"), at=AT + MINUTE)
    assert isinstance(replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN)), replies.Changed)

    assert isinstance(replies.confirm(desk, draft, WORDS, by(ANN)), replies.Queued)
    publish(desk)

    assert [clock.person for clock in promises_of(desk)] == [BEN]


def test_an_answer_whose_time_has_passed_meanwhile_is_asked_for_again(desk: Desk, draft: str) -> None:
    take_in(desk, a_post(2, conversation_id="1", in_reply_to="1"), at=AT + MINUTE)
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(AT + 5 * MINUTE, BEN))

    again = replies.confirm(desk, draft, WORDS, by(ANN, AT + 6 * MINUTE))

    assert isinstance(again, replies.Asked)


def test_a_promise_taken_out_of_the_text_is_forgotten(desk: Desk, draft: str) -> None:
    take_in(desk, a_post(2, conversation_id="1", in_reply_to="1"), at=AT + MINUTE)
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN))

    replies.confirm(desk, draft, "So sorry. Which gym was it?", by(ANN))
    publish(desk)

    assert promises_of(desk) == []
