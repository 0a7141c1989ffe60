"""Calendar feeds: texts by name, served as iCal with an ETag."""

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from sandbox.wires.side import Wires, wire

Json = dict[str, Any]
SHELF = "feed"


def routes(wires: Wires) -> list[BaseRoute]:
    """GET /feeds/NAME.ics."""

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        feed = wires.shelf.get(SHELF, name)
        if feed is None:
            return JSONResponse({"error": f"there is no feed {name!r}"}, status_code=404)
        tag = etag(feed["text"])
        same = request.headers.get("if-none-match") == tag
        kept = feed | {"served": feed["served"] + (not same), "unchanged": feed["unchanged"] + same}
        wires.shelf.put(SHELF, name, kept)
        if same:
            return Response(status_code=304, headers={"etag": tag})
        return Response(feed["text"], media_type="text/calendar", headers={"etag": tag})

    return [wire(wires, "feeds", "/feeds/{name}.ics", serve)]


def hang(wires: Wires, name: str, text: str | None) -> None:
    """Set a feed's text, or with None take the feed away."""
    if text is None:
        wires.shelf.drop(SHELF, name)
        return
    counts = wires.shelf.get(SHELF, name) or {"served": 0, "unchanged": 0}
    wires.shelf.put(SHELF, name, counts | {"text": text})


def listed(wires: Wires) -> list[Json]:
    """Every feed: where it is, and how often it was asked for."""
    return [
        {"name": name, "url": f"{wires.origin}/feeds/{name}.ics", "etag": etag(feed["text"]), **feed}
        for name, feed in wires.shelf.all(SHELF).items()
    ]


def etag(text: str) -> str:
    """Changes when the text does."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
