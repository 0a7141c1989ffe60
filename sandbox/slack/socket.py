"""Socket Mode from outside: apps.connections.open and the websocket at /link."""

from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, WebSocketRoute

from sandbox.slack.calls import Call, Method, Refused

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


async def open_connection(side: "SlackSide", call: Call) -> Json:
    """apps.connections.open: an address with a ticket that opens one connection, soon."""
    app = side.world.app
    if not call.token:
        raise Refused("not_authed")
    if call.token == app.bot_token:
        raise Refused("not_allowed_token_type")
    if call.token != app.app_token:
        raise Refused("invalid_auth")
    ticket = side.links.sockets.ticket(short=call.truth("debug_reconnects"))
    return {"url": f"{side.origin.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={app.id}"}


METHODS: dict[str, Method] = {"apps.connections.open": open_connection}


def routes(side: "SlackSide") -> list[BaseRoute]:
    """The websocket, with and without a slash at the end."""
    serve = side.links.sockets.serve
    return [WebSocketRoute("/link", serve), WebSocketRoute("/link/", serve)]
