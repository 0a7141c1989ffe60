"""chat.update, chat.delete, chat.getPermalink and blocks.validate."""

from typing import TYPE_CHECKING, Any

from sandbox.blocks import faults_of, messages_of
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.decorate import decorated
from sandbox.slack.wording import content_of, metadata_of

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
LONGEST_UPDATE = 4_000
SHOWN = ("type", "user", "bot_id", "app_id", "team", "bot_profile", "text", "blocks", "attachments", "edited")
"""What the answer to an update tells of the message; its thread is not part of it."""
SAYING = ("text", "blocks", "attachments", "markdown_text")


async def update(side: "SlackSide", call: Call) -> Json:
    """Change one of the app's own messages: what is left out goes, except that nothing at all leaves all as it is."""
    channel, old = _own(side, call, "cant_update_message")
    if len(call.text("text") or "") > LONGEST_UPDATE:
        raise Refused("msg_too_long")
    changes = _changes(side, call, old)
    message = side.messages.update(channel["id"], old["ts"], changes, metadata=metadata_of(call.arguments))
    shown = {key: message[key] for key in SHOWN if key in message}
    return {"channel": channel["id"], "ts": old["ts"], "text": message.get("text", ""), "message": shown}


def _changes(side: "SlackSide", call: Call, old: Json) -> Json:
    """The fields that change; None takes a field away."""
    if all(call.arguments.get(name) is None for name in SAYING):
        if metadata_of(call.arguments) is None:
            raise Refused("no_text")
        return {}
    cleared = call.arguments.get("blocks") == [] and not call.text("text")
    content = content_of(call.arguments | ({"text": old.get("text") or " "} if cleared else {}))
    said = content.fields()
    changes = {"text": said["text"], "blocks": said.get("blocks"), "attachments": said.get("attachments")}
    if not call.arguments.get("blocks"):
        # With blocks, Slack changes a message without marking it as edited.
        changes["edited"] = {"user": side.world.app.bot_user, "ts": f"{int(side.clock.time())}.000000"}
    return changes


async def delete(side: "SlackSide", call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel, message = _own(side, call, "cant_delete_message")
    side.messages.delete(channel["id"], message["ts"])
    return {"channel": channel["id"], "ts": message["ts"]}


def _own(side: "SlackSide", call: Call, otherwise: str) -> tuple[Json, Json]:
    """The channel (by id only) and the app's own message that the call names, or Refused."""
    channel = side.directory.channel(call.text("channel") or "")
    if channel is None or channel["id"] != call.text("channel"):
        raise Refused("channel_not_found")
    message = side.messages.get(channel["id"], call.need("ts"))
    if message is None:
        raise Refused("message_not_found")
    if channel["is_archived"]:
        raise Refused("is_inactive" if otherwise == "cant_update_message" else "is_archived")
    if message.get("bot_id") != side.world.app.bot_id or message.get("subtype") == "tombstone":
        raise Refused(otherwise)
    return channel, message


async def get_permalink(side: "SlackSide", call: Call) -> Json:
    """The address that opens the page at the message."""
    channel = side.directory.channel(call.text("channel") or "")
    if channel is None:
        raise Refused("channel_not_found")
    message = side.messages.get(channel["id"], call.need("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    return {"channel": channel["id"], "permalink": permalink(side, channel["id"], message)}


def permalink(side: "SlackSide", channel_id: str, message: Json) -> str:
    """The address of a message; a reply's names its thread."""
    address = f"{side.origin}/archives/{channel_id}/p{message['ts'].replace('.', '')}"
    thread_ts = message.get("thread_ts")
    if thread_ts is None or thread_ts == message["ts"]:
        return address
    return f"{address}?thread_ts={thread_ts}&cid={channel_id}"


async def validate(_side: "SlackSide", call: Call) -> Json:
    """Say what is wrong with blocks without posting them."""
    blocks = call.arguments.get("blocks")
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    faults = faults_of(blocks, "message")
    if faults:
        raise Refused("invalid_blocks", errors=faults, response_metadata={"messages": messages_of(faults)})
    return {"blocks": decorated(blocks)}


METHODS: dict[str, Method] = {
    "blocks.validate": validate,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.update": update,
}
