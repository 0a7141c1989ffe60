"""POST /control/slack/message: somebody writes into a channel, a thread or to the bot."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control.words import reader_of
from sandbox.errors import Wrong, body_of, maybe, text
from sandbox.slack.calls import Refused
from sandbox.slack.messages import Content

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


def routes(side: "SlackSide") -> list[BaseRoute]:
    """POST /control/slack/message {as, channel, text, thread?} → {ts}."""

    async def write(request: Request) -> Response:
        body = await body_of(request)
        person, channel = reader_of(side, text(body, "as"), text(body, "channel"))
        if channel["is_archived"]:
            raise Wrong(f"#{channel['name']} is archived: nobody can write there", 409)
        words = text(body, "text")
        extra = _thread(side, channel, maybe(body, "thread"))
        message = side.messages.post(channel["id"], side.messages.by_person(person["id"]), _typed(words), **extra)
        _mention(side, channel, message)
        side.messages.mark(person["id"], channel["id"], message["ts"])
        return JSONResponse({"ts": message["ts"]})

    return [Route("/control/slack/message", write, methods=["POST"])]


def _thread(side: "SlackSide", channel: Json, thread: str | None) -> Json:
    if thread is None:
        return {}
    try:
        return {"thread_ts": side.messages.root_of(channel["id"], thread)}
    except Refused:
        raise Wrong(f"there is no message {thread} in that channel", 404) from None


def _typed(words: str) -> Content:
    """A message as the real client sends it: one rich_text block beside the text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return Content(words, [{"type": "rich_text", "elements": [section]}])


def _mention(side: "SlackSide", channel: Json, message: Json) -> None:
    """An app that is named hears of it twice: as a message and as a mention."""
    if f"<@{side.world.app.bot_user}>" in message["text"] and not channel["is_im"]:
        kept: Json = {
            key: message[key] for key in ("user", "text", "ts", "team", "blocks", "thread_ts") if key in message
        }
        side.links.event({"type": "app_mention", "channel": channel["id"], "event_ts": message["ts"], **kept})
