"""What Slack is still to be told: kinds, urgency, lanes with Slack's budgets, and what to do when a delivery fails."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

CARD, THREAD, DIRECT, NOTICE, CHANNEL, FOLD = "card", "thread", "direct", "notice", "channel", "fold"
"""A case's card · a line in its thread · a direct message · a word to one person through their click · a message to a
channel · an old card turned into a link."""
BATCH, NAG, PHONE = "batch", "nag", "phone"
"""Several new cases in one message · several late cases in one message · a call by a phone system outside Slack."""
STORM = 20
"""New cards waiting for one channel above which they share messages: at one a second the last would wait that long."""
BATCH_AT_MOST = 20
"""Cases in one message: Slack takes 50 blocks, and nobody reads more."""

EMERGENCY, ANSWER, FRESH, WORD, REPAINT = 0, 1, 2, 3, 4
"""Urgency, most urgent first: an emergency's card, the answer to a click, a new card, a line or message, a repaint."""

LEASE = timedelta(seconds=30)
"""Machine time a delivery may take: three times the client's 5 s timeout and some more."""
CLICK_LASTS = timedelta(minutes=28)
"""Business time a click's response_url is used; Slack keeps it 30 minutes."""
CLICK_USES = 4
"""How often it is used; Slack allows five, the last is kept for a word to the person."""
GIVE_UP_AFTER = 8
"""Attempts without effect after which a delivery is buried and somebody is told."""
LOOK_UP_AFTER = timedelta(seconds=2)
"""After an unknown outcome, before Slack's history is searched for it."""

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"})
"""The message is no longer there to be changed: a card is posted anew."""
HOMELESS = frozenset({"channel_not_found", "not_in_channel", "is_archived", "is_inactive", "restricted_action"})
"""The channel can't be reached: its deliveries are parked, and the people who run Dibs are told."""
LOCKED_OUT = frozenset({"invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed"})
"""Slack no longer takes our token: everything waits, nothing is lost."""


@dataclass(frozen=True)
class Lane:
    """A budget of Slack's: one delivery every `every`, with a head start of `burst` deliveries after a rest."""

    name: str
    every: timedelta
    burst: int = 1


FREE = "free"


def post_lane(channel: str, rates: float = 1.0) -> Lane:
    """chat.postMessage: one a second and channel, short bursts allowed (Slack, rate limits)."""
    return Lane(f"post:{channel}", timedelta(seconds=1.05) / rates, 2)


def workspace_lane(rates: float = 1.0) -> Lane:
    """All posts of the workspace together: "several hundred" a minute; 300 is the reading kept here."""
    return Lane("post:*", timedelta(seconds=0.21) / rates, 10)


def update_lane(rates: float = 1.0) -> Lane:
    """chat.update is Tier 3: 50 a minute, shared by every card of the workspace."""
    return Lane("update:*", timedelta(seconds=1.25) / rates, 10)


@dataclass(frozen=True)
class Delivery:
    """One taken delivery: what to send or repaint, and where. `look_up` means: find out first whether it is there.

    `thread_ts` is the card's message for a thread line; `ts` the message itself once Slack has it; `version` is what
    this paint will have painted; `payload` belongs to the kind.
    """

    id: int
    kind: str
    case_id: int | None
    channel: str | None
    recipient: str | None
    ts: str | None
    thread_ts: str | None
    version: int
    attempts: int
    look_up: bool
    route: str | None
    since: datetime
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivered:
    """Slack has it; `ts` of the message where there is one."""

    ts: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Wait:
    """Surely not delivered; try again after this. `whole_lane` when Slack asked everybody on the lane to wait."""

    after: timedelta
    reason: str
    whole_lane: bool = False


@dataclass(frozen=True)
class Unsure:
    """It may have been delivered: look it up."""

    reason: str


@dataclass(frozen=True)
class NotThere:
    """A look-up found nothing: it was not delivered after all."""


@dataclass(frozen=True)
class No:
    """Slack refused it for good, with its error code."""

    code: str


Outcome = Delivered | Wait | Unsure | NotThere | No


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the nth attempt without effect: doubling from one second to five minutes."""
    return timedelta(seconds=min(300, 2 ** min(attempts, 9)))
