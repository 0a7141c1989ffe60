"""users.list, users.info, users.getPresence and dnd.*."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.slack.calls import Call, Method, Refused
from sandbox.slack.pages import page

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


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
    """Whether somebody is at their desk."""
    return {"presence": _person(side, call)["presence"]}


async def dnd_info(side: "SlackSide", call: Call) -> Json:
    """Whether somebody does not wish to be disturbed."""
    return _dnd(side, _person(side, call))


async def dnd_team(side: "SlackSide", call: Call) -> Json:
    """The same for several people."""
    words = str(call.arguments.get("users") or "").split(",")
    found = [side.directory.person(word.strip()) for word in words]
    return {"users": {person["id"]: _dnd(side, person) for person in found if person is not None}}


def _dnd(side: "SlackSide", person: Json) -> Json:
    until = person["dnd_until"]
    if until is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}
    end = int(datetime.fromisoformat(until).timestamp())
    snoozed = end > side.clock.time()
    base = {"dnd_enabled": snoozed, "next_dnd_start_ts": 1, "next_dnd_end_ts": end if snoozed else 1}
    left = {"snooze_endtime": end, "snooze_remaining": int(end - side.clock.time())} if snoozed else {}
    return base | {"snooze_enabled": snoozed} | left


def _person(side: "SlackSide", call: Call) -> Json:
    person = side.directory.person(call.text("user") or "")
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
