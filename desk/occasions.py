"""Occasions: planned a week ahead, each carried out once, however late or doubled the clock is."""

from datetime import datetime, timedelta

from desk import preflight, shifts
from desk.desk import Desk
from domain.occasions import PREFLIGHT, ROUTE, SHIFT, Sheet
from storage.store import Tx

PLANNED = "occasions:planned"
"""Up to when hand-overs and checks have been given rows; what lies between is never left out."""
EVERY = timedelta(hours=1)
AHEAD = timedelta(days=8)
AGAIN = timedelta(minutes=5)
"""After one that failed; the others don't wait for it."""
CARRIED_OUT = {SHIFT: shifts.tend, PREFLIGHT: preflight.post, ROUTE: preflight.chase}
FAREWELL = "farewell"
LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def plan(desk: Desk, now: datetime) -> bool:
    """Rows for what comes in the next days; at most once an hour."""
    with desk.store.look() as tx:
        if not _plans(desk) or now < _plan_at(tx):
            return False
    with desk.store.begin() as tx:
        last = _last(tx) or now
        tx.ledger.advance(PLANNED, now.isoformat(), now)
        span = (min(last, now), now + AHEAD)
        shifts.plan(desk, tx, span)
        preflight.plan(desk, tx, span)
        preflight.keep_up(desk, tx, now)
    return True


def tick(desk: Desk, now: datetime) -> int:
    """Carry out what is due; how much was looked at."""
    plan(desk, now)
    with desk.store.look() as tx:
        due = tx.occasions.due(now)
    for seen in due:
        with desk.store.begin() as tx:
            ours = tx.occasions.postpone(seen, now + AGAIN)
        if ours is None:
            continue
        with desk.store.begin() as tx:
            row = tx.occasions.take(ours)
            if row is not None and row.kind in CARRIED_OUT:
                CARRIED_OUT[row.kind](desk, tx, row, now)
    return len(due)


def next_at(desk: Desk) -> datetime | None:
    """When the next one is due, or the rota is looked at again."""
    with desk.store.look() as tx:
        planned = _plan_at(tx) if _plans(desk) else None
        moments = [at for at in (tx.occasions.next_at(), planned) if at is not None]
    return min(moments, default=None)


def sheet(desk: Desk, tx: Tx, says: str, key: str) -> Sheet | None:
    """What the message about an occasion is drawn from; None when the occasion is gone."""
    row = tx.occasions.get(key)
    if row is None:
        return None
    if row.kind == PREFLIGHT:
        return preflight.sheet(desk, tx, row)
    return shifts.sheet(desk, tx, row, is_farewell=says == FAREWELL) if row.kind == SHIFT else None


def _plans(desk: Desk) -> bool:
    return bool(desk.policy.rota)


def _last(tx: Tx) -> datetime | None:
    kept = tx.ledger.cursor(PLANNED)
    return datetime.fromisoformat(kept) if kept else None


def _plan_at(tx: Tx) -> datetime:
    """When to plan next; a rota that was never looked at is due."""
    last = _last(tx)
    return last + EVERY if last else LONG_AGO
