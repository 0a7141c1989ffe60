"""Release, hand over, accept, decline, ask, take over."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import holding, reading
from desk.desk import Desk
from handlers.opening import show
from handlers.payload import Json, by, field, meant, numbers, value
from views import card, home, modals, offers


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(card.RELEASE)(partial(on_release, desk))
    app.action(card.HAND_OVER)(partial(on_hand_over, desk))
    app.view(modals.HAND_OVER)(partial(on_hand_over_to, desk))
    app.action(home.ACCEPT)(partial(on_accept, desk))
    app.action(home.DECLINE)(partial(on_decline, desk))
    app.action(offers.GIVE)(partial(on_give, desk))
    app.view(modals.TAKE_OVER)(partial(on_take_over_confirmed, desk))


def on_release(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Back to the queue."""
    holding.release(desk, *numbers(value(body)), by(body, context))
    ack()


def on_hand_over(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask to whom."""
    case_id, _ = numbers(value(body))
    sheet = reading.card_for(desk, case_id, "hand_over", by(body, context).staff)
    show(desk, body, context, modals.hand_over(sheet.case))
    ack()


def on_hand_over_to(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Offer it."""
    holding.hand_over(desk, meant(body)["case"], field(body, "to"), by(body, context))
    ack()


def on_accept(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is theirs."""
    holding.accept(desk, int(value(body)), by(body, context))
    ack()


def on_decline(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It stays where it was."""
    holding.decline(desk, int(value(body)), by(body, context))
    ack()


def on_give(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The holder gives it to the one who asked."""
    case_id, _ = numbers(value(body))
    holding.hand_over(desk, case_id, value(body).split(":")[2], by(body, context))
    ack()


def on_take_over_confirmed(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """With a reason, it changes hands."""
    ids = meant(body)
    holding.take_over(desk, ids["case"], ids["epoch"], field(body, "reason"), by(body, context))
    ack()
