"""What is handed over to the app: an envelope, what the app answered, and the ways in which it may not answer."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]
PATIENCE = 3.0
"""Seconds of machine time in which the app must acknowledge."""


class NotConnected(Exception):
    """Nobody listens: no open socket, or a request URL that never verified."""


class NotAccepted(Exception):
    """The app answered, but not with an acknowledgement; `reason` is a word of x-slack-retry-reason."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.retry = reason, retry


@dataclass
class Envelope:
    """One hand-over. `what` says in a word or two what it is about, `user` who caused it; both are for the log."""

    kind: Kind
    payload: Json
    what: str
    user: str | None = None
    attempt: int = 0
    reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def wire(self) -> Json:
        """The envelope as a socket carries it."""
        frame: Json = {
            "envelope_id": self.id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.kind != "events_api",
        }
        if self.kind == "events_api":
            frame |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return frame

    def again(self, reason: str) -> "Envelope":
        """The next attempt at the same payload."""
        return Envelope(self.kind, self.payload, self.what, self.user, self.attempt + 1, reason)


@dataclass(frozen=True)
class Ack:
    """What came of a hand-over: `ms` is None when nothing came in time; `late` when it was handed over all the same."""

    body: Json | None
    ms: int | None
    late: bool


Answer = asyncio.Future[Json | None]


class Wire(Protocol):
    """A way to the app: sockets or signed requests."""

    def connected(self) -> bool:
        """Whether somebody listens now."""
        ...

    def send(self, envelope: Envelope) -> Answer:
        """Hand over; the future gets the acknowledgement's payload or NotAccepted. Raises NotConnected."""
        ...
