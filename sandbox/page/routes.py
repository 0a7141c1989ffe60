"""Where the page's own files are served, and how a permalink finds its message on the page."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

FOLDER = Path(__file__).parent
SEALED = {
    # The page shows what strangers wrote: nothing of it may run, and nothing may be fetched from elsewhere.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}
SERVED = (".js", ".css", ".svg")
"""The endings the page asks for; the Python beside them is nobody's business."""
MICROSECONDS = 6
"""Digits after the point of a message's ts, which a permalink leaves out."""


class Sealed(StaticFiles):
    """The folder's files, each answered with the sealing headers."""

    def lookup_path(self, path: str) -> tuple[str, object]:  # type: ignore[override]
        """Where the file is; what the page does not ask for is not found."""
        return super().lookup_path(path) if path.endswith(SERVED) else ("", None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as StaticFiles does, sealed."""

        async def sealing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_encoded()]
            await send(message)

        await super().__call__(scope, receive, sealing)


def _encoded() -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in SEALED.items()]


async def index(_request: Request) -> Response:
    """GET /: the workspace."""
    return FileResponse(FOLDER / "index.html", headers=SEALED)


async def permalink(request: Request) -> Response:
    """GET /archives/CHANNEL/pTS: the page, at that message."""
    digits = request.path_params["digits"]
    seen = {
        "c": request.path_params["channel"],
        "m": f"{digits[:-MICROSECONDS]}.{digits[-MICROSECONDS:]}",
        "t": request.query_params.get("thread_ts"),
        "as": request.query_params.get("as"),
    }
    return RedirectResponse(f"/?{urlencode({key: value for key, value in seen.items() if value})}", headers=SEALED)


def routes() -> list[BaseRoute]:
    """The page at / and /page, and the permalinks that lead to it."""
    return [
        Route("/", index),
        Route("/archives/{channel}/p{digits}", permalink),
        Mount("/page", Sealed(directory=FOLDER)),
    ]
