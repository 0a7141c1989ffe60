"""Quiet hours: until when somebody should be left in peace, by their own wish or by Slack's do-not-disturb."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from domain.errors import Invalid
from domain.reach import Reach


@dataclass(frozen=True)
class Preferences:
    """What somebody wishes: quiet hours as wall times of their own zone ("22:00", "07:00"), and to be asked first
    when they are around anyway."""

    staff: str
    quiet_from: str | None = None
    quiet_until: str | None = None
    awake: bool = False


def checked(wishes: Preferences) -> Preferences:
    """The wishes, if their quiet hours have a beginning and an end; Invalid names what is missing."""
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        missing, words = ("from", "a beginning") if wishes.quiet_from is None else ("until", "an end")
        raise Invalid(missing, f"Quiet hours need {words} too. Or leave both empty.")
    if wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until:
        raise Invalid("until", "That would be all day or none of it. Pick another end, or leave both empty.")
    return wishes


def quiet_until(wishes: Preferences | None, zone: str, reached: Reach | None, now: datetime) -> datetime | None:
    """Until when to leave them in peace; None when they may be told now."""
    until = [own_hours(wishes, zone, now), reached.quiet_until if reached else None]
    later = [moment for moment in until if moment is not None and moment > now]
    return max(later, default=None)


def _zone_of(zone: str) -> tzinfo:
    """The zone Slack names; UTC when it isn't known here: a wrong hour of rest beats a case nobody hears of."""
    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return UTC


def own_hours(wishes: Preferences | None, zone: str, now: datetime) -> datetime | None:
    """The end of the quiet hours `now` lies in; hours that begin in the evening end the next morning."""
    if wishes is None or not wishes.quiet_from or not wishes.quiet_until:
        return None
    here = now.astimezone(_zone_of(zone))
    starts, ends = time.fromisoformat(wishes.quiet_from), time.fromisoformat(wishes.quiet_until)
    for day in (here.date() - timedelta(days=1), here.date()):
        begin = datetime.combine(day, starts, here.tzinfo)
        end = datetime.combine(day if starts < ends else day + timedelta(days=1), ends, here.tzinfo)
        if begin <= now < end:
            return end.astimezone(now.tzinfo)
    return None
