"""The receiver of heartbeats (a dead man's switch): when each name was last heard, by both clocks."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from sandbox.wires.side import Wires, wire

Json = dict[str, Any]
SHELF = "heartbeat"
KEPT = 50
"""Beats remembered of each name."""


def routes(wires: Wires) -> list[BaseRoute]:
    """GET and POST /heartbeat/NAME."""

    async def hear(request: Request) -> Response:
        name = request.path_params["name"]
        known = wires.shelf.get(SHELF, name) or {"count": 0, "beats": []}
        beat = {"at": wires.clock.now().isoformat(), "machine_at": datetime.now(UTC).isoformat()}
        wires.shelf.put(SHELF, name, {"count": known["count"] + 1, "beats": [*known["beats"], beat][-KEPT:]})
        return PlainTextResponse("OK")

    return [wire(wires, "heartbeat", "/heartbeat/{name}", hear)]


def heard(wires: Wires) -> dict[str, Json]:
    """By name how often and when, the oldest beat first."""
    return dict(wires.shelf.all(SHELF))
