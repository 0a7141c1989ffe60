"""Cover and swap: the windows, and every button a request has."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import covers, swaps
from desk.covers import Wish
from desk.desk import Desk
from domain.errors import Invalid
from handlers.home import redraw
from handlers.opening import show
from handlers.payload import Json, by, field, meant, numbers, picked_at, value
from views import cover_words, rota
from views import covers as windows


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(cover_words.TAKE)(partial(on_take, desk))
    app.action(cover_words.DECLINE)(partial(on_decline, desk))
    app.action(cover_words.WITHDRAW)(partial(on_withdraw, desk))
    app.action(cover_words.SWAP)(partial(on_swap, desk))
    app.view(windows.OFFERED)(partial(on_swap_offered, desk))
    app.action(cover_words.ACCEPT)(partial(on_accept, desk))
    app.action(cover_words.REFUSE)(partial(on_refuse, desk))
    app.action(rota.ASK)(partial(on_ask, desk))
    app.action(windows.CHOOSE)(partial(on_choose, desk))
    app.view(windows.ASKED)(partial(on_asked, desk))


def on_take(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They take it."""
    covers.take(desk, _cover(body), by(body, context))
    ack()


def on_decline(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They can't."""
    covers.decline(desk, _cover(body), by(body, context))
    ack()


def on_withdraw(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The asker needs it no more."""
    who = by(body, context)
    covers.withdraw(desk, _cover(body), who)
    ack()
    if body.get("view"):
        redraw(desk, who.staff, context)


def on_swap(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask which shift they would give."""
    show(desk, body, context, windows.swap(swaps.window(desk, _cover(body), by(body, context))))
    ack()


def on_swap_offered(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The asker is asked."""
    swaps.offer(desk, meant(body)["cover"], field(body, "mine"), by(body, context))
    ack()


def on_accept(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Both shifts change hands."""
    swaps.accept(desk, _cover(body), _taker(body), by(body, context))
    ack()


def on_refuse(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Not this way."""
    swaps.refuse(desk, _cover(body), _taker(body), by(body, context))
    ack()


def on_ask(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Ask about the shift whose button was pressed."""
    open_window(desk, body, context, value(body))
    ack()


def open_window(desk: Desk, body: Json, context: Any, words: str) -> None:
    """Ask which hours."""
    who = by(body, context)
    show(desk, body, context, windows.cover(covers.window(desk, who.staff, words, who.at)))


def on_choose(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Another shift brings its own hours."""
    who, view = by(body, context), body["view"]
    fresh = windows.cover(covers.window(desk, who.staff, value(body), who.at))
    context.client.views_update(view_id=view["id"], hash=view["hash"], view=fresh)
    ack()


def on_asked(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """The colleagues are asked."""
    from_at, until_at = picked_at(body, "from"), picked_at(body, "until")
    if from_at is None or until_at is None:
        raise Invalid("from" if from_at is None else "until", "Pick a day and a time.")
    covers.ask(desk, Wish(field(body, "shift"), (from_at, until_at), field(body, "note")), by(body, context))
    ack()


def _cover(body: Json) -> int:
    return numbers(value(body).partition(":")[0] + ":0")[0]


def _taker(body: Json) -> str:
    return value(body).partition(":")[2]
