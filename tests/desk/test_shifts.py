"""Shifts on real rows: briefed once, answered, passed on, and never late for what is over."""

import pytest

from desk import claims, occasions, replies, shifts
from desk.desk import Desk
from domain.errors import NotAllowed, Repeated, Stale
from domain.occasions import BriefSheet
from domain.policy import Policy
from domain.quiet import Preferences
from domain.rota import Override
from domain.staff import DEACTIVATED, Staff
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, by, case_of, take_in
from tests.desk.week import DAY, FRIDAY, HOUR, MINUTE, MONDAY, SHIFT, THURSDAY, TURNS, at, delivered


@pytest.fixture
def policy() -> Policy:
    """Ann by the week with Ben as backup, Ben at the weekend with Gus; Eli manages."""
    return weekend.policy(TURNS)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """The desk on Monday, the week ahead planned."""
    occasions.tick(desk, AT)
    return desk


def brief_of(desk: Desk, says: str = "brief") -> BriefSheet:
    with desk.store.look() as tx:
        sheet = occasions.sheet(desk, tx, says, SHIFT)
    assert isinstance(sheet, BriefSheet)
    return sheet


def test_at_a_hand_over_both_hear_and_nobody_else(planned: Desk) -> None:
    assert [one for one in at(planned, FRIDAY - MINUTE) if one[1] in ("brief", "farewell")] == []

    assert at(planned, FRIDAY) == [(ANN, "farewell"), (BEN, "brief")]


def test_a_doubled_clock_briefs_once(planned: Desk) -> None:
    occasions.tick(planned, FRIDAY)
    occasions.tick(planned, FRIDAY)
    occasions.tick(planned, FRIDAY + MINUTE)

    assert [one for one in delivered(planned, FRIDAY + MINUTE) if one[1] == "brief"] == [(BEN, "brief")]


def test_the_brief_says_what_is_open_promised_and_drafted(planned: Desk) -> None:
    take_in(planned, a_post(), at=AT)
    take_in(planned, a_post(2, author_id="5", conversation_id="z"), at=AT)
    claims.claim(planned, 1, by(ANN))
    draft = replies.open_reply(planned, 1, by(ANN)).draft
    replies.save_draft(planned, draft.id, "Dear Harriet", by(ANN))
    occasions.tick(planned, FRIDAY)

    sheet = brief_of(planned)

    assert (sheet.incoming, sheet.backup, sheet.until_at) == (BEN, GUS, MONDAY)
    assert [line.case.id for line, _ in sheet.cases] == [1, 2]
    assert all(due is not None for _, due in sheet.cases)
    assert (sheet.in_hand, [(line.case.id, who) for line, who in sheet.drafts]) == (2, [(1, ANN)])


def test_whoever_answers_is_named_in_the_outgoing_persons_message_and_nobody_is_called(planned: Desk) -> None:
    at(planned, FRIDAY)

    shifts.got_it(planned, SHIFT, by(BEN, FRIDAY + 5 * MINUTE))

    assert brief_of(planned, "farewell").seen_at == FRIDAY + 5 * MINUTE
    assert at(planned, FRIDAY + 20 * MINUTE) == []
    with pytest.raises(Repeated):
        shifts.got_it(planned, SHIFT, by(BEN, FRIDAY + 6 * MINUTE))


def test_only_the_incoming_person_answers(planned: Desk) -> None:
    with pytest.raises(Stale):
        shifts.got_it(planned, SHIFT, by(BEN, AT))
    at(planned, FRIDAY)

    with pytest.raises(NotAllowed, match=BEN):
        shifts.got_it(planned, SHIFT, by(ANN, FRIDAY + MINUTE))


def test_without_an_answer_backup_and_manager_hear_once(planned: Desk) -> None:
    at(planned, FRIDAY)
    assert at(planned, FRIDAY + 14 * MINUTE) == []

    assert at(planned, FRIDAY + 15 * MINUTE) == [(ELI, "shift_unanswered"), (GUS, "shift_unanswered")]
    assert at(planned, FRIDAY + 40 * MINUTE) == []


