"""The card's menu, and the words a lost claim offers: watch, suggest, ask, take over, split off, trail."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import corrections, holding, reading
from desk.desk import Desk
from domain.errors import Invalid
from domain.outside import blank
from handlers.opening import show
from handlers.payload import Json, by, field, grade, meant, numbers, value
from views import card, modals, notices, trail

Choice = Callable[[Desk, Json, Any, int], None]


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(card.MENU)(partial(on_menu, desk))
    for action, choice in (
        (notices.WATCH, card.WATCH),
        (notices.SUGGEST, card.SUGGEST),
        (notices.ASK, card.ASK),
        (notices.TAKE_OVER, card.TAKE_OVER),
    ):
        app.action(action)(partial(on_offered, desk, choice))
    app.view(modals.SUGGEST)(partial(on_suggested, desk))


def on_menu(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The option's value says which choice and which case."""
    choice, _, rest = value(body).partition(":")
    CHOICES[choice](desk, body, context, numbers(rest)[0])
    ack()


def on_offered(desk: Desk, choice: str, ack: Ack, body: Json, context: Any) -> None:
    """A button of a word to one person."""
    CHOICES[choice](desk, body, context, numbers(value(body))[0])
    ack()


def _watch(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    reading.watch(desk, case_id, by(body, context))


def _ask(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    holding.ask(desk, case_id, by(body, context))


def _suggest(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    sheet = reading.card_for(desk, case_id, "suggest", by(body, context).staff)
    show(desk, body, context, modals.suggest(sheet.case))


def _take_over(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    sheet = reading.card_for(desk, case_id, "take_over", by(body, context).staff)
    show(desk, body, context, modals.take_over(sheet.case))


def _split(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    sheet = reading.card_for(desk, case_id, "split", by(body, context).staff)
    show(desk, body, context, modals.split(sheet))


def _trail(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    who = by(body, context)
    show(desk, body, context, trail.trail(reading.trail(desk, case_id, who.staff, who.at)))


def _worse(desk: Desk, body: Json, context: Any, case_id: int) -> None:
    drawn = value(body).partition(":")[2]
    corrections.worse(desk, case_id, by(body, context), grade(drawn))


CHOICES: dict[str, Choice] = {
    card.WATCH: _watch,
    card.SUGGEST: _suggest,
    card.ASK: _ask,
    card.TAKE_OVER: _take_over,
    card.SPLIT: _split,
    card.MORE_URGENT: _worse,
    card.TRAIL: _trail,
}


def on_suggested(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Put the words into the case's thread."""
    text = field(body, "text")
    if blank(text):
        raise Invalid("text", "Write a few words first.")
    reading.suggest(desk, meant(body)["case"], text, by(body, context))
    ack()
