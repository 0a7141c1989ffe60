"""Occasions: what comes at a time rather than with a post, such as a shift's start, the weekend's check or a pledge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
