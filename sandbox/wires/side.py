"""What the wires share, and how each is laid so that ordered faults befall it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, request_response
from starlette.types import Scope

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.faulty import Answers, Faulty
from sandbox.live import Bus
from sandbox.shelf import Shelf


@dataclass(frozen=True)
class Wires:
    """Built once by sandbox.app.build."""

    clock: Clock
    shelf: Shelf
    faults: Faults
    live: Bus
    origin: str


def wire(wires: Wires, service: str, path: str, answer: Callable[[Request], Awaitable[Response]]) -> BaseRoute:
    """An address whose faults are ordered by the service's name and the NAME in its path."""
    # A Route with an application for an endpoint passes every verb on; `answer` refuses what it doesn't know.
    return Route(path, Faulty(request_response(answer), wires.faults, service, ANSWERS, _name))


def _name(scope: Scope) -> str:
    return str(scope["path_params"].get("name", "call"))


def _refuse(code: str) -> Response:
    status = int(code) if code.isdigit() and 400 <= int(code) <= 599 else 400
    return JSONResponse({"error": f"refused: {code}"}, status_code=status)


def _too_many(seconds: float) -> Response:
    return JSONResponse({"error": "too many"}, status_code=429, headers={"retry-after": str(max(1, int(seconds)))})


ANSWERS = Answers(_refuse, _too_many)
