"""What just changed, told to every open page as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import BaseRoute, Route

BACKLOG = 500
"""Events a slow reader may lag behind before it loses some; the page then asks anew for what it shows."""
QUIET = 15.0
"""Wall seconds without news after which a comment line keeps the connection open."""


class Bus:
    """One writer's word to many readers; saying never waits."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[str]] = set()
        self._closed = False

    def say(self, kind: str, /, **facts: Any) -> None:
        """Tell every reader; one that lags too far behind hears `lost` and should ask for everything anew."""
        line = f"event: {kind}\ndata: {json.dumps(facts)}\n\n"
        for queue in self._readers:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait("event: lost\ndata: {}\n\n")
            queue.put_nowait(line)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for queue in self._readers:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait("")

    async def lines(self) -> AsyncIterator[str]:
        """The stream of one reader."""
        queue: asyncio.Queue[str] = asyncio.Queue(BACKLOG)
        self._readers.add(queue)
        try:
            yield ": welcome\n\n"
            while not self._closed:
                yield await self._next(queue)
        finally:
            self._readers.discard(queue)

    async def _next(self, queue: asyncio.Queue[str]) -> str:
        try:
            return await asyncio.wait_for(queue.get(), QUIET)
        except TimeoutError:
            return ": still here\n\n"


def routes(bus: Bus) -> list[BaseRoute]:
    """GET /live."""

    async def live(_request: Request) -> StreamingResponse:
        return StreamingResponse(bus.lines(), media_type="text/event-stream", headers={"cache-control": "no-store"})

    return [Route("/live", live)]
