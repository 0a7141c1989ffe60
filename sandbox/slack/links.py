"""The ways to the app, sockets or signed requests, behind one `event` and one `ask`."""

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from sandbox.slack.delivery_log import DeliveryLog, Row
from sandbox.slack.envelopes import PATIENCE, Ack, Answer, Envelope, Kind, NotAccepted, NotConnected, Wire
from sandbox.slack.events import Events
from sandbox.slack.http_mode import HttpMode
from sandbox.slack.sockets import Sockets

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


class Links:
    """Hands envelopes over, waits `patience` seconds of machine time for each, and writes down what came of it."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self._open: set[Answer] = set()
        self.patience = PATIENCE
        self.log = DeliveryLog(side)
        self.sockets = Sockets(side)
        self.wire: Wire = HttpMode(side) if side.world.app.request_url else self.sockets
        self._events = Events(side, self)
        self.sockets.on_connect = self.wake
        side.clock.sandbox_busy.append(self.unacked)
        side.clock.sandbox_next.append(self._events.next_at)
        side.clock.on_move.append(self._events.wake)

    def connected(self) -> bool:
        """Whether the app listens."""
        return self.wire.connected()

    def unacked(self) -> bool:
        """Whether an acknowledgement is still waited for, or an event must go out at once."""
        return bool(self._open) or self._events.overdue()

    def event(self, event: Json) -> None:
        """Something happened that the app may have subscribed to."""
        self._events.post(event)

    async def ask(self, kind: Kind, payload: Json) -> Ack:
        """Hand over an interaction or a command and wait; it is never handed over twice."""
        envelope = Envelope(kind, payload, *_about(kind, payload))
        began = time.monotonic()
        try:
            answer = self.send(envelope)
        except NotConnected:
            self.log.write(envelope, None, "failed")
            return Ack(None, None, late=False)
        await asyncio.wait({answer}, timeout=self.patience)
        if not answer.done():
            row = self.log.write(envelope, None, "late")
            answer.add_done_callback(partial(self._amend, row, began))
            return Ack(None, None, late=True)
        return self._settle(envelope, answer, began)

    def send(self, envelope: Envelope) -> Answer:
        """Hand over without waiting; for three seconds the clock knows that something is under way."""
        answer = self.wire.send(envelope)
        self._side.clock.touch()
        self._open.add(answer)
        answer.add_done_callback(self._forget)
        asyncio.get_running_loop().call_later(self.patience, self._open.discard, answer)
        return answer

    def wake(self) -> None:
        """The app listens now: let what waited go out."""
        self._events.wake()

    def close_all(self) -> None:
        """Close every socket: the sandbox goes down."""
        self.sockets.close_all()

    def reset(self) -> None:
        """Forget what was handed over or waits to be; the sockets stay open."""
        self.log.clear()
        self._events.clear()

    def _forget(self, answer: Answer) -> None:
        self._open.discard(answer)
        # What the app did before it acknowledged makes an older report of idleness worthless.
        self._side.clock.touch()

    def _settle(self, envelope: Envelope, answer: Answer, began: float) -> Ack:
        if isinstance(answer.exception(), NotAccepted):
            self.log.write(envelope, None, "failed")
            return Ack(None, None, late=False)
        ms = round((time.monotonic() - began) * 1000)
        self.log.write(envelope, ms, "acked")
        return Ack(answer.result(), ms, late=False)

    def _amend(self, row: Row, began: float, answer: Answer) -> None:
        if not answer.cancelled() and answer.exception() is None:
            self.log.amend(row, round((time.monotonic() - began) * 1000))


def _about(kind: Kind, payload: Json) -> tuple[str, str | None]:
    if kind == "slash_commands":
        return f"{payload.get('command')} {payload.get('text', '')}".strip(), payload.get("user_id")
    subject = [action["action_id"] for action in payload.get("actions", [])]
    subject = subject or [payload.get("view", {}).get("callback_id", "")]
    return f"{payload.get('type')} {subject[0]}".strip(), payload.get("user", {}).get("id")
