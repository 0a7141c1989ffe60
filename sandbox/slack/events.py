"""Events on their way to the app: who may hear them, waiting while nobody listens, and handing over again."""

import asyncio
import time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from sandbox.slack.envelopes import Answer, Envelope, NotAccepted, NotConnected
from sandbox.slack.payloads import event_callback

if TYPE_CHECKING:
    from sandbox.slack.links import Links
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
RETRY_AFTER = (0.0, 60.0, 300.0)
"""Business seconds before the first, second and third repetition."""
SHELF = "slack_event"
MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


class Events:
    """Each event is handed over until it is acknowledged or three repetitions were in vain."""

    def __init__(self, side: "SlackSide", links: "Links") -> None:
        self._side, self._links = side, links
        self._numbers = count(int(time.time() * 1000))
        self._waiting: list[tuple[float, Envelope]] = [
            (0.0, Envelope("events_api", kept["payload"], kept["what"], kept["user"], kept["attempt"], kept["reason"]))
            for kept in side.shelf.all(SHELF).values()
        ]
        self._alarm: asyncio.TimerHandle | None = None

    def post(self, event: Json) -> None:
        """Send the event off, if the app may hear it."""
        if not subscribed(self._side, event):
            return
        payload = event_callback(self._side, event, next(self._numbers))
        self._offer(Envelope("events_api", payload, _what(event), _who(event)))

    def next_at(self) -> float | None:
        """When the next repetition is due, in business time; None when nothing is or nobody listens."""
        if not self._waiting or not self._links.connected():
            return None
        return min(due for due, _ in self._waiting)

    def overdue(self) -> bool:
        """Whether something should have gone out by now and could."""
        due = self.next_at()
        return due is not None and due <= self._side.clock.time()

    def wake(self) -> None:
        """Send what is due and set the alarm for the next; called when the clock moves and when the app connects."""
        if self._links.connected():
            now = self._side.clock.time()
            ready = [envelope for due, envelope in self._waiting if due <= now]
            self._waiting = [(due, envelope) for due, envelope in self._waiting if due > now]
            for envelope in ready:
                self._offer(envelope)
        self._set_alarm()

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    def _offer(self, envelope: Envelope) -> None:
        began = time.monotonic()
        try:
            answer = self._links.send(envelope)
        except NotConnected:
            self._wait(envelope, 0.0)
            return
        alarm = asyncio.get_running_loop().call_later(self._links.patience, self._timed_out, envelope, answer)
        answer.add_done_callback(partial(self._answered, envelope, began, alarm))

    def _answered(self, envelope: Envelope, began: float, alarm: asyncio.TimerHandle, answer: Answer) -> None:
        if answer.cancelled() or time.monotonic() - began > self._links.patience:
            return
        alarm.cancel()
        failure = answer.exception()
        if isinstance(failure, NotAccepted):
            self._repeat(envelope, failure.reason, retry=failure.retry)
            return
        self._links.log.write(envelope, round((time.monotonic() - began) * 1000), "acked")
        self._forget(envelope)

    def _timed_out(self, envelope: Envelope, _answer: Answer) -> None:
        self._repeat(envelope, "timeout" if self._links.wire is self._links.sockets else "http_timeout", retry=True)

    def _repeat(self, envelope: Envelope, reason: str, *, retry: bool) -> None:
        if not retry or envelope.attempt >= len(RETRY_AFTER):
            self._links.log.write(envelope, None, "failed")
            self._forget(envelope)
            return
        self._links.log.write(envelope, None, f"retry {envelope.attempt + 1}")
        self._wait(envelope.again(reason), self._side.clock.time() + RETRY_AFTER[envelope.attempt])

    def _wait(self, envelope: Envelope, due: float) -> None:
        kept = {key: getattr(envelope, key) for key in ("payload", "what", "user", "attempt", "reason")}
        self._side.shelf.put(SHELF, envelope.payload["event_id"], kept)
        self._waiting.append((due, envelope))
        asyncio.get_running_loop().call_soon(self.wake)

    def _forget(self, envelope: Envelope) -> None:
        # Only what had to wait is on the shelf.
        if self._side.shelf.get(SHELF, envelope.payload["event_id"]) is not None:
            self._side.shelf.drop(SHELF, envelope.payload["event_id"])

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        due = self.next_at()
        if due is not None:
            seconds = max(due - self._side.clock.time(), 0.0)
            self._alarm = asyncio.get_running_loop().call_later(seconds, self.wake)


def subscribed(side: "SlackSide", event: Json) -> bool:
    """Whether the app hears of this: it asked for the type, and messages only reach it where it is a member."""
    name = event["type"]
    if name == "message":
        name = MESSAGE_EVENTS.get(event.get("channel_type", "channel"), "message.channels")
        channel = side.directory.channel(event["channel"])
        if channel is None or side.world.app.bot_user not in channel["members"]:
            return False
    return name in side.world.app.events


def _what(event: Json) -> str:
    return " ".join(filter(None, [event["type"], event.get("subtype")]))


def _who(event: Json) -> str | None:
    user = event.get("user")
    return user.get("id") if isinstance(user, dict) else user
