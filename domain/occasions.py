"""Occasions: what comes at a time rather than with a post, such as a shift's start, the weekend's check or a pledge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.deadlines import Deadline
from domain.sheets import Line

PLEDGE, SHIFT, PREFLIGHT, ROUTE = "pledge", "shift", "preflight", "route"


@dataclass(frozen=True)
class Occasion:
    """One of them. `key` makes it once-only; `next_at` is when something is to be done about it, None when nothing is.

    `told_at` is when people were told, `seen_by` and `seen_at` who answered and when.
    """

    key: str
    kind: str
    team: str | None
    due_at: datetime
    next_at: datetime | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    told_at: datetime | None = None
    seen_by: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One line of the check before the weekend: `good` is None for what somebody should merely know."""

    what: str
    good: bool | None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PreflightSheet:
    """The check before a weekend, as things stand."""

    key: str
    from_at: datetime
    until_at: datetime
    checks: tuple[Check, ...]

    @property
    def red(self) -> int:
        """How much is not as it should be."""
        return sum(one.good is False for one in self.checks)


@dataclass(frozen=True)
class BriefSheet:
    """What whoever goes on call should know; `is_farewell` for whoever goes off. People are Slack ids."""

    key: str
    team: str
    from_at: datetime
    until_at: datetime | None
    incoming: str | None
    outgoing: str | None
    backup: str | None
    is_farewell: bool = False
    cases: tuple[tuple[Line, datetime | None], ...] = ()
    in_hand: int = 0
    promised: tuple[tuple[Deadline, Line], ...] = ()
    drafts: tuple[tuple[Line, str], ...] = ()
    seen_at: datetime | None = None


Sheet = PreflightSheet | BriefSheet
