"""The watcher: polls where customers speak, with overlap, and stores what is new before the cursor moves."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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


SEARCH_LAG = timedelta(seconds=60)
"""Recent search is half a minute late (X, search), so for that long news may still turn up."""
NOTHING: tuple[int | None, datetime] = (None, datetime.min.replace(tzinfo=UTC))
"""The sandbox's news that the last whole round has read, and when they were read first."""


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
        self._lag = SEARCH_LAG if searches else timedelta()
        self._began = datetime.min.replace(tzinfo=UTC)
        self._read = NOTHING
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
            moves, news, now = self._pulse.moves, self._pulse.news, self._pulse.now()
            if not self._rests(news, now):
                self._began = now
                self._read = (news, self._read[1] if news == self._read[0] else now) if self._attempt() else NOTHING
            self.polled = moves
            self._pulse.ring()
            self._pulse.sleep_till_moved(moves, self._began + self._desk.policy.networks.x.poll)

    def _rests(self, news: int | None, now: datetime) -> bool:
        """Whether the last round still says it all: a sandbox swears to it, and the next poll isn't due yet.

        Its clock may stop every second, for Slack's budgets' sake, and polling as often would break X's.
        """
        read, since = self._read
        fresh = now - self._began < self._desk.policy.networks.x.poll
        return fresh and news is not None and news == read and self._began - since >= self._lag

    def _attempt(self) -> bool:
        try:
            return self.round()
        except Exception:
            log.exception("a round of polling failed; the next one overlaps it")
            return False

    def round(self) -> bool:
        """Poll everything once; whether everything answered."""
        if not self._leads():
            return False
        for watch in self._watches:
            try:
                self._poll(watch)
            except NetworkTrouble as trouble:
                log.warning("%s: %s", watch.name, trouble)
                alarms.trouble(self._desk, trouble.kind, self._pulse.now())
                return False
        alarms.all_clear(self._desk, self._pulse.now())
        return True

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
        fresh = intake.news(self._desk, batch.posts)
        *most, last = _chunks(fresh) or [[]]
        for chunk in most:
            intake.store(self._desk, chunk, intake.Source(watch.name, None), self._pulse.now())
        if fresh or known is None or now - known > self._overlap / 2 or not batch.complete:
            read = intake.Source(watch.name, now.isoformat(), batch.complete)
            intake.store(self._desk, last, read, self._pulse.now())
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


def _chunks(posts: list[IncomingPost]) -> list[list[IncomingPost]]:
    return [posts[start : start + BATCH] for start in range(0, len(posts), BATCH)]
