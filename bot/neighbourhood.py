"""Living in a sandbox: follow its clock, and say when there is nothing left to do at its time."""

import logging
import threading
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.control import Link
from bot.courier import Courier
from bot.pulse import Pulse
from bot.watcher import Watcher
from desk import (
    back_tests,
    covers,
    deliveries,
    digests,
    escalation,
    fresh_start,
    looking_in,
    occasions,
    offers,
    rule_watch,
    sending,
)
from desk.desk import Desk

log = logging.getLogger("dibs.sandbox")
SHORT = 10.0
"""Machine seconds for a question that is answered at once."""
LOOK_AGAIN = 0.004
"""Machine seconds between two looks at whether everybody is done: a walk waits for this at each of its stops."""
REPORT_AGAIN = 0.01
SCHEDULES = (
    sending.next_at,
    deliveries.next_at,
    offers.next_at,
    covers.next_at,
    escalation.next_at,
    looking_in.next_at,
    rule_watch.next_at,
    occasions.next_at,
    digests.next_at,
    back_tests.next_at,
)
"""Everything that is done at a time: a walking clock must stop at the earliest of them."""


class Neighbourhood:
    """Two threads: one follows the clock, the other reports idleness."""

    def __init__(self, address: str, desk: Desk, pulse: Pulse, crew: tuple[Courier, Watcher, Clock]) -> None:
        self._address, self._desk, self._pulse = address, desk, pulse
        self._courier, self._watcher, self._clock = crew
        self._version = -1
        self._world = ""
        self._threads = [
            threading.Thread(target=loop, name=name, daemon=True)
            for name, loop in (("sandbox-clock", self._follow), ("sandbox-idle", self._report))
        ]

    def first_look(self) -> None:
        """Take over the sandbox's time before anything else is done."""
        self._move(Link(self._address, SHORT).get("/control/clock"))

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def leave(self) -> None:
        """Nobody needs to wait for us any more."""
        try:
            Link(self._address, 1).post("/control/clock/leave", {"name": "bot"})
        except OSError:
            log.info("the sandbox is gone already")

    def _move(self, clock: dict[str, Any]) -> None:
        world = str(clock.get("world", 0))
        if world != self._world and fresh_start.keep_up(self._desk, world, self._pulse.now()):
            log.warning("the sandbox began anew, so everything is forgotten")
            self._clock.sync(self._pulse.now())
        self._world = world
        if clock["version"] != self._version:
            self._version = int(clock["version"])
            self._pulse.follow(float(clock["offset_seconds"]), clock.get("x_news"))

    def _follow(self) -> None:
        link = Link(self._address)
        while not self._pulse.stopping.is_set():
            try:
                self._move(link.get("/control/clock", after=str(self._version)))
                self._clock.tick()
            except OSError:
                self._pulse.stopping.wait(0.5)

    def _report(self) -> None:
        link = Link(self._address, SHORT)
        while not self._pulse.stopping.is_set():
            heard, version = self._pulse.heard(), self._version
            quiet, next_at = self._quiet()
            pause = LOOK_AGAIN
            if quiet:
                pause = REPORT_AGAIN if self._say(link, version, next_at) else 0.5
            self._pulse.sleep(heard, None, pause)

    def _say(self, link: Link, version: int, next_at: datetime | None) -> bool:
        """Report; whether the sandbox wants to hear it again at once."""
        report = {"name": "bot", "version": version, "next_at": next_at.isoformat() if next_at else None}
        try:
            _status, answer = link.post("/control/clock/idle", report)
        except OSError:
            self._pulse.stopping.wait(0.5)
            return True
        return bool(answer.get("again"))

    def _quiet(self) -> tuple[bool, datetime | None]:
        moves = self._pulse.moves
        if self._watcher.polled < moves or self._clock.ticked < moves or self._courier.busy:
            return False, None
        now = self._pulse.now()
        if self._clock.owes(now):
            self._clock.tick()
            return False, None
        due = [at for at in (ask(self._desk) for ask in SCHEDULES) if at]
        next_at = min(due, default=None)
        quiet = (next_at is None or next_at > now) and not self._courier.busy and moves == self._pulse.moves
        return quiet, next_at
