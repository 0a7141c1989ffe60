"""Staff and what each may do: one rule, decided inside the transaction on rows synced from Slack."""

from dataclasses import dataclass
from datetime import datetime

from domain.cases import Case
from domain.errors import NotAllowed

STAFF, GUEST, OUTSIDER, DEACTIVATED = "staff", "guest", "outsider", "deactivated"


@dataclass(frozen=True)
class Staff:
    """Somebody in the workspace as Slack last described them; `zone` is an IANA name."""

    slack_id: str
    name: str
    real_name: str
    zone: str
    kind: str

    @property
    def active(self) -> bool:
        """Whether this is a colleague of ours who still works here."""
        return self.kind == STAFF


@dataclass(frozen=True)
class By:
    """Who does something, when, and under which delivery of Slack's. `key` makes a repeated delivery do nothing.

    `response_url` is the click's own line back to the person and to the clicked message; it is never logged.
    """

    staff: str
    at: datetime
    key: str
    response_url: str | None = None
    message_ts: str | None = None
    channel: str | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody about to act on a case: the row we have of them, if any, and whether they sit in its channel."""

    slack_id: str
    known: Staff | None
    in_channel: bool


HOLDER_ONLY = frozenset({"release", "hand_over", "reply", "resolve"})
HOLDER_OR_OPEN = frozenset({"dismiss", "split", "reroute"})


def may(actor: Actor, gesture: str, case: Case) -> None:
    """Raise NotAllowed with a sentence the person can use; return when the gesture is theirs to make."""
    _belongs(actor)
    if not actor.in_channel and actor.slack_id != case.holder:
        raise NotAllowed(
            "This case belongs to another team's channel. Join it, or ask them to pass the case on with Wrong team."
        )
    if gesture in HOLDER_ONLY and case.holder != actor.slack_id:
        raise NotAllowed(_not_yours(case))
    if gesture in HOLDER_OR_OPEN and case.holder not in (None, actor.slack_id):
        raise NotAllowed(_not_yours(case))


def _belongs(actor: Actor) -> None:
    if actor.known is None:
        raise NotAllowed("Dibs doesn't know you yet. It is looking you up now; please try again in a moment.")
    if actor.known.kind == GUEST:
        raise NotAllowed("Guests see the cards, but their buttons are for colleagues. Ask one in this channel.")
    if actor.known.kind == OUTSIDER:
        raise NotAllowed("These buttons are for people of this workspace. Ask one of them in this channel.")
    if actor.known.kind == DEACTIVATED:
        raise NotAllowed("This account is deactivated, so it can't act on cases.")


def _not_yours(case: Case) -> str:
    if case.holder is None:
        return "Nobody holds this case right now. Claim it first."
    return f"<@{case.holder}> holds this case. Ask for a hand-over, or take it over with a reason."
