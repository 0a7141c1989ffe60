"""Quiet hours and "ask me first": the window, and what was picked in it."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import wishes
from desk.desk import Desk
from domain.quiet import Preferences
from handlers.home import redraw
from handlers.opening import show
from handlers.payload import Json, by, field, ticked
from views import wishes as windows


def register(app: App, desk: Desk) -> None:
    """Listen for both."""
    app.action(windows.CHANGE)(partial(on_change, desk))
    app.view(windows.SAVED)(partial(on_saved, desk))


def on_change(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Show what they wish so far."""
    open_window(desk, body, context)
    ack()


def open_window(desk: Desk, body: Json, context: Any, _words: str = "") -> None:
    """Ask what they wish."""
    show(desk, body, context, windows.quiet(*wishes.of(desk, by(body, context).staff)))


def on_saved(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Keep it, and say it back in words."""
    who = by(body, context)
    picked = Preferences(
        who.staff, field(body, "from") or None, field(body, "until") or None, awake=ticked(body, "awake")
    )
    ack(response_action="update", view=windows.saved(*wishes.keep(desk, picked, who)))
    redraw(desk, who.staff, context)
