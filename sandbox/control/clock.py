"""Business time over HTTP: reading it, following it, moving it, and saying that one is idle."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.clock import PATIENCE
from sandbox.errors import Wrong, body_of, text

if TYPE_CHECKING:
    from sandbox.app import Sandbox

Json = dict[str, Any]
LONG_POLL = 25.0
"""Wall seconds after which a follower gets an answer though nothing moved."""
END = datetime(2100, 1, 1, tzinfo=UTC)
"""Business time can't come back, so it must not be lost in years that no date can hold either."""


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """GET and POST /control/clock, POST /control/clock/idle and /control/clock/leave."""
    return [
        Route("/control/clock", partial(read, sandbox), methods=["GET"]),
        Route("/control/clock", partial(move, sandbox), methods=["POST"]),
        Route("/control/clock/idle", partial(idle, sandbox), methods=["POST"]),
        Route("/control/clock/leave", partial(leave, sandbox), methods=["POST"]),
    ]


async def read(sandbox: "Sandbox", request: Request) -> Response:
    """What time it is; with `after`, once the clock has moved past that version."""
    after = request.query_params.get("after")
    if after is not None:
        await _follow(sandbox, _version(after))
    return JSONResponse(_now(sandbox))


async def move(sandbox: "Sandbox", request: Request) -> Response:
    """Walk or leap; answers when the bot has done everything that was due, or when patience ran out."""
    body, clock = await body_of(request), sandbox.clock
    patience = _seconds(body, "patience_seconds") if "patience_seconds" in body else PATIENCE
    if ("advance_seconds" in body) == ("jump_seconds" in body):
        raise Wrong("say either `advance_seconds` (a walk) or `jump_seconds` (a leap)")
    if "advance_seconds" in body:
        settled = await clock.walk(_ahead(sandbox, body, "advance_seconds"), patience=patience)
    else:
        settled = await clock.jump(_ahead(sandbox, body, "jump_seconds"), patience=patience)
    next_at = clock.next_at()
    due = datetime.fromtimestamp(next_at, UTC).isoformat() if next_at is not None else None
    return JSONResponse(_now(sandbox) | {"settled": settled, "next_at": due})


async def idle(sandbox: "Sandbox", request: Request) -> Response:
    """Somebody who lives by this clock has nothing left to do before `next_at`."""
    body = await body_of(request)
    version = body.get("version")
    if not isinstance(version, int):
        raise Wrong("`version` must be the clock version at which you became idle")
    again = await sandbox.clock.report(text(body, "name"), version, _moment(body.get("next_at")))
    return JSONResponse({"version": sandbox.clock.version, "again": again})


async def leave(sandbox: "Sandbox", request: Request) -> Response:
    """Somebody stops living by this clock."""
    sandbox.clock.forget(text(await body_of(request), "name"))
    return JSONResponse({"version": sandbox.clock.version})


async def _follow(sandbox: "Sandbox", after: int) -> None:
    """Return when the clock has moved past `after`, when the poll is over, or when the sandbox stops."""
    if sandbox.clock.version > after or sandbox.closing.is_set():
        return
    waits = [
        asyncio.ensure_future(sandbox.clock.wait(after, LONG_POLL)),
        asyncio.ensure_future(sandbox.closing.wait()),
    ]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


def _now(sandbox: "Sandbox") -> Json:
    clock = sandbox.clock
    stands = {"now": clock.now().isoformat(), "offset_seconds": clock.offset, "version": clock.version}
    return stands | {"x_news": clock.x_news, "world": clock.world}


def _seconds(body: Json, name: str) -> float:
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
        raise Wrong(f"`{name}` must be a number of seconds, 0 or more: business time never goes back")
    return float(value)


def _ahead(sandbox: "Sandbox", body: Json, name: str) -> float:
    seconds = _seconds(body, name)
    if sandbox.clock.time() + seconds > END.timestamp():
        raise Wrong(f"`{name}` must end before the year {END.year}")
    return seconds


def _version(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise Wrong("`after` must be a clock version") from None


def _moment(value: Any) -> float | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise Wrong("`next_at` must be an ISO moment or null") from None
    if moment.tzinfo is None:
        raise Wrong("`next_at` must name its zone, as in 2026-11-23T09:00:00+00:00")
    return moment.timestamp()
