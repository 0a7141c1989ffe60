"""The words of the control API: who acts, in which channel, and how much is wanted. Each raises Wrong."""

from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from sandbox.errors import Wrong

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


def person_of(side: "SlackSide", user_id: str) -> Json:
    """The person with this id; 404 for an unknown one."""
    person = side.directory.person(user_id)
    if person is None or person["kind"] == "bot":
        raise Wrong(f"nobody here has the id {user_id!r}", 404)
    return person


def channel_of(side: "SlackSide", word: str) -> Json:
    """The channel by name or id, or `@USER` for that person's direct messages with the bot; 404 for an unknown one."""
    if word.startswith("@"):
        return side.directory.im(person_of(side, word[1:])["id"])
    channel = side.directory.channel(word)
    if channel is None:
        raise Wrong(f"there is no channel {word!r}", 404)
    return channel


def reader_of(side: "SlackSide", user_id: str, word: str) -> tuple[Json, Json]:
    """The person and the channel; 403 unless the person is in it."""
    person, channel = person_of(side, user_id), channel_of(side, word)
    if not side.directory.sees(person["id"], channel["id"]):
        raise Wrong(f"{user_id} is not in {word}", 403)
    return person, channel


def asked(request: Request, name: str) -> str:
    """A parameter of the address that must be there."""
    value = request.query_params.get(name)
    if not value:
        raise Wrong(f"`{name}` is missing from the address")
    return value


def limit_of(request: Request) -> int | None:
    """The parameter `limit` as a number of at least 1, or None."""
    text = request.query_params.get("limit")
    if text is None:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise Wrong("`limit` must be a whole number of at least 1")
    return int(text)
