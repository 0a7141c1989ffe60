"""Group commit: writers who queue at the gate share one commit, because each commit waits for the disk."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from domain.errors import Busy
from storage.gate import Gate

MOST = 32
"""Writers a commit: 500 clicks at once cost 16 waits for the disk, and no writer waits for many others' work."""
_DOUBT = 1.0
"""Machine seconds after which a writer looks whether its commit has been forgotten."""


class Group:
    """One transaction and everybody whose part of it is complete. Touched in a writer's turn only."""

    def __init__(self, engine: Engine) -> None:
        self.connection = engine.connect()
        self.transaction = self.connection.begin()
        self.size = 0
        self.broken = self.kept = False
        self.ended = threading.Event()

    @contextmanager
    def part(self) -> Iterator[Connection]:
        """One writer's part, taken back alone when it fails. The first needs no savepoint: there is nothing to keep."""
        try:
            with self.connection.begin_nested() if self.size else nullcontext():
                yield self.connection
        except OperationalError:
            self.broken = True  # SQLite may have taken back everybody's part by itself
            raise
        self.size += 1

    def end(self) -> None:
        """Commit, or take everything back, and tell whoever waits for it."""
        try:
            if self.broken or not self.size:
                self.transaction.rollback()
            else:
                self.transaction.commit()
                self.kept = True
        finally:
            self.connection.close()
            self.ended.set()


class Writers:
    """Lets one writer at a time write, and commits when nobody queues behind it; each returns after its commit."""

    def __init__(self, engine: Engine, gate: Gate) -> None:
        self._engine, self._gate = engine, gate
        self._group: Group | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A writing transaction, to its user like any other; Busy when the database couldn't be had in time."""
        with self._gate.turn() as until:
            group = self._group or self._begun(until)
            try:
                with group.part() as connection:
                    yield connection
            finally:
                if group.broken or group.size in (0, MOST) or not self._gate.queue_length:
                    self._end(group)
        while not group.ended.wait(_DOUBT):
            self.finish()
        if not group.kept:
            raise Busy("the commit this was a part of failed")

    def finish(self) -> None:
        """Commit what is under way."""
        with self._gate.turn():
            if self._group is not None:
                self._end(self._group)

    def _begun(self, until: float) -> Group:
        self._gate.lock(until)
        try:
            self._group = Group(self._engine)
        finally:
            if self._group is None:
                self._gate.unlock()
        return self._group

    def _end(self, group: Group) -> None:
        self._group = None
        try:
            group.end()
        finally:
            self._gate.unlock()
