"""The auditor against rows somebody has broken by hand: each kind is found, told once, and told when it is mended."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from desk import auditor, claims, escalation
from desk.desk import Desk
from domain.cases import Case
from domain.policy import Policy
from storage.schema import audit, cases, deliveries
from storage.schema_time import clocks, runs, tending
from tests.desk import weekend
from tests.desk.conftest import AT, BEN, by

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def policy() -> Policy:
    """Hours, promises, a rota and a ladder."""
    return weekend.policy()


def break_it(desk: Desk, statement: Any) -> None:
    with desk.store.begin() as tx:
        tx.connection.execute(statement)


def found(desk: Desk, hours: float = 0.1) -> list[str]:
    return [one.what for one in auditor.find(desk, AT + timedelta(hours=hours))]


@pytest.mark.usefixtures("case")
def test_a_sound_desk_has_nothing_to_be_told(desk: Desk) -> None:
    assert found(desk) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (update(runs).values(state="ended"), "a deadline has no escalation"),
        (update(runs).values(next_at=None), "an escalation has no next step"),
        (update(runs).values(state="held"), "an escalation rests though nobody looks after the case"),
        (update(runs).values(next_at=AT), "an escalation step is overdue"),
        (update(clocks).values(due_at=AT), "a missed deadline went unnoticed"),
        (update(clocks).values(customer_due_at=AT - timedelta(days=1)), "a deadline lies before its beginning"),
        (update(cases).values(holder="U0BEN"), "a case and its holder disagree"),
        (delete(deliveries), "a case has no card"),
        (update(deliveries).values(priority=0, not_before=AT - timedelta(hours=1)), "an urgent message is stuck"),
        (update(audit).values(act="resolved"), "a trail was altered"),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_was_broken_is_found(desk: Desk, statement: Any, what: str) -> None:
    break_it(desk, statement)

    assert what in found(desk)


def test_a_claimed_case_whose_tending_was_lost_is_still_held_by_its_holder(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(BEN))
    break_it(desk, delete(tending))

    assert found(desk) == []


@pytest.mark.usefixtures("case")
def test_a_clock_that_ticks_leaves_nothing_to_find(desk: Desk) -> None:
    escalation.tick(desk, AT + timedelta(hours=2))

    assert [what for what in found(desk, 2) if what != "an urgent message is stuck"] == []


@pytest.mark.usefixtures("case")
def test_a_clock_that_stands_still_is_noticed(desk: Desk) -> None:
    assert {"an escalation step is overdue", "a missed deadline went unnoticed"} <= set(found(desk, 2))


@pytest.mark.usefixtures("case")
def test_each_finding_is_told_once_and_so_is_its_end(desk: Desk) -> None:
    break_it(desk, update(cases).values(holder="U0BEN"))
    for minute in (1, 2, 3):
        now = AT + timedelta(minutes=minute)
        auditor.report(desk, auditor.find(desk, now), now)
    break_it(desk, update(cases).values(holder=None))
    for minute in (4, 5):
        now = AT + timedelta(minutes=minute)
        auditor.report(desk, auditor.find(desk, now), now)

    with desk.store.look() as tx:
        told = [row.payload["says"] for row in tx.connection.execute(deliveries.select()) if "says" in row.payload]
    assert told == ["auditor_found", "auditor_calm"]
