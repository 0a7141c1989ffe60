"""chat.postMessage and chat.postEphemeral."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.access import bucket_of
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.limits import Bucket
from sandbox.slack.messages import Content
from sandbox.slack.rules import RULES
from sandbox.slack.wording import LONGEST_TEXT, content_of

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
A_SECOND = 60
"""One message a second into each channel."""
BURST = 3
LONGEST_EPHEMERAL = 40_000


async def post_message(side: "SlackSide", call: Call) -> Json:
    """Post into a channel the app is in, or into somebody's direct messages."""
    channel = destination(side, call)
    side.limits.spend(
        bucket_of(call.method, RULES[call.method]),
        Bucket(f"{call.method} {channel['id']}", A_SECOND, BURST),
    )
    content = content_of(call.arguments)
    content = Content(content.text[:LONGEST_TEXT], content.blocks, content.attachments, content.metadata or None)
    message = side.messages.post(channel["id"], side.messages.by_bot(), content, **_thread(side, call, channel))
    shown = message | ({"metadata": content.metadata} if content.metadata else {})
    return {"channel": channel["id"], "ts": message["ts"], "message": shown} | _warnings(call)


async def post_ephemeral(side: "SlackSide", call: Call) -> Json:
    """Show a message to one person of a channel. Slack says ok even when it will not be seen: to somebody away, or in
    a thread that does not exist yet.
    """
    channel, user = destination(side, call), call.text("user")
    if user is None:
        raise Refused("user_not_in_channel")
    content = content_of(call.arguments)
    if len(content.text) > LONGEST_EPHEMERAL:
        raise Refused("msg_too_long")
    if not side.directory.sees(user, channel["id"]):
        raise Refused("user_not_in_channel")
    thread_ts = _thread(side, call, channel).get("thread_ts")
    log, person = side.messages.log(channel["id"]), side.directory.person(user)
    if person is None or person["presence"] == "away" or (thread_ts is not None and not log.threads.get(thread_ts)):
        return {"message_ts": log.next_ts(side.clock.time())}
    return {"message_ts": side.messages.ephemeral(channel["id"], user, content, thread_ts)}


def destination(side: "SlackSide", call: Call) -> Json:
    """The channel to write to; Refused when there is none or the app may not."""
    word = call.text("channel")
    channel = _named(side, word) if word is not None else None
    if channel is None:
        raise Refused("channel_not_found")
    if side.world.app.bot_user not in channel["members"]:
        raise Refused("channel_not_found" if channel["is_private"] else "not_in_channel")
    if channel["is_archived"]:
        raise Refused("is_archived")
    return channel


def _named(side: "SlackSide", word: str) -> Json | None:
    person = side.directory.person(word)
    if person is None:
        return side.directory.channel(word)
    if person["kind"] in ("deactivated", "bot"):
        raise Refused("channel_not_found")
    return side.directory.im(word)


def _thread(side: "SlackSide", call: Call, channel: Json) -> Json:
    thread_ts = call.text("thread_ts")
    if thread_ts is None:
        return {}
    root = side.messages.get(channel["id"], side.messages.root_of(channel["id"], thread_ts))
    if root is None or root.get("subtype") in UNTHREADABLE:
        raise Refused("cannot_reply_to_message")
    extra: Json = {"thread_ts": root["ts"]}
    if call.truth("reply_broadcast"):
        brief = {key: root[key] for key in ("type", "text", "user", "ts", "bot_id") if key in root}
        extra |= {"subtype": "thread_broadcast", "root": brief}
    return extra


UNTHREADABLE = ("channel_join", "channel_leave", "tombstone")


def _warnings(call: Call) -> Json:
    """Slack answers, but remarks on a message that screen readers can't read."""
    if call.text("text") or call.text("markdown_text") or not call.arguments.get("blocks"):
        return {}
    return {"warning": "missing_text_in_message", "response_metadata": {"warnings": ["missing_text_in_message"]}}


METHODS: dict[str, Method] = {"chat.postMessage": post_message, "chat.postEphemeral": post_ephemeral}
