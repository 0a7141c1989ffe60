"""A Saturday Ann should be on call and her sister marries; what the tests of cover and swap begin with."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

from sqlalchemy import select

from desk import covers, deliveries, rotas
from desk.covers import Wish
from desk.desk import Desk
from desk.rota_sheets import duties_of
from domain.covers import Cover, Duty
from domain.deliveries import Delivered
from domain.errors import Refusal
from domain.policy import Policy
from storage.schema import deliveries as rows
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, by

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SATURDAY = datetime.fromisoformat("2026-11-28T08:00:00+00:00")
EVENING = SATURDAY + 12 * HOUR
NOON, AFTERNOON = SATURDAY + 4 * HOUR, SATURDAY + 10 * HOUR
ROTA = """
    { from = "2026-11-20T08:00", to = "2026-11-28T08:00", primary = "kit", backup = "ben" },
    { from = "2026-11-28T08:00", to = "2026-11-28T20:00", primary = "ann", backup = "ben" },
    { from = "2026-11-28T20:00", to = "2026-12-05T08:00", primary = "gus", backup = "ben" },
    { from = "2026-12-05T08:00", to = "2026-12-12T08:00", primary = "gus", backup = "eli" },
"""
PLAIN = '{ from = "2026-11-20T00:00", to = "2026-12-20T00:00", primary = "ann", backup = "ben" }'


def policy() -> Policy:
    """Ann is on call on Saturday, Ben her backup; Gus follows."""
    return weekend.policy((PLAIN, ROTA))


def shift(desk: Desk, person: str, role: str = "primary", now: datetime = AT) -> Duty:
    """This person's first coming duty in the care team, by Slack name."""
    with desk.store.look() as tx:
        found = duties_of(desk, tx, "care", now)
    return next(one for one in found if (one.person, one.role) == (person, role))


def asks(desk: Desk, at: datetime = AT, span: tuple[datetime, datetime] = (SATURDAY, EVENING), note: str = "") -> Cover:
    """Ann asks for cover of her Saturday."""
    covers.ask(desk, Wish(shift(desk, "ann", now=min(at, AT)).key, span, note), by(ANN, at))
    with desk.store.look() as tx:
        return tx.rotas.covers.of_asker(ANN)[-1]


def crew(desk: Desk, at: datetime) -> tuple[str | None, str | None]:
    """Who is on call then, and who is backup; Slack names."""
    with desk.store.look() as tx:
        found = rotas.on_call(desk, tx, "care", at)
    return found.primary, found.backup


def state(desk: Desk, cover: Cover) -> tuple[str, str | None]:
    """How a request stands, and who took it."""
    with desk.store.look() as tx:
        found = tx.rotas.covers.get(cover.id)
    assert found is not None
    return found.state, found.taker


def deliver(desk: Desk, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Call everything that is due delivered, as fast as Slack's budgets let it: whom it told, and what."""
    told = []
    for second in range(60):
        at = now + timedelta(seconds=second)
        while (parcel := deliveries.take(desk, at, at)) is not None:
            one = parcel.delivery
            told.append((str(one.recipient or one.channel), dict(one.payload)))
            deliveries.settle(desk, one, Delivered(f"{one.id}.0", one.channel or one.recipient), at)
    return told


def says(told: list[tuple[str, dict[str, Any]]], what: str) -> list[str]:
    """Who was told this."""
    return sorted(whom for whom, payload in told if payload.get("says") == what)


def standing(desk: Desk) -> dict[str, dict[str, Any]]:
    """What every keyed message says by now."""
    with desk.store.look() as tx:
        found = tx.connection.execute(select(rows.c.key, rows.c.payload).where(rows.c.key.is_not(None))).all()
    return {str(row.key): row.payload for row in found}


def at_once(*gestures: Callable[[], object]) -> list[str | None]:
    """Everybody presses at the same moment; what each was refused with, None for who wasn't."""
    ready = Barrier(len(gestures))

    def press(gesture: Callable[[], object]) -> str | None:
        ready.wait()
        try:
            gesture()
        except Refusal as why:
            return str(why)
        return None

    with ThreadPoolExecutor(len(gestures)) as hands:
        return list(hands.map(press, gestures))
