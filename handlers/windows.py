"""Windows that stay open after a click in them: drawn anew, so that they show what the click has changed."""

import logging
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackClientError

from desk import reading
from desk.desk import Desk
from domain.errors import Refusal
from domain.staff import By
from handlers.payload import Json, by, meant
from views import trail, why

log = logging.getLogger("dibs.handlers")


def draw_anew(desk: Desk, body: Json, context: Any) -> None:
    """Draw the case's window anew if the click was made in one. What the click did stands, whatever comes of this."""
    view = body.get("view") or {}
    kept = meant(body) if view.get("type") == "modal" else {}
    draw = WINDOWS.get(str(kept.get("window")))
    if draw is None:
        return
    try:
        context.client.views_update(view_id=view["id"], view=draw(desk, kept["case"], by(body, context)))
    except (SlackClientError, OSError, Refusal) as error:
        log.info("a window could not be drawn anew: %s", type(error).__name__)


def _why(desk: Desk, case_id: int, who: By) -> Json:
    return why.why(reading.why(desk, case_id, who.staff, who.at))


def _trail(desk: Desk, case_id: int, who: By) -> Json:
    return trail.trail(reading.trail(desk, case_id, who.staff, who.at))


WINDOWS: dict[str, Callable[[Desk, int, By], Json]] = {why.WINDOW: _why, trail.WINDOW: _trail}
