"""The ladder on real rows: who is told when, who is not, and what a late, doubled or restarted clock changes of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desk import claims, endings, escalation, nags
from desk.desk import Desk
from domain.cases import Case
from domain.nags import NagSheet
from domain.policy import Policy
from domain.quiet import Preferences
from domain.staff import DEACTIVATED, Staff
from storage.schema_time import clocks, steps
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, acts_of, by, case_of, take_in
from tests.desk.walking import DUE, MINUTE, deliver, go, told


@pytest.fixture
def policy() -> Policy:
    """Hours, promises, a rota and a ladder."""
    return weekend.policy()


def rows(desk: Desk, table: Any) -> list[Any]:
    with desk.store.look() as tx:
        return list(tx.connection.execute(select(table).order_by(table.c.id)).all())


def test_both_clocks_count_from_the_post(desk: Desk) -> None:
    friday_evening = datetime.fromisoformat("2026-11-27T17:30:00+00:00")

    take_in(desk, a_post(created_at=friday_evening), at=friday_evening + timedelta(minutes=5))

    first = next(row for row in rows(desk, clocks) if row.target == "first_response")
    assert first.started_at == friday_evening
    assert first.customer_due_at == friday_evening + timedelta(hours=1)
    assert first.service_due_at == datetime.fromisoformat("2026-11-28T10:30:00+00:00")
    assert first.due_at == first.service_due_at


@pytest.mark.usefixtures("case")
def test_the_ladder_climbs_from_the_channel_to_the_manager(desk: Desk) -> None:
    sent = go(desk, DUE + 25 * MINUTE)

    assert told(sent) == [("C0CARE", -15), (ANN, 0), (BEN, 10), (ELI, 20)]


def test_the_last_step_comes_again_until_somebody_claims(desk: Desk, case: Case) -> None:
    sent = go(desk, DUE + 85 * MINUTE)
    assert told(sent)[4:] == [(ELI, 50), (ELI, 80)]

    claims.claim(desk, case.id, by(BEN, DUE + 86 * MINUTE))

    assert told(go(desk, DUE + 120 * MINUTE, DUE + 86 * MINUTE)) == []


def test_what_comes_again_at_the_opening_keeps_its_distance_to_the_next_time(desk: Desk) -> None:
    late = AT + timedelta(hours=7, minutes=10, seconds=30)
    take_in(desk, a_post(created_at=late), at=late)
    opening = AT + timedelta(days=1)

    evening = told(go(desk, late + 115 * MINUTE, late))
    morning = told(go(desk, opening + 32 * MINUTE, opening))

    due, opened = round((late - AT) / MINUTE), round((opening - DUE) / MINUTE)
    assert evening == [("C0CARE", due - 15), (ANN, due), (BEN, due + 10), (ELI, due + 20)]
    assert morning == [(ELI, opened), (ELI, opened + 31)]


def test_a_claim_stands_everybody_down_in_their_own_message(desk: Desk, case: Case) -> None:
    go(desk, DUE + 11 * MINUTE)

    claims.claim(desk, case.id, by(BEN, DUE + 12 * MINUTE))

    with desk.store.look() as tx:
        sheets = [nags.sheet(desk, tx, number) for number in (1, 2, 3)]
    assert [sheet.standing for sheet in sheets] == [(), (), ()]
    assert {(entry.ended.how, entry.ended.person) for sheet in sheets for entry in sheet.over if entry.ended} == {
        ("claimed", BEN)
    }


@pytest.mark.usefixtures("case")
def test_a_second_clock_tells_nobody_twice(desk: Desk) -> None:
    for now in (DUE, DUE, DUE + MINUTE):
        escalation.tick(desk, now)
        escalation.tick(desk, now)

    taken = [(row.run, row.step, row.outcome) for row in rows(desk, steps) if row.clock_id == 1]
    assert taken == [(1, 0, "told"), (1, 1, "told")]


@pytest.mark.usefixtures("case")
def test_after_an_outage_the_highest_step_stands_for_the_others(desk: Desk) -> None:
    sent = told(deliver_after(desk, DUE + timedelta(hours=48)))

    assert sent == [("C0CARE", 2880), (ELI, 2880)]


def deliver_after(desk: Desk, now: datetime) -> list[tuple[str, NagSheet, datetime]]:
    escalation.tick(desk, now)
    return deliver(desk, now)


def test_five_hundred_late_cases_are_one_message_a_place(desk: Desk) -> None:
    posts = [
        a_post(n, created_at=AT + timedelta(seconds=n), author_id=str(1000 + n), conversation_id=f"c{n}")
        for n in range(1, 501)
    ]
    take_in(desk, *posts, at=AT + timedelta(minutes=9))
    late = DUE + timedelta(hours=48)
    for second in range(120):
        deliver(desk, AT + timedelta(minutes=9, seconds=second))

    sent = []
    for minute in range(16):
        for _ in range(8):
            escalation.tick(desk, late + minute * MINUTE)
        nags.say_aloud(desk, late + minute * MINUTE)
        sent += deliver(desk, late + minute * MINUTE)

    places = [place for place, _sheet, at in sent if at < late + 15 * MINUTE]
    assert sorted(places) == ["C0CARE", ELI]
    with desk.store.look() as tx:
        sheet = nags.sheet(desk, tx, int(tx.nags.newest("C0CARE").id))  # type: ignore[union-attr]  # there is one
    assert len(sheet.standing) + len(sheet.more) == 500


def test_quiet_hours_hold_the_message_and_pass_the_call_on(desk: Desk, case: Case) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(ANN, "08:00", "12:00"), AT)

    sent = go(desk, DUE + 5 * MINUTE)

    assert told(sent) == [("C0CARE", -15), (BEN, 0)]
    claims.claim(desk, case.id, by(BEN, DUE + 6 * MINUTE))
    endings.resolve(desk, case.id, 1, by(BEN, DUE + 7 * MINUTE))
    assert told(go(desk, DUE + 130 * MINUTE, DUE + 6 * MINUTE)) == []


@pytest.mark.usefixtures("case")
def test_who_rests_hears_of_it_afterwards_when_it_still_stands(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(ANN, "08:00", "10:05"), AT)

    sent = go(desk, DUE + 6 * MINUTE)

    assert told(sent) == [("C0CARE", -15), (BEN, 0), (ANN, 5)]


def test_an_emergency_wakes_whoever_rests(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(ANN, "08:00", "12:00"), AT)
    take_in(desk, a_post(text="@TidewellGyms there is smoke in here"))

    sent = go(desk, AT + 17 * MINUTE)

    assert ANN in [place for place, _ in told(sent)]


@pytest.mark.usefixtures("case")
def test_somebody_who_left_is_passed_over_and_the_manager_is_told(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.directory.put_staff([Staff(ANN, "ann", "Ann", "Europe/London", DEACTIVATED)], AT)

    sent = go(desk, DUE + MINUTE)

    assert told(sent) == [("C0CARE", -15), (BEN, 0)]
    assert sent[1][1].standing[0].why.because == "gone"


def test_a_nag_whose_case_was_claimed_meanwhile_is_never_sent(desk: Desk, case: Case) -> None:
    escalation.tick(desk, DUE - 15 * MINUTE)
    claims.claim(desk, case.id, by(BEN, DUE - 14 * MINUTE))

    assert deliver(desk, DUE - 14 * MINUTE) == []


def test_resolving_ends_every_clock(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    endings.resolve(desk, case.id, 1, by(BEN, AT + MINUTE))

    assert {row.state for row in rows(desk, clocks)} <= {"met", "stopped"}
    assert escalation.next_at(desk) is None


def test_a_case_that_cannot_be_worked_out_keeps_no_other_waiting(desk: Desk, case: Case) -> None:
    take_in(desk, a_post(2, text="dirty pool", author_id="5", conversation_id="z"))
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(ANN, "25:61", "12:00"), AT)

    sent = told(go(desk, DUE + 2 * MINUTE))

    assert (GUS, 1) in sent
    assert escalation.next_at(desk) is not None
    assert "breached" not in acts_of(desk, case.id)


def test_a_customer_who_answers_at_night_finds_no_sleeping_holder(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(GUS, AT))
    with desk.store.begin() as tx:
        tx.cases.answered(case.id, "awaiting_customer", AT + MINUTE)
    night = AT.replace(hour=23)

    take_in(desk, a_post(2, conversation_id="1", created_at=night), at=night)

    assert (case_of(desk).status, case_of(desk).holder) == ("open", None)


def test_cases_due_at_the_same_time_are_one_message_and_no_second(desk: Desk) -> None:
    for n in (1, 2, 3):
        take_in(desk, a_post(n, created_at=AT + timedelta(seconds=1), author_id=str(n), conversation_id=f"c{n}"))

    sent = go(desk, DUE + 5 * MINUTE)

    assert told(sent) == [("C0CARE", -15), (ANN, 0)]
    assert [len(sheet.standing) for _place, sheet, _at in sent] == [3, 3]
