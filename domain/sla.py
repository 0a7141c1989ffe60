"""SLA policies: what a team promises by severity, on which clock, at the weekend too; and when each promise is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, Field, model_validator

from domain.calendars import Calendar, CalendarPolicy, Span
from domain.parts import Length, Part, refuse

Severity = Literal["normal", "urgent", "emergency"]
Clock = Literal["customer", "service"]
TargetName = Literal["first_response", "next_response", "resolution"]

SEVERITIES: tuple[Severity, ...] = ("normal", "urgent", "emergency")
"""From the mildest to the worst; a severity without a table takes the one before it."""
TARGETS: tuple[TargetName, ...] = ("first_response", "next_response", "resolution")


def _at_least_a_second(length: timedelta) -> timedelta:
    if not timedelta(seconds=1) <= length <= timedelta(days=366):
        raise ValueError("must be between 1s and 366d")
    return length


Promise = Annotated[Length, AfterValidator(_at_least_a_second)]


class Promises(Part):
    """What is promised for one severity; "1d" is 24 hours of the clock in question.

    `clock`: the one escalation follows. `at_risk`: how long before the deadline a case counts as at risk.
    """

    first_response: Promise | None = None
    next_response: Promise | None = None
    resolution: Promise | None = None
    clock: Clock | None = None
    at_risk: Promise | None = None

    @model_validator(mode="after")
    def _promises_something(self) -> "Promises":
        lengths = {name: length for name in TARGETS if (length := self.length_of(name)) is not None}
        if not lengths:
            raise ValueError(f"promises nothing; give at least one of {', '.join(TARGETS)}")
        short = [name for name, length in lengths.items() if self.at_risk is not None and self.at_risk >= length]
        refuse(((("at_risk",), f"must be shorter than {name}") for name in short), self)
        return self

    def length_of(self, target: TargetName) -> timedelta | None:
        """How long after its beginning the target is due."""
        length: timedelta | None = getattr(self, target)
        return length


class Severities(Part):
    """Promises by severity; one that is missing takes the next milder one."""

    normal: Promises | None = None
    urgent: Promises | None = None
    emergency: Promises | None = None

    def own(self, severity: Severity) -> Promises | None:
        """The severity's own table."""
        promises: Promises | None = getattr(self, severity)
        return promises


class WeekendPolicy(Severities):
    """What differs for posts made on a weekend day; `wait` names what the weekend's opening hours don't count for."""

    wait: tuple[Severity, ...] = ()


class SlaPolicy(Severities):
    """What a team promises. `at_risk` holds for every severity that doesn't say otherwise."""

    at_risk: Promise | None = None
    weekend: WeekendPolicy = Field(default_factory=WeekendPolicy)

    @model_validator(mode="after")
    def _promises_something(self) -> "SlaPolicy":
        if not any(map(self.own, SEVERITIES)):
            raise ValueError(f"promises nothing; give it a table for at least one of {', '.join(SEVERITIES)}")
        refuse(chain.from_iterable(map(self._impatience, range(len(self.weekend.wait)))), self)
        return self

    def _impatience(self, number: int) -> list[tuple[tuple[str | int, ...], str]]:
        """Why a severity can't wait till Monday."""
        severity = self.weekend.wait[number]
        if severity == "emergency":
            return [(("weekend", "wait", number), "an emergency never waits for Monday")]
        if clock_of(self, severity, weekend=True) == clock_of(self, severity, weekend=False) == "service":
            return []
        why = f"{severity} follows the customer clock, which runs through the weekend; let it follow the service clock"
        return [(("weekend", "wait", number), why)]


def tables(sla: SlaPolicy, severity: Severity, *, weekend: bool) -> tuple[Promises, ...]:
    """The tables that apply, the nearest first: the weekend's, then the week's.

    A table of the weekend changes what it names and leaves the rest. A severity that has neither takes those of the
    next milder one; without any of those either there are none.
    """
    for one in SEVERITIES[SEVERITIES.index(severity) :: -1]:
        found = (sla.weekend.own(one) if weekend else None, sla.own(one))
        if any(found):
            return tuple(table for table in found if table is not None)
    return ()


def clock_of(sla: SlaPolicy, severity: Severity, *, weekend: bool) -> Clock:
    """The clock escalation follows: an emergency's is the customer's, unless its own table says otherwise."""
    if severity == "emergency":
        own = (sla.weekend.own(severity) if weekend else None, sla.own(severity))
        said = [table.clock for table in own if table is not None and table.clock]
        return said[0] if said else "customer"
    said = [table.clock for table in tables(sla, severity, weekend=weekend) if table.clock]
    return said[0] if said else "service"


class Promising(Protocol):
    """A team as far as its promises go."""

    @property
    def calendar(self) -> str | None: ...
    @property
    def sla(self) -> str | None: ...


class Promised(Protocol):
    """A policy as far as promises go."""

    @property
    def team(self) -> Mapping[str, Promising]: ...
    @property
    def calendar(self) -> Mapping[str, CalendarPolicy]: ...
    @property
    def sla(self) -> Mapping[str, SlaPolicy]: ...


