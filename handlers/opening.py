"""Opening a modal after the transaction is closed: once, quickly, and with a word when Slack wouldn't."""

from typing import Any

from slack_sdk.errors import SlackClientError

from desk import notices
from desk.desk import Desk
from handlers.payload import Json, by

TOO_LATE = "Slack didn't open the window in time. Please press the button again."


def show(desk: Desk, body: Json, context: Any, view: Json) -> None:
    """Open the view on the click's trigger, or push it when the click was made in a modal."""
    client = context.client
    open_it = client.views_push if body.get("view") and body["view"].get("type") == "modal" else client.views_open
    try:
        open_it(trigger_id=body["trigger_id"], view=view)
    except (SlackClientError, OSError):
        notices.tell(desk, by(body, context), TOO_LATE)
