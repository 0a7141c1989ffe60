"""The digest: when a team reads of what was put away, and what it reads then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendars import CalendarPolicy
from domain.digest_policy import DigestPolicy
from domain.triage import Kept

SHOWN = 15
"""Posts a digest lists; more nobody reads, and `/dibs dismissed` has the rest."""
_FAR = 60
"""Days looked ahead for a working day; a calendar that never opens gets its digest all the same."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DigestLine:
    """A post that was put away, and what has become of it. `rescued_by` is a Slack id or "dibs"."""

    case_id: int
    epoch: int
    handle: str | None
    text: str | None
    images: int
    kept: Kept
    put_away: bool
    rescued_by: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class DigestSheet:
    """What a team reads: how many were put away, and those that are listed, likeliest complaints first."""

    total: int
    lines: tuple[DigestLine, ...]
    more: int = 0


def zone_of(calendar: CalendarPolicy | None) -> ZoneInfo:
    """The clock on the team's wall; a team without a calendar lives by UTC."""
    return ZoneInfo(calendar.zone if calendar else "UTC")


def digest_at(policy: DigestPolicy, calendar: CalendarPolicy | None, since: datetime) -> datetime:
    """When what was put away at `since` is told of: the policy's hour of the next working day."""
    zone = zone_of(calendar)
    day = since.astimezone(zone).date()
    moments = (_moment(policy, zone, day + ahead * _DAY) for ahead in range(_FAR) if _works(calendar, day, ahead))
    return next((at for at in moments if at > since), _moment(policy, zone, day + _DAY))


def _works(calendar: CalendarPolicy | None, day: date, ahead: int) -> bool:
    on = day + ahead * _DAY
    if calendar is None:
        return on.weekday() < 5
    return bool(calendar.on(on)) and on.strftime("%a").lower() not in calendar.weekend_days


def _moment(policy: DigestPolicy, zone: ZoneInfo, on: date) -> datetime:
    return datetime.combine(on, time.fromisoformat(policy.at), zone).astimezone(UTC)
