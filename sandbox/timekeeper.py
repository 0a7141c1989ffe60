"""Keeps business time across restarts: it goes on from where it was and never back."""

import time
from datetime import datetime

from sandbox.clock import Clock
from sandbox.live import Bus
from sandbox.shelf import Shelf


class Timekeeper:
    """Writes the offset down at each move and tells the page."""

    def __init__(self, clock: Clock, shelf: Shelf, bus: Bus) -> None:
        self._clock, self._shelf, self._bus = clock, shelf, bus
        clock.on_move.append(self._moved)

    def resume(self, start_at: datetime | None) -> None:
        """Go on from the remembered time; only a first start may begin at `start_at`."""
        kept = self._shelf.get("clock", "clock")
        if kept is not None:
            self._clock.world = kept.get("world", 0)
            self._clock.offset = max(kept["offset"], kept["now"] - time.time())
        elif start_at is not None:
            self._clock.offset = start_at.timestamp() - time.time()
        self.write()

    def write(self) -> None:
        """Remember the time as it is now."""
        self._shelf.put("clock", "clock", self._standing())

    def _standing(self) -> dict[str, float]:
        return {"offset": self._clock.offset, "now": self._clock.time(), "world": self._clock.world}

    def _moved(self) -> None:
        self.write()
        self._bus.say("clock", now=self._clock.now().isoformat(), offset_seconds=self._clock.offset)
