"""Cover by the clock: who is asked when they wake, who hears that nobody took it, and whom a covered shift nags."""

from datetime import datetime, timedelta

import pytest

from desk import covers, escalation
from desk.desk import Desk
from domain.policy import Policy
from domain.quiet import Preferences
from domain.staff import DEACTIVATED, Staff
from storage.store import Store
from tests.desk import wedding
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, TEAM, a_post, by, take_in
from tests.desk.wedding import (
    DAY,
    EVENING,
    HOUR,
    NOON,
    SATURDAY,
    asks,
    at_once,
    crew,
    deliver,
    says,
    state,
)

TOM, IDA = TEAM[0], TEAM[1]


@pytest.fixture
def policy() -> Policy:
    """The wedding's rota."""
    return wedding.policy()


def test_who_rests_is_asked_when_their_quiet_hours_end(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.people.wish(Preferences(TOM, "08:00", "12:00"), AT)
    cover = asks(desk)

    first = says(deliver(desk, AT), "cover_asked")
    covers.take(desk, cover.id, by(GUS, AT + HOUR))
    meanwhile = [whom for whom, _ in deliver(desk, AT + HOUR)]
    later = [(whom, payload["says"]) for whom, payload in deliver(desk, AT + 3 * HOUR)]

    assert TOM not in first
    assert TOM not in meanwhile
    assert later == [(TOM, "cover_over")]


def test_the_manager_hears_once_a_day_ahead_and_the_asker_when_it_begins(desk: Desk) -> None:
    cover = asks(desk)
    deliver(desk, AT)
    assert covers.next_at(desk) == SATURDAY - DAY

    covers.tick(desk, SATURDAY - DAY)
    covers.tick(desk, SATURDAY - DAY)
    covers.tick(desk, SATURDAY - HOUR)

    assert says(deliver(desk, SATURDAY - HOUR), "cover_nobody") == [ELI]
    assert state(desk, cover) == ("open", None)
    covers.tick(desk, SATURDAY)
    covers.tick(desk, SATURDAY)
    told = deliver(desk, SATURDAY)
    assert says(told, "cover_unmet") == [ANN]
    assert says(told, "cover_nobody") == []
    assert state(desk, cover) == ("over", None)
    assert covers.next_at(desk) is None


@pytest.mark.parametrize(
    ("asked_at", "told_at"),
    [
        (SATURDAY - 25 * HOUR, SATURDAY - 24 * HOUR),
        (SATURDAY - 20 * HOUR, SATURDAY - 18 * HOUR),
        (SATURDAY - 2 * HOUR, SATURDAY - HOUR),
        (SATURDAY - timedelta(minutes=30), SATURDAY - timedelta(minutes=30)),
    ],
)
def test_who_asks_late_has_the_manager_told_sooner(desk: Desk, asked_at: datetime, told_at: datetime) -> None:
    asks(desk, asked_at)

    assert covers.next_at(desk) == told_at


def test_a_request_in_the_middle_of_a_shift_stands_for_an_hour(desk: Desk) -> None:
    cover = asks(desk, NOON, (NOON, EVENING))
    covers.tick(desk, NOON)
    assert says(deliver(desk, NOON), "cover_nobody") == [ELI]

    covers.take(desk, cover.id, by(TOM, NOON + HOUR / 2))

    assert crew(desk, NOON) == ("ann", "ben")
    assert crew(desk, NOON + HOUR) == ("t0", "ben")


def test_after_an_outage_the_manager_hears_once_that_it_has_begun(desk: Desk) -> None:
    asks(desk)
    deliver(desk, AT)

    covers.tick(desk, SATURDAY + HOUR)
    covers.tick(desk, SATURDAY + HOUR)

    told = deliver(desk, SATURDAY + HOUR)
    assert [payload["begun"] for _, payload in told if payload["says"] == "cover_nobody"] == [True]
    assert says(told, "cover_unmet") == [ANN]


def test_without_a_manager_the_ops_channel_hears(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.directory.put_staff([Staff(ELI, "eli", "Eli", "Europe/London", DEACTIVATED)], AT)
    asks(desk)

    covers.tick(desk, SATURDAY - DAY)

    assert says(deliver(desk, SATURDAY - DAY), "cover_nobody") == ["C0OPS"]


def test_two_clocks_tell_nobody_twice(desk: Desk) -> None:
    asks(desk)

    at_once(lambda: covers.tick(desk, SATURDAY - DAY), lambda: covers.tick(desk, SATURDAY - DAY))

    assert says(deliver(desk, SATURDAY - DAY), "cover_nobody") == [ELI]


def test_what_is_due_is_done_by_one_statement(desk: Desk, store: Store) -> None:
    cover = asks(desk)

    with store.begin() as tx:
        first = tx.rotas.covers.put_off(cover, SATURDAY)
        second = tx.rotas.covers.put_off(cover, SATURDAY)
        stale = tx.rotas.covers.end(cover)
        last = tx.rotas.covers.end(first or cover)

    assert (first is not None, second, stale, last is not None) == (True, None, None, True)


def test_a_covered_shift_nags_the_taker_and_not_the_asker(desk: Desk) -> None:
    cover = asks(desk)
    covers.take(desk, cover.id, by(TOM, AT + HOUR))
    deliver(desk, AT + HOUR)
    complaint = a_post(
        7, created_at=SATURDAY + 2 * HOUR, conversation_id="w", text="@TidewellGyms your staff were rude"
    )
    take_in(desk, complaint, at=SATURDAY + 2 * HOUR)
    deliver(desk, SATURDAY + 2 * HOUR)

    named = []
    for minute in range(0, 180, 5):
        now = SATURDAY + 2 * HOUR + timedelta(minutes=minute)
        escalation.tick(desk, now)
        named += [whom for whom, _ in deliver(desk, now)]

    assert TOM in named
    assert BEN in named
    assert ANN not in named
