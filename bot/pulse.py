"""The pulse: business time, machine time, and the one bell that wakes every sleeping loop."""

import threading
import time
from datetime import UTC, datetime, timedelta


class Pulse:
    """Business time is wall time plus the sandbox's offset (nothing, live); `ring` wakes whoever sleeps."""

    def __init__(self) -> None:
        self._bell = threading.Condition()
        self._rung = 0
        self._offset = timedelta()
        self.moves = 0
        """How often the sandbox's clock has moved; never, live."""
        self.news: int | None = None
        """How often something had happened on the sandbox's X when its clock was last looked at; unknown, live."""
        self.stopping = threading.Event()

    def now(self) -> datetime:
        """Business time, aware UTC."""
        return datetime.now(UTC) + self._offset

    @staticmethod
    def machine_now() -> datetime:
        """Machine time, aware UTC: for leases, which a leap of the sandbox's clock must not end."""
        return datetime.now(UTC)

    def follow(self, offset: float, news: int | None = None) -> None:
        """The sandbox's clock stands `offset` seconds ahead of the wall."""
        with self._bell:
            self.news = news
            self._offset = timedelta(seconds=offset)
            self.moves += 1
            self._rung += 1
            self._bell.notify_all()

    def ring(self) -> None:
        """Something was promised, or time has moved: everybody look again."""
        with self._bell:
            self._rung += 1
            self._bell.notify_all()

    def heard(self) -> int:
        """Where the bell's count stands; take it before looking for work, and hand it to `sleep`."""
        with self._bell:
            return self._rung

    def sleep(self, heard: int, until: datetime | None, most: float) -> None:
        """Sleep until business time `until`, at most `most` seconds, or until the bell rings after `heard`."""
        seconds = most
        if until is not None:
            seconds = min(most, max(0.0, (until - self.now()).total_seconds()))
        with self._bell:
            self._bell.wait_for(lambda: self._rung != heard or self.stopping.is_set(), seconds)

    def sleep_till_moved(self, moves: int, until: datetime) -> None:
        """Sleep until business time `until`, or until the clock has moved since it stood at `moves`."""
        seconds = max(0.0, (until - self.now()).total_seconds())
        with self._bell:
            self._bell.wait_for(lambda: self.moves != moves or self.stopping.is_set(), seconds)

    def stop(self) -> None:
        """End every loop after what it is doing."""
        self.stopping.set()
        self.ring()

    @staticmethod
    def monotonic() -> float:
        """Machine seconds that never jump."""
        return time.monotonic()
