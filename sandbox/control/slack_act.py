"""The control API of a person's hands in Slack: click, type, submit, close, command, home; and of the app's links."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.errors import Wrong, body_of, maybe, text
from sandbox.slack.actors import actor, channel_of
from sandbox.slack.commands import command, open_home
from sandbox.slack.interactions import Spot, Touch, click, in_message, in_view, type_in
from sandbox.slack.modals import close, submit
from sandbox.slack.suggestions import suggest

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
MOST = 600
Act = Callable[["SlackSide", Json], Awaitable[Json]]


def routes(side: "SlackSide") -> list[BaseRoute]:
    """Everything under /control/slack that a hand does."""

    def answering(act: Act, source: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(await act(side, await source(request)))

        return endpoint

    acts = [Route(f"/control/slack/{name}", answering(act, body_of), methods=["POST"]) for name, act in ACTS.items()]
    looks = [Route(f"/control/slack/{name}", answering(act, _query), methods=["GET"]) for name, act in LOOKS.items()]
    return [*acts, *looks]


async def _query(request: Request) -> Json:
    return dict(request.query_params)


def _spot(side: "SlackSide", user: Json, order: Json) -> Spot:
    view_id = maybe(order, "view_id")
    if view_id is not None:
        return in_view(side, user, view_id)
    return in_message(side, user, text(order, "channel"), text(order, "ts"))


def _touch(order: Json) -> Touch:
    return Touch(text(order, "action_id"), maybe(order, "block_id"), order.get("value"), bool(order.get("enter")))


async def _click(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return await click(side, user, _spot(side, user, order), _touch(order))


async def _type(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return await type_in(side, user, _spot(side, user, order), _touch(order))


async def _submit(side: "SlackSide", order: Json) -> Json:
    user, values = actor(side, order.get("as")), order.get("values") or {}
    if not isinstance(values, dict):
        raise Wrong("'values' must be an object of values by action_id")
    return await submit(side, user, text(order, "view_id"), values)


async def _close(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return await close(side, user, text(order, "view_id"), everything=bool(order.get("all")))


async def _command(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return await command(side, user, channel_of(side, user, text(order, "channel")), text(order, "text"))


async def _open_home(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return _found(await open_home(side, user), f"the app has published no home for {user['id']}")


async def _home(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return _found(side.views.home(user["id"]), f"the app has published no home for {user['id']}")


async def _view(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return _found(side.views.top(user["id"]), f"{user['id']} has no modal open")


async def _suggest(side: "SlackSide", order: Json) -> Json:
    user = actor(side, order.get("as"))
    return await suggest(side, user, _spot(side, user, order), _touch(order))


async def _link(side: "SlackSide", order: Json) -> Json:
    """Trouble on the lines to the app: refresh, drop, refuse the next upgrades, lose the next acknowledgements."""
    trouble, sockets = order.get("trouble"), side.links.sockets
    if trouble == "refresh":
        await sockets.refresh(_number(order, "seconds", 10))
    elif trouble == "drop":
        sockets.drop()
    elif trouble == "refuse":
        sockets.refused_upgrades += int(_number(order, "times", 1))
    elif trouble == "lose_acks":
        sockets.lost_acks += int(_number(order, "times", 1))
    else:
        raise Wrong("`trouble` must be refresh, drop, refuse or lose_acks")
    return {"connected": side.links.connected()}


def _number(order: Json, name: str, otherwise: float) -> float:
    value = order.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST:
        raise Wrong(f"`{name}` must be a number from 0 to {MOST}")
    return value


def _found(view: Json | None, otherwise: str) -> Json:
    if view is None:
        raise Wrong(otherwise, 404)
    return view


ACTS: dict[str, Act] = {
    "click": _click,
    "type": _type,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "command": _command,
    "home": _open_home,
    "link": _link,
}
LOOKS: dict[str, Act] = {"view": _view, "home": _home}
