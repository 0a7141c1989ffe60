"""Claiming a case: the first to press holds it, and everyone else is told who that is."""

from dataclasses import dataclass

from desk import deadlines
from desk.acts import Act, acting
from desk.desk import Desk
from domain.cases import Case
from domain.errors import Stale
from domain.staff import By


@dataclass(frozen=True)
class Claimed:
    """It is theirs now, or was already."""

    case: Case


@dataclass(frozen=True)
class Lost:
    """Somebody was faster."""

    case: Case


def claim(desk: Desk, case_id: int, by: By) -> Claimed | Lost:
    """Give the case to whoever asks first; one statement decides, and a lost claim is remembered and told."""
    with acting(desk, by, "claim", case_id) as act:
        won = act.tx.cases.claim(case_id, by.staff, by.at)
        if won is None:
            return _not_won(act)
        act.case = won
        act.record("claimed", epoch=won.epoch)
        deadlines.held(desk, act.tx, won, by.staff, by.at)
        act.repaint()
        return Claimed(won)


def _not_won(act: Act) -> Claimed | Lost:
    case = act.case
    if case.holder == act.by.staff:
        return Claimed(case)
    if case.holder is None or not case.live:
        raise Stale("Nobody can claim this case now: it has been closed. Reopen it if the customer still needs us.")
    act.tx.cases.collide(case.id)
    act.record("claim_lost", holder=case.holder)
    since = case.claimed_at.isoformat() if case.claimed_at else None
    act.tell("claim_lost", epoch=case.epoch, holder=case.holder, since=since, at=act.by.at.isoformat())
    act.tx.outbox.refresh_card(case.id, act.by.at)
    return Lost(case)
