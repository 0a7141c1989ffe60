"""Refusals of the control API: a 4xx with one sentence."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Json = dict[str, Any]


class Wrong(Exception):
    """The call can't be served: `sentence` tells the caller what to change."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


async def say_wrong(_request: Request, wrong: Exception) -> Response:
    """Starlette's way from a Wrong to its answer."""
    if not isinstance(wrong, Wrong):
        raise wrong
    return JSONResponse({"error": wrong.sentence}, status_code=wrong.status)


async def say_http(_request: Request, wrong: Exception) -> Response:
    """Starlette's own refusals (no such address, another verb) in the same shape."""
    if not isinstance(wrong, HTTPException):
        raise wrong
    return JSONResponse({"error": wrong.detail}, status_code=wrong.status_code, headers=wrong.headers)


async def body_of(request: Request) -> Json:
    """The JSON object a call carries; without a body an empty one. Raises Wrong."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise Wrong("the body is not JSON") from None
    if not isinstance(body, dict):
        raise Wrong("the body must be a JSON object")
    return body


def text(body: Json, name: str) -> str:
    """A text of the body that must be there. Raises Wrong."""
    value = body.get(name)
    if not isinstance(value, str) or value == "":
        raise Wrong(f"`{name}` must be a text")
    return value


def maybe(body: Json, name: str) -> str | None:
    """A text of the body that may be missing or null. Raises Wrong."""
    return None if body.get(name) is None else text(body, name)
