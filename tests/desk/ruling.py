"""Rules as colleagues make and try them, for the tests of rules and of back-tests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desk import back_tests, rule_changes
from desk.desk import Desk
from domain.back_test import BackTest
from domain.policy import parse
from domain.rules import Rule
from domain.staff import By
from storage.schema import deliveries
from tests.desk.conftest import ELI, by

DAY = timedelta(days=1)
SHIPPED = Path(__file__).parents[2] / "dibs.toml"
FIELDS = {
    "name": "dirty-rooms",
    "query": "dirty NEAR/5 room",
    "team": "facilities",
    "severity": "normal",
    "priority": "5",
}


def made(desk: Desk, staff: str = ELI, **fields: str) -> Rule:
    return rule_changes.make(desk, {**FIELDS, **fields}, by(staff))


def row(desk: Desk, name: str = "dirty-rooms") -> tuple[str, int]:
    with desk.store.look() as tx:
        found = tx.rules.get(name)
    assert found is not None
    return found.rule.name, found.version


def mode(desk: Desk, name: str = "dirty-rooms") -> str:
    with desk.store.look() as tx:
        found = tx.rules.get(name)
    assert found is not None
    return found.rule.mode


def said(desk: Desk, says: str) -> list[Mapping[str, Any]]:
    """Every promise of that kind: its payload, with where it goes."""
    with desk.store.look() as tx:
        found = tx.connection.execute(select(deliveries).order_by(deliveries.c.id)).all()
    return [
        {**one.payload, "channel": one.channel, "to": one.recipient} for one in found if one.payload.get("says") == says
    ]


def tried(desk: Desk, staff: str = ELI, at: By | None = None) -> BackTest:
    """Ask for a back-test of the rule as it stands, and run it as the errand does."""
    who = at or by(staff)
    back_tests.ask_of(desk, row(desk), who)
    asked = back_tests.take(desk, who.at)
    assert asked is not None
    found = back_tests.run(desk, asked.draft, back_tests.span(desk, who.at))
    back_tests.remember(desk, asked, found, who.at)
    back_tests.settle(desk, asked, found, who.at, shown=True)
    return found


def with_policy(desk: Desk, text: str) -> Desk:
    """The same desk under the shipped policy with more in it."""
    return replace(desk, policy=parse(SHIPPED.read_text(encoding="utf-8") + text))
