"""Claim: the button everybody presses first."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import claims
from desk.desk import Desk
from handlers.payload import Json, by, numbers, value
from views import card


def register(app: App, desk: Desk) -> None:
    """Listen for it."""
    app.action(card.CLAIM)(partial(on_claim, desk))


def on_claim(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """One statement decides who has it; everybody else is told who was faster."""
    case_id, _ = numbers(value(body))
    claims.claim(desk, case_id, by(body, context))
    ack()
