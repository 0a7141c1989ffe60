"""Sending: every outcome of an attempt leads where the state machine says, and each is written down."""

from datetime import datetime, timedelta

import pytest

from desk import claims, holding, replies, sending
from desk.desk import Desk
from desk.sending import CouldNotLook, Errand, Found, Gone, NotFound
from domain.cases import AWAITING, CLAIMED, Case
from domain.errors import Invalid, Repeated, Stale
from domain.replies import (
    DRAFT,
    FAILED,
    NEEDS_HUMAN,
    QUEUED,
    SENDING,
    SENT,
    UNCERTAIN,
    Done,
    Refused,
    Reply,
    SurelyNot,
    Unknown,
)
from tests.desk.conftest import ANN, AT, BEN, a_post, acts_of, by, case_of, take_in

WORDS = "We are sorry. Which gym was it?"


@pytest.fixture
def queued(desk: Desk, case: Case) -> Reply:
    """Ann's confirmed reply."""
    claims.claim(desk, case.id, by(ANN))
    sheet = replies.open_reply(desk, case.id, by(ANN))
    outcome = replies.confirm(desk, sheet.draft.id, WORDS, by(ANN))
    assert isinstance(outcome, replies.Queued)
    return outcome.reply


def taken(desk: Desk, at: datetime = AT) -> Errand:
    errand = sending.take(desk, at, at)
    assert errand is not None
    return errand


def now(desk: Desk, reply: Reply) -> Reply:
    with desk.store.look() as tx:
        found = tx.replies.get(reply.id)
    assert found is not None
    return found


def test_what_is_public_answers_the_case(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Done("900"), AT + timedelta(seconds=1))

    assert (now(desk, queued).status, now(desk, queued).remote_id) == (SENT, "900")
    assert case_of(desk).status == AWAITING
    assert case_of(desk).first_response_at == AT + timedelta(seconds=1)


def test_an_attempt_is_written_down_before_it_is_made(desk: Desk, queued: Reply) -> None:
    taken(desk)

    assert now(desk, queued).status == SENDING
    assert acts_of(desk)[-1] == "reply_attempted"


def test_what_surely_had_no_effect_is_tried_again_three_times_and_then_given_back(desk: Desk, queued: Reply) -> None:
    at = AT
    for _ in range(3):
        sending.settle(desk, taken(desk, at), SurelyNot("not reached"), at)
        assert now(desk, queued).status == QUEUED
        at += timedelta(minutes=2)

    sending.settle(desk, taken(desk, at), SurelyNot("not reached"), at)

    assert now(desk, queued).status == FAILED
    assert now(desk, queued).text == WORDS
    assert case_of(desk).status == CLAIMED


@pytest.mark.usefixtures("queued")
def test_a_wait_the_network_named_is_kept(desk: Desk) -> None:
    sending.settle(desk, taken(desk), SurelyNot("429", AT + timedelta(seconds=90), "rate"), AT)

    assert sending.take(desk, AT + timedelta(seconds=89), AT) is None
    assert taken(desk, AT + timedelta(seconds=90)).kind == sending.SEND


def test_an_unknown_outcome_is_looked_up_and_never_sent_blindly(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Unknown("timeout"), AT)

    kinds = []
    for seconds in (5, 30, 120):
        errand = taken(desk, AT + timedelta(seconds=seconds))
        kinds.append(errand.kind)
        sending.settle(desk, errand, NotFound(), AT + timedelta(seconds=seconds))

    assert kinds == [sending.LOOK_UP] * 3
    assert now(desk, queued).status == NEEDS_HUMAN
    assert sending.take(desk, AT + timedelta(days=1), AT + timedelta(days=1)) is None


def test_a_look_up_that_finds_it_settles_it(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Unknown("timeout"), AT)

    sending.settle(desk, taken(desk, AT + timedelta(seconds=5)), Found("900", AT), AT + timedelta(seconds=5))

    assert now(desk, queued).status == SENT
    assert case_of(desk).first_response_at == AT


