"""SLA policies: what a team promises by severity, on which clock, at the weekend too; and when each promise is due."""

from datetime import timedelta
from itertools import chain
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

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
