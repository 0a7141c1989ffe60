"""Socket Mode's connections: tickets, hello, envelopes to any one of them, acknowledgements on each, refresh."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.slack.envelopes import Answer, Envelope, NotConnected

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
MOST = 10
"""Connections an app may hold."""
TICKET_SECONDS = 30.0
WARNING_SECONDS = 10.0
"""Between the warning and the end of a connection."""
LIFETIME, SHORT_LIFETIME = 3 * 3600.0, 360.0
"""Seconds until a connection is refreshed; the short one with debug_reconnects."""
HOLD = 2.5
"""Seconds an envelope waits for the new line of an app that was told to leave its old one."""
DRAIN = 0.5
"""Seconds for which a warning waits for acknowledgements that are on their way."""
MEMORY = 60.0
"""Seconds for which an acknowledgement that comes late is still recognised."""


def _nothing() -> None:
    return


@dataclass(eq=False)
class Connection:
    """One open socket; frames leave through its queue, so handing over never waits."""

    socket: WebSocket
    leaving: bool = False
    frames: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    writer: asyncio.Task[None] | None = None

    def drop(self) -> None:
        """Cut the line without a word, as a network does."""
        transport = self.socket.scope.get("state", {}).get("transport")
        if transport is not None:
            transport.abort()
        self.end()

    def end(self) -> None:
        """Write nothing more."""
        if self.writer is not None:
            self.writer.cancel()
        self.frames.put_nowait(None)


class Sockets:
    """The app's connections."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._answers: dict[str, Answer] = {}
        self._held: list[Json] = []
        self._left_at = float("-inf")
        self.refused_upgrades = 0
        """How many of the next upgrades are refused with their ticket spent; ordered through the control API."""
        self.lost_acks = 0
        """How many of the next acknowledgements get lost on their way; ordered through the control API."""
        self.on_connect: Callable[[], None] = _nothing

    def ticket(self) -> str:
        """A ticket for one upgrade, soon."""
        now = time.monotonic()
        self._tickets = {ticket: until for ticket, until in self._tickets.items() if until > now}
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = now + TICKET_SECONDS
        return ticket

    def connected(self) -> bool:
        """Whether a connection is open."""
        return self._changes_lines()

    def send(self, envelope: Envelope) -> Answer:
        """Hand over to the connection that has waited longest; while the app changes lines, keep it for the new one."""
        staying = [connection for connection in self._connections if not connection.leaving]
        if not staying and not self._changes_lines():
            raise NotConnected
        loop = asyncio.get_running_loop()
        answer: Answer = loop.create_future()
        self._answers[envelope.id] = answer
        loop.call_later(MEMORY, self._answers.pop, envelope.id, None)
        if staying:
            self._give(staying[0], envelope.wire())
        else:
            self._held.append(envelope.wire())
            loop.call_later(HOLD, self._give_to_leaving)
        return answer

    def _changes_lines(self) -> bool:
        return bool(self._connections) or time.monotonic() - self._left_at < HOLD

    def _give(self, connection: Connection, frame: Json) -> None:
        self._connections.remove(connection)
        self._connections.append(connection)
        connection.frames.put_nowait(frame)

    def _give_held(self, connection: Connection) -> None:
        frames, self._held = self._held, []
        for frame in frames:
            self._give(connection, frame)

    def _give_to_leaving(self) -> None:
        # No new line came: the one that is about to end may still carry it. Without any, the patience runs out.
        if self._connections:
            self._give_held(self._connections[0])

    async def serve(self, socket: WebSocket) -> None:
        """One connection from upgrade to end."""
        if not self._admits(socket.query_params.get("ticket", "")):
            await socket.close(1008)
            return
        await socket.accept()
        if len(self._connections) >= MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return
        short = socket.query_params.get("debug_reconnects") == "true"
        await self._live(socket, SHORT_LIFETIME if short else LIFETIME)

    async def refresh(self, seconds: float = WARNING_SECONDS) -> None:
        """Warn every connection of now, tell it to go after `seconds`, and close it."""
        await asyncio.gather(*(self._retire(connection, seconds) for connection in list(self._connections)))

    def drop(self) -> None:
        """Cut every connection without a word."""
        for connection in list(self._connections):
            self._connections.remove(connection)
            connection.drop()

    def close_all(self) -> None:
        """Close every connection in good order."""
        for connection in self._connections:
            connection.frames.put_nowait(None)

    def _admits(self, ticket: str) -> bool:
        """Whether the ticket counts; it is spent either way."""
        if self._tickets.pop(ticket, 0.0) < time.monotonic():
            return False
        if self.refused_upgrades > 0:
            self.refused_upgrades -= 1
            return False
        return True

    async def _live(self, socket: WebSocket, lifetime: float) -> None:
        connection = Connection(socket)
        connection.frames.put_nowait(self._hello(lifetime))
        self._connections.append(connection)
        self._give_held(connection)
        connection.writer = asyncio.create_task(_write(connection))
        old_age = asyncio.create_task(self._grow_old(connection, lifetime))
        self.on_connect()
        try:
            await self._read(connection)
        finally:
            old_age.cancel()
            connection.end()
            self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        if connection.leaving:
            self._left_at = time.monotonic()

    async def _read(self, connection: Connection) -> None:
        reader = asyncio.create_task(self._take_acks(connection.socket))
        ended = {reader, connection.writer} if connection.writer else {reader}
        await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        reader.cancel()
        if connection.socket.application_state == WebSocketState.CONNECTED:
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await connection.socket.close()

    async def _take_acks(self, socket: WebSocket) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, KeyError):
            while True:
                with contextlib.suppress(ValueError):
                    self._acknowledge(await socket.receive_json())

    def _acknowledge(self, frame: Any) -> None:
        if not isinstance(frame, dict) or "envelope_id" not in frame:
            return
        if self.lost_acks > 0:
            self.lost_acks -= 1
            return
        answer = self._answers.pop(str(frame["envelope_id"]), None)
        if answer is not None and not answer.done():
            payload = frame.get("payload")
            answer.set_result(payload if isinstance(payload, dict) and payload else None)

    async def _grow_old(self, connection: Connection, lifetime: float) -> None:
        await asyncio.sleep(lifetime)
        await self._retire(connection, WARNING_SECONDS)

    async def _retire(self, connection: Connection, seconds: float) -> None:
        connection.leaving = True
        await self._drain()
        connection.frames.put_nowait(self._goodbye("warning"))
        await asyncio.sleep(seconds)
        connection.frames.put_nowait(self._goodbye("refresh_requested"))
        connection.frames.put_nowait(None)

    async def _drain(self) -> None:
        """Let what is under way be acknowledged first: a client that changes lines can't, for a moment."""
        open_answers = [answer for answer in self._answers.values() if not answer.done()]
        if open_answers:
            await asyncio.wait(open_answers, timeout=DRAIN)

    def _goodbye(self, reason: str) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}

    def _hello(self, lifetime: float) -> Json:
        debug = {
            "host": "sandbox",
            "started": datetime.now(UTC).isoformat(),
            "build_number": 1,
            "approximate_connection_time": int(lifetime),
        }
        app = {"app_id": self._side.world.app.id}
        count = len(self._connections) + 1
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": app}


async def _write(connection: Connection) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (frame := await connection.frames.get()) is not None:
            await connection.socket.send_json(frame)
