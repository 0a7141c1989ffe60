"""Rotas as iCal feeds: what Google Calendar, PagerDuty and Grafana OnCall publish is read, and ours is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from domain.rota import Shift
from networks.ical_guard import BadFeed, events_of
from networks.ical_names import Named, named
from networks.ical_repeats import Frame, moments_of, moved_from

__all__ = ["BadFeed", "closed_days", "read", "write"]

AT_ONCE = 20
"""Events that may run at the same time; more is no rota."""
EVERYBODY: Mapping[str, str] = {}
_Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class _Duty:
    """One occurrence and its people."""

    from_at: datetime
    until_at: datetime
    people: Named


def read(data: bytes, team: str, zone: ZoneInfo, span: _Span, known: Mapping[str, str] = EVERYBODY) -> list[Shift]:
    """The shifts of a feed that touch the span, side by side in the order of time, or raise BadFeed.

    Floating times and whole days are the zone's. Of events that run at once, the one with the higher level leads,
    else the one that starts later (a cover lies on top of its week); the one below is backup. `known` leads from
    what an event may call somebody, case-folded (a real name, an address), to the name the rota uses.
    """
    duties = list[_Duty]()
    for event, moments in _occurrences(data, Frame(zone, *span)):
        people = named(event, known)
        duties += [_Duty(*times, people) for times in moments if people.primary or people.backup]
    return list(_side_by_side(duties, team))


def closed_days(data: bytes, zone: ZoneInfo, span: _Span) -> frozenset[date]:
    """The days a feed of holidays names, whole days or days touched, or raise BadFeed."""
    found = set[date]()
    for _, moments in _occurrences(data, Frame(zone, *span)):
        for from_at, until_at in moments:
            first, last = (at.astimezone(zone).date() for at in (from_at, until_at - timedelta(microseconds=1)))
            found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return frozenset(found)


def write(shifts: Sequence[Shift], name: str, zone: str) -> bytes:
    """A feed of shifts, the same for the same shifts. Times are UTC: those of a DST night can't be mistaken.

    The summary is the person's name alone, which is what Grafana OnCall looks for; the backup is in the description.
    """
    calendar = Calendar()
    for key, value in (("prodid", "-//Dibs//Rota//EN"), ("version", "2.0"), ("x-wr-calname", name)):
        calendar.add(key, value)
    calendar.add("x-wr-timezone", zone)
    for shift in sorted(shifts, key=lambda one: one.from_at):
        event = Event()
        event.add("uid", f"{shift.team}-{shift.from_at:%Y%m%dT%H%M%SZ}@dibs")
        event.add("dtstamp", shift.from_at)
        event.add("dtstart", shift.from_at)
        event.add("dtend", shift.until_at)
        event.add("summary", shift.primary)
        if shift.backup:
            event.add("description", f"Backup: {shift.backup}")
        calendar.add_component(event)
    feed: bytes = calendar.to_ical()
    return feed


def _occurrences(data: bytes, frame: Frame) -> Iterator[tuple[Event, Iterable[_Span]]]:
    """Every event with the times it takes place; a moved occurrence takes the place of its original."""
    events = events_of(data)
    stand_ins = dict[tuple[str, datetime | date], Event]()
    moved = defaultdict[str, set[datetime | date]](set)
    for event in events:
        original = moved_from(event, frame)
        if original is None:
            continue
        key = (_uid(event), original)
        moved[key[0]].add(original)
        if key not in stand_ins or _sequence(event) >= _sequence(stand_ins[key]):
            stand_ins[key] = event
    for event in [*(one for one in events if "RECURRENCE-ID" not in one), *stand_ins.values()]:
        gone = set() if "RECURRENCE-ID" in event else moved[_uid(event)]
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield event, moments_of(event, frame, gone)


def _uid(event: Event) -> str:
    return str(event.get("UID", ""))


def _sequence(event: Event) -> int:
    return int(str(event.get("SEQUENCE", 0)))


def _side_by_side(duties: Sequence[_Duty], team: str) -> Iterator[Shift]:
    """Occurrences that may run at once as shifts that don't; neighbours with the same people are one."""
    last: Shift | None = None
    for from_at, until_at, running in _slices(duties):
        primary, backup = _people(running)
        if primary is None:
            continue
        if last and (last.until_at, last.primary, last.backup) == (from_at, primary, backup):
            last = Shift(team, last.from_at, until_at, primary, backup, last.source)
            continue
        if last:
            yield last
        last = Shift(team, from_at, until_at, primary, backup, f"rota.{team}.ical")
    if last:
        yield last


def _slices(duties: Sequence[_Duty]) -> Iterator[tuple[datetime, datetime, list[_Duty]]]:
    """Times through which the same events run."""
    waiting = sorted(duties, key=lambda duty: duty.from_at)[::-1]
    edges = sorted({moment for duty in duties for moment in (duty.from_at, duty.until_at)})
    running = list[_Duty]()
    for from_at, until_at in pairwise(edges):
        running = [duty for duty in running if duty.until_at > from_at]
        while waiting and waiting[-1].from_at <= from_at:
            running.append(waiting.pop())
        if len(running) > AT_ONCE:
            raise BadFeed(f"more than {AT_ONCE} events of the feed run at once; a rota has one or two")
        if running:
            yield from_at, until_at, running


def _people(running: Sequence[_Duty]) -> tuple[str | None, str | None]:
    """Who leads and who is backup of the events that run at once."""
    ranked = sorted(running, key=lambda duty: (duty.people.level, duty.from_at), reverse=True)
    primary = next((duty.people.primary for duty in ranked if duty.people.primary), None)
    named_so = [duty.people.backup for duty in ranked if duty.people.backup]
    others = [*named_so, *(duty.people.primary for duty in ranked)]
    return primary, next((name for name in others if name and name != primary), None)
