"""Business calendars: when a team is there, in its own zone, with holidays, half days and a weekend of its own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, islice
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from domain import holidays_of
from domain.holidays_of import Holiday
from domain.hours import DAY, DAYS, Day, Hours, LocalDate, Window
from domain.parts import Part, refuse
from domain.wall import Zone, instant

Refusals = Iterator[tuple[tuple[str | int, ...], str]]
Span = tuple[datetime, datetime]
"""From one moment until just before another, both UTC."""

PATIENCE = timedelta(days=5 * 366)
"""A calendar that doesn't open for so long is taken never to open again."""
FAR = timedelta(days=50 * 366)
"""How far ahead time is counted at all."""


class NeverOpens(Exception):
    """The calendar has no, or not enough, opening hours within reach; the message says from when."""


HolidayCode = Annotated[str, AfterValidator(holidays_of.check)]


class Week(Part):
    """Opening hours by the day of the week."""

    mon: Hours = ()
    tue: Hours = ()
    wed: Hours = ()
    thu: Hours = ()
    fri: Hours = ()
    sat: Hours = ()
    sun: Hours = ()

    def of(self, weekday: int) -> tuple[Window, ...]:
        """The windows that begin on that day; Monday is 0."""
        windows: tuple[Window, ...] = getattr(self, DAYS[weekday])
        return windows


class CalendarPolicy(Part):
    """A business calendar: the week, the days that differ, and the weekend as a policy of its own.

    `holidays` is a country, or a country and its subdivision. `special` replaces a date's hours, a holiday's too.
    `ical` is a URL or a file of closed days, fetched elsewhere.
    """

    zone: Zone
    hours: Week = Week()
    weekend: Week = Week()
    weekend_days: tuple[Day, ...] = ("sat", "sun")
    holidays: HolidayCode | None = None
    closed: tuple[LocalDate, ...] = ()
    special: dict[LocalDate, Hours] = Field(default_factory=dict)
    ical: str | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "CalendarPolicy":
        refuse(chain(_misplaced(self), _overlaps(self), _doubled(self)), self)
        return self

    def of(self, weekday: int) -> tuple[Window, ...]:
        """The windows that begin on that day of an ordinary week; Monday is 0."""
        return self.hours.of(weekday) or self.weekend.of(weekday)

    def on(self, on: date) -> tuple[Window, ...]:
        """The windows that begin on that date: hours of its own, or none on a closed day, or the usual ones."""
        if on in self.special:
            return self.special[on]
        return () if self.closes(on) else self.of(on.weekday())

    def closes(self, on: date) -> bool:
        """Whether a date is closed by name or a public holiday."""
        return on in self.closed or (self.holidays is not None and on in holidays_of.in_year(self.holidays, on.year))

    @property
    def opens_in_the_week(self) -> bool:
        """Whether it has windows on days that are no weekend days: what waits for Monday needs some."""
        return any(self.of(n) for n, day in enumerate(DAYS) if day not in self.weekend_days)


def _misplaced(policy: CalendarPolicy) -> Refusals:
    if not any(map(policy.of, range(7))):
        yield ("hours",), "this calendar never opens; give at least one day its opening hours"
    for n, day in enumerate(DAYS):
        if not policy.weekend.of(n):
            continue
        if day not in policy.weekend_days:
            yield ("weekend", day), f"{day} is no weekend day of this calendar; see weekend_days"
        elif policy.hours.of(n):
            yield ("weekend", day), f"hours.{day} gives this day's hours as well; keep one of the two"


def _overlaps(policy: CalendarPolicy) -> Refusals:
    for n, day in enumerate(DAYS):
        before = policy.of(n - 1)
        table = "hours" if policy.hours.of(n) else "weekend"
        if clash := _clash(before, policy.of(n)):
            yield (table, day), f"{clash} (over midnight from {DAYS[n - 1]})"
    for on, windows in policy.special.items():
        yesterday, tomorrow = policy.on(on - timedelta(days=1)), policy.on(on + timedelta(days=1))
        clash = _clash(yesterday, windows) or _clash(windows, tomorrow)
        if clash:
            yield ("special", on.isoformat()), f"{clash} (over midnight)"


def _clash(evening: tuple[Window, ...], morning: tuple[Window, ...]) -> str:
    if evening and morning and evening[-1].closes - DAY > morning[0].opens:
        return f"{evening[-1]} and {morning[0]} overlap"
    return ""


def _doubled(policy: CalendarPolicy) -> Refusals:
    for n, on in enumerate(policy.closed):
        if on in policy.closed[:n]:
            yield ("closed", n), f"{on} stands here twice"
        elif on in policy.special:
            yield ("closed", n), f"{on} is under special as well; keep one of the two"
    for n, day in enumerate(policy.weekend_days):
        if day in policy.weekend_days[:n]:
            yield ("weekend_days", n), f"{day} stands here twice"


