"""Rescue: what triage put away is a complaint after all, and its promises count from when the customer wrote."""

from datetime import datetime

from desk import deadlines
from desk.desk import Desk
from domain.cases import Case
from domain.deliveries import FRESH
from domain.triage import Kept
from storage.store import Tx


def was_put_away(tx: Tx, case: Case) -> bool:
    """Whether triage, not a colleague, put the case away."""
    return any(kept.put_away for kept in tx.verdicts.of_case(case.id))


def bring_back(desk: Desk, tx: Tx, case: Case, actor: str, now: datetime) -> Case | None:
    """Into the queue, late or not; None when it isn't put away any more."""
    rescued = tx.cases.rescue(case.id)
    if rescued is None:
        return None
    tx.audit.record(case.id, "rescued", actor, now, epoch=rescued.epoch)
    if tx.clocks.of_case(case.id):
        deadlines.reopened(desk, tx, rescued, now)
    else:
        deadlines.start(desk, tx, rescued, now)
    tx.outbox.repost_card(case.id, desk.channel_of(tx, rescued.team), now, FRESH)
    repaint_digests(tx, tx.verdicts.of_case(case.id), now)
    return rescued


def repaint_digests(tx: Tx, kept: list[Kept], now: datetime) -> None:
    """The digest that told of it says what became of it."""
    for digest in {one.digest for one in kept if one.digest is not None}:
        tx.outbox.repaint(key_of(digest), now)


def key_of(digest: int) -> str:
    """The key under which a digest's message is promised."""
    return f"digest:{digest}"
