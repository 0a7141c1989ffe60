"""Every id that is drawn has a listener, and every listener's id is drawn."""

import re
from typing import Any

from slack_bolt import App

from desk.desk import Desk
from handlers.register import register
from views import ids, modals


class Ear:
    """Notes what is listened for, in place of Bolt's app."""

    def __init__(self) -> None:
        self.actions: list[Any] = []
        self.views: list[Any] = []

    def action(self, name: Any) -> Any:
        """An action id."""
        self.actions.append(name)
        return lambda listener: listener

    def view(self, name: Any) -> Any:
        """A callback id."""
        self.views.append(name)
        return lambda listener: listener

    def __getattr__(self, _name: str) -> Any:
        return lambda *_: lambda listener: listener


def listened() -> Ear:
    ear: Any = Ear()
    app: App = ear
    nobody: Any = None
    desk: Desk = nobody
    register(app, desk)
    return ear  # type: ignore[no-any-return] # an Ear seen as anything, so that it can stand where an App stands


def test_every_button_drawn_has_a_listener_and_the_reverse() -> None:
    named = [name for name in listened().actions if not isinstance(name, re.Pattern)]

    assert sorted(named) == sorted(set(named))
    assert set(named) == set(ids.ACTIONS) - set(modals.INPUTS)


def test_every_modal_that_can_be_submitted_has_a_listener_and_the_reverse() -> None:
    assert set(listened().views) == set(ids.CALLBACKS)
