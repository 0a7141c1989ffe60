"""A week of shifts, walked by hand: what comes at a time, and who was newly told what."""

from datetime import datetime, timedelta

from desk import deliveries, occasions
from desk.desk import Desk
from domain.deliveries import CHANNEL, DIRECT, NOTICE, Delivered

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
