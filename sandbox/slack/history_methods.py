"""conversations.history and conversations.replies."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.access import need_scopes, scope_for
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.channel_log import span, tidy
from sandbox.slack.pages import cursor_for, limit_of, mark_of

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
USUAL, MOST = 100, 999
END_OF_TIME = "9999999999.999999"


async def history(side: "SlackSide", call: Call) -> Json:
    """The channel's own messages, newest first."""
    channel = readable(side, call)
    log = side.messages.log(channel["id"])
    oldest, latest = _stamp(call, "oldest", "0"), _stamp(call, "latest", END_OF_TIME)
    low, high = span(log.roots, oldest, latest, inclusive=call.truth("inclusive"))
    mark = mark_of(call)
    if mark is not None:
        high = min(high, span(log.roots, "", tidy(mark), inclusive=False)[1])
    start = max(low, high - limit_of(call, USUAL, MOST))
    stamps = log.roots[start:high]
    more = start > low
    body = {
        "messages": side.messages.shown(channel["id"], reversed(stamps), metadata=_with_metadata(side, call)),
        "has_more": more,
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return body | ({"response_metadata": {"next_cursor": cursor_for(stamps[0])}} if more else {})


async def replies(side: "SlackSide", call: Call) -> Json:
    """A thread, its parent first, then its replies from the oldest on."""
    channel = readable(side, call)
    log, ts = side.messages.log(channel["id"]), tidy(call.need("ts"))
    if ts not in log.messages:
        raise Refused("thread_not_found")
    oldest, latest = _stamp(call, "oldest", "0"), _stamp(call, "latest", END_OF_TIME)
    order = log.threads.get(ts, [])
    low, high = span(order, oldest, latest, inclusive=call.truth("inclusive"))
    mark = mark_of(call)
    low = low if mark is None else max(low, span(order, tidy(mark), END_OF_TIME, inclusive=False)[0])
    part = order[low : min(high, low + limit_of(call, USUAL, MOST))]
    more = low + len(part) < high
    body = {
        "messages": side.messages.shown(channel["id"], [ts, *part], metadata=_with_metadata(side, call)),
        "has_more": more,
    }
    return body | ({"response_metadata": {"next_cursor": cursor_for(part[-1])}} if more else {})


def readable(side: "SlackSide", call: Call) -> Json:
    """The conversation whose messages the call wants; Refused unless the app is in it and may read it."""
    channel = side.directory.channel(call.text("channel") or "")
    if channel is None or channel["id"] != call.text("channel"):
        raise Refused("channel_not_found")
    need_scopes(side, scope_for(channel, "history"))
    if side.world.app.bot_user not in channel["members"]:
        raise Refused("channel_not_found" if channel["is_private"] else "not_in_channel")
    return channel


def _stamp(call: Call, name: str, otherwise: str) -> str:
    text = call.text(name) or otherwise
    if not text.replace(".", "", 1).isdigit():
        raise Refused(f"invalid_ts_{name}")
    return tidy(text)


def _with_metadata(side: "SlackSide", call: Call) -> bool:
    return call.truth("include_all_metadata") and "metadata.message:read" in side.world.app.scopes


METHODS: dict[str, Method] = {"conversations.history": history, "conversations.replies": replies}
