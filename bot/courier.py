"""The courier: threads that bring replies to the network and everything else to Slack, and survive what goes wrong."""

import logging
import threading
from collections.abc import Callable

from bot.deliveries import Postman
from bot.pulse import Pulse
from bot.sending import Publisher

log = logging.getLogger("dibs.courier")
POSTMEN = 4
"""Deliveries under way at once in this process: enough to repaint 500 claimed cards in seconds at 150 ms a call."""
POLL = 1.0
"""Machine seconds after which a sleeping courier looks for what another process left."""


class Courier:
    """Runs the postmen and the publisher until the pulse stops."""

    def __init__(self, postman: Postman, publisher: Publisher, pulse: Pulse) -> None:
        self._pulse = pulse
        self._busy = 0
        self._lock = threading.Lock()
        rounds = [("postman", postman.deliver_one)] * POSTMEN + [("publisher", publisher.publish_one)]
        self._threads = [
            threading.Thread(target=self._loop, args=(errand,), name=f"{name}-{n}", daemon=True)
            for n, (name, errand) in enumerate(rounds)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the threads to finish what they are doing."""
        for thread in self._threads:
            if thread.is_alive():
                thread.join(seconds / len(self._threads))

    @property
    def busy(self) -> bool:
        """Whether any thread is in the middle of an errand."""
        with self._lock:
            return self._busy > 0

    def _loop(self, errand: Callable[[], bool]) -> None:
        while not self._pulse.stopping.is_set():
            heard = self._pulse.heard()
            if self._run(errand):
                self._pulse.ring()
            else:
                self._pulse.sleep(heard, None, POLL)

    def _run(self, errand: Callable[[], bool]) -> bool:
        with self._lock:
            self._busy += 1
        try:
            return errand()
        except Exception:
            log.exception("a courier's errand failed; its lease will bring it back")
            self._pulse.stopping.wait(0.5)
            return False
        finally:
            with self._lock:
                self._busy -= 1
