"""Answering for a promise: it is kept, or it gets a new time."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import promises
from desk.desk import Desk
from domain.errors import Stale
from handlers.opening import show
from handlers.payload import Json, by, field, meant, numbers, picked_at, value
from views import promises as views


def register(app: App, desk: Desk) -> None:
    """Listen for both."""
    app.action(views.KEPT)(partial(on_kept, desk))
    app.action(views.NEW_TIME)(partial(on_new_time, desk))
    app.view(views.MOVED)(partial(on_moved, desk))


def on_kept(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is done."""
    case_id, clock_id = _promise(value(body))
    promises.kept(desk, case_id, clock_id, by(body, context))
    ack()


def on_new_time(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask by when instead, and why."""
    case_id, clock_id = _promise(value(body))
    sheet, clock = promises.open_one(desk, case_id, clock_id, by(body, context))
    show(desk, body, context, views.new_time(sheet.case, clock))
    ack()


def on_moved(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """It is due then."""
    ids, wish = meant(body), (picked_at(body, views.DUE_BLOCK), field(body, views.REASON_BLOCK))
    promises.put_off(desk, ids["case"], ids["clock"], wish, by(body, context))
    ack()


def _promise(drawn: str) -> tuple[int, int]:
    """ "CASE:EPOCH:CLOCK" as drawn on a button."""
    clock = drawn.rpartition(":")[2]
    if not clock.isdigit():
        raise Stale("This button is from an older card. Have a look at the card as it is now.")
    return numbers(drawn)[0], int(clock)
