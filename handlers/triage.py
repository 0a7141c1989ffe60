"""Triage put right: why here, more urgent, it is one, and taking a correction back."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import corrections, reading
from desk.desk import Desk
from handlers.opening import show
from handlers.payload import Json, by, grade, numbers, value
from handlers.windows import draw_anew
from views import card, digest
from views.corrections import UNDO
from views.why import why


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(card.WHY)(partial(on_why, desk))
    app.action(card.WORSE)(partial(on_worse, desk))
    app.action(digest.RESCUE)(partial(on_rescue, desk))
    app.action(UNDO)(partial(on_undo, desk))


def on_why(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Show what triage saw."""
    who = by(body, context)
    show(desk, body, context, why(reading.why(desk, numbers(value(body))[0], who.staff, who.at)))
    ack()


def on_worse(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is worse than triage thought."""
    drawn = value(body)
    corrections.worse(desk, numbers(drawn)[0], by(body, context), grade(drawn))
    draw_anew(desk, body, context)
    ack()


def on_rescue(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is a complaint after all."""
    corrections.it_is_one(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_undo(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It was right before."""
    corrections.undo(desk, numbers(value(body))[0], by(body, context))
    draw_anew(desk, body, context)
    ack()
