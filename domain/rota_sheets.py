"""Sheets of the rota: who is on call now and next, where nobody is, and a person's own shifts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from domain.covers import Cover, Duty
from domain.quiet import Preferences
from domain.rota import Gap, OnCall


@dataclass(frozen=True)
class TeamRota:
    """A team's rota as it stands. `channel` is a Slack id.

    `shaky` says that the feed can't be read; `copy_of_at` is when the copy in use was taken, None when there is none.
    """

    team: str
    channel: str
    now: OnCall
    then: OnCall | None = None
    gaps: tuple[Gap, ...] = ()
    shaky: bool = False
    copy_of_at: datetime | None = None


@dataclass(frozen=True)
class RotaSheet:
    """What one person sees of it: `people` are Slack ids by Slack name, `manager` can fill gaps, `zone` is theirs."""

    now: datetime
    teams: tuple[TeamRota, ...] = ()
    mine: tuple[Duty, ...] = ()
    asked: tuple[Cover, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    manager: str | None = None
    wishes: Preferences | None = None
    zone: str = "UTC"
    refused: str | None = None


@dataclass(frozen=True)
class CoverSheet:
    """What the window for a cover shows: a person's coming duties, the one it is about, and the person's zone."""

    now: datetime
    duties: tuple[Duty, ...]
    chosen: Duty
    channels: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC


@dataclass(frozen=True)
class SwapSheet:
    """What the window for a swap shows: the hours asked for, and what one could give in return."""

    cover: Cover
    duties: tuple[Duty, ...]
    channel: str
    zone: tzinfo = UTC
