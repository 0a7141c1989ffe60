"""Shifts: who goes on call is briefed and says so, who goes off is asked about everything in their hands."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from desk import rotas
from desk.cards import line
from desk.desk import Desk
from desk.oncall import by_role, rests_until
from desk.reading import promised
from domain.errors import NotAllowed, Repeated, Stale
from domain.escalation import BACKUP, MANAGER
from domain.occasions import SHIFT, BriefSheet, Occasion
from domain.rota import stretches
from domain.sheets import Line
from domain.staff import By, Staff
from storage.outbox import Promise
from storage.store import Tx

PATIENCE = timedelta(minutes=15)
"""How long a brief may go unanswered before the next in line and the manager hear of it."""
FAR = timedelta(days=21)
"""How far ahead a shift's end is looked for."""
MOMENT = timedelta(seconds=1)
SHOWN = 10
_About = TypeVar("_About")


def plan(desk: Desk, tx: Tx, span: tuple[datetime, datetime]) -> None:
    """A row for every hand-over in a stretch of time."""
    for team in desk.policy.rota:
        for at in _hand_overs(desk, tx, team, span):
            tx.occasions.plan(Occasion(f"shift:{team}:{at.isoformat()}", SHIFT, team, at, at))


def _hand_overs(desk: Desk, tx: Tx, team: str, span: tuple[datetime, datetime]) -> Iterator[datetime]:
    """When somebody else, or nobody, becomes the one on call."""
    since, until = span[0] - MOMENT, span[1]
    rows = rotas.shifts(desk, tx, team, until), rotas.changes(desk, tx, team, (since, until))
    for one, then in pairwise(stretches(*rows, since, until)):
        if one.primary != then.primary:
            yield then.from_at


def tend(desk: Desk, tx: Tx, row: Occasion, now: datetime) -> None:
    """The row's time has come: brief, or pass on that the brief was not answered."""
    team, ends_at = str(row.team), _end_of(desk, tx, row)
    incoming, outgoing = _on_call(desk, tx, team, row.due_at), _on_call(desk, tx, team, row.due_at - MOMENT)
    if incoming == outgoing or (ends_at is not None and ends_at <= now):
        return  # the rota has changed meanwhile, or the shift is over: nobody is told late
    if row.told_at is None:
        _brief(desk, tx, row, (incoming, outgoing), now)
    elif row.seen_at is None:
        _pass_on(desk, tx, row, now)


def _brief(desk: Desk, tx: Tx, row: Occasion, names: tuple[str | None, str | None], now: datetime) -> None:
    incoming, outgoing = (tx.directory.named(name) if name else None for name in names)
    facts = {"incoming": incoming.slack_id if incoming else None, "outgoing": outgoing.slack_id if outgoing else None}
    if outgoing is not None and outgoing.active:
        _direct(tx, outgoing, f"farewell:{row.key}", {"says": "farewell", "occasion": row.key}, now)
        tx.tending.hurry(outgoing.slack_id, now, "shift")
    if incoming is not None and incoming.active:
        _direct(tx, incoming, f"brief:{row.key}", {"says": "brief", "occasion": row.key}, now)
        answer_by = (rests_until(tx, incoming.slack_id, now) or now) + PATIENCE
        tx.occasions.told(row.key, now, answer_by, facts)
        return
    tx.occasions.told(row.key, now, None, facts)
    if names[0] is not None:
        _pass_on(desk, tx, row, now, says="shift_alone", name=names[0])


def _pass_on(desk: Desk, tx: Tx, row: Occasion, now: datetime, **facts: str) -> None:
    """Backup and manager hear, once."""
    team = str(row.team)
    payload = {
        "says": "shift_unanswered", "team": team, "person": row.facts.get("incoming"),
        "since": row.due_at.isoformat(), **facts,
    }  # fmt: skip
    names = [by_role(desk, tx, team, role, now) for role in (BACKUP, MANAGER)]
    people = [tx.directory.named(name) for name in dict.fromkeys(names) if name]
    for n, person in enumerate(people):
        if person is not None and person.active:
            _direct(tx, person, _unanswered(row.key, n), payload, now)


def _direct(tx: Tx, person: Staff, key: str, payload: dict[str, object], now: datetime) -> None:
    promise = Promise(now, payload, key=key, not_before=rests_until(tx, person.slack_id, now))
    tx.outbox.direct(person.slack_id, promise)


def got_it(desk: Desk, key: str, by: By) -> None:
    """The incoming person has read the brief; the outgoing person's message says so."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        row = _theirs(tx, key, by)
        if tx.occasions.seen(key, by.staff, by.at) is None:
            raise Repeated
        for name in (f"brief:{key}", f"farewell:{key}"):
            tx.outbox.repaint(name, by.at)
        for n in range(2):
            payload = {"says": "shift_answered", "team": row.team, "person": by.staff, "settled": True}
            tx.outbox.rewrite(_unanswered(key, n), payload, by.at)


def _theirs(tx: Tx, key: str, by: By) -> Occasion:
    row = tx.occasions.get(key)
    if row is None or row.told_at is None:
        raise Stale("This brief is from an older rota. Have a look at the newest one.")
    if by.staff != row.facts.get("incoming"):
        raise NotAllowed(f"This shift is <@{row.facts.get('incoming')}>'s, so they answer for it.")
    return row


def sheet(desk: Desk, tx: Tx, row: Occasion, *, is_farewell: bool) -> BriefSheet:
    """The brief as things stand now."""
    team = str(row.team)
    ends_at, incoming = _end_of(desk, tx, row), str(row.facts.get("incoming") or "")
    backup = rotas.on_call(desk, tx, team, row.due_at).backup
    known = tx.directory.named(backup) if backup else None
    rows = tx.occasions
    return BriefSheet(
        key=row.key,
        team=team,
        from_at=row.due_at,
        until_at=ends_at,
        incoming=incoming or None,
        outgoing=row.facts.get("outgoing"),
        backup=known.slack_id if known else None,
        is_farewell=is_farewell,
        cases=() if is_farewell else tuple(_lines(desk, tx, rows.soonest(team, SHOWN))),
        in_hand=rows.in_hand(team),
        promised=tuple(promised(desk, tx, rows.promised(team, ends_at or row.due_at + FAR))),
        drafts=() if is_farewell else tuple(_lines(desk, tx, rows.drafts(team, incoming))),
        seen_at=row.seen_at,
    )


def _lines(desk: Desk, tx: Tx, found: list[tuple[int, _About]]) -> Iterator[tuple[Line, _About]]:
    for case_id, about in found:
        case = tx.cases.get(case_id)
        if case is not None:
            yield line(desk, tx, case), about


def _on_call(desk: Desk, tx: Tx, team: str, at: datetime) -> str | None:
    return rotas.on_call(desk, tx, team, at).primary


def _end_of(desk: Desk, tx: Tx, row: Occasion) -> datetime | None:
    """When somebody else goes on call after this hand-over."""
    span = (row.due_at + MOMENT, row.due_at + FAR)
    return next(_hand_overs(desk, tx, str(row.team), span), None)


def _unanswered(key: str, number: int) -> str:
    return f"unanswered:{key}:{number}"