def test_everything_in_the_outgoing_persons_hands_is_asked_about_at_once(planned: Desk) -> None:
    take_in(planned, a_post(), at=FRIDAY - HOUR)
    claims.claim(planned, 1, by(ANN, FRIDAY - 30 * MINUTE))

    occasions.tick(planned, FRIDAY)

    with planned.store.look() as tx:
        tends = tx.tending.get(1)
    assert tends is not None
    assert (tends.next_at, tends.reason) == (FRIDAY, "shift")
    assert case_of(planned).holder == ANN


def test_after_an_outage_a_shift_that_goes_on_is_briefed_late(planned: Desk) -> None:
    late = FRIDAY + 48 * HOUR

    told = at(planned, late)

    assert (BEN, "brief") in told
    assert at(planned, late + 14 * MINUTE) == []
    assert at(planned, late + 15 * MINUTE) == [(ELI, "shift_unanswered"), (GUS, "shift_unanswered")]


def test_a_shift_that_is_over_is_not_briefed(planned: Desk) -> None:
    told = at(planned, MONDAY + HOUR)

    assert [one for one in told if one[1] in ("brief", "farewell")] == [(ANN, "brief"), (BEN, "farewell")]
    assert at(planned, MONDAY + HOUR + 15 * MINUTE) == [(BEN, "shift_unanswered"), (ELI, "shift_unanswered")]
    with planned.store.look() as tx:
        row = tx.occasions.get(SHIFT)
    assert row is not None
    assert (row.told_at, row.next_at) == (None, None)


def test_a_brief_that_slack_could_not_take_is_dropped_with_its_shift(planned: Desk) -> None:
    occasions.tick(planned, FRIDAY)

    assert [one for one in delivered(planned, MONDAY) if one[1] == "brief"] == []


def test_a_change_of_the_rota_moves_the_brief_to_whoever_covers(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.rotas.override(Override("care", FRIDAY, FRIDAY + DAY, "gus", None), ANN, AT)

    told = at(planned, FRIDAY)

    assert [one for one in told if one[1] == "brief"] == [(GUS, "brief")]


def test_a_cover_that_begins_within_the_hour_is_briefed_all_the_same(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.rotas.override(Override("care", AT + 10 * MINUTE, AT + 5 * HOUR, "gus", None), ANN, AT)

    assert (GUS, "brief") in at(planned, AT + HOUR)


def test_a_first_start_in_the_middle_of_a_shift_tells_nobody(desk: Desk) -> None:
    assert at(desk, FRIDAY + HOUR) == []


def test_somebody_who_left_is_not_waited_for(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.directory.put_staff([Staff(BEN, "ben", "Ben", "Europe/London", DEACTIVATED)], AT)

    assert at(planned, FRIDAY) == [(ANN, "farewell"), (ELI, "shift_alone"), (GUS, "shift_alone")]


def test_who_rests_is_briefed_and_waited_for_afterwards(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.people.wish(Preferences(BEN, "17:00", "20:00"), AT)

    assert at(planned, FRIDAY) == [(ANN, "farewell")]
    assert at(planned, FRIDAY + HOUR) == []
    assert at(planned, FRIDAY + 2 * HOUR) == [(BEN, "brief")]
    assert at(planned, FRIDAY + 2 * HOUR + 15 * MINUTE) == [(ELI, "shift_unanswered"), (GUS, "shift_unanswered")]


def test_one_that_fails_does_not_keep_the_others_waiting(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("this row can't be read")

    monkeypatch.setitem(occasions.CARRIED_OUT, "route", fail)
    at(planned, THURSDAY)
    with pytest.raises(RuntimeError):
        occasions.tick(planned, THURSDAY + 2 * HOUR)
    with planned.store.look() as tx:
        waiting = [row for row in tx.occasions.due(THURSDAY + 2 * HOUR) if row.kind == "route"]

    assert len(waiting) == 2
