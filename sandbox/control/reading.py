"""What somebody sees in a channel, over HTTP."""

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
        word, user = asked(request, "channel"), asked(request, "as")
        person, channel = reader_of(side, user, word)
        thread, after = request.query_params.get("thread"), request.query_params.get("after")
        shown = _in_order(side, person["id"], channel["id"], thread)
        limit = limit_of(request)
        if after is not None:
            mark = tidy(after)
            shown = [message for message in shown if message["ts"] > mark][:limit]
        elif limit is not None:
            shown = shown[-limit:]
        return JSONResponse([_shown(message) for message in shown])

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


def _in_order(side: "SlackSide", user: str, channel_id: str, thread: str | None) -> list[Json]:
    """The channel's own messages, or a thread with its parent, and this person's ephemerals there; oldest first."""
    log = side.messages.log(channel_id)
    if thread is None:
        stamps = log.roots
    else:
        root = _root(log.messages, tidy(thread))
        stamps = [root, *log.threads.get(root, [])]
        thread = root
    private = [one for one in side.messages.ephemerals(user, channel_id) if one.get("thread_ts") == thread]
    return sorted([*(log.messages[ts] for ts in stamps), *private], key=lambda message: str(message["ts"]))


def _root(messages: dict[str, Json], ts: str) -> str:
    message = messages.get(ts)
    if message is None:
        raise Wrong(f"there is no message {ts} in that channel", 404)
    return str(message.get("thread_ts", ts))


def _shown(message: Json) -> Json:
    kept = {key: message[key] for key in SHOWN if key in message}
    kept |= {key: message[key] for key in THREAD if key in message}
    return {"blocks": [], "ephemeral": message.get("is_ephemeral", False), **kept}
