"""Every listener there is, the most urgent first: Bolt looks through them in this order."""

from functools import partial

from slack_bolt import Ack, App

from desk.desk import Desk
from handlers import claim, commands, directory, endings, errors, holding, home, menu, replying
from views import card


def register(app: App, desk: Desk) -> None:
    """Put them all on the app."""
    for gesture in (claim, replying, holding, endings, menu, commands, home, directory):
        gesture.register(app, desk)
    for link in (card.OPEN_ON_NETWORK, card.VIEW_POST):
        app.action(link)(on_link)
    app.error(partial(errors.answer, desk))


def on_link(ack: Ack) -> None:
    """A button that opens a page still wants its acknowledgement."""
    ack()
