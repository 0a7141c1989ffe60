"""/dibs: help, mine, find."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import reading
from desk.desk import Desk
from domain.outside import typed
from handlers.payload import Json
from views import commands

COMMAND = "/dibs"


def register(app: App, desk: Desk) -> None:
    """Listen for it."""
    app.command(COMMAND)(partial(on_dibs, desk))


def on_dibs(desk: Desk, ack: Ack, command: Json, context: Any) -> None:
    """Answer in the acknowledgement, so that it can't get lost."""
    word, _, rest = typed(command.get("text") or "").strip().partition(" ")
    person = command["user_id"]
    if word in ("", "help"):
        ack(commands.help_text())
    elif word == "mine":
        ack(commands.mine(reading.home(desk, person, context["now"])))
    elif word == "find" and rest.strip():
        ack(commands.found(reading.find(desk, rest.strip()[:200], person)))
    else:
        ack(commands.unknown(f"{word} {rest}".strip()))
