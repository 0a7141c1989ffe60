"""When a promise falls due: "Monday", "by 5pm", "within 24 hours" as a moment of the team's zone and opening hours."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendars import Calendar, NeverOpens
from domain.wall import instant

SOON = timedelta(hours=4)
"""What "soon" or no word at all is taken for, in opening hours."""
LEAST = timedelta(minutes=15)
"""A suggestion closer than this would be over before anybody could keep it."""
CLOSING = time(18)
"""When a day ends for a team without hours."""
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "the": 1, "the next": 1, "two": 2, "a couple of": 2, "three": 3, "a few": 3, "four": 4,
    "five": 5, "six": 6, "half an": 0.5, "seven": 7, "ten": 10,
}  # fmt: skip
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(days=7)}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
              "sun": 6}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS = {
    "first thing": 10, "morning": 12, "lunchtime": 13, "lunch": 13, "noon": 12, "midday": 12, "afternoon": 17,
    "evening": 21, "tonight": 21, "midnight": 24,
}  # fmt: skip
_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_LENGTH = re.compile(
    rf"\b(?:with)?in (?:the next |the coming |about |around |roughly |at most |under |less than )?"
    rf"(?:\d+ ?(?:-|–|to) ?)?(\d{{1,3}}|{_NUMBER})[ -]?"
    r"(?P<open>working |business |opening )?(minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b"
)
_TIME = re.compile(
    r"\b(?P<h>[01]?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w)"
    r"|\b(?P<hh>[01]?\d|2[0-4])[:.](?P<mm>[0-5]\d)\b"
    r"|\b(?:by|at|before|around|about|until) (?P<bare>1[0-2]|[1-9])(?: o'?clock)?"
    r"(?![\w:./]| ?(?:[a-z]+day|min|hour))"
)
_DAY = re.compile(rf"\b(?P<next>next )?(?:{'|'.join((*DAYS, *sorted(SHORT_DAYS, key=len, reverse=True)))})\b")
_DATE = re.compile(
    rf"\b(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? (?P<mon>{'|'.join(MONTHS)})[a-z]*\b"
    rf"|\b(?P<mon2>{'|'.join(MONTHS)})[a-z]* (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b"
)
_NAMED_DAYS = (
    (re.compile(r"\b(?:the )?day after tomorrow\b"), 2),
    (re.compile(r"\b(?:tomorrow|tmrw|tmw)\b"), 1),
    (re.compile(r"\b(?:today|tonight|this (?:morning|lunchtime|afternoon|evening)"
                r"|end of (?:the |play|business)|eod|cob)(?! ?week)\b"), 0),
)  # fmt: skip
_WEEKS = (
    (re.compile(r"\bnext week\b"), 4, 7),
    (re.compile(r"\b(?:over|at|during|this|on) (?:the )?weekend\b"), 6, 0),
    (re.compile(r"\b(?:this week|end of (?:the |this )?week|(?:by|before) the weekend)\b"), 4, 0),
)
_PART = re.compile(rf"\b(?:{'|'.join(PARTS)})\b")


@dataclass(frozen=True)
class Hours:
    """By whose clock on the wall, and by whose opening hours, if there are any."""

    zone: ZoneInfo
    calendar: Calendar | None = None


def names_a_time(words: str) -> bool:
    """Whether the words say by when."""
    found = (_LENGTH.search(words), _TIME.search(words), _DAY.search(words), _DATE.search(words), _PART.search(words))
    return any(found) or any(one[0].search(words) for one in (*_NAMED_DAYS, *_WEEKS))


def due(words: str, now: datetime, hours: Hours) -> datetime:
    """The suggested moment: what the words say, drawn into opening hours; never one that is all but over."""
    found = _LENGTH.search(words)
    wished = _after(found, now, hours) if found else _at(words, now, hours)
    if wished is None:
        return _opening(now, SOON, hours)
    return _drawn_in(wished, now, hours)


def _after(found: "re.Match[str]", now: datetime, hours: Hours) -> datetime:
    count = float(found[1]) if found[1].isdigit() else float(NUMBERS[found[1]])
    if found["open"] and found[3].startswith("d"):
        return _working_days(int(count), now, hours)
    return now + count * UNITS[found[3][0]]


def _working_days(count: int, now: datetime, hours: Hours) -> datetime:
    """The close of the nth day from now on which the team is there."""
    on = now.astimezone(hours.zone).date()
    for ahead in range(1, 30):
        day = on + timedelta(days=ahead)
        count -= _closes(day, hours) is not None and day.weekday() not in (5, 6)
        if count <= 0:
            return _close_of(day, hours)
    return now + timedelta(days=30)


def _at(words: str, now: datetime, hours: Hours) -> datetime | None:
    here = now.astimezone(hours.zone)
    day, clock = _day_of(words, here.date()), _clock_of(words)
    if day is None and clock is None:
        return None
    if clock is None:
        return _close_of(day or here.date(), hours)
    moment = _wall(day or here.date(), clock, hours)
    return moment if day is not None or moment > now else _wall(here.date() + timedelta(days=1), clock, hours)


def _wall(on: date, minutes: int, hours: Hours) -> datetime:
    return instant(datetime.combine(on, time()) + timedelta(minutes=minutes), hours.zone)


def _day_of(words: str, today: date) -> date | None:
    if found := _DATE.search(words):
        return _dated(found, today)
    for pattern, ahead in _NAMED_DAYS:
        if pattern.search(words):
            return today + timedelta(days=ahead)
    for pattern, weekday, more in _WEEKS:
        if pattern.search(words):
            return today + timedelta(days=(weekday - today.weekday()) % 7 + (more if weekday >= today.weekday() else 0))
    found = _DAY.search(words)
    return _weekday(found, today) if found else None


def _weekday(found: "re.Match[str]", today: date) -> date:
    name = found[0].removeprefix("next ")
    weekday = DAYS.index(name) if name in DAYS else SHORT_DAYS[name]
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=7 if ahead == 0 else ahead)


def _dated(found: "re.Match[str]", today: date) -> date | None:
    month = MONTHS.index(found["mon"] or found["mon2"]) + 1
    for year in (today.year, today.year + 1):
        try:
            on = date(year, month, int(found["d"] or found["d2"]))
        except ValueError:
            continue
        if on >= today:
            return on
    return None


def _clock_of(words: str) -> int | None:
    """Minutes after midnight; of several times the last, as in "between 9 and 11am"."""
    times = list(_TIME.finditer(words))
    if times:
        return _minutes(times[-1])
    parts = _PART.findall(words)
    return PARTS[parts[-1]] * 60 if parts else None


def _minutes(found: "re.Match[str]") -> int:
    if found["bare"]:  # "by 5" is in the afternoon, "by 9" in the morning
        hour = int(found["bare"])
        return (hour + 12 if hour < 8 else hour) * 60
    if found["hh"]:
        return int(found["hh"]) * 60 + int(found["mm"])
    hour = int(found["h"]) % 12 + (12 if found["half"].startswith("p") else 0)
    return hour * 60 + int(found["m"] or 0)


def _closes(on: date, hours: Hours) -> datetime | None:
    """When the team goes home on that day; None when it isn't there."""
    if hours.calendar is None:
        return instant(datetime.combine(on, CLOSING), hours.zone)
    begins, ends = _wall(on, 0, hours), _wall(on + timedelta(days=1), 0, hours)
    windows = hours.calendar.windows(begins, ends)
    return windows[-1][1] if windows else None


def _close_of(on: date, hours: Hours) -> datetime:
    return _closes(on, hours) or instant(datetime.combine(on, CLOSING), hours.zone)


def _drawn_in(wished: datetime, now: datetime, hours: Hours) -> datetime:
    """The last open moment up to the wished one; if there is none worth the name, soon after the next opening."""
    if hours.calendar is None:
        return max(wished, now + LEAST)
    windows = hours.calendar.windows(now, max(wished, now))
    last = windows[-1][1] if windows else now
    return last.astimezone(UTC) if last >= now + LEAST else _opening(now, timedelta(hours=1), hours)


def _opening(now: datetime, length: timedelta, hours: Hours) -> datetime:
    try:
        return hours.calendar.add(now, length) if hours.calendar else now + length
    except NeverOpens:
        return now + length
