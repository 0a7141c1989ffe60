"""Resolve, not a complaint, reopen, wrong team, split off."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import endings, reading
from desk.desk import Desk
from handlers.opening import show
from handlers.payload import Json, by, field, meant, numbers, value
from handlers.windows import draw_anew
from views import card, modals


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(card.RESOLVE)(partial(on_resolve, desk))
    app.action(card.DISMISS)(partial(on_dismiss, desk))
    app.action(card.REOPEN)(partial(on_reopen, desk))
    app.action(card.WRONG_TEAM)(partial(on_wrong_team, desk))
    app.view(modals.WRONG_TEAM)(partial(on_team, desk))
    app.view(modals.SPLIT)(partial(on_split_from, desk))


def on_resolve(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The customer has what they need."""
    endings.resolve(desk, *numbers(value(body)), by(body, context))
    ack()


def on_dismiss(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It was no complaint."""
    endings.dismiss(desk, *numbers(value(body)), by(body, context))
    draw_anew(desk, body, context)
    ack()


def on_reopen(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The customer still needs us."""
    endings.reopen(desk, numbers(value(body))[0], by(body, context))
    ack()


def on_wrong_team(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask which team."""
    case_id, _ = numbers(value(body))
    sheet = reading.card_for(desk, case_id, "reroute", by(body, context).staff)
    teams = [(key, team.channel) for key, team in desk.policy.team.items() if key != sheet.case.team]
    show(desk, body, context, modals.wrong_team(sheet.case, teams))
    ack()


def on_team(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Pass it on."""
    ids = meant(body)
    endings.reroute(desk, ids["case"], ids["epoch"], field(body, "team"), by(body, context))
    # The window this one was opened from shows a case that is elsewhere now, so it closes as well.
    ack(response_action="clear")


def on_split_from(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Make two of it."""
    endings.split(desk, meant(body)["case"], int(field(body, "post") or 0), by(body, context))
    ack()
