"""The clock: APScheduler wakes us; rows say what is due, so a doubled or late wake does nothing twice."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot import directory
from bot.pulse import Pulse
from bot.reach import Lookout
from desk import auditor, covers, digests, escalation, looking_in, nags, occasions, offers, oncall, rule_watch
from desk import directory as desk_directory
from desk.desk import Desk

log = logging.getLogger("dibs.clock")
EVERY = 1.0
"""Machine seconds between ticks."""
AUDIT_EVERY = 60.0
"""Machine seconds between two rounds of the auditor."""
LOOK_AGAIN = 10.0
"""Machine seconds after which it looks again at what it suspects."""


class Clock:
    """Ticks once a second, and at once when the sandbox's clock has moved."""

    def __init__(self, desk: Desk, web: WebClient, pulse: Pulse, us: tuple[str, str]) -> None:
        self._desk, self._web, self._pulse, self._us = desk, web, pulse, us
        self._one_at_a_time = threading.Lock()
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        self._scheduler.add_job(self.tick, "interval", seconds=EVERY, misfire_grace_time=None)
        self._lookout = Lookout(web)
        self._last = pulse.monotonic()
        self._unread = False
        self.findings: tuple[auditor.Finding, ...] = ()
        """What the auditor found when it last looked."""
        self._audited = float("-inf")
        self._suspected: set[str] = set()
        self.ticks = False
        """Whether this process is the one that ticks."""
        self.ticked = -1
        """How often the clock had moved when the last tick began."""

    def start(self) -> None:
        """Start ticking."""
        self._scheduler.start()
        self.ticks = True

    def stop(self) -> None:
        """Stop after the tick under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        with self._one_at_a_time:
            log.debug("the clock has stopped")

    def tick(self) -> None:
        """Do what is due."""
        with self._one_at_a_time:
            if self._pulse.stopping.is_set():
                return
            moves, now = self._pulse.moves, self._pulse.now()
            for stage in self._stages():
                self._safely(stage, now)
            self.ticked = moves
            self._last = self._pulse.monotonic()

    def _stages(self) -> tuple[Callable[[datetime], None], ...]:
        nudges = (self._offers, self._covers, self._tending, self._ladder, self._occasions)
        return (*nudges, self._rules, self._digests, self._directory, self._audit)

    def owes(self, now: datetime) -> bool:
        """Whether a fresh look at the directory is due that Slack hasn't just refused."""
        return not self._unread and desk_directory.wanted(self._desk, now)

    def since_tick(self) -> float:
        """Machine seconds since the last tick ended; never fooled by a clock that jumps."""
        return self._pulse.monotonic() - self._last

    @staticmethod
    def _safely(stage: Callable[[datetime], None], now: datetime) -> None:
        """A stage that fails leaves the others alone."""
        try:
            stage(now)
        except Exception:
            log.exception("a tick failed; the next one finds the same rows")

    def _offers(self, now: datetime) -> None:
        if _is_due(offers.next_at(self._desk), now):
            offers.lapse(self._desk, now)

    def _covers(self, now: datetime) -> None:
        if _is_due(covers.next_at(self._desk), now):
            covers.tick(self._desk, now)

    def _tending(self, now: datetime) -> None:
        if _is_due(looking_in.next_at(self._desk), now):
            looking_in.tick(self._desk, now)

    def _ladder(self, now: datetime) -> None:
        if _is_due(escalation.next_at(self._desk), now):
            self._look_out(now)
            while escalation.tick(self._desk, now) == escalation.MOST:
                log.info("a backlog: more steps are due")
            nags.say_aloud(self._desk, now)

    def _occasions(self, now: datetime) -> None:
        if _is_due(occasions.next_at(self._desk), now):
            occasions.tick(self._desk, now)

    def _rules(self, now: datetime) -> None:
        if _is_due(rule_watch.next_at(self._desk), now):
            rule_watch.tick(self._desk, now)

    def _digests(self, now: datetime) -> None:
        if _is_due(digests.next_at(self._desk), now):
            digests.tick(self._desk, now)

    def _directory(self, now: datetime) -> None:
        if desk_directory.wanted(self._desk, now):
            self.sync(now)

    def _look_out(self, now: datetime) -> None:
        """Ask Slack who is resting before anybody is told; what it doesn't say holds nothing back."""
        people, willing = oncall.to_ask_about(self._desk, now)
        if people:
            found = self._lookout.look(people, now, opted_in=willing)
            oncall.remember(self._desk, found.values(), now)

    def _audit(self, now: datetime) -> None:
        """What is found twice, a few seconds apart, is a finding: a clock that has just jumped needs a moment."""
        pause = LOOK_AGAIN if self._suspected else AUDIT_EVERY
        if self._pulse.monotonic() - self._audited < pause:
            return
        self._audited = self._pulse.monotonic()
        found = auditor.find(self._desk, now)
        self.findings = tuple(one for one in found if one.what in self._suspected)
        self._suspected = {one.what for one in found}
        for one in self.findings:
            log.warning("the auditor found: %s (cases %s)", one.what, one.cases)
        if self.findings or not found:
            auditor.report(self._desk, self.findings, now)

    def sync(self, now: datetime) -> None:
        """Take a fresh look at Slack's directory."""
        team, bot_user = self._us
        try:
            desk_directory.sync(
                self._desk, directory.people(self._web, team), directory.rooms(self._web, bot_user), now
            )
        except (SlackClientError, OSError) as error:
            self._unread = True
            log.warning("the directory couldn't be read, the last one stays: %s", error)
        else:
            self._unread = False


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now