class Calendar:
    """A calendar's arithmetic. Moments are aware; what comes back is UTC.

    A window belongs to the local date it begins on, over midnight too, and closed days take it away whole. A begin
    that daylight saving leaves out is the first instant after the gap; of a time that comes twice, a begin is the
    first and an end the second. Open time is counted once, even where windows so overlap.
    """

    def __init__(self, policy: CalendarPolicy, extra_closed: frozenset[date] = frozenset()) -> None:
        self._policy = policy
        self._zone = ZoneInfo(policy.zone)
        self._extra_closed = extra_closed
        self._weekend = frozenset(map(DAYS.index, policy.weekend_days))
        self._days: dict[date, tuple[Span, ...]] = {}

    @staticmethod
    def of(policy: CalendarPolicy, extra_closed: frozenset[date] = frozenset()) -> "Calendar":
        """The calendar of a policy and further closed days, as an iCal feed gives them; kept for the next time."""
        return _kept(policy.model_dump_json(), extra_closed)

    def local_date(self, at: datetime) -> date:
        """The date on the wall of the team's place."""
        return at.astimezone(self._zone).date()

    def is_weekend(self, at: datetime) -> bool:
        """Whether a moment lies on a weekend day."""
        return self.local_date(at).weekday() in self._weekend

    def windows(self, from_at: datetime, until_at: datetime, *, weekend: bool = True) -> list[Span]:
        """The open times between two moments, cut to them, in order; those that touch are one."""
        found: list[Span] = []
        for opens_at, closes_at in self._spans(from_at, until_at, weekend=weekend):
            if found and found[-1][1] == opens_at:
                found[-1] = (found[-1][0], closes_at)
            else:
                found.append((opens_at, closes_at))
        return found

    def between(self, from_at: datetime, until_at: datetime, *, weekend: bool = True) -> timedelta:
        """How long it is open between two moments; nothing if the second is the earlier."""
        spans = self._spans(from_at, until_at, weekend=weekend)
        return sum((closes_at - opens_at for opens_at, closes_at in spans), timedelta(0))

    def add(self, start_at: datetime, length: timedelta, *, weekend: bool = True) -> datetime:
        """The first moment by which it has been open for `length` since the start; for no length, the start itself.

        So a length used up just as a window closes is due at its close, not at the next opening. Without `weekend`,
        windows that begin on a weekend day don't count. Raises NeverOpens.
        """
        if length <= timedelta(0):
            return start_at.astimezone(UTC)
        left = length
        for opens_at, closes_at in self._spans(start_at, None, weekend=weekend):
            if closes_at - opens_at >= left:
                return opens_at + left
            left -= closes_at - opens_at
        raise NeverOpens(f"this calendar has too few opening hours after {start_at:%d %B %Y} to count {length} of them")

    def open_at(self, at: datetime) -> bool:
        """Whether it is open at that moment; at the moment it closes it no longer is."""
        return bool(self.between(at, at + timedelta(microseconds=1)))

    def next_opening(self, at: datetime, *, weekend: bool = True) -> datetime:
        """The moment itself if it is open, else when it next opens. Raises NeverOpens."""
        for opens_at, _ in self._spans(at, None, weekend=weekend):
            return opens_at
        raise NeverOpens(f"this calendar doesn't open again after {at:%d %B %Y}")

    def is_closed(self, on: date) -> bool:
        """Whether a date is a holiday or closed by name; hours of its own under `special` open it all the same."""
        return on not in self._policy.special and (on in self._extra_closed or self._policy.closes(on))

    def odd_days(self, on: date, count: int = 6) -> tuple[Holiday, ...]:
        """The next days from that date on that differ from an ordinary week, and how, for somebody to confirm."""
        code, special = self._policy.holidays, self._policy.special
        found = dict.fromkeys(self._extra_closed.union(self._policy.closed), "closed")
        found |= {day.on: day.name for day in holidays_of.upcoming(code, on, count)} if code else {}
        for day, windows in special.items():
            hours = ", ".join(map(str, windows)) or "closed"
            found[day] = f"{found[day]}: {hours}" if day in found else hours
        ahead = (Holiday(day, found[day]) for day in sorted(found) if day >= on)
        return tuple(islice(ahead, count))

    def holidays_known_for(self, on: date) -> timedelta | None:
        """For how long from that date on the public holidays are known; None if there are none to know."""
        return holidays_of.days_left(self._policy.holidays, on) if self._policy.holidays else None

    def _spans(self, from_at: datetime, until_at: datetime | None, *, weekend: bool) -> Iterator[Span]:
        """The open times from a moment on, in order and apart; to another moment, or as far as there is hope."""
        done_at = from_at.astimezone(UTC)
        end_at = done_at + FAR if until_at is None else until_at.astimezone(UTC)
        opened_on = self.local_date(done_at)
        on, last_on = opened_on - timedelta(days=2), self.local_date(end_at) + timedelta(days=1)
        while on <= last_on and (until_at is not None or on - opened_on <= PATIENCE):
            for opens_at, closes_at in self._day(on) if weekend or on.weekday() not in self._weekend else ():
                span = max(opens_at, done_at), min(closes_at, end_at)
                if span[0] < span[1]:
                    yield span
                    done_at, opened_on = span[1], on
            on += timedelta(days=1)

    def _day(self, on: date) -> tuple[Span, ...]:
        """The windows that begin on a local date, as instants."""
        found = self._days.get(on)
        if found is None:
            windows = () if self.is_closed(on) else self._policy.on(on)
            spans = ((self._edge(on, w.opens, ends=False), self._edge(on, w.closes, ends=True)) for w in windows)
            found = self._days[on] = tuple(span for span in spans if span[0] < span[1])
        return found

    def _edge(self, on: date, minutes: int, *, ends: bool) -> datetime:
        return instant(datetime.combine(on, time()) + timedelta(minutes=minutes), self._zone, ends=ends)


@lru_cache(maxsize=256)
def _kept(policy: str, extra_closed: frozenset[date]) -> Calendar:
    return Calendar(CalendarPolicy.model_validate_json(policy), extra_closed)
