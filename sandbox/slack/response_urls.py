"""Response URLs: five answers within thirty minutes of business time to whoever clicked or commanded."""

import json
import secrets
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sandbox.faulty import Answers, Faulty
from sandbox.slack.calls import Refused
from sandbox.slack.messages import Content
from sandbox.slack.wording import content_of

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
USES = 5
SECONDS = 30 * 60
KIND = "slack_response_url"


def issue(side: "SlackSide", channel_id: str, message_ts: str | None, user_id: str, *, ephemeral: bool) -> str:
    """A new address for answers to this click (or, without a message, command) of this person."""
    _forget_old(side)
    key = secrets.token_hex(12)
    kept = {"channel": channel_id, "ts": message_ts, "user": user_id, "ephemeral": ephemeral}
    side.shelf.put(KIND, key, kept | {"uses": 0, "at": side.clock.time()})
    return f"{side.origin}/respond/{side.world.workspace.id}/{key}"


def routes(side: "SlackSide") -> list[BaseRoute]:
    """POST /respond/TEAM/KEY; an order of faults calls it `response_url`."""

    async def answer(request: Request) -> Response:
        raw = await request.body()
        try:
            _respond(side, request.path_params["key"], raw)
        except Refused as refused:
            body = {"ok": False, "error": refused.code, **refused.extra}
            return JSONResponse(body, status_code=404 if refused.code in GONE else 400)
        return PlainTextResponse("ok")

    app = Route("/{team}/{key}", answer, methods=["POST"])
    return [Mount("/respond", app=Faulty(app, side.faults, "slack", ANSWERS, lambda _scope: "response_url"))]


GONE = ("expired_url", "used_url", "invalid_url")
ANSWERS = Answers(
    refuse=lambda code: JSONResponse({"ok": False, "error": code}, status_code=404),
    too_many=lambda seconds: PlainTextResponse(
        "rate_limited", status_code=429, headers={"retry-after": str(max(1, int(seconds)))}
    ),
)


def _respond(side: "SlackSide", key: str, raw: bytes) -> None:
    kept, said = _usable(side, key), _said(raw)
    content = None if said.get("delete_original") else _content(said)
    side.shelf.put(KIND, key, kept | {"uses": kept["uses"] + 1})
    if content is None:
        _delete(side, kept)
    elif said.get("replace_original") and kept["ts"] is not None:
        _replace(side, kept, content)
    else:
        _add(side, kept, said, content)


def _usable(side: "SlackSide", key: str) -> Json:
    kept = side.shelf.get(KIND, key)
    if kept is None:
        raise Refused("invalid_url")
    if side.clock.time() - kept["at"] > SECONDS:
        raise Refused("expired_url")
    if kept["uses"] >= USES:
        raise Refused("used_url")
    return kept


def _said(raw: bytes) -> Json:
    try:
        said = json.loads(raw)
    except ValueError:
        raise Refused("invalid_payload") from None
    if not isinstance(said, dict):
        raise Refused("invalid_payload")
    return said


def _content(said: Json) -> Content:
    content = content_of(said)
    return Content(content.text, content.blocks, content.attachments, content.metadata or None)


def _delete(side: "SlackSide", kept: Json) -> None:
    if kept["ts"] is None:
        return
    if kept["ephemeral"]:
        if side.messages.find_ephemeral(kept["user"], kept["channel"], kept["ts"]) is not None:
            side.messages.change_ephemeral(kept["user"], kept["channel"], kept["ts"], None)
    elif side.messages.get(kept["channel"], kept["ts"]) is not None:
        side.messages.delete(kept["channel"], kept["ts"])


def _replace(side: "SlackSide", kept: Json, content: Content) -> None:
    channel, ts = kept["channel"], kept["ts"]
    if kept["ephemeral"]:
        if side.messages.find_ephemeral(kept["user"], channel, ts) is None:
            raise Refused("message_not_found")
        side.messages.change_ephemeral(kept["user"], channel, ts, content)
        return
    old = side.messages.get(channel, ts)
    if old is None or old.get("subtype") == "tombstone":
        raise Refused("message_not_found")
    said = content.fields()
    changes = {"text": said["text"], "blocks": said.get("blocks"), "attachments": said.get("attachments")}
    side.messages.update(channel, ts, changes, metadata=content.metadata)


def _add(side: "SlackSide", kept: Json, said: Json, content: Content) -> None:
    """A new message: for everybody if asked so, else for the one person; an ephemeral never turns into a public one."""
    channel, thread = kept["channel"], _thread(side, kept, said)
    if said.get("response_type") == "in_channel":
        side.messages.post(channel, side.messages.by_bot(), content, **thread)
    else:
        side.messages.ephemeral(channel, kept["user"], content, thread.get("thread_ts"))


def _thread(side: "SlackSide", kept: Json, said: Json) -> Json:
    thread_ts = said.get("thread_ts")
    return {"thread_ts": side.messages.root_of(kept["channel"], str(thread_ts))} if thread_ts else {}


def _forget_old(side: "SlackSide") -> None:
    """Drop what ran out long enough ago that nobody asks why; the oldest come first."""
    horizon = side.clock.time() - 2 * SECONDS
    kept = side.shelf.all(KIND)
    old = []
    for key, one in kept.items():
        if one["at"] > horizon:
            break
        old.append(key)
    for key in old:
        side.shelf.drop(KIND, key)
