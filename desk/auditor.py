"""The auditor: proves on live rows that nothing promised can be forgotten, and says so when it can't."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.desk import Desk
from domain.audit import broken_at
from storage.outbox import Promise

LAST = "auditor:last"
GRACE = timedelta(seconds=60)
"""A step or a missed deadline may wait this long for the tick that takes it."""
STUCK = timedelta(minutes=10)
"""A reply or an urgent message that should have gone this long ago is stuck."""
TRAILS = 20
"""Trails verified in one round: those in which something was done last."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, and in which cases (0: none in particular)."""

    what: str
    cases: tuple[int, ...]


def report(desk: Desk, findings: tuple[Finding, ...], now: datetime) -> None:
    """New findings are told to the people who run Dibs once, and once more when all is well again."""
    state = json.dumps([[one.what, list(one.cases)] for one in findings])
    with desk.store.look() as tx:
        before = tx.ledger.cursor(LAST)
    if (before or "[]") == state:
        return
    with desk.store.begin() as tx:
        tx.ledger.advance(LAST, state, now)
        known = {what for what, _cases in json.loads(before or "[]")}
        fresh = [one for one in findings if one.what not in known]
        ops = desk.ops_channel(tx)
        for one in fresh:
            payload = {"says": "auditor_found", "what": one.what, "cases": list(one.cases[:10])}
            tx.outbox.channel(ops, Promise(now, payload, key=f"auditor:{one.what}:{now:%Y-%m-%dT%H}"))
        if known and not findings:
            tx.outbox.channel(ops, Promise(now, {"says": "auditor_calm"}, key=f"auditor:calm:{now:%Y-%m-%dT%H:%M}"))


def find(desk: Desk, now: datetime) -> tuple[Finding, ...]:
    """Broken promises as they stand."""
    with desk.store.look() as tx:
        broken = tx.proofs.broken(now - GRACE, now - STUCK)
        torn = [number for number in tx.proofs.latest_trails(TRAILS) if broken_at(tx.audit.trail(number)) is not None]
    if torn:
        broken["a trail was altered"] = sorted(torn)
    return tuple(Finding(what, tuple(numbers)) for what, numbers in broken.items())


def standing(desk: Desk) -> list[str]:
    """What was wrong when the auditor last reported, whichever process it works in."""
    with desk.store.look() as tx:
        return [str(what) for what, _cases in json.loads(tx.ledger.cursor(LAST) or "[]")]
