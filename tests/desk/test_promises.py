"""Promises on real rows: asked about before the reply goes out, told to whoever keeps them, and counted."""

from datetime import timedelta

import pytest

from desk import (
    auditor,
    deadlines,
    endings,
    escalation,
    intake,
    promises,
    reading,
    replies,
    sending,
)
from desk.desk import Desk
from domain.deadlines import Deadline
from domain.errors import Invalid, NotAllowed, Repeated, Stale
from domain.promises import Answer
from domain.quiet import Preferences
from domain.replies import Done
from domain.staff import DEACTIVATED, Staff
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, acts_of, by, case_of, take_in
from tests.desk.pledging import DUE, MINUTE, WORDS, deliver, draft, go, policy, promise, promises_of, publish

__all__ = ["draft", "policy", "promise"]


def test_the_keeper_is_told_before_and_at_the_time_then_the_manager_at_most_six_times(desk: Desk, draft: str) -> None:
    due = AT + timedelta(hours=1)
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(due, BEN))
    publish(desk)

    told = [(who, minute + 420) for who, minute in go(desk, due - 20 * MINUTE, due + timedelta(hours=30))]

    assert told == [(BEN, -15), (BEN, 0), *((ELI, 30 + 60 * n) for n in range(6))]
    assert {"breached", "promise_broken"} <= set(acts_of(desk))
    assert auditor.find(desk, due + timedelta(hours=7)) == ()


@pytest.mark.usefixtures("promise")
def test_the_manager_is_not_reminded_again_and_again_by_night(desk: Desk) -> None:
    told = go(desk, DUE - 20 * MINUTE, DUE + timedelta(hours=20))

    assert told[:3] == [(BEN, -15), (BEN, 0), (ELI, 30)]
    assert [minute for _, minute in told[3:]] == [16 * 60]


def test_kept_in_time_nobody_else_hears_of_it_and_the_message_says_so(desk: Desk, promise: Deadline) -> None:
    assert go(desk, DUE - 20 * MINUTE, DUE - 10 * MINUTE) == [(BEN, -15)]

    promises.kept(desk, 1, promise.id, by(BEN, DUE - 9 * MINUTE))

    assert go(desk, DUE - 9 * MINUTE, DUE + timedelta(hours=3)) == []
    assert "promise_kept" in acts_of(desk)
    assert "promise_broken" not in acts_of(desk)
    with pytest.raises(Stale):
        promises.kept(desk, 1, promise.id, by(BEN, DUE))


def test_two_clocks_tell_nobody_twice(desk: Desk, promise: Deadline) -> None:
    for _ in range(2):
        escalation.tick(desk, DUE)
        escalation.tick(desk, DUE)

    told = [one for one in deliver(desk, DUE) if one[1] == "promise_due"]

    assert promise.due_at == DUE
    assert told == [(BEN, "promise_due")]


def test_after_an_outage_keeper_and_manager_hear_once(desk: Desk, promise: Deadline) -> None:
    late = promise.due_at + timedelta(hours=48)
    deliver(desk, AT + 2 * MINUTE)

    escalation.tick(desk, late)

    assert sorted(one for one in deliver(desk, late) if one[1] == "promise_due") == [
        (BEN, "promise_due"), (ELI, "promise_due"),
    ]  # fmt: skip


@pytest.mark.usefixtures("promise")
def test_a_keeper_who_rests_is_left_in_peace_and_the_manager_hears_instead(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(BEN, "16:00", "17:10"), AT)

    told = go(desk, DUE - 20 * MINUTE, DUE + 15 * MINUTE)

    assert (ELI, -15) in told
    assert [minute for person, minute in told if person == BEN] == [10, 10]


