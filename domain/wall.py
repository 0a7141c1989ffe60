"""The clock on a wall: zones by name, and which instant a local time means, in DST nights too."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer

YEARS = range(2000, 2101)
"""Years a moment may lie in; anything else is a slip of the pen, and costs endless counting."""


def parse_zone(value: object) -> object:
    """Read a zone's IANA name, or refuse one that doesn't exist."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError('write a time zone such as "Europe/London"')
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f'there is no time zone {value!r}; write one such as "Europe/London"') from None


def parse_moment(value: object) -> object:
    """Read "2026-11-27T18:00", with or without an offset, quoted or not; a date alone is its midnight."""
    try:
        found = _moment(value)
    except ValueError:
        found = None
    if found is None:
        raise ValueError('write a date and time such as "2026-11-27T18:00"')
    if found.year not in YEARS:
        raise ValueError(f"{found.date()} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return found


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value.strip())
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value if isinstance(value, datetime) else None


Zone = Annotated[str, BeforeValidator(parse_zone)]
"""An IANA name that exists."""
Moment = Annotated[datetime, BeforeValidator(parse_moment), PlainSerializer(datetime.isoformat, when_used="json")]
"""A date and time as somebody wrote it; without an offset it is read by `instant`."""


def instant(local: datetime, zone: ZoneInfo, *, ends: bool = False) -> datetime:
    """The UTC instant of a local time; one with an offset is taken as given.

    A time that DST leaves out means the first instant after the gap. One that comes twice means the first if
    something begins there, and the second if something ends there.
    """
    if local.tzinfo is not None:
        return local.astimezone(UTC)
    found = local.replace(tzinfo=zone, fold=int(ends)).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None, fold=0) == local.replace(fold=0):
        return found
    return _after_gap(local, zone)


def _after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clock jumps over this local time."""
    before, after = sorted(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
