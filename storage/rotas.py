"""Changes of the rota that were made in Slack, wishes for them, and the feeds it is read from."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.rota import Override
from storage.covers import Covers
from storage.schema_time import feeds, overrides
from storage.scope import Rows, b, insert_once

_ADD = insert(overrides).returning(overrides.c.id)
_OVERRIDES = (
    select(overrides)
    .where(overrides.c.team == b("team"), overrides.c.until_at > b("from"), overrides.c.from_at < b("until"))
    .order_by(overrides.c.made_at, overrides.c.id)
)
_FEED = insert_once(feeds, "name")
_FEEDS = select(feeds).order_by(feeds.c.name)
_GET_FEED = select(feeds).where(feeds.c.name == b("name"))
_POINT = update(feeds).where(feeds.c.name == b("name"), feeds.c.url != b("url")).values(url=b("url"), etag=None)
_FETCHED = (
    update(feeds)
    .where(feeds.c.name == b("name"))
    .values(text=b("text"), etag=b("etag"), fetched_at=b("at"), failed_at=None, fault=None)
)
_UNCHANGED = update(feeds).where(feeds.c.name == b("name")).values(fetched_at=b("at"), failed_at=None, fault=None)
_FAILED = (
    update(feeds).where(feeds.c.name == b("name")).values(failed_at=b("at"), fault=b("fault")).returning(feeds.c.name)
)


class Rotas(Rows):
    """Statements on overrides and feeds."""

    @cached_property
    def covers(self) -> Covers:
        """Wishes for cover."""
        return Covers(self._connection, self._scope)

    def override(self, made: Override, by: str, at: datetime) -> int:
        """Somebody else for a while."""
        row = self._insert(
            _ADD, team=made.team, from_at=made.from_at, until_at=made.until_at, main=made.primary, backup=made.backup,
            made_by=by, made_at=at,
        ).one()  # fmt: skip
        return int(row.id)

    def overrides(self, team: str, from_at: datetime, until_at: datetime) -> list[Override]:
        """What was changed for a stretch of time, oldest change first."""
        rows = self._all(_OVERRIDES, v_team=team, v_from=from_at, v_until=until_at)
        return [
            Override(row.team, row.from_at, row.until_at, row.main, row.backup, row.made_at, f"change {row.id}")
            for row in rows
        ]

    def point_feed(self, name: str, url: str) -> None:
        """Where the named feed is read; another address is fetched afresh, the last good copy stays until then."""
        self._insert(_FEED, name=name, url=url)
        self._run(_POINT, v_name=name, v_url=url)

    def feed(self, name: str) -> Row[Any] | None:
        """The feed: (name, url, text, etag, fetched_at, failed_at, fault)."""
        return self._one(_GET_FEED, v_name=name)

    def feeds(self) -> list[Row[Any]]:
        """All of them."""
        return self._all(_FEEDS)

    def fetched(self, name: str, text: str | None, etag: str | None, at: datetime) -> None:
        """A good answer: new text, or none when nothing changed."""
        if text is None:
            self._run(_UNCHANGED, v_name=name, v_at=at)
        else:
            self._run(_FETCHED, v_name=name, v_text=text, v_etag=etag, v_at=at)

    def failed(self, name: str, fault: str, at: datetime) -> None:
        """No good answer; the last good copy stays in force."""
        self._run(_FAILED, v_name=name, v_fault=fault[:300], v_at=at)
