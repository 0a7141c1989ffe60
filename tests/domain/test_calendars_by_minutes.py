"""Business calendars: every answer of the arithmetic is held against counting minutes, most of all in DST nights."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from domain.calendars import Calendar, CalendarPolicy
from tests.domain.minutes import NAMES, Minutes

ZONES = (
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland",
    "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Chatham", "Europe/Berlin", "Africa/Casablanca",
    "America/St_Johns", "Australia/Sydney", "America/Havana", "Asia/Beirut", "Atlantic/Azores",
)  # fmt: skip
"""Half hours (Lord Howe), quarters (Kathmandu, Chatham), midnights left out (Cairo, Beirut) or twice (Havana)."""
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
SIDE = 10
"""Days counted on each side of a moment."""
CASES, LONG_CASES = 3_000, 100_000
PER_CALENDAR, LONG_PER_CALENDAR = 10, 40
"""Cases asked of one calendar."""
HOLIDAYS = {"Europe/London": "GB-ENG", "Europe/Berlin": "DE-BY", "America/New_York": "US", "Australia/Sydney": "AU-NSW"}


@lru_cache(maxsize=32)
def transitions(zone: str) -> tuple[datetime, ...]:
    """Every change of a zone's offset from 2024 to 2030, to the minute."""
    tz, found, at = ZoneInfo(zone), [], FIRST
    while at < LAST:
        after = at + timedelta(days=1)
        if at.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            before = at
            while before.astimezone(tz).utcoffset() == at.astimezone(tz).utcoffset():
                before += timedelta(minutes=1)
            found.append(before)
        at = after
    return tuple(found)


def some_windows(dice: random.Random, near: int) -> str:
    """One to three windows whose edges often lie in the hour a clock changes in; they may overlap."""
    edges = [
        (near + dice.randrange(-120, 125, 15) if dice.random() < 0.5 else dice.randrange(0, 1440, 5)) % 1440
        for _ in range(dice.choice((2, 2, 4, 6)))
    ]
    edges = sorted(set(edges))[: len(set(edges)) // 2 * 2] or [540, 1020]
    if dice.random() < 0.25:
        edges = [*edges[1:], edges[0]]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return ",".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in pairs)


def a_table(dice: random.Random, zone: str, at: datetime) -> dict[str, Any]:
    """A calendar of that zone whose windows and odd days crowd around a moment; it may be refused."""
    local = at.astimezone(ZoneInfo(zone))
    near, on = local.hour * 60 + local.minute, local.date()
    hours = {day: some_windows(dice, near) for day in NAMES if dice.random() < 0.7}
    usual = "00:00-24:00", "09:00-12:30,13:30-18:00", "22:00-06:00", "00:00-01:00,23:00-24:00"
    if dice.random() < 0.4:
        text = dice.choice(usual)
        hours = {day: text for day in NAMES if dice.random() < 0.85}
    table: dict[str, Any] = {"zone": zone, "hours": hours}
    if dice.random() < 0.4:
        table["weekend_days"] = dice.choice((["sat", "sun"], ["fri", "sat"], ["sun"]))
        table["weekend"] = {day: hours.pop(day) for day in table["weekend_days"] if day in hours}
    days = [on + timedelta(days=n) for n in range(-4, 5)]
    dice.shuffle(days)
    if dice.random() < 0.3:
        table["special"] = {days.pop().isoformat(): some_windows(dice, near) for _ in range(dice.choice((1, 2)))}
    if dice.random() < 0.3:
        table["closed"] = [days.pop().isoformat() for _ in range(dice.choice((1, 2)))]
    if zone in HOLIDAYS and dice.random() < 0.5:
        table["holidays"] = HOLIDAYS[zone]
    return table


def a_calendar(dice: random.Random, zone: str, at: datetime) -> tuple[dict[str, Any], Calendar]:
    """A table that is a calendar, and its arithmetic."""
    while True:
        table = a_table(dice, zone, at)
        try:
            return table, Calendar.of(CalendarPolicy.model_validate(table))
        except ValidationError:
            continue


def moments(dice: random.Random, zone: str) -> Iterator[datetime]:
    """Every transition of the zone, then again and again some of them and any moment at all."""
    yield from transitions(zone)
    while True:
        if transitions(zone) and dice.random() < 0.7:
            yield dice.choice(transitions(zone))
        else:
            yield FIRST + timedelta(minutes=dice.randrange(int((LAST - FIRST).total_seconds()) // 60))


def a_second(dice: random.Random, around: int) -> int:
    """A second of the stretch, mostly near its middle, mostly on the minute."""
    reach = dice.choice((90, 400, 1440, 3 * 1440, 6 * 1440))
    return around + dice.randint(-reach, reach) * 60 + dice.choice((0, 0, 0, 1, 30, 59))


def differences(dice: random.Random, minutes: Minutes, calendar: Calendar, around: int) -> list[str]:
    """What one random case answers differently from counting."""
    weekend = dice.random() < 0.7
    opened = minutes.open if weekend else minutes.open_in_week
    start, end = sorted((a_second(dice, around), a_second(dice, around)))
    within = minutes.between(start, end, opened)
    length = dice.choice((within, max(within - 1, 0), dice.randrange(1, 90_000), dice.randrange(1, 40) * 900))
    due, opening = minutes.add(start, length, opened), minutes.next_open(start, opened)
    start_at, end_at = minutes.at(start), minutes.at(end)
    asked = [
        ("between", timedelta(seconds=within), calendar.between(start_at, end_at, weekend=weekend)),
        ("windows", minutes.windows(start, end, opened), calendar.windows(start_at, end_at, weekend=weekend)),
        ("open", bool(minutes.open[start // 60]), calendar.open_at(start_at)),
    ]
    if due is not None and due < (minutes.count - 4 * 1440) * 60:
        asked.append(("add", minutes.at(due), calendar.add(start_at, timedelta(seconds=length), weekend=weekend)))
    if opening is not None and opening < (minutes.count - 4 * 1440) * 60:
        asked.append(("next", minutes.at(opening), calendar.next_opening(start_at, weekend=weekend)))
    said = f"{start_at} {end_at} {length=} {weekend=}"
    return [f"{name} {said}: {ours}, counted {truth}" for name, truth, ours in asked if truth != ours]


def compared(zone: str, cases: int, each: int, seed: int) -> list[str]:
    """Ask `cases` random questions of calendars of a zone; the answers that differ, with their calendars."""
    dice, found = random.Random(f"{zone} {seed}"), []  # noqa: S311 - a test's dice
    for at in islice(moments(dice, zone), -(-cases // each)):
        table, calendar = a_calendar(dice, zone, at)
        minutes = Minutes(table, at.date() - timedelta(days=SIDE), 2 * SIDE + 1)
        around = int((at - minutes.at(0)).total_seconds()) // 60 * 60
        for _ in range(each):
            found += [f"{table} {one}" for one in differences(dice, minutes, calendar, around)]
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_the_arithmetic_agrees_with_counting_minutes(zone: str) -> None:
    assert compared(zone, CASES // len(ZONES), PER_CALENDAR, seed=1) == []


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("zone", ZONES)
def test_the_arithmetic_agrees_with_counting_minutes_at_length(zone: str) -> None:
    assert compared(zone, LONG_CASES // len(ZONES) + 1, LONG_PER_CALENDAR, seed=2) == []
