"""Alarms about the outside: told once when it breaks and once when it is back, never silently and never in a stream."""

from datetime import datetime, timedelta

from desk.desk import Desk
from storage.outbox import Promise

TROUBLE = "trouble:x"
PATIENCE = timedelta(minutes=3)
"""How long the network may be out of reach before anybody is told: short hiccups mend themselves."""
AT_ONCE = ("auth", "credits")


def trouble(desk: Desk, kind: str, now: datetime) -> None:
    """A poll failed: `kind` is unreachable, rate, auth or credits. What a person must mend is told at once."""
    with desk.store.begin() as tx:
        standing = tx.ledger.cursor(TROUBLE)
        if standing is None:
            tx.ledger.advance(TROUBLE, f"{kind}|{now.isoformat()}|", now)
            standing = f"{kind}|{now.isoformat()}|"
        since = datetime.fromisoformat(standing.split("|")[1])
        told = standing.endswith("told") and standing.startswith(kind)
        if told or not (kind in AT_ONCE or now - since >= PATIENCE):
            return
        tx.ledger.advance(TROUBLE, f"{kind}|{since.isoformat()}|told", now)
        payload = {"says": f"x_{kind}", "since": since.isoformat()}
        tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, key=f"x_{kind}:{since.isoformat()}"))


def all_clear(desk: Desk, now: datetime) -> None:
    """A round of polls went well."""
    with desk.store.look() as tx:
        standing = tx.ledger.cursor(TROUBLE)
    if standing is None:
        return
    with desk.store.begin() as tx:
        tx.ledger.advance(TROUBLE, None, now)
        if standing.endswith("told"):
            tx.outbox.channel(desk.ops_channel(tx), Promise(now, {"says": "x_back"}, key=f"x_back:{standing[:80]}"))


def lease(desk: Desk, name: str, holder: str, machine_now: datetime, length: timedelta) -> bool:
    """Hold or keep a lease between processes, in machine time."""
    with desk.store.begin() as tx:
        return tx.ledger.lease(name, holder, machine_now, length)


def leased_by(desk: Desk, name: str) -> str | None:
    """Whoever had the lease last."""
    with desk.store.look() as tx:
        return tx.ledger.leased_by(name)


def release(desk: Desk, name: str, holder: str) -> None:
    """Give a lease up, or away for a holder that is gone."""
    with desk.store.begin() as tx:
        tx.ledger.release(name, holder)
