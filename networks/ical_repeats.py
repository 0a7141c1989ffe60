"""When a repeating event takes place: RRULE, RDATE, EXDATE and moved occurrences, within bounds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dateutil import rrule
from icalendar import Event

from networks.ical_guard import BadFeed

STEPS = 10_000
"""Occurrences a whole feed may have, those counted on the way included."""
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_SMALL = {"HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
"""Frequencies whose every step is a fixed time on the wall, so that the past can be skipped."""
_ON_MONTHS = {"BYMONTHDAY", "BYSETPOS"}
LONGEST = timedelta(days=400)
_Step = TypeVar("_Step", bound=date)
_YEARS = range(1970, 2200)


@dataclass
class Budget:
    """How many occurrences the feed may still have."""

    left: int = STEPS

    def spend(self) -> None:
        """One more occurrence, or BadFeed."""
        self.left -= 1
        if self.left < 0:
            raise BadFeed(f"the feed has more than {STEPS:,} occurrences")


@dataclass(frozen=True)
class Frame:
    """What times are read by: the zone of those that name none, and the first and last moment of interest."""

    zone: ZoneInfo
    from_at: datetime
    until_at: datetime
    budget: Budget = field(default_factory=Budget)


def moments_of(event: Event, frame: Frame, moved: set[datetime | date]) -> Iterator[tuple[datetime, datetime]]:
    """From when till when the event takes place, each time it does, as instants; those moved elsewhere are left out."""
    zone = _zone_of(event, frame)
    start = _wall(_dt(event, "DTSTART"), frame, zone)
    length = _length(event, frame, start)
    if length <= timedelta(0):
        return
    left_out = moved | {_key(value, frame) for value in _dates(event, "EXDATE")}
    added = {_wall(one, frame, zone) for one in _spent(_dates(event, "RDATE"), frame.budget)}
    for wall in sorted(added.union(_starts(event, frame, start, length))):
        from_at, until_at = instant_of(wall, zone), instant_of(wall + length, zone)
        if until_at > frame.from_at and from_at < frame.until_at and not left_out & {from_at, wall.date()}:
            yield from_at, until_at


def moved_from(event: Event, frame: Frame) -> datetime | date | None:
    """Which occurrence this event stands in for: its original start, or None if it is an event of its own."""
    found = _found(event, "RECURRENCE-ID")
    if found is not None and "RANGE" in found.params:
        raise BadFeed("the feed moves all later occurrences of an event at once (RANGE); move them one by one")
    return None if found is None else _key(found.dt, frame)


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a time on the wall, by RFC 5545, 3.3.5: twice means the first, never means after the gap."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _key(value: date, frame: Frame) -> datetime | date:
    """What an exception is known by: an instant, or the day when only a date is written."""
    if not isinstance(value, datetime):
        return value
    return instant_of(value, frame.zone) if value.tzinfo is None else value.astimezone(UTC)


def _starts(event: Event, frame: Frame, start: datetime, length: timedelta) -> Iterator[datetime]:
    """The starts on the wall, by the rule or just the one."""
    found = _found(event, "RRULE")
    if found is None:
        frame.budget.spend()
        yield start
        return
    if isinstance(found, list):
        raise BadFeed("an event of the feed has two rules of repetition; split it into two events")
    zone = _zone_of(event, frame)
    first, last = (at.astimezone(zone).replace(tzinfo=None) for at in (frame.from_at, frame.until_at))
    until = min([last, *(_last(one, frame, zone) for one in found.get("UNTIL", []))])
    yield from _repeated(dict(found), start, (first - length, until), frame.budget)


def _last(value: date, frame: Frame, zone: ZoneInfo) -> datetime:
    return _wall(value, frame, zone) if isinstance(value, datetime) else datetime.combine(value, time.max)


def _repeated(
    rule: dict[str, Any], start: datetime, span: tuple[datetime, datetime], budget: Budget
) -> Iterator[datetime]:
    _judge(rule)
    frequency, step = str(rule["FREQ"][0]).upper(), int(rule.get("INTERVAL", [1])[0])
    count = int(rule.get("COUNT", [0])[0])
    if not count and frequency in _SMALL:
        stride = _SMALL[frequency] * step
        start += max(0, (span[0] - start) // stride - 1) * stride
    steps = rrule.rrule(
        getattr(rrule, frequency), dtstart=start, interval=step, until=span[1], **_limits(rule, frequency)
    )
    wanted = (found for found in _spent(steps, budget) if _fits(rule, frequency, found))
    yield from islice(wanted, count or None)


def _spent(steps: Iterable[_Step], budget: Budget) -> Iterator[_Step]:
    for step in steps:
        budget.spend()
        yield step


def _judge(rule: dict[str, Any]) -> None:
    strange = sorted(rule.keys() - _KNOWN)
    if strange:
        raise BadFeed(f"the feed repeats something by {strange[0]}, which a rota doesn't need")
    frequency = str(rule["FREQ"][0]).upper()
    if frequency not in {*_SMALL, "MONTHLY", "YEARLY"}:
        raise BadFeed("the feed repeats something every second or minute; a rota doesn't")
    if frequency in _SMALL and rule.keys() & _ON_MONTHS:
        raise BadFeed(f"the feed repeats something {frequency.lower()} by days of the month; make it monthly")
    if not 1 <= int(rule.get("INTERVAL", [1])[0]) <= 1_000:
        raise BadFeed("the feed repeats something at an INTERVAL outside 1 to 1000")


def _limits(rule: dict[str, Any], frequency: str) -> dict[str, Any]:
    """What dateutil is told. For small steps the rest is looked at here, so that each step is seen and counted."""
    limits: dict[str, Any] = {"wkst": getattr(rrule, str(rule.get("WKST", ["MO"])[0]).upper())}
    if frequency == "WEEKLY" or frequency not in _SMALL:
        days = [_weekday(str(day)) for day in rule.get("BYDAY", [])]
        limits["byweekday"] = days or None
    if frequency not in _SMALL:
        for key in ("BYMONTH", "BYMONTHDAY", "BYSETPOS"):
            limits[key.lower()] = [int(one) for one in rule.get(key, [])] or None
    return limits


def _weekday(text: str) -> Any:
    day: Callable[[int], Any] = getattr(rrule, text[-2:].upper())
    return day(int(text[:-2])) if text[:-2] else day


def _fits(rule: dict[str, Any], frequency: str, found: datetime) -> bool:
    if frequency not in _SMALL:
        return True
    days = {str(day)[-2:].upper() for day in rule.get("BYDAY", [])}
    months = {int(month) for month in rule.get("BYMONTH", [])}
    in_days = not days or ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[found.weekday()] in days
    return in_days and (not months or found.month in months)


def _length(event: Event, frame: Frame, start: datetime) -> timedelta:
    """How long it lasts on the wall: a weekend ends at nine on Monday in a DST week too."""
    found = _own_length(event, frame, start)
    if found > LONGEST:
        raise BadFeed(f"an event of the feed lasts longer than {LONGEST.days} days")
    return found


def _own_length(event: Event, frame: Frame, start: datetime) -> timedelta:
    if "DTEND" in event:
        return _wall(_dt(event, "DTEND"), frame, _zone_of(event, frame)) - start
    if "DURATION" in event:
        found: timedelta = _found(event, "DURATION").dt
        return found
    return timedelta(0) if isinstance(_dt(event, "DTSTART"), datetime) else timedelta(days=1)


def _zone_of(event: Event, frame: Frame) -> ZoneInfo:
    """The zone an event repeats in; floating and all-day ones are the rota's."""
    start = _dt(event, "DTSTART")
    zone = start.tzinfo if isinstance(start, datetime) else None
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC") if zone else frame.zone


