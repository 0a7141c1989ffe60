"""When somebody does not wish to be disturbed: a snooze, and the same hours every day in their own zone."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
NEVER = 1
"""Slack's word for a moment that there isn't."""


def status(person: Json, now: float) -> Json:
    """As dnd.info tells it of somebody else: quiet now when `now` lies between the two moments.

    Slack shows a snooze to its owner alone; everybody else sees it as such a window (its documents don't say so).
    """
    windows = [window for window in (_snooze(person, now), _scheduled(person, now)) if window is not None]
    current = [window for window in windows if window[0] <= now]
    if current:
        start, end = min(window[0] for window in current), max(window[1] for window in current)
    else:
        start, end = min(windows, default=(NEVER, NEVER))
    return {"dnd_enabled": bool(windows), "next_dnd_start_ts": int(start), "next_dnd_end_ts": int(end)}


def snooze(person: Json, now: float) -> Json:
    """What Slack tells about a snooze to its owner."""
    window = _snooze(person, now)
    if window is None:
        return {"snooze_enabled": False}
    return {"snooze_enabled": True, "snooze_endtime": int(window[1]), "snooze_remaining": int(window[1] - now)}


def hours(word: str) -> tuple[time, time]:
    """`22:00-08:00` as two times of day. Raises ValueError."""
    begins, dash, ends = word.replace("–", "-").partition("-")
    begin, end = time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip())
    if not dash or begin == end or begin.tzinfo or end.tzinfo:
        raise ValueError(word)
    return begin, end


def _snooze(person: Json, now: float) -> tuple[float, float] | None:
    until = person["dnd_until"]
    end = datetime.fromisoformat(until).timestamp() if until is not None else 0.0
    return (now, end) if end > now else None


def _scheduled(person: Json, now: float) -> tuple[float, float] | None:
    """The window of the daily hours that is open, or the next one."""
    word = person.get("dnd_schedule")
    if word is None:
        return None
    begin, end = hours(word)
    zone = ZoneInfo(person["tz"])
    today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
    for day in (today + timedelta(days=ahead) for ahead in (-1, 0, 1, 2)):
        last = day + timedelta(days=1) if end <= begin else day
        closes = datetime.combine(last, end, zone).timestamp()
        if closes > now:
            return datetime.combine(day, begin, zone).timestamp(), closes
    return None
