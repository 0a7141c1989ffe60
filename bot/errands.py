"""Errands: small loops beside the main ones, each in a thread of its own, so that nothing waits for a slow outside."""

import logging
import threading
from collections.abc import Callable

from bot.pulse import Pulse
from domain.errors import Busy

log = logging.getLogger("dibs.errands")


class Errand:
    """Calls `step` every so many machine seconds until the pulse stops; a step that fails is tried again."""

    def __init__(self, name: str, step: Callable[[], object], every: float, pulse: Pulse) -> None:
        self._step, self._every, self._pulse = step, every, pulse
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)

    def start(self) -> None:
        """Start."""
        self._thread.start()

    def _loop(self) -> None:
        while not self._pulse.stopping.is_set():
            try:
                self._step()
            except Busy:
                log.info("%s: the database was busy; once more a moment later", self._thread.name)
            except Exception:
                log.exception("%s failed; it is tried again", self._thread.name)
            self._pulse.stopping.wait(self._every)
