"""Living in a sandbox: follow its clock, and say when there is nothing left to do at its time."""

import logging
import threading
from datetime import datetime

import requests

from bot.clock import Clock
from bot.courier import Courier
from bot.pulse import Pulse
from bot.watcher import Watcher
from desk import deliveries, offers, sending
from desk.desk import Desk

log = logging.getLogger("dibs.sandbox")
LONG_POLL = 40
"""Seconds the sandbox may hold a question about its clock, and some more."""
LOOK_AGAIN = 0.01


class Neighbourhood:
    """Two threads: one follows the clock, the other reports idleness."""

    def __init__(self, address: str, desk: Desk, pulse: Pulse, crew: tuple[Courier, Watcher, Clock]) -> None:
        self._address, self._desk, self._pulse = address, desk, pulse
        self._courier, self._watcher, self._clock = crew
        self._version = -1
        self._threads = [
            threading.Thread(target=loop, name=name, daemon=True)
            for name, loop in (("sandbox-clock", self._follow), ("sandbox-idle", self._report))
        ]

    def first_look(self) -> None:
        """Take over the sandbox's time before anything else is done."""
        self._move(requests.get(f"{self._address}/control/clock", timeout=10).json())

    def start(self) -> None:
        """Start both threads."""
        for thread in self._threads:
            thread.start()

    def leave(self) -> None:
        """Nobody needs to wait for us any more."""
        try:
            requests.post(f"{self._address}/control/clock/leave", json={"name": "bot"}, timeout=1)
        except requests.RequestException:
            log.info("the sandbox is gone already")

    def _move(self, clock: dict[str, float]) -> None:
        if clock["version"] != self._version:
            self._version = int(clock["version"])
            self._pulse.follow(float(clock["offset_seconds"]))

    def _follow(self) -> None:
        session = _session()
        while not self._pulse.stopping.is_set():
            try:
                answer = session.get(
                    f"{self._address}/control/clock", params={"after": self._version}, timeout=LONG_POLL
                )
                self._move(answer.json())
                self._clock.tick()
            except (requests.RequestException, ValueError):
                self._pulse.stopping.wait(0.5)

    def _report(self) -> None:
        session = _session()
        while not self._pulse.stopping.is_set():
            heard, version = self._pulse.heard(), self._version
            quiet, next_at = self._quiet()
            again = not quiet
            if quiet:
                again = self._say(session, version, next_at)
            self._pulse.sleep(heard, None, LOOK_AGAIN if again else 0.5)

    def _say(self, session: requests.Session, version: int, next_at: datetime | None) -> bool:
        report = {"name": "bot", "version": version, "next_at": next_at.isoformat() if next_at else None}
        try:
            answer = session.post(f"{self._address}/control/clock/idle", json=report, timeout=10).json()
        except (requests.RequestException, ValueError):
            self._pulse.stopping.wait(0.5)
            return True
        return bool(answer.get("again"))

    def _quiet(self) -> tuple[bool, datetime | None]:
        moves = self._pulse.moves
        if self._watcher.polled < moves or self._clock.ticked < moves or self._courier.busy:
            return False, None
        now = self._pulse.now()
        due = [at for at in (ask(self._desk) for ask in (sending.next_at, deliveries.next_at, offers.next_at)) if at]
        next_at = min(due, default=None)
        quiet = (next_at is None or next_at > now) and not self._courier.busy and moves == self._pulse.moves
        return quiet, next_at


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a proxy has no business between us and this machine
    return session
