"""The policy a manager edits in dibs.toml, as typed values; a bad file names every fault at once."""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar

from pydantic import Field, ValidationError, model_validator

from domain import agreement
from domain.calendars import CalendarPolicy
from domain.digest_policy import DigestPolicy
from domain.escalation_policy import EscalationPolicy
from domain.parts import BadPolicy, Fault, Length, Part, fault_of, parse_length
from domain.preflight import Campaign, PreflightPolicy
from domain.rota_policy import RotaPolicy
from domain.rules import RuleName, RulePolicy
from domain.rules_policy import RulesPolicy
from domain.sla import SlaPolicy
from domain.triage_policy import TriagePolicy

__all__ = ["BadPolicy", "Fault", "Part", "PartialPolicy", "Policy", "parse", "parse_length", "parse_part"]


class Brand(Part):
    """Who we answer for. `manager` and `ops_channel` hear what Dibs can't settle alone."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    name: str = Field(min_length=1)
    ops_channel: str = Field(min_length=1)
    manager: str = Field(min_length=1)


class XPolicy(Part):
    """The account we answer from and how often we look. Searches cost money on the real X, so they are off there."""

    account: str = Field(pattern=r"^[A-Za-z0-9_]{1,15}$")
    poll: Length = Field(default=timedelta(seconds=15), ge=timedelta(seconds=1))
    search: tuple[str, ...] = ()
    search_live: bool = False
    length_limit: int = Field(default=280, ge=1, le=25_000)


class Networks(Part):
    """Where customers speak."""

    x: XPolicy


class CasePolicy(Part):
    """How posts become cases and how long offers stand."""

    join_window: Length = timedelta(hours=24)
    reopen_window: Length = timedelta(days=7)
    hand_over_within: Length = timedelta(minutes=10)


class PartialTeam(Part):
    """A team as far as it is given: its channel, the terms that lead to it, and by whose hours it works."""

    channel: str | None = Field(default=None, min_length=1)
    terms: tuple[str, ...] = ()
    default: bool = False
    calendar: str | None = None
    sla: str | None = None
    escalation: str | None = None


class Team(PartialTeam):
    """A team, its channel, and the terms that lead to it. Exactly one team is the default."""

    channel: str = Field(min_length=1)


class Emergency(Part):
    """Terms that come before all others, the person they name (a Slack name), and the team, if not the default."""

    person: str = Field(min_length=1)
    terms: tuple[str, ...] = Field(min_length=1)
    team: str | None = None


class PartialPolicy(Part):
    """As much of the file as is given; enough for what needs only a part of it."""

    brand: Brand | None = None
    networks: Networks | None = None
    cases: CasePolicy = CasePolicy()
    team: Mapping[str, PartialTeam] = Field(default_factory=dict)
    emergency: Emergency | None = None
    rule: dict[RuleName, RulePolicy] = Field(default_factory=dict)
    rules: RulesPolicy = RulesPolicy()
    triage: TriagePolicy = TriagePolicy()
    digest: DigestPolicy = DigestPolicy()
    calendar: dict[str, CalendarPolicy] = Field(default_factory=dict)
    sla: dict[str, SlaPolicy] = Field(default_factory=dict)
    rota: dict[str, RotaPolicy] = Field(default_factory=dict)
    preflight: PreflightPolicy = PreflightPolicy()
    campaign: tuple[Campaign, ...] = Field(default=(), max_length=200)
    escalation: dict[str, EscalationPolicy] = Field(default_factory=dict)


class Policy(PartialPolicy):
    """The whole file."""

    brand: Brand
    networks: Networks
    team: dict[str, Team] = Field(min_length=1)
    emergency: Emergency

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Policy":
        faults = [*self._default_faults(), *self._term_faults()]
        if self.emergency.team is not None and self.emergency.team not in self.team:
            faults.append(f"emergency.team names {self.emergency.team!r}, which is no team here")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _default_faults(self) -> list[str]:
        defaults = [key for key, team in self.team.items() if team.default]
        if len(defaults) == 1:
            return []
        return [f"exactly one team needs default = true, not {len(defaults)} ({', '.join(defaults) or 'none'})"]

    def _term_faults(self) -> list[str]:
        tables = {f"team.{key}.terms": team.terms for key, team in self.team.items()}
        tables["emergency.terms"] = self.emergency.terms
        return [f"{path} has an empty term" for path, terms in tables.items() if any(not t.strip() for t in terms)]

    @property
    def default_team(self) -> str:
        """The key of the team that takes what no term claims."""
        return next(key for key, team in self.team.items() if team.default)


_Kind = TypeVar("_Kind", bound=PartialPolicy)


def parse(text: str) -> Policy:
    """Read dibs.toml's text, or raise BadPolicy with every fault."""
    return _parsed(Policy, text)


def parse_part(text: str) -> PartialPolicy:
    """Read a file that need not have everything; what it has must be right, or BadPolicy names every fault."""
    return _parsed(PartialPolicy, text)


def _parsed(kind: type[_Kind], text: str) -> _Kind:
    raw, faults, policy = _tables(text), [], None
    try:
        policy = kind.model_validate(raw)
    except ValidationError as error:
        faults = [fault_of(fault) for fault in error.errors()]
    faults += agreement.faults(raw, whole=issubclass(kind, Policy))
    if policy is not None and not faults:
        faults = agreement.promise_faults(policy, whole=isinstance(policy, Policy))
    if faults or policy is None:
        raise BadPolicy(faults)
    return policy


def _tables(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy([Fault("", f"the file is not valid TOML: {error}")]) from error
