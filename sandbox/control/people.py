"""People and channels over HTTP: who is there, and changing it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.control.facts import facts_of
from sandbox.control.words import channel_of
from sandbox.errors import Wrong, body_of, text

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
SHOWN = ("id", "name", "kind", "presence", "dnd_until", "dnd_schedule", "real_name", "title", "tz")


def routes(side: "SlackSide") -> list[BaseRoute]:
    """GET and POST /control/slack/users, GET /control/slack/channels, POST archive and revoke."""
    return [
        Route("/control/slack/users", partial(users, side), methods=["GET"]),
        Route("/control/slack/users", partial(change, side), methods=["POST"]),
        Route("/control/slack/channels", partial(channels, side), methods=["GET"]),
        Route("/control/slack/archive", partial(archive, side), methods=["POST"]),
        Route("/control/slack/revoke", partial(revoke, side), methods=["POST"]),
    ]


async def users(side: "SlackSide", _request: Request) -> Response:
    """Everybody but the bot."""
    return JSONResponse([_shown(person) for person in side.directory.people()])


async def change(side: "SlackSide", request: Request) -> Response:
    """Change one person or let a new one join: with `channels`, they are in these alone from now on."""
    body = await body_of(request)
    user_id, facts, wanted = text(body, "id"), facts_of(body, side.clock.time()), _channels(side, body)
    person = side.directory.person(user_id)
    if person is None and "name" not in facts:
        raise Wrong(f"nobody here has the id {user_id!r}; with a `name`, somebody new joins", 404)
    if user_id == side.world.app.bot_user and facts.get("kind", "deactivated") != "deactivated":
        facts["kind"] = "bot"  # whatever it was called: it is back, and no person
    if person is None:
        person = side.directory.add_person(user_id, facts)
    elif facts:
        person = side.directory.change_person(user_id, **facts)
    if wanted is not None:
        _move(side, user_id, wanted)
    return JSONResponse(_shown(person))


async def channels(side: "SlackSide", _request: Request) -> Response:
    """Every channel with its people by kind."""
    return JSONResponse([_channel(side, channel) for channel in side.directory.channels()])


async def archive(side: "SlackSide", request: Request) -> Response:
    """Archive a channel, or with `archived: false` bring it back."""
    body = await body_of(request)
    channel = channel_of(side, text(body, "channel"))
    if channel["is_im"]:
        raise Wrong("direct messages can't be archived")
    archived = body.get("archived", True) is not False
    side.directory.archive(channel["id"], archived=archived)
    return JSONResponse({"channel": channel["name"], "is_archived": archived})


async def revoke(side: "SlackSide", request: Request) -> Response:
    """Revoke a token (or `bot`, `app`), or with `revoked: false` make it count again."""
    body = await body_of(request)
    token = _token(side, text(body, "token"))
    revoked = body.get("revoked", True) is not False
    _revoke(side, token, revoked=revoked)
    return JSONResponse({"revoked": revoked})


def _shown(person: Json) -> Json:
    return {key: person.get(key) for key in SHOWN}


def _channel(side: "SlackSide", channel: Json) -> Json:
    active = side.directory.active
    people = {"members": active(channel, "staff"), "guests": active(channel, "guest")}
    more = {key: channel[key] for key in ("topic", "is_archived", "is_private")}
    bot = {"has_app": side.world.app.bot_user in channel["members"]}
    return {
        "name": channel["name"],
        "id": channel["id"],
        **people,
        "outsiders": active(channel, "outsider"),
        **more,
        **bot,
    }


def _channels(side: "SlackSide", body: Json) -> list[str] | None:
    """The ids of the channels a person is to be in from now on, or None when the call does not say."""
    words = body.get("channels")
    if words is None:
        return None
    if not isinstance(words, list):
        raise Wrong("`channels` must be the list of all channels the person is in from now on")
    return [channel_of(side, str(word))["id"] for word in words]


def _move(side: "SlackSide", user_id: str, wanted: list[str]) -> None:
    for channel in side.directory.channels():
        if channel["id"] in wanted:
            side.directory.join(user_id, channel["id"])
        else:
            side.directory.leave(user_id, channel["id"])


def _token(side: "SlackSide", word: str) -> str:
    """The token meant: itself, or `bot` or `app`."""
    app = side.world.app
    token = {"bot": app.bot_token, "app": app.app_token}.get(word, word)
    if token not in (app.bot_token, app.app_token):
        raise Wrong("no app here has that token", 404)
    return token


def _revoke(side: "SlackSide", token: str, *, revoked: bool) -> None:
    if not revoked:
        side.shelf.drop("slack_revoked", token)
        return
    side.shelf.put("slack_revoked", token, {"at": side.clock.time()})
    if token == side.world.app.bot_token:
        side.links.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [side.world.app.bot_user]}})
