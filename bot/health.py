"""Whether we are well, in a few words without secrets."""

from typing import Any

from bot.clock import Clock
from desk import auditor, deliveries
from desk.desk import Desk
from domain.errors import Busy

STALE = 60.0
"""Machine seconds since the last tick after which the clock counts as stopped."""


def of(desk: Desk, clock: Clock) -> dict[str, Any]:
    """`ok`, and what isn't."""
    faults = []
    if clock.ticks and clock.since_tick() > STALE:
        faults.append("the clock has stopped")
    try:
        faults += auditor.standing(desk)
        waiting = deliveries.next_at(desk)
    except Busy:
        faults.append("the database doesn't answer")
        waiting = None
    return {"ok": not faults, "faults": faults, "next_delivery_at": waiting.isoformat() if waiting else None}
