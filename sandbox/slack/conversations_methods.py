"""conversations.list, info, members, open and join, and users.conversations."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.access import need_scopes, scope_for
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.pages import page

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
TYPES = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}


async def list_conversations(side: "SlackSide", call: Call) -> Json:
    """Every conversation of the wanted types that the app may know of."""
    wanted = _types(side, call)
    found = [channel for channel in _known(side) if _type(channel) in wanted]
    if call.truth("exclude_archived"):
        found = [channel for channel in found if not channel["is_archived"]]
    part, more = page(call, found, 100)
    return {"channels": [_with_count(side, channel) for channel in part], "response_metadata": more}


async def users_conversations(side: "SlackSide", call: Call) -> Json:
    """The conversations that a person (the bot itself unless another is named) is in."""
    wanted, user = _types(side, call), call.text("user") or side.world.app.bot_user
    if side.directory.person(user) is None:
        raise Refused("user_not_found")
    found = [channel for channel in _known(side) if _type(channel) in wanted and user in channel["members"]]
    if call.truth("exclude_archived"):
        found = [channel for channel in found if not channel["is_archived"]]
    part, more = page(call, found, 100)
    return {"channels": [side.directory.slack_channel(channel) for channel in part], "response_metadata": more}


async def info(side: "SlackSide", call: Call) -> Json:
    """One conversation."""
    channel = _visible(side, call)
    count = {"num_members": len(channel["members"])} if call.truth("include_num_members") else {}
    return {"channel": side.directory.slack_channel(channel) | count}


async def members(side: "SlackSide", call: Call) -> Json:
    """Who is in a conversation."""
    channel = _visible(side, call)
    part, more = page(call, channel["members"], 100)
    return {"members": part, "response_metadata": more}


async def open_conversation(side: "SlackSide", call: Call) -> Json:
    """Open the direct conversation with one person, named by `users` or by the conversation that was open before."""
    resumed = side.directory.channel(call.text("channel") or "")
    users = [resumed["user"]] if resumed is not None and resumed["is_im"] else _users(call)
    if len(users) != 1:
        raise Refused("users_list_not_supplied" if not users else "not_enough_users")
    person = side.directory.person(users[0])
    if person is None:
        raise Refused("user_not_found")
    if person["kind"] == "deactivated":
        raise Refused("user_disabled")
    known = any(channel["user"] == users[0] for channel in side.directory.ims())
    channel = side.directory.im(users[0])
    shape = side.directory.slack_channel(channel) if call.truth("return_im") else {"id": channel["id"]}
    return {"no_op": known, "already_open": known, "channel": shape}


async def join(side: "SlackSide", call: Call) -> Json:
    """Let the app join a public channel."""
    channel = _visible(side, call)
    if channel["is_private"] or channel["is_im"]:
        raise Refused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise Refused("is_archived")
    bot = side.world.app.bot_user
    known = bot in channel["members"]
    side.directory.join(bot, channel["id"])
    remark = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    joined = side.directory.channel(channel["id"]) or channel
    return {"channel": side.directory.slack_channel(joined)} | (remark if known else {})


def _users(call: Call) -> list[str]:
    users = call.arguments.get("users") or ""
    words = users if isinstance(users, list) else str(users).split(",")
    return [str(word).strip() for word in words if str(word).strip()]


def _types(side: "SlackSide", call: Call) -> set[str]:
    wanted = {word.strip() for word in (call.text("types") or "public_channel").split(",")}
    if not wanted <= set(TYPES):
        raise Refused("invalid_types")
    need_scopes(side, *(scope for kind, scope in TYPES.items() if kind in wanted))
    return wanted


def _type(channel: Json) -> str:
    if channel["is_im"]:
        return "im"
    return "private_channel" if channel["is_private"] else "public_channel"


def _known(side: "SlackSide") -> list[Json]:
    """Private channels without the app are none of its business."""
    bot, everywhere = side.world.app.bot_user, [*side.directory.channels(), *side.directory.ims()]
    return [channel for channel in everywhere if not channel["is_private"] or bot in channel["members"]]


def _visible(side: "SlackSide", call: Call) -> Json:
    channel = side.directory.channel(call.text("channel") or "")
    if channel is None or channel["id"] != call.text("channel"):
        raise Refused("channel_not_found")
    need_scopes(side, scope_for(channel, "read"))
    if channel["is_private"] and side.world.app.bot_user not in channel["members"]:
        raise Refused("channel_not_found")
    return channel


def _with_count(side: "SlackSide", channel: Json) -> Json:
    return side.directory.slack_channel(channel) | {"num_members": len(channel["members"])}


METHODS: dict[str, Method] = {
    "conversations.info": info,
    "conversations.join": join,
    "conversations.list": list_conversations,
    "conversations.members": members,
    "conversations.open": open_conversation,
    "users.conversations": users_conversations,
}