def test_a_network_that_cannot_be_asked_ends_with_a_person_all_the_same(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Unknown("timeout"), AT)
    at = AT + timedelta(seconds=5)
    while now(desk, queued).status == UNCERTAIN:
        assert at < AT + timedelta(minutes=10)
        sending.settle(desk, taken(desk, at), CouldNotLook(), at)
        at += timedelta(seconds=20)

    assert now(desk, queued).status == NEEDS_HUMAN


def test_an_attempt_whose_sender_died_is_uncertain(desk: Desk, queued: Reply) -> None:
    taken(desk)
    later = AT + timedelta(minutes=5)

    assert sending.take(desk, later, later) is None

    assert now(desk, queued).status == UNCERTAIN


def test_a_sender_that_comes_late_changes_nothing_that_was_settled(desk: Desk, queued: Reply) -> None:
    errand = taken(desk)
    sending.settle(desk, errand, Done("900"), AT)

    sending.settle(desk, errand, Refused("not_summoned", "X says no."), AT)

    assert now(desk, queued).status == SENT


def test_a_refusal_gives_the_words_back(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Refused("not_summoned", "X says no."), AT)

    assert now(desk, queued).status == FAILED
    sheet = replies.edit_failed(desk, queued.id, by(ANN))
    assert (sheet.draft.status, sheet.draft.text) == (DRAFT, WORDS)


def test_a_post_that_is_gone_takes_its_words_with_it(desk: Desk, queued: Reply) -> None:
    sending.settle(desk, taken(desk), Gone("Its author deleted it."), AT)

    with desk.store.look() as tx:
        (post,) = tx.posts.of_case(1)
    assert post.text is None
    assert now(desk, queued).status == FAILED


def test_the_last_look_holds_what_was_queued_before_the_customer_wrote(desk: Desk, queued: Reply) -> None:
    take_in(desk, a_post(2, conversation_id="1"))

    assert sending.take(desk, AT, AT) is None

    assert now(desk, queued).status == DRAFT
    assert acts_of(desk)[-1] == "reply_held"


def test_a_queued_reply_goes_with_its_holder(desk: Desk, queued: Reply) -> None:
    holding.take_over(desk, 1, case_of(desk).epoch, "Ann is off sick", by(BEN))

    assert sending.take(desk, AT, AT) is None
    assert now(desk, queued).status == DRAFT


def test_nobody_lets_go_while_it_is_sending(desk: Desk, queued: Reply) -> None:
    taken(desk)
    epoch = case_of(desk).epoch

    with pytest.raises(Stale, match="on its way"):
        holding.take_over(desk, 1, epoch, "Ann is off sick", by(BEN))
    with pytest.raises(Stale, match="on its way"):
        holding.release(desk, 1, epoch, by(ANN))
    assert queued.status == QUEUED


def test_a_second_confirmation_is_the_same_one(desk: Desk, queued: Reply) -> None:
    with pytest.raises(Repeated):
        replies.confirm(desk, queued.id, WORDS, by(ANN))


def test_one_reply_at_a_time(desk: Desk, queued: Reply) -> None:
    with pytest.raises(Stale, match="already on its way"):
        replies.open_reply(desk, queued.case_id, by(ANN))


@pytest.mark.parametrize(("text", "told"), [("", "few words"), ("long " * 100, "too long"), ("\u200b", "words")])
def test_what_cannot_be_a_reply_is_refused_in_its_field(desk: Desk, case: Case, text: str, told: str) -> None:
    claims.claim(desk, case.id, by(ANN))
    draft = replies.open_reply(desk, case.id, by(ANN)).draft

    with pytest.raises(Invalid, match=told) as refusal:
        replies.confirm(desk, draft.id, text, by(ANN))

    assert refusal.value.field == "text"
