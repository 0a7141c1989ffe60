"""Answering a nag or a question: claim, On it, Snooze, hand to backup, still on it, give it back."""

from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import claims, reading, tending
from desk.desk import Desk
from domain.errors import Invalid
from handlers.opening import show
from handlers.payload import Json, by, field, meant, numbers, value
from views import nags, nudging


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(nags.CLAIM)(partial(on_claim, desk))
    app.action(nags.ON_IT)(partial(on_on_it, desk))
    app.action(nags.SNOOZE)(partial(on_snooze, desk))
    app.view(nudging.SNOOZED)(partial(on_snoozed, desk))
    app.action(nags.HAND_ON)(partial(on_hand_on, desk))
    app.action(nudging.STILL)(partial(on_still, desk))
    app.action(nudging.GIVE_BACK)(partial(on_give_back, desk))


def on_claim(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is theirs, from wherever they press it."""
    claims.claim(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_on_it(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The ladder rests."""
    tending.on_it(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_snooze(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask how long and why."""
    case_id, _ = numbers(value(body))
    sheet = reading.card_for(desk, case_id, "snooze", by(body, context).staff)
    show(desk, body, context, nudging.snooze(sheet.case, desk.escalation_of(sheet.case.team).snooze_at_most))
    ack()


def on_snoozed(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It rests for a while."""
    seconds = field(body, "length")
    if not seconds.isdigit():
        raise Invalid("length", "Choose how long it may rest.")
    wish = (timedelta(seconds=min(int(seconds), 10**8)), field(body, "reason"))
    tending.snooze(desk, meant(body)["case"], wish, by(body, context))
    ack()


def on_hand_on(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The backup is told."""
    tending.hand_to_backup(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_still(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They are."""
    tending.still(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_give_back(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They aren't."""
    tending.give_back(desk, numbers(value(body))[0], by(body, context))
    ack()
