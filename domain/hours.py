"""Opening hours as people write them: "09:00-12:30,13:30-18:00", "22:00-06:00" over midnight, "00:00-24:00"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer

from domain.wall import YEARS

DAY = 24 * 60
"""Minutes in a day by the clock on the wall, whatever daylight saving does to it."""
DAYS: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip
"""The days' names, in the order of date.weekday()."""

_TIME = r"([01]\d|2[0-4]):([0-5]\d)"
_WINDOW = re.compile(rf"\s*{_TIME}\s*-\s*{_TIME}\s*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, order=True)
class Window:
    """From when to when, in minutes after the midnight its day begins with; over midnight `closes` exceeds DAY."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{clock_of(self.opens)}-{'24:00' if self.closes == DAY else clock_of(self.closes)}"


def clock_of(minutes: int) -> str:
    """What the clock on the wall shows so many minutes after a midnight."""
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise ValueError(f'{text.strip()!r} is no opening time; write it as "09:00-12:30,13:30-18:00"')
    opens, closes = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if opens >= DAY or closes > DAY:
        raise ValueError(f"{text.strip()!r} has a time that doesn't exist; 24:00 is the latest, and only as an end")
    if opens == closes:
        raise ValueError(f'{text.strip()!r} ends as it begins; write "00:00-24:00" for a whole day')
    return Window(opens, closes if closes > opens else closes + DAY)


def parse_hours(value: object) -> object:
    """Read a day's opening hours in the order of their times; "" is a day without any."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, str):
        raise ValueError('write opening hours such as "09:00-12:30,13:30-18:00"')  # noqa: TRY004 - pydantic tells it
    if not value.strip():
        return ()
    windows = tuple(sorted(_window(text) for text in value.split(",")))
    for one, next_one in pairwise(windows):
        if next_one.opens < one.closes:
            raise ValueError(f"{one} and {next_one} overlap")
    return windows


def _written(windows: Sequence[Window]) -> str:
    return ",".join(map(str, windows))


def parse_date(value: object) -> object:
    """Read a date of the file, quoted or not."""
    found = value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            found = date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"there is no {value.strip()} in any calendar") from None
    if not isinstance(found, date) or isinstance(found, datetime):
        raise ValueError('write a date such as "2026-12-24"')  # noqa: TRY004 - pydantic tells it
    if found.year not in YEARS:
        raise ValueError(f"lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return found


Hours = Annotated[tuple[Window, ...], BeforeValidator(parse_hours), PlainSerializer(_written, when_used="json")]
"""A day's opening hours; as JSON they are written so that they can be read again."""
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LocalDate = Annotated[date, BeforeValidator(parse_date)]
