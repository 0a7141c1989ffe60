"""The desk: what every use case is given."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from domain.audit import digest_of
from domain.calendars import Calendar
from domain.cases import Case
from domain.escalation_policy import STANDARD, EscalationPolicy
from domain.policy import PartialPolicy, Policy
from domain.rulebook import Shelf
from domain.triage import EMERGENCY
from storage.store import Store, Tx

FRIDAY = 4


class Latest:
    """Keeps what was made last, and makes it anew only for another version."""

    def __init__(self) -> None:
        self._kept: tuple[object, Any] | None = None

    def at(self, version: object, make: Callable[[], Any]) -> Any:
        """What belongs to that version."""
        kept = self._kept
        if kept is None or kept[0] != version:
            kept = self._kept = (version, make())
        return kept[1]


@dataclass(frozen=True)
class Desk:
    """`network_page` and `slack_page` are what links start with; `rates` scales Slack's budgets in a sandbox."""

    store: Store
    policy: Policy
    network_page: str = "https://x.com"
    slack_page: str = ""
    rates: float = 1.0

    @property
    def account(self) -> str:
        """The handle we answer from."""
        return self.policy.networks.x.account

    @cached_property
    def shelf(self) -> Shelf:
        """Where the newest rules are kept at hand."""
        return Shelf()

    @cached_property
    def bench(self) -> Latest:
        """Where triage made ready is kept at hand."""
        return Latest()

    @cached_property
    def kept_policy(self) -> dict[str, Any]:
        """The parts of the policy that running clocks need, as they are kept beside them."""
        parts = {"team", "calendar", "sla", "escalation"}
        return self.policy.model_dump(mode="json", include=parts, exclude_none=True, exclude_defaults=True)

    @cached_property
    def version(self) -> str:
        """The digest of those parts: a policy that changes is a new version."""
        return digest_of(json.dumps(self.kept_policy, sort_keys=True))

    def policy_of(self, tx: Tx, version: str | None) -> PartialPolicy:
        """The policy a clock was started under; today's when that version was never kept."""
        if version in (None, self.version):
            return self.policy
        body = tx.clocks.policy(str(version))
        return PartialPolicy.model_validate(body) if body else self.policy

    def has_sla(self, team: str) -> bool:
        """Whether this team promises anything by a time."""
        found = self.policy.team.get(team)
        return found is not None and found.sla is not None

    def escalation_of(self, team: str) -> EscalationPolicy:
        """The team's ladder, or the one every team gets that has none."""
        found = self.policy.team.get(team)
        return self.policy.escalation.get(found.escalation or "", STANDARD) if found else STANDARD

    def calendar_of(self, team: str) -> Calendar | None:
        """The team's business calendar."""
        found = self.policy.team.get(team)
        return Calendar.of(self.policy.calendar[found.calendar]) if found and found.calendar else None

    def is_weekend(self, team: str, at: datetime) -> bool:
        """Whether it is the team's weekend then."""
        calendar = self.calendar_of(team)
        return calendar.is_weekend(at) if calendar else at.weekday() > FRIDAY

    def after(self, case: Case, at: datetime, length: timedelta) -> datetime:
        """When this much time has passed in which somebody is there; an emergency's runs day and night."""
        calendar = self.calendar_of(case.team)
        return at + length if calendar is None or case.severity == EMERGENCY else calendar.add(at, length)

    def not_before(self, case: Case, at: datetime) -> datetime:
        """That moment, or the next opening when nobody would be there; an emergency never waits."""
        calendar = self.calendar_of(case.team)
        return at if calendar is None or case.severity == EMERGENCY else calendar.next_opening(at)

    def is_open(self, team: str, at: datetime) -> bool:
        """Whether the team works then; a team without hours always does."""
        calendar = self.calendar_of(team)
        return calendar.open_at(at) if calendar else True

    def channel_of(self, tx: Tx, team: str) -> str:
        """The Slack id of the team's channel; its name while we don't know better, which Slack takes as well."""
        name = self.policy.team.get(team, self.policy.team[self.policy.default_team]).channel
        return tx.directory.channel_id(name) or name

    def link_to(self, channel: str | None, ts: str | None) -> str | None:
        """The address of a Slack message."""
        if not channel or not ts:
            return None
        return f"{self.slack_page}/archives/{channel}/p{ts.replace('.', '')}"

    def ops_channel(self, tx: Tx) -> str:
        """The Slack id of the channel that hears what Dibs can't settle alone."""
        name = self.policy.brand.ops_channel
        return tx.directory.channel_id(name) or name
