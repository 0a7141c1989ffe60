"""The past a draft is tried on from the command line: a database, or posts as JSON lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.settings import BadSettings, load
from domain.back_test import BackTest, Past, Span, Trying
from domain.calendars import Calendar
from domain.parts import BadPolicy, Fault
from domain.policy import PartialPolicy
from domain.rota import who
from domain.rules import Rule
from storage.existing import NotThere, open_existing
from storage.scope import Scope
from storage.store import Store

FRIDAY = 4
AROUND = timedelta(days=60)


def opened(url: str | None) -> Store | None:
    """The store at the URL, else the one the settings name; None when nothing names one. BadPolicy when it won't do."""
    named = url or _from_settings()
    if named is None:
        return None
    try:
        return open_existing(named, Scope("", ""))
    except NotThere as why:
        raise BadPolicy([Fault("--database", str(why))]) from None


def _from_settings() -> str | None:
    try:
        return load().database_url
    except BadSettings:
        return None


@dataclass
class File:
    """Posts of a file, and how many lines were none."""

    posts: list[Past] = field(default_factory=list)
    refused: int = 0


def read(path: Path, now: datetime) -> File:
    """Read JSON lines with `text`; `created_at`, `team` (whose it became), `first_team` and `url` if they are known."""
    found = File()
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                _add(found, number, line, now)
    except OSError as why:
        raise BadPolicy([Fault("--posts", f"{path} can't be read: {why.strerror}")]) from None
    return found


def _add(found: File, number: int, line: str, now: datetime) -> None:
    if not line.strip():
        return
    post = _post(number, line, now)
    if post is None:
        found.refused += 1
    else:
        found.posts.append(post)


def _post(number: int, line: str, now: datetime) -> Past | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        return None
    team = _word(record, "team")
    at = _moment(record.get("created_at") or record.get("at"), now)
    return Past(number, text, at, _word(record, "url"), number, _word(record, "first_team") or team, team)


def _word(record: dict[str, Any], name: str) -> str | None:
    found = record.get(name)
    return found if isinstance(found, str) and found else None


def _moment(value: object, now: datetime) -> datetime:
    """When it was published; now when the file doesn't say it in a form that can be read."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else now
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return now


def tried(policy: PartialPolicy, drafts: tuple[Rule, Iterable[Rule]], posts: Iterable[Past], over: Span) -> BackTest:
    """A draft among other rules on posts of a file, by the policy's calendars and rotas."""
    trying = Trying(*drafts, over)
    trying.look(_within(posts, over))

    def away(team: str, at: datetime) -> bool:
        found = policy.team.get(team)
        calendar = Calendar.of(policy.calendar[found.calendar]) if found and found.calendar else None
        return calendar.is_weekend(at) or not calendar.open_at(at) if calendar else at.weekday() > FRIDAY

    def on_duty(team: str, at: datetime) -> tuple[str | None, datetime | None]:
        rota = policy.rota.get(team)
        if rota is None:
            return None, None
        found = who(rota.shifts_of(team, at + AROUND), rota.overrides_of(team), at, rota.tz)
        return found.primary, found.until_at

    return trying.done(away, on_duty, policy.emergency.person if policy.emergency else None)


def _within(posts: Iterable[Past], over: Span) -> Iterator[Past]:
    return (post for post in posts if over[0] <= post.at < over[1])
