"""What somebody sees in a channel, over HTTP."""

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control.words import asked, limit_of, person_of, reader_of
from sandbox.errors import Wrong, body_of, text
from sandbox.slack.channel_log import tidy

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
SHOWN = ("ts", "user", "text", "blocks", "attachments", "bot_id", "subtype", "edited", "thread_ts", "parent_user_id")
THREAD = ("reply_count", "reply_users", "latest_reply")


def routes(side: "SlackSide") -> list[BaseRoute]:
    """GET /control/slack/messages, GET /control/slack/unread, POST /control/slack/read."""

    async def messages(request: Request) -> Response:
        person, channel = reader_of(side, asked(request, "as"), asked(request, "channel"))
        after, limit = request.query_params.get("after"), limit_of(request)
        stamps, thread = _stamps(side, channel["id"], request.query_params.get("thread"))
        mark = "" if after is None else tidy(after)
        private = [
            one for one in side.messages.ephemerals(person["id"], channel["id"]) if one.get("thread_ts") == thread
        ]
        shown = {one["ts"]: one for one in private if one["ts"] > mark}
        order = sorted([*stamps[bisect_right(stamps, mark) :], *shown])
        wanted = order[:limit] if after is not None else order[-(limit or 0) :]
        log = side.messages.log(channel["id"])
        return JSONResponse([_shown(shown.get(ts) or log.messages[ts]) for ts in wanted])

    async def unread(request: Request) -> Response:
        user = person_of(side, asked(request, "as"))["id"]
        places = [*side.directory.channels(), *side.directory.ims()]
        return JSONResponse(
            {
                side.directory.word(place): side.messages.unread(user, place["id"])
                for place in places
                if side.directory.sees(user, place["id"])
            }
        )

    async def read(request: Request) -> Response:
        body = await body_of(request)
        person, channel = reader_of(side, text(body, "as"), text(body, "channel"))
        side.messages.mark(person["id"], channel["id"], side.messages.log(channel["id"]).last)
        return JSONResponse({"unread": 0})

    return [
        Route("/control/slack/messages", messages),
        Route("/control/slack/unread", unread),
        Route("/control/slack/read", read, methods=["POST"]),
    ]


def _stamps(side: "SlackSide", channel_id: str, thread: str | None) -> tuple[list[str], str | None]:
    """The ts of the channel's own messages, or of a thread with its parent first; and the thread's own ts."""
    log = side.messages.log(channel_id)
    if thread is None:
        return log.roots, None
    root = _root(log.messages, tidy(thread))
    return [root, *log.threads.get(root, [])], root


def _root(messages: dict[str, Json], ts: str) -> str:
    message = messages.get(ts)
    if message is None:
        raise Wrong(f"there is no message {ts} in that channel", 404)
    return str(message.get("thread_ts", ts))


def _shown(message: Json) -> Json:
    kept = {key: message[key] for key in SHOWN if key in message}
    kept |= {key: message[key] for key in THREAD if key in message}
    return {"blocks": [], "ephemeral": message.get("is_ephemeral", False), **kept}
