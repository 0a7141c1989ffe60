"""Answering what comes at a time: the test of a route, a brief, and the red lines of the check before the weekend."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import notices, preflight, shifts
from desk.desk import Desk
from handlers.payload import Json, by, value
from views import occasions as views


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(views.REACHED)(partial(on_reached, desk))
    app.action(views.ASK_AGAIN)(partial(on_ask_again, desk))
    app.action(views.LOOK_AGAIN)(partial(on_look_again, desk))
    app.action(views.FILL)(partial(on_fill, desk))
    app.action(views.GOT_IT)(partial(on_got_it, desk))


def on_reached(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Messages reach them."""
    preflight.reached(desk, value(body), by(body, context))
    ack()


def on_ask_again(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Test the route once more."""
    preflight.ask_again(desk, value(body), by(body, context))
    ack()


def on_look_again(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Draw the card as things stand."""
    preflight.look_again(desk, value(body), by(body, context))
    ack()


def on_fill(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Say how a gap is filled, and draw the card as things stand."""
    preflight.look_again(desk, value(body), by(body, context))
    notices.tell(desk, by(body, context), views.HOW_TO_FILL)
    ack()


def on_got_it(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The shift is theirs."""
    shifts.got_it(desk, value(body), by(body, context))
    ack()
