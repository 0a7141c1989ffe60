"""Runs back-tests beside everything else: takes one, looks through the past, shows it where it was asked for."""

import logging
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.pulse import Pulse
from desk import back_tests
from desk.desk import Desk
from domain.back_test import Asked, BackTest
from domain.errors import Busy
from views import back_test

log = logging.getLogger("dibs.back_tests")
EVERY = 0.5
"""Machine seconds between two looks whether somebody asked."""
OPENS_WITHIN = (0.3, 0.7, 1.5)
"""Machine seconds to wait for a window that is only just being opened."""
NOT_THERE = "not_found"


class Tester:
    """Takes back-tests one by one; nothing is sent while a transaction is open."""

    def __init__(self, desk: Desk, web: WebClient, pulse: Pulse) -> None:
        self._desk, self._web, self._pulse = desk, web, pulse

    def run(self) -> None:
        """Run everything that was asked for."""
        while not self._pulse.stopping.is_set():
            asked = back_tests.take(self._desk, self._pulse.machine_now())
            if asked is None:
                return
            self._run(asked)

    def _run(self, asked: Asked) -> None:
        now = self._pulse.now()
        found = None if back_tests.given_up(asked) else self._look(asked, now)
        made = back_tests.armable(self._desk, asked.draft) if found else None
        value = f"{made.version}:{made.rule.name}" if made else None
        view = back_test.found(asked.id, found, value) if found else back_test.failed(asked.id)
        # Its figures come first: whoever presses Arm in the window must find them.
        back_tests.remember(self._desk, asked, found, now)
        shown = self._show(asked.id, view)
        back_tests.settle(self._desk, asked, found, now, shown=shown)

    def _look(self, asked: Asked, now: datetime) -> BackTest | None:
        try:
            return back_tests.run(self._desk, asked.draft, back_tests.span(self._desk, now))
        except Busy as busy:
            log.warning("a back-test met a busy database: %s", busy)
            return None

    def _show(self, number: int, view: dict[str, object]) -> bool:
        """Whether the window was still there; one that was just asked for may take a moment to open."""
        for pause in (*OPENS_WITHIN, None):
            try:
                self._web.views_update(external_id=back_test.external_id(number), view=view)
            except SlackApiError as error:
                if pause is None or error.response.get("error") != NOT_THERE:
                    return False
                self._pulse.stopping.wait(pause)
            except (SlackClientError, OSError) as error:
                log.warning("a back-test couldn't be shown in its window: %s", error)
                return False
            else:
                return True
        return False
