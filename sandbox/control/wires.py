"""The phone system, the feeds and the heartbeats over HTTP: what arrived there, and what they serve."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.errors import Wrong, body_of, text
from sandbox.wires import feeds, heartbeats, phone
from sandbox.wires.side import Wires

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def routes(wires: Wires) -> list[BaseRoute]:
    """GET /control/phone, GET and POST /control/feeds, GET /control/heartbeats."""

    async def calls(_request: Request) -> Response:
        return JSONResponse(phone.calls(wires))

    async def beats(_request: Request) -> Response:
        return JSONResponse(heartbeats.heard(wires))

    async def listed(_request: Request) -> Response:
        return JSONResponse(feeds.listed(wires))

    async def hang(request: Request) -> Response:
        return _hang(wires, await body_of(request))

    return [
        Route("/control/phone", calls, methods=["GET"]),
        Route("/control/feeds", listed, methods=["GET"]),
        Route("/control/feeds", hang, methods=["POST"]),
        Route("/control/heartbeats", beats, methods=["GET"]),
    ]


def _hang(wires: Wires, body: dict[str, Any]) -> Response:
    name, words = text(body, "name"), body.get("text")
    if not NAME.fullmatch(name):
        raise Wrong("`name` must be up to 60 of a-z, 0-9, - and _")
    if words is not None and not isinstance(words, str):
        raise Wrong("`text` must be the feed's text, or null to take the feed away")
    feeds.hang(wires, name, words)
    return JSONResponse({"name": name, "url": f"{wires.origin}/feeds/{name}.ics"})
