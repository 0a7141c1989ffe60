"""Pledges on real rows: nothing goes out before its author says by when it is kept, and by whom."""

from datetime import timedelta

import pytest

from desk import (
    replies,
    sending,
)
from desk.desk import Desk
from domain.errors import Invalid
from domain.promises import Answer
from domain.replies import DRAFT
from tests.desk.conftest import ANN, AT, BEN, a_post, acts_of, by, take_in
from tests.desk.pledging import DUE, MINUTE, WORDS, deliver, draft, policy, promise, promises_of, publish

__all__ = ["draft", "policy", "promise"]


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
