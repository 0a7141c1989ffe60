"""/dibs and its words: help, mine, find, rota, oncall, rules, cover, quiet."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import digests, learning, reading, rota_sheets, rules
from desk.desk import Desk
from domain.outside import typed
from domain.staff import By
from handlers import covering, wishing
from handlers.payload import Json, by
from views import commands, digest, rota
from views import rules as rule_list
from views.corrections import suggestions

COMMAND = "/dibs"


def register(app: App, desk: Desk) -> None:
    """Listen for it."""
    app.command(COMMAND)(partial(on_dibs, desk))


def on_dibs(desk: Desk, ack: Ack, command: Json, context: Any) -> None:
    """Answer in the acknowledgement, so that it can't get lost; or open a window."""
    word, _, rest = typed(command.get("text") or "").strip().partition(" ")
    if word in WINDOWS:
        WINDOWS[word](desk, command, context, rest.strip())
        ack()
    elif word in ANSWERS:
        ack(ANSWERS[word](desk, by(command, context), rest.strip()))
    else:
        ack(commands.unknown(f"{word} {rest}".strip()))


def _help(_desk: Desk, _who: By, _rest: str) -> Json:
    return commands.help_text()


def _mine(desk: Desk, who: By, _rest: str) -> Json:
    return commands.mine(reading.home(desk, who.staff, who.at))


def _find(desk: Desk, who: By, rest: str) -> Json:
    return commands.found(reading.find(desk, rest[:200], who.staff)) if rest else commands.unknown("find")


def _rota(desk: Desk, who: By, _rest: str) -> Json:
    return rota.rota(rota_sheets.rota(desk, who.staff, who.at))


def _on_call(desk: Desk, who: By, _rest: str) -> Json:
    return rota.on_call(rota_sheets.rota(desk, who.staff, who.at))


def _rules(desk: Desk, who: By, _rest: str) -> Json:
    return rule_list.listed(rules.listing(desk, who.staff, who.at))


def _dismissed(desk: Desk, who: By, _rest: str) -> Json:
    return digest.dismissed(digests.dismissed(desk, who.staff))


def _suggestions(desk: Desk, who: By, _rest: str) -> Json:
    return {"response_type": "ephemeral", **suggestions(learning.suggestions(desk, who.staff))}


ANSWERS: dict[str, Callable[[Desk, By, str], Json]] = {
    "": _help,
    "help": _help,
    "mine": _mine,
    "find": _find,
    "rota": _rota,
    "oncall": _on_call,
    "rules": _rules,
    "dismissed": _dismissed,
    "suggestions": _suggestions,
}
WINDOWS: dict[str, Callable[[Desk, Json, Any, str], None]] = {
    "cover": covering.open_window,
    "quiet": wishing.open_window,
}
