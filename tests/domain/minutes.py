"""The slow, plain truth about opening hours: one byte per minute, read off the wall, to hold the arithmetic against."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import holidays

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def minute_of(at: datetime) -> int:
    """Whole minutes since the beginning."""
    return (at - BEGINNING) // timedelta(minutes=1)


@lru_cache(maxsize=4)
def wall(zone: str, first: int, count: int) -> list[int]:
    """What the wall shows in each minute, as minutes since the beginning by that wall."""
    tz, shown, at = ZoneInfo(zone), list[int](), BEGINNING + timedelta(minutes=first)
    for n in range(first, first + count):
        offset = at.astimezone(tz).utcoffset()
        assert offset is not None
        shown.append(n + int(offset.total_seconds()) // 60)
        at += timedelta(minutes=1)
    return shown


class Minutes:
    """A stretch of days of one calendar: for each minute whether it is open, and whether only as a weekend."""

    def __init__(self, table: Mapping[str, Any], first_on: date, days: int) -> None:
        self.first = minute_of(datetime(first_on.year, first_on.month, first_on.day, tzinfo=UTC))
        self.count = days * 1440
        self.shown = wall(table["zone"], self.first, self.count)
        self.open = bytearray(self.count)
        self.open_in_week = bytearray(self.count)
        weekend_days = table.get("weekend_days", ["sat", "sun"])
        for ahead in range(2, days - 2):
            on = first_on + timedelta(days=ahead)
            bitmaps = [self.open] if NAMES[on.weekday()] in weekend_days else [self.open, self.open_in_week]
            for (begins, ends), bitmap in product(self._windows(table, on), bitmaps):
                for n in range(begins, ends):
                    bitmap[n] = 1

    def _windows(self, table: Mapping[str, Any], on: date) -> Iterator[tuple[int, int]]:
        midnight = minute_of(datetime(on.year, on.month, on.day, tzinfo=UTC))
        for text in filter(None, _text_of(table, on).split(",")):
            opens, closes = map(_clock, text.split("-"))
            closes += 0 if closes > opens else 1440
            yield self._begins(midnight + opens), self._ends(midnight + closes)

    def _begins(self, by_wall: int) -> int:
        """The first minute in which the wall shows the time, or has jumped over it."""
        near = by_wall - self.first - 1440
        return next(n for n in range(max(near, 0), self.count) if self.shown[n] >= by_wall)

    def _ends(self, by_wall: int) -> int:
        """The last minute in which the wall shows the time; where it never does, the one after it showed less."""
        near = min(by_wall - self.first + 1440, self.count - 1)
        last = next(n for n in range(near, -1, -1) if self.shown[n] <= by_wall)
        return last if self.shown[last] == by_wall else last + 1

    def at(self, second: int) -> datetime:
        """A moment, by its second within the stretch."""
        return BEGINNING + timedelta(minutes=self.first, seconds=second)

    def between(self, start: int, end: int, opened: bytearray) -> int:
        """Open seconds from one second to another, minute by minute."""
        total = 0
        for n in range(start // 60, (end + 59) // 60):
            if opened[n]:
                total += min(end, n * 60 + 60) - max(start, n * 60)
        return max(total, 0)

    def add(self, start: int, length: int, opened: bytearray) -> int | None:
        """The second by which so many were open; None beyond the stretch."""
        second, left = start, length
        while left > 0 and second < self.count * 60:
            step = 60 - second % 60
            if opened[second // 60]:
                if step >= left:
                    return second + left
                left -= step
            second += step
        return second if left <= 0 else None

    def windows(self, start: int, end: int, opened: bytearray) -> list[tuple[datetime, datetime]]:
        """The open stretches between two seconds."""
        found: list[list[int]] = []
        for n in range(start // 60, (end + 59) // 60):
            if not opened[n]:
                continue
            begins, ends = max(start, n * 60), min(end, n * 60 + 60)
            if found and found[-1][1] == begins:
                found[-1][1] = ends
            elif begins < ends:
                found.append([begins, ends])
        return [(self.at(begins), self.at(ends)) for begins, ends in found]

    def next_open(self, start: int, opened: bytearray) -> int | None:
        """The second itself if it is open, else the next that is."""
        if opened[start // 60]:
            return start
        found = opened.find(1, start // 60)
        return None if found < 0 else found * 60


def _clock(text: str) -> int:
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


def _text_of(table: Mapping[str, Any], on: date) -> str:
    special = table.get("special", {})
    if on.isoformat() in special:
        return str(special[on.isoformat()])
    if on.isoformat() in table.get("closed", []) or on in _public(table.get("holidays"), on.year):
        return ""
    name = NAMES[on.weekday()]
    return str(table.get("hours", {}).get(name) or table.get("weekend", {}).get(name) or "")


@lru_cache(maxsize=64)
def _public(code: str | None, year: int) -> frozenset[date]:
    if code is None:
        return frozenset()
    country, _, subdivision = code.partition("-")
    years = [year - 1, year, year + 1]
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=years))
