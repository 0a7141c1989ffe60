"""Feeds come from anywhere: what is too large, too deep or too clever is refused before it is read."""

import re

from icalendar import Calendar, Event

BYTES = 1_000_000
LINES = 60_000
EVENTS = 2_000
DEPTH = 4
"""A calendar, an event, its alarm, and one to spare."""
RULES = 20
"""Monthly and yearly rules of one feed: those may never come true, and that is slow to find out."""
_RULE = re.compile(r"RRULE\b[^:]*:.*FREQ=(SECONDLY|MINUTELY|MONTHLY|YEARLY)", re.IGNORECASE)
_NEEDED = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError)
"""What the parser raises at text that is no calendar."""


class BadFeed(Exception):
    """The feed can't be used; the text says why, for whoever put it into the policy."""


def events_of(data: bytes) -> list[Event]:
    """The events of a feed, in its order, or raise BadFeed with the first reason against it."""
    if len(data) > BYTES:
        raise BadFeed(f"the feed is larger than {BYTES // 1_000_000} MB")
    text = "\r\n".join(_lines(data))
    try:
        calendar = Calendar.from_ical(text)
    except _UNREADABLE as error:
        raise BadFeed(f"the feed is no iCal calendar: {str(error)[:200]}") from error
    if not isinstance(calendar, Calendar):
        raise BadFeed("the feed is no iCal calendar")
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    for event in events:
        spoilt = sorted({str(name) for name, _ in event.errors} & _NEEDED)
        if spoilt:
            raise BadFeed(f"an event ({str(event.get('UID', 'without UID'))[:80]}) has a {spoilt[0]} nobody can read")
    return events


def _lines(data: bytes) -> list[str]:
    """The unfolded lines, counted and judged."""
    try:
        text = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFeed("the feed isn't written in UTF-8") from None
    lines = [line.strip() for line in re.split(r"\r?\n", text) if line.strip()]
    if not lines or lines[0].upper() != "BEGIN:VCALENDAR":
        raise BadFeed("the feed is no iCal calendar: it doesn't begin with BEGIN:VCALENDAR")
    if len(lines) > LINES:
        raise BadFeed(f"the feed has more than {LINES:,} lines")
    lines = _without_zones(lines)
    _judge_parts(lines)
    _judge_rules(lines)
    return lines


def _without_zones(lines: list[str]) -> list[str]:
    """Zones are known by their names here: a feed's own idea of Europe/London is neither trusted nor worked out."""
    kept, inside = list[str](), False
    for line in lines:
        inside = inside or line.upper() == "BEGIN:VTIMEZONE"
        if not inside:
            kept.append(line)
        inside = inside and line.upper() != "END:VTIMEZONE"
    return kept


def _judge_parts(lines: list[str]) -> None:
    if sum(line.upper() == "BEGIN:VEVENT" for line in lines) > EVENTS:
        raise BadFeed(f"the feed has more than {EVENTS:,} events")
    depth = 0
    for line in lines:
        word = line[:6].upper()
        depth += (word == "BEGIN:") - word.startswith("END:")
        if depth > DEPTH:
            raise BadFeed("the feed has parts nested deeper than any calendar needs")
    if depth:
        raise BadFeed("the feed ends in the middle; perhaps it didn't arrive whole")


def _judge_rules(lines: list[str]) -> None:
    found = [rule[1].upper() for line in lines if (rule := _RULE.match(line))]
    if {"SECONDLY", "MINUTELY"} & set(found):
        raise BadFeed("the feed repeats something every second or minute; a rota doesn't")
    if len(found) > RULES:
        raise BadFeed(f"the feed has more than {RULES} monthly or yearly rules")
