"""What is to change about a person, checked one fact at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from zoneinfo import available_timezones

from sandbox.errors import Wrong, text
from sandbox.slack.dnd import hours
from sandbox.world import Kind

Json = dict[str, Any]
LONGEST_SNOOZE = 60 * 24 * 365
"""Minutes."""


def facts_of(body: Json, now: float) -> Json:
    """The facts a call names, each in the form it is kept in. Raises Wrong."""
    facts = {name: check(body) for name, check in CHECKS.items() if name in body}
    if "dnd_minutes" in body:
        facts["dnd_until"] = _in_minutes(body["dnd_minutes"], now)
    return facts


def _kind(body: Json) -> str:
    if body["kind"] not in get_args(Kind):
        raise Wrong(f"`kind` must be one of {', '.join(get_args(Kind))}")
    return str(body["kind"])


def _presence(body: Json) -> str:
    if body["presence"] not in ("active", "away"):
        raise Wrong("`presence` must be active or away")
    return str(body["presence"])


def _zone(body: Json) -> str:
    if body["tz"] not in available_timezones():
        raise Wrong("`tz` must be the name of a time zone such as Europe/London")
    return str(body["tz"])


def _until(body: Json) -> str | None:
    if body["dnd_until"] is None:
        return None
    try:
        moment = datetime.fromisoformat(text(body, "dnd_until"))
    except ValueError:
        raise Wrong("`dnd_until` must be an ISO moment or null") from None
    if moment.tzinfo is None:
        raise Wrong("`dnd_until` must name its zone, as in 2026-11-23T09:00:00+00:00")
    return moment.isoformat()


def _schedule(body: Json) -> str | None:
    if body["dnd_schedule"] is None:
        return None
    try:
        begin, end = hours(text(body, "dnd_schedule"))
    except ValueError:
        raise Wrong("`dnd_schedule` must be two different times of day such as 22:00-08:00, or null") from None
    return f"{begin:%H:%M}-{end:%H:%M}"


def _in_minutes(minutes: Any, now: float) -> str:
    if isinstance(minutes, bool) or not isinstance(minutes, int | float) or not 0 < minutes <= LONGEST_SNOOZE:
        raise Wrong(f"`dnd_minutes` must be a number above 0 and up to {LONGEST_SNOOZE}")
    return (datetime.fromtimestamp(now, UTC) + timedelta(minutes=minutes)).isoformat()


def _text(name: str) -> Callable[[Json], str]:
    return lambda body: text(body, name)


CHECKS: dict[str, Callable[[Json], Any]] = {
    "kind": _kind,
    "presence": _presence,
    "dnd_until": _until,
    "dnd_schedule": _schedule,
    "name": _text("name"),
    "real_name": _text("real_name"),
    "tz": _zone,
}
