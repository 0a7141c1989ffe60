"""Keeps strangers out: only this machine's own names, and no web page from elsewhere."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

NAMES = ("127.0.0.1", "localhost")


class LoopbackOnly:
    """Refuses requests whose Host or Origin is not this machine: a page of somebody's site could send both kinds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or self._welcome(Headers(scope=scope), scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(1008, "this sandbox is for 127.0.0.1 only")(scope, receive, send)
        else:
            refusal = JSONResponse({"error": "this sandbox answers to 127.0.0.1 and localhost only"}, status_code=403)
            await refusal(scope, receive, send)

    def _welcome(self, headers: Headers, scope: Scope) -> bool:
        port = scope["server"][1] if scope.get("server") else None
        origin = headers.get("origin")
        return _ours(headers.get("host", ""), port) and (origin is None or _ours(urlsplit(origin).netloc, port))


def _ours(place: str, port: int | None) -> bool:
    name, _, number = place.partition(":")
    # Some socket clients leave the port out of Host.
    return name in NAMES and (number == "" or number == str(port))
