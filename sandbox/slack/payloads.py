"""What the app is told: the bodies of events, actions, submissions and commands, with every key Slack sends."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
TOKEN = "sandbox-verification-token"  # noqa: S105 - the legacy field of every payload; it guards nothing


def event_callback(side: "SlackSide", event: Json, number: int) -> Json:
    """The whole body of one event."""
    world = side.world
    channel = side.directory.channel(event["channel"]) if isinstance(event.get("channel"), str) else None
    authorization = {
        "enterprise_id": None,
        "team_id": world.workspace.id,
        "user_id": world.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": world.workspace.id,
        "context_team_id": world.workspace.id,
        "context_enterprise_id": None,
        "api_app_id": world.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:010d}",
        "event_time": int(side.clock.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": channel is not None and is_shared(side, channel),
        "event_context": f"4-{world.app.id}-{number}",
    }


def block_actions(side: "SlackSide", user_id: str, actions: list[Json], trigger_id: str) -> Json:
    """A click's body without its place: join it with `in_message` or `in_view`."""
    return _gesture(side, "block_actions", user_id) | {"trigger_id": trigger_id, "actions": actions}


def in_message(channel: Json, message: Json, state: Json, response_url: str, *, ephemeral: bool) -> Json:
    """The place of a click in a message. Slack does not send the message itself when it is ephemeral."""
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel["id"],
        "is_ephemeral": ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    place: Json = {
        "container": container,
        "channel": {"id": channel["id"], "name": channel_name(channel)},
        "state": {"values": state},
        "response_url": response_url,
    }
    return place if ephemeral else place | {"message": message}


def in_view(view: Json) -> Json:
    """The place of a click in a modal or in App Home."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": view}


def block_suggestion(side: "SlackSide", user_id: str, ids: tuple[str, str], query: str) -> Json:
    """A menu that asks for options: join it with its place. `ids` are block id and action id."""
    return _gesture(side, "block_suggestion", user_id) | {"block_id": ids[0], "action_id": ids[1], "value": query}


def view_submission(side: "SlackSide", user_id: str, view: Json, trigger_id: str) -> Json:
    """A submitted modal."""
    return _gesture(side, "view_submission", user_id) | {"trigger_id": trigger_id, "view": view, "response_urls": []}


def view_closed(side: "SlackSide", user_id: str, view: Json, *, cleared: bool) -> Json:
    """A modal closed by its person."""
    return _gesture(side, "view_closed", user_id) | {"view": view, "is_cleared": cleared}


def slash_command(side: "SlackSide", user: Json, channel: Json, order: tuple[str, str]) -> Json:
    """A slash command, flat and all text; `order` is the command and what follows it. The caller adds the
    trigger_id and the response_url.
    """
    command, text = order
    return {
        "token": TOKEN,
        "team_id": user["team_id"],
        "team_domain": side.world.workspace.domain,
        "channel_id": channel["id"],
        "channel_name": channel_name(channel),
        "user_id": user["id"],
        "user_name": user["name"],
        "command": command,
        "text": text,
        "api_app_id": side.world.app.id,
        "is_enterprise_install": "false",
    }


def channel_name(channel: Json) -> str:
    """The name as payloads have it: direct conversations and private channels go by their kind."""
    if channel["is_im"]:
        return "directmessage"
    return "privategroup" if channel["is_private"] else str(channel["name"])


def is_shared(side: "SlackSide", channel: Json) -> bool:
    """Whether somebody of another workspace is in the channel."""
    people = (side.directory.person(user) for user in channel["members"])
    return any(person is not None and person["team_id"] != side.world.workspace.id for person in people)


def _gesture(side: "SlackSide", kind: str, user_id: str) -> Json:
    world = side.world
    return {
        "type": kind,
        "user": _user(side, user_id),
        "api_app_id": world.app.id,
        "token": TOKEN,
        "team": {"id": world.workspace.id, "domain": world.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _user(side: "SlackSide", user_id: str) -> Json:
    person = side.directory.person(user_id) or {"name": "unknown", "team_id": side.world.workspace.id}
    name = person["name"]
    return {"id": user_id, "username": name, "name": name, "team_id": person["team_id"]}
