"""Slack's Web API over HTTP: reads a call in each of its wire forms, admits it, and answers as Slack does."""

import json
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sandbox.faulty import Answers, Faulty
from sandbox.slack import (
    chat_methods,
    conversations_methods,
    history_methods,
    post_methods,
    socket,
    users_methods,
    views_methods,
    workspace_methods,
)
from sandbox.slack.access import APP_SCOPES, admit
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.limits import TooMany
from sandbox.slack.rules import RULES

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
NESTED = ("attachments", "blocks", "channels", "metadata", "users", "view")
"""Arguments that a form carries as JSON text."""

METHODS: dict[str, Method] = {
    **chat_methods.METHODS,
    **post_methods.METHODS,
    **conversations_methods.METHODS,
    **history_methods.METHODS,
    **users_methods.METHODS,
    **workspace_methods.METHODS,
    **views_methods.METHODS,
    **socket.METHODS,
}


def routes(side: "SlackSide") -> list[BaseRoute]:
    """POST and GET /api/METHOD."""

    async def answer(request: Request) -> Response:
        method = request.path_params["method"]
        try:
            body = await _call(side, method, request)
        except TooMany as late:
            return too_many(late.seconds)
        except Refused as refused:
            body = {"ok": False, "error": refused.code, **refused.extra}
        return JSONResponse(body, headers=_headers(side, method))

    api = Route("/{method:path}", answer, methods=["GET", "POST"])
    answers = Answers(refuse=refuse, too_many=too_many)
    return [Mount("/api", app=Faulty(api, side.faults, "slack", answers))]


async def _call(side: "SlackSide", method: str, request: Request) -> Json:
    if method not in METHODS:
        raise Refused("unknown_method", req_method=method)
    arguments = await _arguments(request)
    token = _token(request, arguments)
    admit(side, method, token)
    body = await METHODS[method](side, Call(method, token, arguments))
    return {"ok": True, **body}


def _token(request: Request, arguments: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return str(arguments.pop("token", ""))


async def _arguments(request: Request) -> Json:
    query = dict(request.query_params)
    raw = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not raw:
        return _opened(query)
    if kind == "application/json":
        return query | _json_object(raw)
    if kind in ("application/x-www-form-urlencoded", ""):
        return _opened(query | _form(raw))
    raise Refused("invalid_post_type")


def _json_object(raw: bytes) -> Json:
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    body.pop("token", None)  # Slack looks for it in the header and in forms only
    return body


def _form(raw: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(raw.decode("utf-8"), keep_blank_values=True))
    except ValueError:
        raise Refused("invalid_form_data") from None


def _opened(form: dict[str, str]) -> Json:
    return {key: _nested(value) if key in NESTED else value for key, value in form.items()}


def _nested(value: str) -> Any:
    """The JSON inside, or the text itself: the method says what is wrong with it."""
    if value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _headers(side: "SlackSide", method: str) -> dict[str, str]:
    rule = RULES.get(method)
    granted = APP_SCOPES if rule is not None and rule.caller == "app" else side.world.app.scopes
    headers = {"x-slack-req-id": secrets.token_hex(16), "x-oauth-scopes": ",".join(granted)}
    return headers | ({"x-accepted-oauth-scopes": ",".join(rule.scopes)} if rule is not None and rule.scopes else {})


def refuse(code: str) -> Response:
    """A business refusal."""
    return JSONResponse({"ok": False, "error": code})


def too_many(seconds: float) -> Response:
    """HTTP 429 with whole seconds."""
    headers = {"retry-after": str(max(1, int(seconds)))}
    return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
