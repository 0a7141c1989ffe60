"""App Home: a person's own desk, drawn whenever they open it."""

from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackClientError

from desk import reading, rota_sheets
from desk.desk import Desk
from handlers.payload import Json
from views.home import home

OPENED = "app_home_opened"


def register(app: App, desk: Desk) -> None:
    """Listen for its opening."""
    app.event(OPENED)(partial(on_home_opened, desk))


def on_home_opened(desk: Desk, event: Json, context: Any) -> None:
    """Draw it as it is now."""
    if event.get("tab", "home") == "home":
        _publish(desk, event["user"], context)


def redraw(desk: Desk, person: str, context: Any) -> None:
    """Draw it anew after something on it was changed; if Slack won't, it is drawn when they open it next."""
    with suppress(SlackClientError, OSError):
        _publish(desk, person, context)


def _publish(desk: Desk, person: str, context: Any) -> None:
    now = context["now"]
    view = home(reading.home(desk, person, now), rota_sheets.rota(desk, person, now))
    context.client.views_publish(user_id=person, view=view)
