"""Deadlines: what a customer was promised by when, on both clocks, and how long the clock has stood still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.escalation import Plan

FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, PROMISE = "first_response", "next_response", "resolution", "promise"
ANSWERS = (FIRST_RESPONSE, NEXT_RESPONSE)
"""Targets an answer to the customer meets."""
RUNNING, PAUSED, MET, STOPPED = "running", "paused", "met", "stopped"
SERVICE, CUSTOMER = "service", "customer"
WORDS = {
    FIRST_RESPONSE: "first response",
    NEXT_RESPONSE: "next response",
    RESOLUTION: "resolution",
    PROMISE: "promise",
}


@dataclass(frozen=True)
class Deadline:
    """One clock of a case. `due_at` is the one of its two moments that the escalation follows.

    `customer_due_at` counts every minute since the post was made, `service_due_at` the team's business hours.
    `person` and `said` belong to a promise: who made it, and in which words of ours.
    """

    id: int
    case_id: int
    target: str
    n: int
    state: str
    follows: str
    started_at: datetime
    length: timedelta
    customer_due_at: datetime
    service_due_at: datetime
    due_at: datetime
    paused_at: datetime | None
    ended_at: datetime | None
    breached_at: datetime | None
    policy: str | None
    severity: str
    person: str | None = None
    said: str | None = None

    @property
    def open(self) -> bool:
        """Whether it can still be met or missed."""
        return self.state in (RUNNING, PAUSED)


@dataclass(frozen=True)
class NewDeadline:
    """A clock about to start."""

    target: str
    follows: str
    started_at: datetime
    length: timedelta
    customer_due_at: datetime
    service_due_at: datetime
    severity: str
    policy: str | None = None
    person: str | None = None
    said: str | None = None

    @property
    def due_at(self) -> datetime:
        """The moment the escalation follows."""
        return self.service_due_at if self.follows == SERVICE else self.customer_due_at


@dataclass(frozen=True)
class Run:
    """One climb of the ladder for one clock. `next_at` is None while nothing is left to come or somebody holds it."""

    id: int
    case_id: int
    clock_id: int
    run: int
    state: str
    anchor_at: datetime
    due_at: datetime
    plan: Plan
    next_step: int
    next_at: datetime | None


@dataclass(frozen=True)
class Tending:
    """Who has said they look after a case, as its holder, by "On it", or by a snooze; and when they are asked next."""

    case_id: int
    staff: str
    kind: str
    since_at: datetime
    alive_at: datetime
    asked_at: datetime | None
    next_at: datetime | None
    reason: str | None = None


HOLDS, ON_IT, SNOOZED = "holder", "on_it", "snoozed"
GONE = "gone"
"""Why a question is not asked: whoever looked after the case has left."""
LEFT = "left"
"""Why it is asked at once: they are no longer in the team's channel."""
