"""Who works here and who sits where, kept up to date by Slack's events."""

from functools import partial
from typing import Any

from slack_bolt import App

from desk import directory
from desk.desk import Desk
from domain.staff import Staff
from handlers.payload import Json


def register(app: App, desk: Desk) -> None:
    """Listen for changes."""
    app.event("user_change")(partial(on_person, desk))
    app.event("team_join")(partial(on_person, desk))
    app.event("member_joined_channel")(partial(on_seat, desk))
    app.event("member_left_channel")(partial(on_seat, desk))
    for kind in ("channel_archive", "channel_unarchive", "channel_rename"):
        app.event(kind)(partial(on_room, desk))
    for kind in ("message", "tokens_revoked"):
        app.event(kind)(on_nothing)


def on_person(desk: Desk, event: Json, context: Any) -> None:
    """Somebody came or changed."""
    person: Staff = context["staff_of"](event["user"])
    directory.put_person(desk, person, context["now"])


def on_seat(desk: Desk, event: Json) -> None:
    """Somebody joined or left a channel."""
    directory.seat(desk, event["channel"], event["user"], present=event["type"] == "member_joined_channel")


def on_room(desk: Desk, context: Any) -> None:
    """A channel was archived, came back or got another name: have a fresh look at all of them."""
    directory.ask_for_sync(desk, context["now"])


def on_nothing() -> None:
    """Messages in channels are Slack's business; they are subscribed to for what comes later."""