class Paused(Protocol):
    """A deadline whose clock stands still since `paused_at`."""

    @property
    def severity(self) -> str: ...
    @property
    def customer_due_at(self) -> datetime: ...
    @property
    def service_due_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Target:
    """A promise about one post. `clock` says which of the two moments escalation follows.

    `windows` are the open times the service clock counts from the post to its due moment. `at_risk` is how
    long before the due moment the case counts as at risk, if anything was said of that.
    """

    target: str
    length: timedelta
    customer_due_at: datetime
    service_due_at: datetime
    clock: Clock
    windows: tuple[Span, ...]
    at_risk: timedelta | None = None

    @property
    def due_at(self) -> datetime:
        """The moment escalation follows."""
        return self.customer_due_at if self.clock == "customer" else self.service_due_at


NO_DAYS: frozenset[date] = frozenset()


def calendar_of(policy: Promised, team: str, extra_closed: frozenset[date] = NO_DAYS) -> Calendar | None:
    """The team's business calendar, if it has one, with the closed days its feed adds."""
    name = policy.team[team].calendar
    return None if name is None else Calendar.of(policy.calendar[name], extra_closed)


def targets(
    policy: Promised, team: str, severity: str, post_at: datetime, extra_closed: frozenset[date] = NO_DAYS
) -> tuple[Target, ...]:
    """What the team promises about a post made at that moment; nothing without an SLA policy.

    Which promises hold is settled by the post's local date. Raises KeyError for an unknown team, ValueError for an
    unknown severity, NeverOpens.
    """
    name, calendar = policy.team[team].sla, calendar_of(policy, team, extra_closed)
    level = severity_of(severity)
    if name is None or calendar is None:
        return ()
    return _targets(policy.sla[name], calendar, level, post_at.astimezone(UTC))


def severity_of(word: str) -> Severity:
    """The severity of that name, or ValueError naming those there are."""
    for severity in SEVERITIES:
        if severity == word:
            return severity
    raise ValueError(f"there is no severity {word!r}; there are: {', '.join(SEVERITIES)}")


def _targets(sla: SlaPolicy, calendar: Calendar, severity: Severity, post_at: datetime) -> tuple[Target, ...]:
    weekend = calendar.is_weekend(post_at)
    found = tables(sla, severity, weekend=weekend)
    clock, counted = clock_of(sla, severity, weekend=weekend), counts_weekend(sla, severity)
    at_risk = next((table.at_risk for table in found if table.at_risk), sla.at_risk)
    made = []
    for name in TARGETS:
        length = next((length for table in found if (length := table.length_of(name)) is not None), None)
        if length is not None:
            due_at = calendar.add(post_at, length, weekend=counted)
            windows = tuple(calendar.windows(post_at, due_at, weekend=counted))
            made.append(Target(name, length, post_at + length, due_at, clock, windows, at_risk))
    return tuple(made)


def counts_weekend(sla: SlaPolicy, severity: str) -> bool:
    """Whether the weekend's windows count; for what waits till Monday they don't."""
    return severity not in sla.weekend.wait


def resumed(
    policy: Promised, team: str, clock: Paused, resumed_at: datetime, extra_closed: frozenset[date] = NO_DAYS
) -> tuple[datetime, datetime]:
    """The due moments (customer's, service's) of a clock that runs again after a pause; never earlier than before.

    The customer clock's moves by the length of the pause. The service clock's has the open time left that it had when
    the pause began, counted from its end. What had passed before the pause stays passed.
    """
    name, calendar = policy.team[team].sla, calendar_of(policy, team, extra_closed)
    due, paused_at = (clock.customer_due_at, clock.service_due_at), clock.paused_at
    if name is None or calendar is None or paused_at is None or resumed_at <= paused_at:
        return due
    customer_at, service_at = due
    if customer_at > paused_at:
        customer_at += resumed_at - paused_at
    if service_at > paused_at:
        weekend = counts_weekend(policy.sla[name], clock.severity)
        left = calendar.between(paused_at, service_at, weekend=weekend)
        service_at = max(service_at, calendar.add(resumed_at, left, weekend=weekend))
    return customer_at, service_at


class Stood(Protocol):
    """A deadline that may have stood still in the past."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def length(self) -> timedelta: ...
    @property
    def customer_due_at(self) -> datetime: ...
    @property
    def service_due_at(self) -> datetime: ...


def after_pauses(
    policy: Promised, team: str, what: tuple[Stood, Target], extra_closed: frozenset[date] = NO_DAYS
) -> tuple[datetime, datetime]:
    """When a clock is due (by the customer's time, by service time) that gets another target and has stood still."""
    clock, target = what
    calendar = calendar_of(policy, team, extra_closed)
    stood = clock.customer_due_at - clock.started_at - clock.length
    if calendar is None or stood <= timedelta(0):
        return target.customer_due_at, target.service_due_at
    unpaused_at = calendar.add(clock.started_at, clock.length)
    open_time = min(stood, calendar.between(unpaused_at, clock.service_due_at))
    return target.customer_due_at + stood, calendar.add(target.service_due_at, open_time)
