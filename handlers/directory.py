"""Who works here and who sits where, kept up to date by Slack's events."""

from functools import partial
from typing import Any

from slack_bolt import App

from desk import directory
from desk.desk import Desk
from domain.staff import Staff
from handlers.payload import Json

PEOPLE = ("user_change", "team_join")
SEATS = ("member_joined_channel", "member_left_channel")
ROOMS = ("channel_archive", "channel_unarchive", "channel_rename")
EVENTS = (*PEOPLE, *SEATS, *ROOMS)


def register(app: App, desk: Desk) -> None:
    """Listen for changes."""
    for kinds, listener in ((PEOPLE, on_person), (SEATS, on_seat), (ROOMS, on_room)):
        for kind in kinds:
            app.event(kind)(partial(listener, desk))


def on_person(desk: Desk, event: Json, context: Any) -> None:
    """Somebody came or changed."""
    person: Staff = context["staff_of"](event["user"])
    directory.put_person(desk, person, context["now"])


def on_seat(desk: Desk, event: Json, context: Any) -> None:
    """Somebody joined or left a channel; where Dibs itself came in, everybody there is new and deliveries may wait."""
    if event["user"] == context["us"]:
        directory.ask_for_sync(desk, context["now"])
        return
    came = event["type"] == "member_joined_channel"
    directory.seat(desk, event["channel"], event["user"], context["now"], present=came)


def on_room(desk: Desk, context: Any) -> None:
    """A channel was archived, came back or got another name: have a fresh look at all of them."""
    directory.ask_for_sync(desk, context["now"])
