"""Occasions on real rows: briefs between shifts and the check before the weekend, told once, to those they concern."""

from datetime import datetime, timedelta

import pytest

from desk import claims, deliveries, occasions, preflight, replies, shifts
from desk.alarms import trouble
from desk.desk import Desk
from domain.deliveries import CHANNEL, DIRECT, NOTICE, Delivered
from domain.errors import NotAllowed, Repeated, Stale
from domain.occasions import BriefSheet, PreflightSheet
from domain.policy import Policy
from domain.quiet import Preferences
from domain.rota import Override
from domain.staff import DEACTIVATED, Staff
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, by, case_of, take_in

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OPS = "C0OPS"
THURSDAY = datetime.fromisoformat("2026-11-26T10:00:00+00:00")
FRIDAY = datetime.fromisoformat("2026-11-27T18:00:00+00:00")
MONDAY = datetime.fromisoformat("2026-11-30T09:00:00+00:00")
SHIFT = f"shift:care:{FRIDAY.isoformat()}"
CHECK = "preflight:2026-11-26"
TURNS = (
    'shifts = [{ from = "2026-11-20T00:00", to = "2026-12-20T00:00", primary = "ann", backup = "ben" }]',
    "shifts = ["
    '{ from = "2026-11-20T00:00", to = "2026-11-27T18:00", primary = "ann", backup = "ben" },'
    '{ from = "2026-11-27T18:00", to = "2026-11-30T09:00", primary = "ben", backup = "gus" },'
    '{ from = "2026-11-30T09:00", to = "2026-12-20T00:00", primary = "ann", backup = "ben" }]',
)


@pytest.fixture
def policy() -> Policy:
    """Ann by the week with Ben as backup, Ben at the weekend with Gus; Eli manages."""
    return weekend.policy(TURNS)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """The desk on Monday, the week ahead planned."""
    occasions.tick(desk, AT)
    return desk


def at(desk: Desk, now: datetime) -> list[tuple[str, str]]:
    """Tick and deliver; what was newly told, as (where, what it says)."""
    occasions.tick(desk, now)
    return delivered(desk, now)


def delivered(desk: Desk, now: datetime) -> list[tuple[str, str]]:
    found = []
    while (parcel := deliveries.take(desk, now + 30 * timedelta(seconds=1), now)) is not None:
        one = parcel.delivery
        if one.kind in (DIRECT, CHANNEL) and one.ts is None:
            found.append((str(one.recipient or one.channel), str(one.payload["says"])))
        if one.kind != NOTICE:
            deliveries.settle(desk, one, Delivered(f"{one.id}.0", one.channel or one.recipient), now)
    return sorted(found)


def brief_of(desk: Desk, says: str = "brief") -> BriefSheet:
    with desk.store.look() as tx:
        sheet = occasions.sheet(desk, tx, says, SHIFT)
    assert isinstance(sheet, BriefSheet)
    return sheet


def check_of(desk: Desk) -> PreflightSheet:
    with desk.store.look() as tx:
        sheet = occasions.sheet(desk, tx, "preflight", CHECK)
    assert isinstance(sheet, PreflightSheet)
    return sheet


def lines(desk: Desk, what: str) -> list[bool | None]:
    return [one.good for one in check_of(desk).checks if one.what == what]


# Shifts.


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


# Before the weekend.


def test_on_thursday_at_ten_the_card_comes_and_those_on_call_are_asked_to_tap(planned: Desk) -> None:
    assert at(planned, THURSDAY - MINUTE) == []

    routes = [(person, "route_test") for person in (BEN, ELI, GUS)]
    assert at(planned, THURSDAY) == [(OPS, "preflight"), *routes]


def test_a_tap_turns_the_line_green(planned: Desk) -> None:
    at(planned, THURSDAY)
    assert lines(planned, "route") == [None, None, None]

    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))

    assert sorted(lines(planned, "route"), key=str) == [None, None, True]
    assert at(planned, THURSDAY + 2 * HOUR) == [(ELI, "route_test"), (GUS, "route_test")]


def test_nobody_taps_for_somebody_else_or_twice(planned: Desk) -> None:
    at(planned, THURSDAY)
    with pytest.raises(NotAllowed, match=BEN):
        preflight.reached(planned, f"route:2026-11-26:{BEN}", by(GUS, THURSDAY + MINUTE))
    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))
    with pytest.raises(Repeated):
        preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))


def test_silence_is_asked_about_once_more_then_red_and_told_to_the_manager(planned: Desk) -> None:
    at(planned, THURSDAY)
    for person in (ELI, GUS):
        preflight.reached(planned, f"route:2026-11-26:{person}", by(person, THURSDAY + MINUTE))

    assert at(planned, THURSDAY + 2 * HOUR) == [(BEN, "route_test")]
    assert at(planned, THURSDAY + 4 * HOUR) == [(ELI, "route_silent")]
    assert False in lines(planned, "route")
    assert at(planned, THURSDAY + 8 * HOUR) == []

    preflight.ask_again(planned, f"route:2026-11-26:{BEN}", by(ANN, THURSDAY + 9 * HOUR))
    assert delivered(planned, THURSDAY + 9 * HOUR) == [(BEN, "route_test")]
    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + 9 * HOUR))
    assert lines(planned, "route") == [True, True, True]


def test_a_gap_is_red_until_it_is_filled(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.rotas.override(Override("facilities", FRIDAY, FRIDAY + DAY, "eli", None), ANN, AT)
    at(planned, THURSDAY)
    gap = next(one for one in check_of(planned).checks if one.what == "gap")
    assert (gap.good, gap.facts["team"], gap.facts["missing"]) == (False, "facilities", "backup")

    with planned.store.begin() as tx:
        tx.rotas.override(Override("facilities", FRIDAY, FRIDAY + DAY, None, "ann"), ANN, THURSDAY + MINUTE)

    assert lines(planned, "gap") == []
    assert at(planned, THURSDAY + HOUR) == [(ANN, "route_test")]


def test_trouble_a_broken_feed_and_a_stranger_are_red(planned: Desk) -> None:
    trouble(planned, "auth", AT)
    with planned.store.begin() as tx:
        tx.rotas.point_feed("rota:care", "https://example.com/care.ics")
        tx.rotas.failed("rota:care", "the answer was 404", AT)
        tx.rotas.override(Override("care", FRIDAY, FRIDAY + DAY, "zoe", None), ANN, AT)
    at(planned, THURSDAY)

    assert [lines(planned, what) for what in ("sources", "feed", "stranger")] == [[False], [False], [False]]
    assert check_of(planned).red >= 3


@pytest.mark.parametrize(
    ("later", "comes"), [(6 * HOUR, True), (31 * HOUR, True), (32 * HOUR, False), (60 * HOUR, False)]
)
def test_a_missed_check_comes_late_but_only_before_the_weekend(planned: Desk, later: timedelta, *, comes: bool) -> None:
    told = at(planned, THURSDAY + later)

    assert ((OPS, "preflight") in told) is comes


def test_without_a_rota_nothing_is_planned(desk: Desk) -> None:
    bare = Desk(desk.store, desk.policy.model_copy(update={"rota": {}}))

    assert occasions.next_at(bare) is None


def test_planning_happens_once_an_hour(planned: Desk) -> None:
    assert not occasions.plan(planned, AT + 59 * MINUTE)
    assert occasions.plan(planned, AT + HOUR)
