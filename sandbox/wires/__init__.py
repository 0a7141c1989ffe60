"""What the bot reaches by plain HTTP: a phone system, calendar feeds, and a heartbeat's receiver."""

from starlette.routing import BaseRoute

from sandbox.wires import feeds, heartbeats, phone
from sandbox.wires.side import Wires


def routes(wires: Wires) -> list[BaseRoute]:
    """/phone, /feeds/NAME.ics and /heartbeat/NAME."""
    return [*phone.routes(wires), *feeds.routes(wires), *heartbeats.routes(wires)]
