"""Every listener there is, the most urgent first: Bolt looks through them in this order."""

import re
from functools import partial

from slack_bolt import Ack, App

from desk.desk import Desk
from domain.errors import Stale
from handlers import (
    claim,
    commands,
    covering,
    directory,
    endings,
    errors,
    holding,
    home,
    menu,
    nudging,
    occasions,
    promising,
    replying,
    ruling,
    triage,
    wishing,
)
from views import card

GESTURES = (
    claim, nudging, replying, promising, occasions, holding, endings,
    menu, covering, wishing, ruling, triage, commands, home, directory,
)  # fmt: skip


def register(app: App, desk: Desk) -> None:
    """Put them all on the app."""
    for gesture in GESTURES:
        gesture.register(app, desk)
    for link in (card.OPEN_ON_NETWORK, card.VIEW_POST):
        app.action(link)(on_link)
    app.action(re.compile(""))(on_unknown)
    app.event(re.compile(""))(on_news)
    app.error(partial(errors.answer, desk))


def on_link(ack: Ack) -> None:
    """A button that opens a page still wants its acknowledgement."""
    ack()


def on_unknown() -> None:
    """A button no version of ours draws any more."""
    raise Stale("This button is from an older card. Have a look at the card as it is now.")


def on_news() -> None:
    """Whatever else Slack tells us needs no answer but its acknowledgement."""
