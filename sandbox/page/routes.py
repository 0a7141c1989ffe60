"""Where the page's own files are served, and how a permalink finds its message on the page."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

FOLDER = Path(__file__).parent.resolve()
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


async def file(request: Request) -> Response:
    """GET /page/…: one of the page's own files."""
    path = (FOLDER / request.path_params["path"]).resolve()
    if not path.is_relative_to(FOLDER) or path.suffix not in SERVED or not path.is_file():
        return PlainTextResponse("The page has no such file.", 404)
    return FileResponse(path, headers=SEALED)


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
        Route("/page/{path:path}", file),
    ]
