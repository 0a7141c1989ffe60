"""A gesture that nobody could make in the real client, and who and where a gesture is made."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


class Impossible(Exception):
    """The control API answers with this status and `{"error": text}`."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


def actor(side: "SlackSide", user_id: Any) -> Json:
    """The person behind `as`: somebody known who can log in."""
    person = side.directory.person(str(user_id)) if user_id else None
    if person is None or person["kind"] == "bot":
        raise Impossible(404, f"nobody in the workspace has the id {user_id!r}")
    if person["kind"] == "deactivated":
        raise Impossible(403, f"{person['name']} is deactivated and cannot log in")
    return person


def channel_of(side: "SlackSide", user: Json, name: Any) -> Json:
    """The channel by name, id or @USER, which this person must be in."""
    channel = _named(side, str(name)) if name else None
    if channel is None:
        raise Impossible(404, f"there is no channel {name!r}")
    if not side.directory.sees(user["id"], channel["id"]):
        raise Impossible(403, f"{user['name']} is not in {name}")
    return channel


def _named(side: "SlackSide", name: str) -> Json | None:
    if not name.startswith("@"):
        return side.directory.channel(name)
    return side.directory.im(name[1:]) if side.directory.person(name[1:]) else None
