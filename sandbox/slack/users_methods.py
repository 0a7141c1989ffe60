"""users.list, users.info, users.getPresence and dnd.*."""

from typing import TYPE_CHECKING, Any

from sandbox.slack import dnd
from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.pages import page

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
TEAM_AT_MOST = 50


async def list_users(side: "SlackSide", call: Call) -> Json:
    """Everybody of this workspace and everybody its channels are shared with, the app's bot included."""
    part, more = page(call, side.directory.everybody(), 1000)
    stamp = int(side.clock.time())
    members = [side.directory.slack_user(person["id"]) for person in part]
    return {"members": members, "cache_ts": stamp, "response_metadata": more}


async def info(side: "SlackSide", call: Call) -> Json:
    """One person."""
    return {"user": side.directory.slack_user(_person(side, call)["id"])}


async def get_presence(side: "SlackSide", call: Call) -> Json:
    """Whether somebody is at their desk; of itself a caller learns more, and whoever has left is away."""
    person = _person(side, call, side.world.app.bot_user)
    if person["id"] == side.world.app.bot_user:
        return {"presence": "active", "online": True, "auto_away": False, "manual_away": False, "connection_count": 1}
    return {"presence": "away" if person["kind"] == "deactivated" else person["presence"]}


async def dnd_info(side: "SlackSide", call: Call) -> Json:
    """Whether somebody does not wish to be disturbed; a snooze by name is told to its owner alone (Slack, dnd.info)."""
    person, now = _person(side, call, side.world.app.bot_user), side.clock.time()
    own = dnd.snooze(person, now) if person["id"] == side.world.app.bot_user else {}
    return dnd.status(person, now) | own


async def dnd_team(side: "SlackSide", call: Call) -> Json:
    """The same for several people; Slack takes fifty, and names no error for more."""
    words = [word.strip() for word in str(call.arguments.get("users") or "").split(",") if word.strip()]
    if not words:
        raise Refused("no_users_provided")
    if len(words) > TEAM_AT_MOST:
        said = f"[ERROR] no more than {TEAM_AT_MOST} users allowed"
        raise Refused("invalid_arguments", response_metadata={"messages": [said]})
    found = [side.directory.person(word) for word in words]
    now = side.clock.time()
    return {"users": {person["id"]: dnd.status(person, now) for person in found if person is not None}}


def _person(side: "SlackSide", call: Call, otherwise: str = "") -> Json:
    person = side.directory.person(call.text("user") or otherwise)
    if person is None:
        raise Refused("user_not_found")
    return person


METHODS: dict[str, Method] = {
    "dnd.info": dnd_info,
    "dnd.teamInfo": dnd_team,
    "users.getPresence": get_presence,
    "users.info": info,
    "users.list": list_users,
}
