"""The digest: what was put away is told to each team once on every working day, and stays true after that."""

from datetime import datetime
from typing import Any

from desk.desk import Desk
from desk.rescue import key_of
from domain.calendars import CalendarPolicy
from domain.cases import DISMISSED
from domain.digests import SHOWN, DigestLine, DigestSheet, digest_at, zone_of
from domain.lessons import IS_ONE
from storage.outbox import Promise
from storage.store import Tx
from storage.verdicts import kept_of

SAYS = "digest"


def next_at(desk: Desk) -> datetime | None:
    """When the next digest is due; None when nothing was put away that nobody was told of."""
    with desk.store.look() as tx:
        waiting = tx.verdicts.waiting()
    return min((_due(desk, team, since) for team, since in waiting.items()), default=None)


def tick(desk: Desk, now: datetime) -> None:
    """Tell every team whose hour has come."""
    with desk.store.look() as tx:
        waiting = tx.verdicts.waiting()
    for team, since in waiting.items():
        if _due(desk, team, since) <= now:
            with desk.store.begin() as tx:
                _tell(desk, tx, team, now)


def _due(desk: Desk, team: str, since: datetime) -> datetime:
    return digest_at(desk.policy.digest, _calendar(desk, team), since)


def _calendar(desk: Desk, team: str) -> CalendarPolicy | None:
    found = desk.policy.team.get(team, desk.policy.team[desk.policy.default_team])
    return desk.policy.calendar.get(found.calendar) if found.calendar else None


def _tell(desk: Desk, tx: Tx, team: str, now: datetime) -> None:
    """One message a day; what is late for it joins the message that is there."""
    day = now.astimezone(zone_of(_calendar(desk, team))).date().isoformat()
    digest, is_new = tx.verdicts.tell(team, day, now)
    if not tx.verdicts.lines(digest):
        return
    key = key_of(digest)
    if is_new or tx.outbox.message(key) is None:
        payload = {"says": SAYS, "digest": digest}
        tx.outbox.channel(desk.channel_of(tx, team), Promise(now, payload, key=key))
    else:
        tx.outbox.repaint(key, now)


def sheet(desk: Desk, tx: Tx, digest: int) -> DigestSheet:
    """The digest as it stands now."""
    rows = tx.verdicts.lines(digest)
    lines = tuple(line(desk, tx, row) for row in rows[:SHOWN])
    return DigestSheet(tx.verdicts.told(digest), lines, more=len(rows) - len(lines))


def line(desk: Desk, tx: Tx, row: Any) -> DigestLine:
    """One post of it."""
    put_away = row.status == DISMISSED
    card = None if put_away else tx.outbox.live_card(row.case_id)
    return DigestLine(
        case_id=row.case_id,
        epoch=row.epoch,
        handle=row.handle,
        text=row.text,
        images=row.images,
        kept=kept_of(row),
        put_away=put_away,
        rescued_by=None if put_away else _rescuer(tx, row.case_id),
        link=desk.link_to(card.channel, card.ts) if card else None,
    )


def _rescuer(tx: Tx, case_id: int) -> str | None:
    lesson = tx.lessons.latest_of(case_id, IS_ONE)
    return lesson.staff if lesson else None


def dismissed(desk: Desk, person: str) -> DigestSheet:
    """What was put away lately for this person's teams and still is."""
    with desk.store.look() as tx:
        theirs = [team for team in desk.policy.team if tx.directory.actor(person, desk.channel_of(tx, team)).in_channel]
        rows = tx.verdicts.dismissed(theirs, SHOWN + 1)
        lines = tuple(line(desk, tx, row) for row in rows[:SHOWN])
        return DigestSheet(len(rows), lines, more=len(rows) - len(lines))
