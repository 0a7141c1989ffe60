"""GET /ready: whether sandbox and bot have found each other."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """GET /ready: 503 with what is waited for, then 200."""

    async def ready(_request: Request) -> Response:
        waiting = _waiting_for(sandbox)
        return JSONResponse({"waiting_for": waiting}, status_code=503) if waiting else JSONResponse({"ready": True})

    return [Route("/ready", ready)]


def _waiting_for(sandbox: "Sandbox") -> list[str]:
    link = "request URL to answer" if sandbox.world.app.request_url else "Socket Mode connection"
    waiting = []
    if not sandbox.slack.links.connected():
        waiting.append(f"the app's {link}")
    if not sandbox.clock.reports:
        waiting.append("the bot's first report that it is idle")
    return waiting
