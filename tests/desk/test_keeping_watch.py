"""What the ladder must not lose from sight: snoozes, late claims, teams without promises, quiet hours, pauses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select, text, update

from desk import auditor, claims, deliveries, directory, endings, escalation, holding, looking_in, nags, tending
from desk.desk import Desk
from domain.cases import Case
from domain.deadlines import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, RUNNING
from domain.deliveries import Delivered, No
from domain.policy import Policy
from domain.quiet import Preferences
from domain.rota import Override
from domain.staff import STAFF, Staff
from storage.schema import deliveries as sent
from storage.schema_time import clocks, nag_lines, runs
from storage.schema_time import nags as nag_rows
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, a_post, acts_of, by, case_of, take_in

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DUE = AT + timedelta(seconds=1) + HOUR
"""When the first response to the first post is due: a Monday, 10:00:01."""
NIGHT = AT.replace(hour=20)
SHOP = ("[emergency]", '[team.shop]\nchannel = "shop"\n\n[emergency]')
SMOKE = "@TidewellGyms there is smoke in the hall"


@pytest.fixture
def policy() -> Policy:
    """Hours, promises, a rota and a ladder; and a shop that promises nothing."""
    return weekend.policy(SHOP, ('first_response = "15m"', 'first_response = "15m"\nresolution = "8h"'))


def rows(desk: Desk, table: Any) -> list[Any]:
    with desk.store.look() as tx:
        return list(tx.connection.execute(select(table)).all())


def clock_of(desk: Desk, target: str) -> Any:
    return [row for row in rows(desk, clocks) if row.target == target][-1]


def tick(desk: Desk, now: datetime) -> None:
    looking_in.tick(desk, now)
    escalation.tick(desk, now)
    nags.say_aloud(desk, now)


def nagged(desk: Desk) -> set[str]:
    """Places where a line stands."""
    places = {row.id: row.place for row in rows(desk, nag_rows)}
    return {places[row.nag] for row in rows(desk, nag_lines) if row.stands}


def missed(desk: Desk, now: datetime) -> list[str]:
    return [one.what for one in auditor.find(desk, now) if one.what != "an urgent message is stuck"]


def test_a_deadline_that_passes_in_a_snooze_is_noted_and_wakes_nobody(desk: Desk, case: Case) -> None:
    tending.snooze(desk, case.id, (4 * HOUR, "the plumber comes at noon"), by(ANN))

    tick(desk, DUE + MINUTE)

    assert "breached" in acts_of(desk)
    assert nagged(desk) == set()
    assert missed(desk, DUE + 5 * MINUTE) == []


def test_who_claims_what_was_snoozed_hears_when_its_deadline_passes(desk: Desk, case: Case) -> None:
    tending.snooze(desk, case.id, (4 * HOUR, "the plumber comes at noon"), by(ANN))
    claims.claim(desk, case.id, by(BEN, DUE - 10 * MINUTE))

    tick(desk, DUE + MINUTE)

    assert nagged(desk) == {BEN}


def test_who_claims_what_was_late_already_is_not_told_that_it_is(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, DUE + 2 * HOUR))

    tick(desk, DUE + 2 * HOUR + MINUTE)

    assert "breached" in acts_of(desk)
    assert nagged(desk) == set()
    assert missed(desk, DUE + 2 * HOUR + 5 * MINUTE) == []


def test_a_case_given_back_is_no_longer_in_its_holders_hands(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    escalation.tick(desk, DUE)
    assert nagged(desk) == {BEN}

    holding.release(desk, case.id, case_of(desk).epoch, by(BEN, DUE + MINUTE))

    assert nagged(desk) == set()


@pytest.mark.usefixtures("case")
def test_a_line_that_joined_in_silence_is_not_said_aloud_in_quiet_hours(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(ANN, "10:01", "12:00"), AT)
    take_in(desk, a_post(30, author_id="5", conversation_id="z"))
    tick(desk, DUE)
    tick(desk, DUE + timedelta(seconds=29))

    tick(desk, DUE + 3 * MINUTE)

    waiting = [row.not_before for row in rows(desk, sent) if row.recipient == ANN][-1]
    assert waiting == AT.replace(hour=12)


def test_an_edit_that_makes_a_dismissed_case_an_emergency_calls_as_one(desk: Desk, case: Case) -> None:
    endings.dismiss(desk, case.id, 0, by(BEN))

    take_in(desk, a_post(2, SMOKE, version_ids=("1", "2")), at=NIGHT)
    tick(desk, NIGHT + MINUTE)

    assert clock_of(desk, FIRST_RESPONSE).severity == "emergency"
    assert ANN in nagged(desk)


def test_a_case_reopened_after_a_pause_is_due_as_much_later(desk: Desk, case: Case) -> None:
    before = clock_of(desk, RESOLUTION).due_at
    answer(desk, AT + HOUR)
    endings.dismiss(desk, case.id, 0, by(BEN, AT + 2 * HOUR))

    endings.reopen(desk, case.id, by(BEN, AT + 4 * HOUR))

    assert clock_of(desk, RESOLUTION).customer_due_at == before.replace(hour=17) + 3 * HOUR


def answer(desk: Desk, now: datetime) -> None:
    """Somebody answers on the network itself."""
    ours = a_post(90, "Sorry", created_at=now, author_handle="TidewellGyms", author_id="9", in_reply_to="1")
    take_in(desk, ours, at=now)


def test_what_was_paused_stays_later_when_it_becomes_an_emergency(desk: Desk, case: Case) -> None:
    answer(desk, AT + HOUR)
    later = AT + 4 * HOUR

    take_in(desk, a_post(91, SMOKE, created_at=later, conversation_id="1"), at=later)

    assert case_of(desk, case.id).severity == "emergency"
    resolution = clock_of(desk, RESOLUTION)
    assert resolution.customer_due_at == AT + timedelta(seconds=1) + 8 * HOUR + 3 * HOUR


def test_a_customer_who_returns_to_a_resolved_case_gets_a_new_deadline(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    endings.resolve(desk, case.id, 1, by(BEN, AT + MINUTE))
    later = AT + timedelta(days=2)

    take_in(desk, a_post(2, "it happened again", created_at=later, conversation_id="1"), at=later)

    running = [row for row in rows(desk, clocks) if row.state == RUNNING]
    assert {row.target: row.started_at for row in running} == {NEXT_RESPONSE: later, RESOLUTION: later}


def test_a_claimed_case_passed_to_a_team_without_promises_still_calls_somebody(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))

    endings.reroute(desk, case.id, 1, "shop", by(BEN, AT + MINUTE))
    tick(desk, DUE + 25 * MINUTE)

    assert {row.state for row in rows(desk, runs) if row.state != "ended"} == {"running"}
    assert ELI in nagged(desk)
    assert missed(desk, DUE + 25 * MINUTE) == []


def test_a_restarted_deadline_passed_to_another_team_counts_from_its_own_beginning(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    endings.resolve(desk, case.id, 1, by(BEN, AT + MINUTE))
    later = AT + timedelta(days=2)
    take_in(desk, a_post(2, "it happened again", created_at=later, conversation_id="1"), at=later)

    endings.reroute(desk, case.id, case_of(desk).epoch, "facilities", by(BEN, later + MINUTE))

    assert clock_of(desk, RESOLUTION).due_at == later + 8 * HOUR


def test_nobody_is_asked_whether_they_are_still_on_it_where_nothing_is_promised(desk: Desk, case: Case) -> None:
    directory.put_room(desk, "C0SHOP", "shop", AT, (False, False))
    directory.seat(desk, "C0SHOP", BEN, AT, present=True)
    endings.reroute(desk, case.id, 0, "shop", by(BEN))
    claims.claim(desk, case.id, by(BEN))

    claims.claim(desk, case.id, by(BEN, AT + MINUTE))

    assert looking_in.next_at(desk) is None


def test_an_emergency_ends_an_on_it_that_was_said_to_something_milder(desk: Desk, case: Case) -> None:
    tending.on_it(desk, case.id, by(BEN, AT.replace(hour=17, minute=50)))

    take_in(desk, a_post(2, SMOKE, created_at=NIGHT, conversation_id="1"), at=NIGHT)
    tick(desk, NIGHT + MINUTE)

    assert ANN in nagged(desk)


def test_a_holder_whose_case_becomes_an_emergency_is_asked_at_once(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN, AT.replace(hour=17, minute=50)))

    take_in(desk, a_post(2, SMOKE, created_at=NIGHT, conversation_id="1"), at=NIGHT)
    tick(desk, NIGHT)
    assert "asked_still_on_it" in acts_of(desk)
    for minute in (16, 17):
        tick(desk, NIGHT + minute * MINUTE)

    assert case_of(desk).holder is None
    assert ANN in nagged(desk)


@pytest.mark.usefixtures("case")
def test_who_is_on_call_and_the_manager_and_rests_is_called_once(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.rotas.override(Override("care", AT, AT + timedelta(days=1), "eli", "ben", AT, "change"), ELI, AT)
        for person in (ELI, BEN):
            tx.people.wish(Preferences(person, "08:00", "12:00"), AT)

    tick(desk, DUE)

    with desk.store.look() as tx:
        told = [(entry.facts["person"], entry.facts["role"]) for entry in tx.audit.trail(1) if entry.act == "nagged"]
    assert told == [(ELI, "on_call"), (BEN, "backup")]


@pytest.mark.usefixtures("case")
def test_a_case_nobody_can_look_after_keeps_no_other_waiting(desk: Desk) -> None:
    take_in(desk, a_post(30, author_id="5", conversation_id="z"))
    for number in (1, 2):
        claims.claim(desk, number, by(BEN, AT + number * MINUTE))
    with desk.store.begin() as tx:
        beyond_time = text("9000000000000000000")
        tx.connection.execute(update(clocks).where(clocks.c.case_id == 1).values(due_at=beyond_time))

    looking_in.tick(desk, AT + 2 * HOUR)
    looking_in.tick(desk, AT + 3 * HOUR)

    assert case_of(desk, 2).holder is None
    assert looking_in.next_at(desk) == AT + 3 * HOUR + 5 * MINUTE


@pytest.mark.usefixtures("case")
def test_two_desks_that_nag_one_place_at_once_make_one_message(desk: Desk) -> None:
    take_in(desk, a_post(30, author_id="5", conversation_id="z"))
    both = Barrier(2)

    def climb(_: int) -> None:
        both.wait()
        escalation.tick(desk, DUE + HOUR)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(climb, range(2)))

    newest = [row.place for row in rows(desk, nag_rows) if row.newest]
    assert sorted(newest) == sorted(set(newest))
    assert sorted(row.case_id for row in rows(desk, nag_lines) if row.stands) == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("unreachable", "told"), [({ANN}, {"C0CARE", BEN}), ({ANN, BEN}, {"C0CARE", ELI}), ({ANN, BEN, ELI}, {"C0CARE"})]
)
@pytest.mark.usefixtures("case")
def test_what_cannot_reach_somebody_goes_to_the_next_in_line_at_once(
    desk: Desk, unreachable: set[str], told: set[str]
) -> None:
    escalation.tick(desk, DUE)

    while (parcel := deliveries.take(desk, DUE + MINUTE, DUE)) is not None:
        found = parcel.delivery
        refused = found.recipient in unreachable
        outcome = No("channel_not_found") if refused else Delivered("1.0", found.channel or found.recipient)
        deliveries.settle(desk, found, outcome, DUE)

    assert nagged(desk) == told
    assert ("nobody_reached" in acts_of(desk)) == (ELI in unreachable)


@pytest.mark.usefixtures("case")
def test_somebody_whose_zone_is_unknown_here_is_told_all_the_same(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.directory.put_staff([Staff(ANN, "ann", "Ann", "Nowhere/Land", STAFF)], AT)
        tx.people.wish(Preferences(ANN, "22:00", "07:00"), AT)

    escalation.tick(desk, DUE)

    assert ANN in nagged(desk)
