"""The check before the weekend, as the policy has it: when it comes, where, and which campaigns are planned."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from domain.hours import DAYS, Day
from domain.parts import Part
from domain.wall import Moment, Zone, instant

FRIDAY = 4
BEGINS, ENDS = time(18), time(9)
"""The weekend that is looked at: from Friday evening to Monday morning."""


def parse_time(value: object) -> object:
    """Read "10:00"."""
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value.strip()):
        return time.fromisoformat(value.strip())
    if isinstance(value, time):
        return value
    raise ValueError('write a time such as "10:00"')


WallTime = Annotated[
    time, BeforeValidator(parse_time), PlainSerializer(lambda at: at.isoformat("minutes"), when_used="json")
]


class PreflightPolicy(Part):
    """`[preflight]`: on which day and when, in which zone, and in which channel if not the ops channel."""

    on: bool = True
    day: Day = "thu"
    at: WallTime = time(10)
    zone: Zone | None = None
    channel: str | None = Field(default=None, min_length=1)

    def due(self, on: date, zone: ZoneInfo) -> datetime | None:
        """When it comes on that date; None on other days of the week."""
        return instant(datetime.combine(on, self.at), zone) if on.weekday() == DAYS.index(self.day) else None


class Campaign(Part):
    """`[[campaign]]`: something planned that makes people write to us."""

    model_config = ConfigDict(serialize_by_alias=True)

    name: str = Field(min_length=1, max_length=120)
    from_: Moment = Field(alias="from")
    to: Moment

    @model_validator(mode="after")
    def _lasts(self) -> "Campaign":
        if self.from_.replace(tzinfo=None) >= self.to.replace(tzinfo=None):
            raise ValueError("`from` has to come before `to`")
        return self

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when till when, as instants."""
        return instant(self.from_, zone), instant(self.to, zone, ends=True)


def weekend_after(due_at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The weekend that a check at this moment is about."""
    on = due_at.astimezone(zone).date()
    friday = on + timedelta(days=(FRIDAY - on.weekday()) % 7)
    if instant(datetime.combine(friday, BEGINS), zone) <= due_at:
        friday += timedelta(days=7)
    begins = instant(datetime.combine(friday, BEGINS), zone)
    return begins, instant(datetime.combine(friday + timedelta(days=3), ENDS), zone)
