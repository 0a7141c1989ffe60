"""Faults on the wire: wraps an ASGI application so that ordered calls go wrong, before or after their effect."""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.faults import Fault, Faults
from sandbox.odd_answers import ODD, unavailable

HTML_502 = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True)
class Answers:
    """How a service words a refusal by code and a limit by seconds."""

    refuse: Callable[[str], Response]
    too_many: Callable[[float], Response]


def method_of(scope: Scope) -> str:
    """Slack's name of the call: the path after the mount."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")).strip("/")


class Faulty:
    """`name_of` tells what an order calls this request, such as `chat.postMessage` or `POST /2/tweets`."""

    def __init__(
        self, app: ASGIApp, faults: Faults, service: str, answers: Answers, name_of: Callable[[Scope], str] = method_of
    ) -> None:
        self._app, self._faults, self._service = app, faults, service
        self._answers, self._name_of = answers, name_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, suffering whatever fault was ordered for it."""
        fault = self._faults.take(self._service, self._name_of(scope)) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        if fault.kind == "delay":
            await self._slowly(fault.seconds, scope, receive, send)
            return
        if fault.kind.endswith("_after"):
            await self._app(scope, receive, _nowhere)
        else:
            await _read_all(receive)
        await self._go_wrong(fault, scope, receive, send)

    async def _slowly(self, seconds: float, scope: Scope, receive: Receive, send: Send) -> None:
        """The effect takes place at once and only its answer is late: a caller who hangs up can't undo it."""
        said: list[Message] = []

        async def keep(message: Message) -> None:
            said.append(message)

        await self._app(scope, receive, keep)
        await asyncio.sleep(seconds)
        for message in said:
            await send(message)

    async def _go_wrong(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind.startswith("reset"):
            reset(scope)
            return
        await self._answer(fault)(scope, receive, send)

    def _answer(self, fault: Fault) -> Response:
        if fault.kind == "refuse":
            return self._answers.refuse(fault.value)
        if fault.kind == "429":
            return self._answers.too_many(fault.seconds)
        if fault.kind == "html_502":
            return HTMLResponse(HTML_502, status_code=502)
        return ODD.get(fault.kind, unavailable)(fault.value)


async def _nowhere(_message: Message) -> None:
    """The answer that nobody hears."""


async def _read_all(receive: Receive) -> None:
    """Take in the request, as a server does that fails only afterwards."""
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def reset(scope: Scope) -> None:
    """Tear the TCP connection down with a reset instead of an orderly end."""
    transport: Any = scope["state"]["transport"]
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
