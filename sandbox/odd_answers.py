"""Answers that no reader hopes for: too long, too slow, meaningless, or pointing elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

PIECE = b"X-FILLER:" + b"x" * 65_000 + b"\r\n"
PIECES = 120
"""Nearly eight megabytes."""
DRIP_FOR = 60.0
"""Wall seconds that a dripping answer lasts."""
DRIP_EVERY = 0.1


def huge(_value: str) -> Response:
    """Nearly eight megabytes, without saying so beforehand."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(PIECES):
            yield PIECE

    return StreamingResponse(pieces(), media_type="text/calendar")


def drip(_value: str) -> Response:
    """A byte now and then, so that no single wait is long."""

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(int(DRIP_FOR / DRIP_EVERY)):
            yield b"x"
            await asyncio.sleep(DRIP_EVERY)

    return StreamingResponse(drops(), media_type="text/calendar")


def garbage(_value: str) -> Response:
    """Bytes that are no text."""
    return Response(bytes(range(256)) * 16, media_type="text/calendar")


def redirect(value: str) -> Response:
    """Go and look there instead."""
    return RedirectResponse(value, status_code=302)


def unavailable(_value: str) -> Response:
    """HTTP 503."""
    return JSONResponse({"error": "the service is unavailable"}, status_code=503)


ODD: dict[str, Callable[[str], Response]] = {"huge": huge, "drip": drip, "garbage": garbage, "redirect": redirect}
