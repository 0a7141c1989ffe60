"""A reply on its way to a customer: its states, the last look before it goes, and what each outcome means."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cases import AWAITING, CLAIMED, Case

DRAFT, QUEUED, SENDING, SENT = "draft", "queued", "sending", "sent"
FAILED, UNCERTAIN, NEEDS_HUMAN, CANCELLED = "failed", "uncertain", "needs_human", "cancelled"
UNDERWAY = (QUEUED, SENDING, UNCERTAIN, NEEDS_HUMAN)
"""At most one reply of a case is in one of these at a time (a partial unique index holds it)."""
UNSTOPPABLE = (SENDING, UNCERTAIN, NEEDS_HUMAN)
"""While a reply is here nobody may take the case over: the words may be public already."""

LOOK_UPS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(seconds=120))
"""When the account's own timeline is read after an unknown outcome, counted from it (facts: X lists own posts within
seconds). Found nowhere after the last look: a person decides."""
RETRIES = (timedelta(seconds=2), timedelta(seconds=15), timedelta(seconds=60))
"""Waits after an attempt that surely had no effect and named no moment of its own."""
LEASE = timedelta(seconds=75)
"""Machine time an attempt may take: three times the client's timeouts (3 s + 10 s) plus 30 s."""


@dataclass(frozen=True)
class Reply:
    """A reply as it stands. `seen` is the newest post of the customer's that its writer had in front of them."""

    id: str
    case_id: int
    author: str
    epoch: int
    target: str
    seen: int
    text: str
    status: str
    attempts: int
    look_ups: int
    attempted_at: datetime | None
    remote_id: str | None
    failure: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Done:
    """It is public under this id."""

    remote_id: str


@dataclass(frozen=True)
class SurelyNot:
    """Nothing reached the network; `kind` is network, rate, auth or credits; `retry_at` as the network asked."""

    reason: str
    retry_at: datetime | None = None
    kind: str = "network"


@dataclass(frozen=True)
class Refused:
    """The network said no for good; `code` is one of not_summoned, reply_settings, too_long, target_gone, …"""

    code: str
    message: str


@dataclass(frozen=True)
class Unknown:
    """It may be public or not: it must be looked up before anything is sent again."""

    reason: str


SendOutcome = Done | SurelyNot | Refused | Unknown


def last_look(reply: Reply, case: Case, newest_post: int, target: str) -> str | None:
    """Why this reply may not go out as it is, in words for its author; None when nothing has changed (O3, O4).

    `target` is the id that the answered post has now: an edit gives it a new one.
    """
    if case.holder != reply.author or case.epoch != reply.epoch:
        return "The case changed hands since this was written, so nothing was sent."
    if case.status not in (CLAIMED, AWAITING):
        return "The case was closed since this was written, so nothing was sent."
    if newest_post != reply.seen:
        return "The customer wrote again since this was written, so nothing was sent. Read it first, then send."
    if target != reply.target:
        return "The customer changed their post since this was written, so nothing was sent. Read it first, then send."
    return None


def retry_at(reply: Reply, outcome: SurelyNot, now: datetime) -> datetime | None:
    """When to try again after an attempt without effect; None when trying has to end (three attempts, O4)."""
    if outcome.retry_at is not None:
        return outcome.retry_at
    if outcome.kind in ("auth", "credits"):
        return now + timedelta(minutes=5)
    if reply.attempts > len(RETRIES):
        return None
    return now + RETRIES[reply.attempts - 1]


def look_up_at(reply: Reply, now: datetime) -> datetime | None:
    """When to look for it on the network next; None when a person has to decide (O11)."""
    if reply.look_ups >= len(LOOK_UPS):
        return None
    since = reply.attempted_at or now
    return max(now, since + LOOK_UPS[reply.look_ups])
