"""The phone system: it takes calls as webhooks, and rings once for all that share a `dedup_key`."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from sandbox.errors import Wrong, body_of, text
from sandbox.wires.side import Wires, wire

Json = dict[str, Any]
SHELF = "phone_call"
KEYS_KEPT = 50
ASIDE = ("dedup_key", "text", "to", "link")
"""What isn't part of a call's words when it brings none of its own."""


def routes(wires: Wires) -> list[BaseRoute]:
    """POST /phone."""

    async def ring(request: Request) -> Response:
        if request.method != "POST":
            return JSONResponse({"error": "the phone system takes POST"}, status_code=405)
        try:
            body = await body_of(request)
            key = text(body, "dedup_key")
        except Wrong as wrong:
            return JSONResponse({"error": wrong.sentence}, status_code=wrong.status)
        known = wires.shelf.get(SHELF, key)
        call = _again(known, wires) if known else _first(key, body, wires)
        call = _counted(call, request.headers.get("idempotency-key"))
        wires.shelf.put(SHELF, key, call)
        wires.live.say("phone", dedup_key=key)
        return JSONResponse({"status": "known" if known else "ringing", "dedup_key": key}, status_code=202)

    return [wire(wires, "phone", "/phone", ring)]


def calls(wires: Wires) -> list[Json]:
    """Every call, the oldest first."""
    shown = ("dedup_key", "at", "last_at", "times", "received", "to", "text", "link", "body")
    return [{name: call[name] for name in shown} for call in wires.shelf.all(SHELF).values()]


def _first(key: str, body: Json, wires: Wires) -> Json:
    at = wires.clock.now().isoformat()
    words = [f"{name}: {value}" for name, value in body.items() if name not in ASIDE and value is not None]
    told = {"text": body.get("text") or " · ".join(words), "to": body.get("to"), "link": body.get("link")}
    call = {"dedup_key": key, "at": at, "last_at": at, "times": 0, "received": 0, "keys": [], "body": body}
    return call | {name: None if value is None else str(value) for name, value in told.items()}


def _again(call: Json, wires: Wires) -> Json:
    return call | {"last_at": wires.clock.now().isoformat()}


def _counted(call: Json, key: str | None) -> Json:
    """A request that is only a repetition (the same Idempotency-Key) is received, but rings no further time."""
    repeated = key is not None and key in call["keys"]
    keys = [*call["keys"], key][-KEYS_KEPT:] if key is not None and not repeated else call["keys"]
    return call | {"received": call["received"] + 1, "times": call["times"] + (not repeated), "keys": keys}
