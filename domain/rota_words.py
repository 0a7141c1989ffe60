"""The rota in words: who, and from when till when, by the clock on the rota's wall."""

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SATURDAY = 5
LONGEST_WEEKEND = timedelta(days=4)


class Timed(Protocol):
    """Whatever lasts from one moment to another."""

    @property
    def from_at(self) -> datetime:
        """Its first moment."""

    @property
    def until_at(self) -> datetime:
        """The first moment after it."""


def lead_of(name: str | None) -> str:
    """A name at the head of a sentence: a Slack name gets its capitals, a name that has some is left alone."""
    if name is None or name != name.lower():
        return name or "nobody"
    return " ".join(word.capitalize() for word in re.split(r"[._ ]+", name) if word)


def said_at(at: datetime, zone: tzinfo) -> str:
    """A moment as the zone's wall shows it: "Fri 27 Nov 18:00"."""
    local = at.astimezone(zone)
    return f"{_day(local)} {local:%H:%M}"


def span_of(timed: Timed, zone: tzinfo) -> str:
    """A stretch of time: "12:00–18:00 on Sat 28 Nov", "the weekend 28–29 Nov (Fri 18:00 to Mon 09:00)"."""
    start, end = timed.from_at.astimezone(zone), timed.until_at.astimezone(zone)
    if start.date() == end.date():
        return f"{start:%H:%M}–{end:%H:%M} on {_day(start)}"
    saturday = _weekend_in(start, end)
    if saturday is None:
        return f"{_day(start)} {start:%H:%M} to {_day(end)} {end:%H:%M}"
    times = f"({DAYS[start.weekday()]} {start:%H:%M} to {DAYS[end.weekday()]} {end:%H:%M})"
    return f"the weekend {_dates(saturday, saturday + timedelta(days=1))} {times}"


def _weekend_in(start: datetime, end: datetime) -> date | None:
    """The Saturday of the one weekend that the time holds whole, if that is about all it holds."""
    saturday = start.date() + timedelta(days=(SATURDAY - start.weekday()) % 7)
    whole = end.date() >= saturday + timedelta(days=2) and (start.date() < saturday or start.hour == 0)
    return saturday if whole and end.date() - start.date() <= LONGEST_WEEKEND else None


def _dates(first: date, last: date) -> str:
    if first.month == last.month:
        return f"{first.day}–{last.day} {MONTHS[last.month - 1]}"
    return f"{first.day} {MONTHS[first.month - 1]} – {last.day} {MONTHS[last.month - 1]}"


def _day(local: datetime) -> str:
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}"
