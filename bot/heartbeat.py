"""The heartbeat: somebody outside hears from us while we are well, and raises the alarm when they don't."""

import logging
from datetime import datetime, timedelta

from domain.deliveries import Delivered
from networks.outpost import Outpost

log = logging.getLogger("dibs.heartbeat")
EVERY = timedelta(seconds=60)
"""Machine time between two beats."""


class Heartbeat:
    """Beats only while we are well: silence is the message. One thread beats."""

    def __init__(self, outpost: Outpost, url: str) -> None:
        self._outpost, self._url = outpost, url
        self._beat_at: datetime | None = None
        self._heard = True

    def beat(self, now: datetime, *, healthy: bool) -> bool:
        """Send a heartbeat if one is due at machine time `now`; whether one was sent and heard.

        May take fifteen seconds when nobody answers, so no loop that others wait for may call it. Never raises.
        """
        if not self._url or not healthy or not self._due(now):
            return False
        self._beat_at = now
        outcome = self._outpost.knock(self._url)
        heard = isinstance(outcome, Delivered)
        if heard != self._heard:
            log.warning("the heartbeat is %s", "heard again" if heard else f"not heard: {outcome}")
        self._heard = heard
        return heard

    def _due(self, now: datetime) -> bool:
        # A wall clock that was set back must not silence us until it has caught up.
        return self._beat_at is None or not timedelta() <= now - self._beat_at < EVERY