def _dt(event: Event, key: str) -> date:
    found = _found(event, key)
    if found is None or isinstance(found, list):
        raise BadFeed(f"an event of the feed has {'no' if found is None else 'more than one'} {key}")
    value: object = found.dt
    if not isinstance(value, date):
        raise BadFeed(f"an event of the feed has a {key} that is no date")
    if isinstance(value, datetime) and value.tzinfo is None and "TZID" in found.params:
        raise BadFeed(f"an event of the feed is in a zone nobody knows ({str(found.params['TZID'])[:60]})")
    return value


def _dates(event: Event, key: str) -> Iterator[date]:
    found = _found(event, key, [])
    for several in found if isinstance(found, list) else [found]:
        for one in several.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _wall(value: date, frame: Frame, zone: ZoneInfo) -> datetime:
    """What the wall of the event's zone shows at a date (its midnight), a floating time or a time with a zone."""
    if value.year not in _YEARS:
        raise BadFeed(f"an event of the feed lies outside the years {_YEARS[0]} to {_YEARS[-1]}")
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is None:
        return instant_of(value, frame.zone).astimezone(zone).replace(tzinfo=None, fold=0)
    return value.astimezone(zone).replace(tzinfo=None, fold=0)


def _found(event: Event, key: str, otherwise: Any = None) -> Any:
    """A property as the parser has it: one, a list of several, or what stands for none."""
    return event.get(key, otherwise)
