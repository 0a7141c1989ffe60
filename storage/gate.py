"""The gate every write to SQLite passes: one writer at a time, in this process and beside it, or Busy after 2 s."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from domain.errors import Busy

WAIT = 2.0
"""Machine seconds a writer waits; a click that waits longer is not acknowledged, so that Slack tells its person."""
_LOOK_AGAIN = 0.004


class Gate:
    """SQLite's own busy handler polls and starves clicks; a turn in the process and a file lock beside it do not.

    One gate at a time also keeps old SQLite versions away from their WAL-reset bug (fixed in 3.51.3).
    """

    def __init__(self, path: Path) -> None:
        self._turns = threading.Condition()
        self._taken = False
        self._waiting = 0
        self._pause = threading.Event()
        self._file: BinaryIO = path.open("ab")

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Hold the gate, or raise Busy."""
        with self.turn() as until:
            self.lock(until)
            try:
                yield
            finally:
                self.unlock()

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Be the one thread of this process that may write, or raise Busy; gives the moment the patience ends."""
        until = time.monotonic() + WAIT
        with self._turns:
            self._waiting += 1
            try:
                if not self._turns.wait_for(lambda: not self._taken, WAIT):
                    raise Busy("another thread kept the database for too long")
            finally:
                self._waiting -= 1
            self._taken = True
        try:
            yield until
        finally:
            with self._turns:
                self._taken = False
                self._turns.notify()

    @property
    def queue_length(self) -> int:
        """How many threads of this process wait for their turn."""
        with self._turns:
            return self._waiting

    def lock(self, until: float) -> None:
        """Keep other processes out, or raise Busy once the patience that began with the turn is over."""
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy("another process kept the database for too long") from None
                self._pause.wait(_LOOK_AGAIN)
            else:
                return

    def unlock(self) -> None:
        """Let other processes in."""
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the lock file."""
        self._file.close()
