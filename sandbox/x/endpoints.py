"""X's addresses: who calls, how often, and which endpoint answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import Receive, Scope, Send

from sandbox.faulty import Answers, Faulty
from sandbox.x import limits, pages
from sandbox.x.auth import Caller, caller_of
from sandbox.x.limits import Allowance
from sandbox.x.problems import Problem, by_code, credits_depleted, invalid, too_many, user_context_needed
from sandbox.x.reads import Reads
from sandbox.x.world import XSide
from sandbox.x.writes import Writes

Json = dict[str, Any]
Words = dict[str, str]
Read = Callable[[Caller, Words, Words], Json]


@dataclass(frozen=True)
class Endpoint:
    """`name` is what limits and fault orders call it."""

    name: str
    path: str
    allowance: Allowance
    read: Read


class Api:
    """X API v2 as far as this sandbox has it."""

    def __init__(self, side: XSide) -> None:
        self._side = side
        self._writes = Writes(side)
        reads = Reads(side)
        self._reads = [
            Endpoint("GET /2/users/me", "/users/me", limits.ME, reads.me),
            Endpoint(
                "GET /2/users/by/username/:username", "/users/by/username/{username}", limits.USERS, reads.by_username
            ),
            Endpoint("GET /2/users/:id", "/users/{id}", limits.USERS, reads.by_id),
            Endpoint("GET /2/users/:id/mentions", "/users/{id}/mentions", limits.MENTIONS, reads.mentions),
            Endpoint("GET /2/users/:id/tweets", "/users/{id}/tweets", limits.USER_POSTS, reads.users_posts),
            Endpoint("GET /2/tweets/search/recent", "/tweets/search/recent", limits.SEARCH, reads.search),
            Endpoint("GET /2/tweets", "/tweets", limits.POSTS_LOOKUP, reads.lookup),
            Endpoint("GET /2/tweets/:id", "/tweets/{id}", limits.POST_LOOKUP, reads.one),
        ]
        self.named: list[tuple[str, Route]] = [
            *((one.name, Route(one.path, self._reading(one), methods=["GET"])) for one in self._reads),
            ("POST /2/tweets", Route("/tweets", self._create, methods=["POST"])),
            ("DELETE /2/tweets/:id", Route("/tweets/{id}", self._delete, methods=["DELETE"])),
        ]

    def name_of(self, scope: Scope) -> str:
        """What fault orders call this request: its address as it is when an order says so, else the endpoint's."""
        exact = f"{scope['method']} {scope['path']}"
        if any(order.method == exact for order in self._side.faults.orders):
            return exact
        return next((name for name, route in self.named if route.matches(scope)[0] is Match.FULL), exact)

    def _reading(self, endpoint: Endpoint) -> Callable[[Request], Any]:
        async def read(request: Request) -> Response:
            headers: Words = {}
            try:
                caller = await self._admit(request, endpoint.name, endpoint.allowance, headers)
                body = endpoint.read(caller, dict(request.query_params), dict(request.path_params))
            except Problem as problem:
                return _refused(problem, headers)
            return JSONResponse(body, headers=headers)

        return read

    async def _create(self, request: Request) -> Response:
        headers: Words = {}
        try:
            caller = await self._admit(request, "POST /2/tweets", limits.CREATE, headers)
            headers |= self._side.limits.spend_day()
            body = self._writes.create(caller, await _body(request))
        except Problem as problem:
            return _refused(problem, headers)
        return JSONResponse(body, status_code=201, headers=headers)

    async def _delete(self, request: Request) -> Response:
        headers: Words = {}
        try:
            caller = await self._admit(request, "DELETE /2/tweets/:id", limits.DELETE, headers)
            body = self._writes.delete(caller, request.path_params["id"])
        except Problem as problem:
            return _refused(problem, headers)
        return JSONResponse(body, headers=headers)

    async def _admit(self, request: Request, name: str, allowance: Allowance, headers: Words) -> Caller:
        """Who calls; the limits' headers are added to `headers`, which refusals carry as well."""
        self._side.demo.wake()
        caller = await caller_of(self._side, request)
        allowed = allowance.user if caller.account else allowance.app
        if allowed is None:
            raise user_context_needed()
        headers |= self._side.limits.spend(name, caller.token, allowed)
        if not self._side.settings.credits:
            raise credits_depleted()
        return caller


def routes(side: XSide) -> list[BaseRoute]:
    """/2/… and the pages a person sees."""
    api = Api(side)
    answers = Answers(
        refuse=lambda code: by_code(code).response(),
        too_many=lambda seconds: too_many(int(side.clock.time() + seconds) + 1).response(),
    )
    router = Router([route for _, route in api.named], default=_no_such_endpoint)
    return [Mount("/2", Faulty(router, side.faults, "x", answers, api.name_of)), *pages.routes(side)]


def _refused(problem: Problem, headers: Words) -> Response:
    problem.headers = headers | problem.headers
    return problem.response()


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise invalid("Requests with bodies must have content-type of application/json.") from None
    if not isinstance(body, dict):
        raise invalid("$: object expected")
    return body


async def _no_such_endpoint(scope: Scope, receive: Receive, send: Send) -> None:
    problem = Problem(404, "Not Found", f"There is nothing at {scope['path']}.")
    await problem.response()(scope, receive, send)
