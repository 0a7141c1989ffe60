"""Who makes a gesture and where: somebody who can log in, a channel they are in."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


def actor(side: "SlackSide", user_id: Any) -> Json:
    """The person behind `as`: somebody known who can log in."""
    person = side.directory.person(str(user_id)) if user_id else None
    if person is None or person["kind"] == "bot":
        raise Wrong(f"nobody in the workspace has the id {user_id!r}", 404)
    if person["kind"] == "deactivated":
        raise Wrong(f"{person['name']} is deactivated and cannot log in", 403)
    return person


def channel_of(side: "SlackSide", user: Json, name: Any) -> Json:
    """The channel by name, id or @USER, which this person must be in."""
    channel = _named(side, str(name)) if name else None
    if channel is None:
        raise Wrong(f"there is no channel {name!r}", 404)
    if not side.directory.sees(user["id"], channel["id"]):
        raise Wrong(f"{user['name']} is not in {name}", 403)
    return channel


def _named(side: "SlackSide", name: str) -> Json | None:
    if not name.startswith("@"):
        return side.directory.channel(name)
    return side.directory.im(name[1:]) if side.directory.person(name[1:]) else None
