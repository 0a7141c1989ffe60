"""HTTP mode: Slack's signed requests on our own port, and whether we are well."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log = logging.getLogger("dibs.web")
LARGEST = 1_000_000
"""Bytes of a request we read at most; Slack's are far smaller."""
DIGITS = 12
"""Digits of a moment in seconds, for thirty thousand years to come."""
PATHS = ("/slack/events", "/slack/interactions", "/slack/commands")
FEED = "/rota/{team}/{token}.ics"
Health = Callable[[], dict[str, Any]]
Rota = Callable[[str, str], bytes | None]
"""The feed of a team for whoever has its token; None for everybody else."""


def site(app: App | None, health: Health, rota: Rota) -> Starlette:
    """What is served: Slack's three addresses (the same to us) when there is an app, /health, and rotas as feeds."""

    answering: Any = app

    async def slack(request: Request) -> Response:
        body = await _body(request)
        if body is None or not _plausible(request):
            return Response(status_code=401)
        answer = await run_in_threadpool(answering.dispatch, BoltRequest(body=body, headers=dict(request.headers)))
        return Response(answer.body, answer.status, {name: values[0] for name, values in answer.headers.items()})

    async def well(_request: Request) -> Response:
        found = await run_in_threadpool(health)
        return JSONResponse(found, 200 if found["ok"] else 503)

    async def shifts(request: Request) -> Response:
        team, token = request.path_params["team"], request.path_params["token"]
        found = await run_in_threadpool(rota, team, token)
        return Response(found, media_type="text/calendar") if found else Response(status_code=404)

    paths = [Route(path, slack, methods=["POST"]) for path in PATHS] if app is not None else []
    return Starlette(routes=[*paths, Route("/health", well), Route(FEED, shifts)])


async def _body(request: Request) -> str | None:
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST:
            return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _plausible(request: Request) -> bool:
    """Whether the SDK's verifier can judge it; on odd timestamps and signatures it raises instead of refusing."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    return (
        timestamp.isascii()
        and timestamp.isdigit()
        and len(timestamp) <= DIGITS
        and signature.isascii()
        and signature.startswith("v0=")
    )


class Site:
    """Serves in a thread of its own until told to stop."""

    def __init__(self, served: Starlette, port: int, host: str) -> None:
        config = uvicorn.Config(served, host=host, port=port, log_level="warning", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        """Start to serve."""
        self._thread.start()

    def close(self) -> None:
        """Finish the requests under way, take no more."""
        self._server.should_exit = True
        self._thread.join(5)
