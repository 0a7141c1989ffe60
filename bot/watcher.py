"""The watcher: polls where customers speak, with overlap, and stores what is new before the cursor moves."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.pulse import Pulse
from desk import alarms, intake
from desk.desk import Desk
from domain.errors import Busy
from domain.posts import IncomingPost
from domain.x import snowflake_at
from networks.errors import NetworkTrouble
from networks.network import Batch, Network

log = logging.getLogger("dibs.watcher")
BATCH = 50
"""Posts a transaction: the gate is free again within milliseconds, so no click waits."""
FIRST_LOOK_BACK = timedelta(hours=24)
"""How far the very first poll looks back."""
LEASE = timedelta(seconds=15)
"""Machine time one process keeps the others from polling; what a killed one leaves is over soon."""
LEASE_NAME = "watch:x"


@dataclass(frozen=True)
class Watch:
    """What is polled: a name for its cursor and the call, given the oldest moment of interest."""

    name: str
    poll: Callable[[datetime], Batch]


class Watcher:
    """One thread per network account; a lease keeps other processes from polling the same."""

    def __init__(
        self, desk: Desk, network: Network, pulse: Pulse, overlap: timedelta, searches: tuple[str, ...]
    ) -> None:
        self._desk, self._pulse, self._overlap = desk, pulse, overlap
        self._me = f"{socket.gethostname()[:30]}:{os.getpid()}:{id(self):x}"
        self._leased_until = 0.0
        self._watches = [
            Watch("x:mentions", lambda since: network.mentions(snowflake_at(since))),
            Watch("x:own", lambda since: network.own_posts(snowflake_at(since))),
            *(Watch(f"x:search:{query}"[:120], _searching(network, query)) for query in searches),
        ]
        self._thread = threading.Thread(target=self._loop, name="watcher", daemon=True)
        self.polled = 0
        """How often the clock had moved when the last whole round began."""

    def start(self) -> None:
        """Start polling."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the round under way."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        self._step_down()

    def _step_down(self) -> None:
        """Let another process poll at once."""
        if self._leased_until == 0.0:
            return
        try:
            alarms.release(self._desk, LEASE_NAME, self._me)
        except Busy:
            log.info("the lease on polling ends by itself")

    def _loop(self) -> None:
        while not self._pulse.stopping.is_set():
            moves = self._pulse.moves
            started = self._pulse.now()
            try:
                self.round()
            except Exception:
                log.exception("a round of polling failed; the next one overlaps it")
            self.polled = moves
            self._pulse.ring()
            self._pulse.sleep_till_moved(moves, started + self._desk.policy.networks.x.poll)

    def round(self) -> None:
        """Poll everything once."""
        if not self._leads():
            return
        for watch in self._watches:
            try:
                self._poll(watch)
            except NetworkTrouble as trouble:
                log.warning("%s: %s", watch.name, trouble)
                alarms.trouble(self._desk, trouble.kind, self._pulse.now())
                return
        alarms.all_clear(self._desk, self._pulse.now())

    def _leads(self) -> bool:
        """Whether this process is the one that polls; the lease is renewed when half of it is used."""
        if self._pulse.monotonic() < self._leased_until:
            return True
        last = alarms.leased_by(self._desk, LEASE_NAME)
        if last and last != self._me and is_gone(last):
            alarms.release(self._desk, LEASE_NAME, last)
        if not alarms.lease(self._desk, LEASE_NAME, self._me, self._pulse.machine_now(), LEASE):
            return False
        self._leased_until = self._pulse.monotonic() + LEASE.total_seconds() / 2
        return True

    def _poll(self, watch: Watch) -> None:
        now = self._pulse.now()
        known = intake.cursor(self._desk, watch.name)
        batch = watch.poll(now - FIRST_LOOK_BACK if known is None else min(known, now) - self._overlap)
        for refused in batch.refused:
            log.warning("%s sent something that is no post (%s): %s", watch.name, refused.post_id, refused.reason)
        fresh = intake.unknown(self._desk, batch.posts)
        for chunk in _chunks(fresh):
            intake.store(self._desk, chunk, intake.Source(watch.name, None), self._pulse.now())
        if fresh or known is None or now - known > self._overlap / 2 or not batch.complete:
            intake.store(self._desk, [], intake.Source(watch.name, now.isoformat(), batch.complete), self._pulse.now())
        if fresh:
            self._pulse.ring()


def is_gone(holder: str) -> bool:
    """Whether a lease's holder, "HOST:PID:…", was a process of this machine that runs no longer."""
    host, _, rest = holder.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname()[:30] or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except OSError as error:
        return isinstance(error, ProcessLookupError)
    return False


def _searching(network: Network, query: str) -> Callable[[datetime], Batch]:
    return lambda since: network.search(query, snowflake_at(since))


def _chunks(posts: list[IncomingPost]) -> Iterator[list[IncomingPost]]:
    for start in range(0, len(posts), BATCH):
        yield posts[start : start + BATCH]
