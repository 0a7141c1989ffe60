"""Socket Mode from outside: apps.connections.open and the websocket at /link."""

from typing import TYPE_CHECKING, Any

from starlette.routing import BaseRoute, WebSocketRoute

from sandbox.slack.calls import Call, Method

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


async def open_connection(side: "SlackSide", _call: Call) -> Json:
    """apps.connections.open: an address with a ticket that opens one connection, soon."""
    ticket = side.links.sockets.ticket()
    return {"url": f"{side.origin.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={side.world.app.id}"}


METHODS: dict[str, Method] = {"apps.connections.open": open_connection}


def routes(side: "SlackSide") -> list[BaseRoute]:
    """The websocket, with and without a slash at the end."""
    serve = side.links.sockets.serve
    return [WebSocketRoute("/link", serve), WebSocketRoute("/link/", serve)]
