"""The directory: staff, channels and seats, as Slack describes them at start, by events, and hourly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.desk import Desk
from desk.notices import ASKED_FOR
from domain.deadlines import GONE, LEFT
from domain.staff import Staff
from storage.store import Tx

EVERY = timedelta(hours=1)
SYNCED = "directory:synced"


@dataclass(frozen=True)
class Room:
    """A channel and the Slack ids of who sits in it."""

    slack_id: str
    name: str
    archived: bool
    private: bool
    members: tuple[str, ...]


def sync(desk: Desk, people: Sequence[Staff], rooms: Sequence[Room], now: datetime) -> None:
    """Keep everybody and every room as Slack describes them now; what was parked for a room that lives goes on."""
    with desk.store.begin() as tx:
        tx.directory.put_staff(people, now)
        for person in people:
            _let_go(tx, person, now)
        for room in rooms:
            tx.directory.put_channel(room.slack_id, room.name, now, (room.archived, room.private))
            tx.directory.seat(room.slack_id, room.members)
            if not room.archived:
                tx.queue.unpark(room.slack_id, now)
        tx.ledger.advance(SYNCED, now.isoformat(), now)
        tx.ledger.advance(ASKED_FOR, None, now)


def wanted(desk: Desk, now: datetime) -> bool:
    """Whether a sync is due: an hour has passed, or somebody unknown has pressed a button."""
    with desk.store.look() as tx:
        synced, asked = tx.ledger.cursor(SYNCED), tx.ledger.cursor(ASKED_FOR)
    return asked is not None or synced is None or now - datetime.fromisoformat(synced) >= EVERY


def put_person(desk: Desk, person: Staff, now: datetime) -> None:
    """Somebody changed."""
    with desk.store.begin() as tx:
        tx.directory.put_staff([person], now)
        _let_go(tx, person, now)


def _let_go(tx: Tx, person: Staff, now: datetime) -> None:
    """What somebody looked after who is gone comes back to its queue."""
    if not person.active:
        tx.tending.give_up(person.slack_id, now, GONE)


def put_room(desk: Desk, slack_id: str, name: str, now: datetime, flags: tuple[bool, bool]) -> None:
    """A channel changed; flags are (archived, private)."""
    with desk.store.begin() as tx:
        tx.directory.put_channel(slack_id, name, now, flags)
        if not flags[0]:
            tx.queue.unpark(slack_id, now)


def seat(desk: Desk, channel: str, person: str, now: datetime, *, present: bool) -> None:
    """Somebody came into a channel or left it; who leaves is asked about the cases they take along."""
    with desk.store.begin() as tx:
        (tx.directory.join if present else tx.directory.leave)(channel, person)
        if present:
            return
        for tends in tx.tending.of(person):
            case = tx.cases.get(tends.case_id)
            if case is not None and desk.channel_of(tx, case.team) == channel:
                tx.tending.ask_soon(tends, now, LEFT)


def ask_for_sync(desk: Desk, now: datetime) -> None:
    """Have the clock take a fresh look at everything soon."""
    with desk.store.begin() as tx:
        tx.ledger.advance(ASKED_FOR, "asked", now)
