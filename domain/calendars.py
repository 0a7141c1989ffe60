"""Business calendars: when a team is there, in its own zone, with holidays, half days and a weekend of its own."""

from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from itertools import chain
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field, model_validator

from domain import holidays_of
from domain.hours import DAY, DAYS, Day, Hours, LocalDate, Window
from domain.parts import Part, refuse

Refusals = Iterator[tuple[tuple[str | int, ...], str]]


def zone_of(key: str) -> ZoneInfo:
    """The zone of that name, or ValueError with a near one."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(key, available_timezones(), 1)
        hint = f"did you mean {near[0]!r}?" if near else 'write one such as "Europe/London"'
        raise ValueError(f"there is no zone {key!r}; {hint}") from None


def _known_zone(key: str) -> str:
    zone_of(key)
    return key


ZoneName = Annotated[str, AfterValidator(_known_zone)]
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

    zone: ZoneName
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
        yesterday, tomorrow = _on(policy, on - timedelta(days=1)), _on(policy, on + timedelta(days=1))
        clash = _clash(yesterday, windows) or _clash(windows, tomorrow)
        if clash:
            yield ("special", on.isoformat()), f"{clash} (over midnight)"


def _on(policy: CalendarPolicy, on: LocalDate) -> tuple[Window, ...]:
    """The windows of a date without regard to public holidays."""
    return () if on in policy.closed else policy.special.get(on, policy.of(on.weekday()))


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
