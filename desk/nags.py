"""Nags: one message per place at a time; lines join it, leave it, and are said aloud when nobody has heard them yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.desk import Desk
from desk.oncall import rests_until
from domain.cases import Case
from domain.deadlines import Deadline
from domain.deliveries import EMERGENCY as FIRST
from domain.deliveries import WORD
from domain.escalation import Plan
from domain.nags import (
    GATHER,
    IN_FULL,
    MANY,
    PERSON_PER_HOUR,
    SOON,
    Ended,
    NagEntry,
    NagSheet,
    Why,
    silent_for,
    urgency,
)
from domain.triage import EMERGENCY
from storage.outbox import Promise
from storage.store import Tx


@dataclass(frozen=True)
class Place:
    """Where a nag goes: a channel, or one person; `not_before` holds delivery while they rest."""

    slack_id: str
    direct: bool
    not_before: datetime | None = None


def nag(tx: Tx, place: Place, about: tuple[Case, Deadline, Why], plan: Plan, now: datetime) -> None:
    """Let the place know of the case: in the message it has, or in a new one when that is no longer fresh."""
    case, clock, why = about
    urgent = case.severity == EMERGENCY
    newest = tx.nags.current(place.slack_id)
    wait = timedelta(0) if newest is None or urgent else _silence(tx, place, newest, plan, now)
    if newest is None or wait == timedelta(0):
        nag_id = _anew(tx, place, now, urgent=urgent)
    else:
        nag_id = newest.id
        if now - newest.made_at >= GATHER:
            tx.nags.bump(nag_id, now + wait)
        tx.outbox.repaint(key_of(nag_id), now)
    tx.nags.line(nag_id, (case.id, clock.id), why.kept(), now)


def _silence(tx: Tx, place: Place, newest: Any, plan: Plan, now: datetime) -> timedelta:
    """How long a new line must stay unheard of here."""
    made_at, nag_id = newest.made_at, newest.id
    few = place.direct and tx.nags.standing(nag_id) < MANY
    wait = silent_for(made_at, now, min(SOON, plan.together) if few else plan.together)
    cap = PERSON_PER_HOUR if place.direct else plan.per_hour
    hour = timedelta(hours=1)
    if tx.nags.count_since(place.slack_id, now - hour) >= cap:
        return max(wait, silent_for(made_at, now, hour) or plan.together)
    return wait


def _anew(tx: Tx, place: Place, now: datetime, *, urgent: bool) -> int:
    nag_id = tx.nags.anew(place.slack_id, now, direct=place.direct, urgent=urgent)
    goes_at = place.not_before or (now if urgent else now + GATHER)
    promise = Promise(now, {"nag": nag_id}, key=key_of(nag_id), priority=FIRST if urgent else WORD, not_before=goes_at)
    tx.outbox.nag(place.slack_id, promise, direct=place.direct)
    return nag_id


def stands_now(tx: Tx, nag_id: int, now: datetime) -> None:
    """The message is there, or wasn't needed after all: the one before it says so from now on."""
    old = tx.nags.previous(nag_id)
    if old is not None:
        tx.outbox.repaint(key_of(old), now)


def say_aloud(desk: Desk, now: datetime) -> int:
    """Lines that joined a message in silence get one that alerts; how many messages."""
    with desk.store.look() as tx:
        due = tx.nags.bumps(now)
    for row in due:
        with desk.store.begin() as tx:
            if tx.nags.bumped(row.id) and tx.nags.standing(row.id):
                rests = rests_until(tx, row.place, now) if row.direct else None
                _anew(tx, Place(row.place, row.direct, rests), now, urgent=False)
    return len(due)


def stand_down(tx: Tx, case_id: int, how: Ended, now: datetime) -> None:
    """Everybody who was nagged about the case may rest: their message says what became of it."""
    for nag_id in sorted(tx.nags.end(case_id, how.kept())):
        tx.outbox.repaint(key_of(nag_id), now)


def step_aside(tx: Tx, case_id: int, place: str, how: Ended, now: datetime) -> None:
    """The same in one place only."""
    for nag_id in sorted(tx.nags.end_at(case_id, place, how.kept())):
        tx.outbox.repaint(key_of(nag_id), now)


def sheet(desk: Desk, tx: Tx, nag_id: int) -> NagSheet:
    """The nag as it is drawn now: the most urgent cases in full, the others by their numbers."""
    row = tx.nags.get(nag_id)
    if row is None:
        return NagSheet(direct=False, entries=(), replaced=True)
    lines = tx.nags.lines(nag_id)
    standing = sorted((line for line in lines if line.stands), key=_urgency)
    over = [line for line in lines if not line.stands]
    shown = [*standing[:IN_FULL], *over[-IN_FULL:]]
    newer = None if row.newest else tx.nags.newest(row.place)
    message = tx.outbox.message(key_of(newer.id)) if newer is not None else None
    return NagSheet(
        direct=row.direct,
        entries=tuple(entry for line in shown if (entry := _entry(desk, tx, line)) is not None),
        more=tuple(line.case_id for line in standing[IN_FULL:]),
        newer=desk.link_to(message.channel, message.ts) if message is not None else None,
        replaced=not row.newest,
    )


def _urgency(line: Any) -> tuple[int, datetime, int]:
    return urgency(line.severity, line.due_at, line.case_id)


def _entry(desk: Desk, tx: Tx, line: Any) -> NagEntry | None:
    case, clock = tx.cases.get(line.case_id), tx.clocks.get(line.clock_id)
    if case is None or clock is None:
        return None
    newest, card = tx.posts.newest_of(line.case_id), tx.outbox.live_card(line.case_id)
    return NagEntry(
        case=case,
        deadline=clock,
        why=Why.read(line.why),
        at=line.at,
        handle=newest.author_handle if newest else None,
        text=newest.text if newest else None,
        link=desk.link_to(card.channel, card.ts) if card else None,
        ended=Ended.read(line.ended),
    )


def key_of(nag_id: int) -> str:
    """The key under which a nag's message was promised."""
    return f"nag:{nag_id}"