@pytest.mark.usefixtures("promise")
def test_a_keeper_who_has_left_is_passed_over_for_the_manager(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.directory.put_staff([Staff(BEN, "ben", "Ben", "Europe/London", DEACTIVATED)], AT)

    assert go(desk, DUE - 20 * MINUTE, DUE - 10 * MINUTE) == [(ELI, -15)]


def test_without_keeper_and_manager_the_people_who_run_dibs_hear(desk: Desk, promise: Deadline) -> None:
    gone = [Staff(one, one[2:].lower(), one, "Europe/London", DEACTIVATED) for one in (BEN, ELI)]
    with desk.store.begin() as tx:
        tx.directory.put_staff(gone, AT)

    escalation.tick(desk, promise.due_at)

    with desk.store.look() as tx:
        assert tx.outbox.message(f"promise_alone:{promise.id}") is not None


def test_claims_and_resolving_neither_silence_nor_end_it(desk: Desk, promise: Deadline) -> None:
    take_in(desk, a_post(2, conversation_id="1", in_reply_to="1"), at=AT + 5 * MINUTE)
    endings.resolve(desk, 1, case_of(desk).epoch, by(ANN, AT + 6 * MINUTE))

    told = go(desk, DUE - 20 * MINUTE, DUE + MINUTE)

    assert told == [(BEN, -15), (BEN, 0)]
    assert promise.open


def test_a_released_case_leaves_the_promises_ladder_as_it_is(desk: Desk, promise: Deadline) -> None:
    with desk.store.begin() as tx:
        case = tx.cases.lock(1)
        assert case is not None
        deadlines.unheld(desk, tx, case, AT + 10 * MINUTE)

    told = go(desk, DUE - 20 * MINUTE, DUE + MINUTE)

    assert told == [(BEN, -15), (BEN, 0)]
    assert promise.open


def test_putting_the_case_away_ends_it(desk: Desk, promise: Deadline) -> None:
    endings.dismiss(desk, 1, case_of(desk).epoch, by(ANN, AT + 5 * MINUTE))

    assert [clock.state for clock in promises_of(desk)] == ["stopped"]
    assert go(desk, promise.due_at - 20 * MINUTE, promise.due_at + MINUTE) == []
    assert "promise_ended" in acts_of(desk)


def test_a_new_time_needs_a_reason_and_a_moment_ahead_and_the_old_one_stays(desk: Desk, promise: Deadline) -> None:
    later = DUE + timedelta(days=1)
    with pytest.raises(Invalid, match="why"):
        promises.put_off(desk, 1, promise.id, (later, " "), by(BEN, AT + 5 * MINUTE))
    with pytest.raises(Invalid, match="passed"):
        promises.put_off(desk, 1, promise.id, (AT, "the line is busy"), by(BEN, AT + 5 * MINUTE))

    promises.put_off(desk, 1, promise.id, (later, "she asked us to"), by(BEN, AT + 5 * MINUTE))

    assert [(clock.state, clock.due_at) for clock in promises_of(desk)] == [("stopped", DUE), ("running", later)]
    with desk.store.look() as tx:
        moved = next(entry for entry in tx.audit.trail(1) if entry.act == "promise_moved")
    assert moved.facts["old"] == DUE.isoformat()
    assert moved.facts["reason"] == "she asked us to"
    assert go(desk, DUE - 20 * MINUTE, DUE + 40 * MINUTE) == []


def test_whoever_keeps_it_may_settle_it_from_wherever_they_sit(desk: Desk, draft: str) -> None:
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, "U0KIT"))
    publish(desk)
    clock = promises_of(desk)[0]

    promises.kept(desk, 1, clock.id, by("U0KIT", AT + 5 * MINUTE))

    assert promises_of(desk)[0].state == "met"


def test_strangers_and_guests_may_not_and_a_repeat_does_nothing(desk: Desk, promise: Deadline) -> None:
    for person in ("U0GUEST", "U0KIT"):
        with pytest.raises(NotAllowed):
            promises.kept(desk, 1, promise.id, by(person))
    promises.kept(desk, 1, promise.id, by(GUS, key="once"))
    with pytest.raises(Repeated):
        promises.kept(desk, 1, promise.id, by(GUS, key="once"))


def test_home_lists_what_its_reader_keeps_and_nobody_elses(desk: Desk, promise: Deadline) -> None:
    assert [clock.id for clock, _ in reading.home(desk, BEN, AT + 5 * MINUTE).promised] == [promise.id]
    assert reading.home(desk, ANN, AT + 5 * MINUTE).promised == ()


def test_our_own_post_seen_first_starts_it_too_and_only_once(desk: Desk, draft: str) -> None:
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN))
    errand = sending.take(desk, AT + MINUTE, AT + MINUTE)
    assert errand is not None
    ours = a_post(
        901, WORDS, author_id="1", author_handle="TidewellGyms", in_reply_to="1", conversation_id="1", mentions=()
    )
    intake.store(desk, [ours], intake.Source("x:ours", "1"), AT + 2 * MINUTE)

    sending.settle(desk, errand, Done("901"), AT + 3 * MINUTE)

    assert len(promises_of(desk)) == 1
