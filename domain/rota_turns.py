"""Turns of a rota that nobody writes down one by one: people, when a turn starts and ends, and who is away."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints, model_validator

from domain import holidays_of
from domain.hours import DAYS, LocalDate, parse_date
from domain.parts import Part
from domain.rota import Shift, handed_over
from domain.rota_fair import Turn, shared_out
from domain.wall import instant

WEEK = 7
AHEAD = timedelta(days=63)
"""How far turns are given out beyond the moment asked about, so that who comes next can be said."""
_NAMES: tuple[str, ...] = DAYS
_MARK = re.compile(rf"({'|'.join(DAYS)})\s+([01]\d|2[0-3]):([0-5]\d)")


def parse_mark(value: object) -> object:
    """Read "fri 18:00" as the weekday's number and the time."""
    found = _MARK.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write a day and a time such as "fri 18:00"')
    return _NAMES.index(found[1]), time(int(found[2]), int(found[3]))


def parse_absence(value: object) -> object:
    """Read "2026-12-19" or "2026-12-19..2027-01-03", both days included."""
    ends = value.split("..") if isinstance(value, str) else [value]
    first, last = parse_date(ends[0]), parse_date(ends[-1])
    if len(ends) > 2 or not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise ValueError('write a date such as "2026-12-19", or two such as "2026-12-19..2027-01-03"')
    return first, last


Mark = Annotated[
    tuple[int, time],
    BeforeValidator(parse_mark),
    PlainSerializer(lambda mark: f"{DAYS[mark[0]]} {mark[1]:%H:%M}", when_used="json"),
]
"""A moment of the week."""
Absence = Annotated[
    tuple[date, date],
    BeforeValidator(parse_absence),
    PlainSerializer(lambda days: f"{days[0]}..{days[1]}", when_used="json"),
]
"""Days somebody is away, the first and the last included."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
"""Somebody's Slack name, without the @."""


class Turns(Part):
    """`[rota.care.weekends]` and `[rota.care.weekdays]`: one turn a week, handed over weekly or daily within it.

    `first` is the day the first turn starts. `joined` is the day from which somebody takes turns, so that nobody's
    past changes when a name is added. `holidays` names the bank holidays that are shared out as their own kind.
    """

    people: tuple[Name, ...] = Field(min_length=1, max_length=200)
    starts: Mark
    ends: Mark
    first: LocalDate
    away: dict[str, tuple[Absence, ...]] = Field(default_factory=dict)
    joined: dict[str, LocalDate] = Field(default_factory=dict)
    holidays: Annotated[str, AfterValidator(holidays_of.check)] | None = None
    backup: Literal["next", "none"] = "next"
    hand_over: Literal["weekly", "daily"] = "weekly"

    @model_validator(mode="after")
    def _holds_together(self) -> "Turns":
        faults = [f"people names {name!r} twice" for name in sorted(set(self.people)) if self.people.count(name) > 1]
        strangers = {key: sorted(named.keys() - set(self.people)) for key, named in self._named().items()}
        faults += [f"{key} names {name!r}, who isn't among people" for key in strangers for name in strangers[key]]
        if self.first.weekday() != self.starts[0]:
            day = f"{self.first} is a {self.first:%A}"
            faults.append(f"first has to be a day on which a turn starts ({DAYS[self.starts[0]]}); {day}")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _named(self) -> dict[str, dict[str, object]]:
        return {"away": dict(self.away), "joined": dict(self.joined)}

    def shifts(self, team: str, source: str, zone: ZoneInfo, until_on: date) -> list[Shift]:
        """The turns given out, from the first one to well beyond a day."""
        last_on = max(until_on, self.first) + AHEAD
        spans = list(self._spans(last_on + WEEK * timedelta(days=len(self.people))))
        given = shared_out(self.people, [self._turn(start, end) for start, end in spans])
        found = [
            Shift(team, *_instants(span, zone), one.primary, one.backup if self.backup == "next" else None, source)
            for span, one in zip(spans, given, strict=True)
            if one.primary and span[0].date() <= last_on
        ]
        return handed_over(found, zone)

    def _spans(self, last_on: date) -> Iterator[tuple[datetime, datetime]]:
        """Every turn's local start and end."""
        for number in range((last_on - self.first).days // WEEK + 1):
            start = datetime.combine(self.first + number * timedelta(days=WEEK), self.starts[1])
            end = datetime.combine(start.date() + self._days, self.ends[1])
            inner = [start + timedelta(days=n) for n in range(1, WEEK)] if self.hand_over == "daily" else []
            yield from pairwise([start, *(one for one in inner if one < end), end])

    @property
    def _days(self) -> timedelta:
        """From the date a turn starts on to the date it ends on; a whole week when it ends as it starts."""
        days = (self.ends[0] - self.starts[0]) % WEEK
        return timedelta(days=WEEK if days == 0 and self.ends[1] <= self.starts[1] else days)

    def _turn(self, start: datetime, end: datetime) -> Turn:
        first, last = start.date(), (end - timedelta(microseconds=1)).date()
        away = {name for name, absences in self.away.items() if any(a <= last and first <= b for a, b in absences)}
        to_come = {name for name, on in self.joined.items() if first < on}
        return Turn(self._has_holiday(first, last), frozenset(away - to_come), frozenset(to_come))

    def _has_holiday(self, first: date, last: date) -> bool:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return self.holidays is not None and any(day in holidays_of.in_year(self.holidays, day.year) for day in days)


def _instants(span: tuple[datetime, datetime], zone: ZoneInfo) -> tuple[datetime, datetime]:
    return instant(span[0], zone), instant(span[1], zone, ends=True)
