"""Reading iCal feeds, on addresses or in files, and keeping what they say."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.pulse import Pulse
from desk import feeds
from desk.desk import Desk
from desk.feeds import Feed
from domain.rota import Shift
from networks import ical
from networks.ical_guard import BadFeed
from networks.outpost import LONGEST, Failed, Fetched, Outpost, Unchanged

EVERY = 30.0
"""Machine seconds between two looks whether one is due."""
BEFORE, AFTER = timedelta(days=40), timedelta(days=200)
"""How much of a feed is read, around now."""


class FeedReader:
    """Reads what is due."""

    def __init__(self, desk: Desk, outpost: Outpost, pulse: Pulse, folder: Path) -> None:
        self._desk, self._outpost, self._pulse, self._folder = desk, outpost, pulse, folder

    @property
    def any_named(self) -> bool:
        """Whether the policy names a feed at all."""
        policy = self._desk.policy
        named = [*(one.ical for one in policy.rota.values()), *(one.ical for one in policy.calendar.values())]
        return any(named)

    def read(self) -> None:
        """Read every feed that is due now."""
        self.read_due(self._pulse.now())

    def read_due(self, now: datetime) -> None:
        """Read every feed that is due."""
        for feed in feeds.wanted(self._desk, now):
            answer = self._fetched(feed)
            if isinstance(answer, Unchanged):
                feeds.unchanged(self._desk, feed, now)
            elif isinstance(answer, Failed):
                feeds.failed(self._desk, feed, answer.reason, now)
            else:
                self._keep(feed, answer, now)

    def _fetched(self, feed: Feed) -> Fetched | Unchanged | Failed:
        if "://" in feed.address:
            return self._outpost.fetch(feed.address, feed.etag)
        path = self._folder / feed.address
        try:
            data = path.read_bytes()
        except OSError as error:
            return Failed(f"The file {feed.address} can't be read ({type(error).__name__}).")
        if len(data) > LONGEST:
            return Failed(f"The file {feed.address} is larger than a megabyte.")
        return Fetched(data.decode("utf-8", "replace"), None)

    def _keep(self, feed: Feed, found: Fetched, now: datetime) -> None:
        data, zone = found.text.encode(), ZoneInfo(feed.zone)
        try:
            if feed.team is not None:
                feeds.shifts(self._desk, feed, self._shifts(feed.team, data, zone, now), found.etag, now)
            else:
                feeds.closed_days(self._desk, feed, ical.closed_days(data, zone, _around(now)), found.etag, now)
        except BadFeed as why:
            feeds.failed(self._desk, feed, str(why), now)

    def _shifts(self, team: str, data: bytes, zone: ZoneInfo, now: datetime) -> list[Shift]:
        return ical.read(data, team, zone, _around(now), feeds.names(self._desk))


def _around(now: datetime) -> tuple[datetime, datetime]:
    return now - BEFORE, now + AFTER
