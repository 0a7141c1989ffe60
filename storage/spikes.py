"""Volumes and spikes: posts by the hour in each series, and which spikes were told of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.spikes import REFRACTORY, WEEK, Baseline, Event, hour_of
from storage.schema import cases, posts
from storage.schema_likeness import sketches, spikes, volumes
from storage.scope import Either, Rows, b, insert_once
from storage.types import EPOCH

BRAND = "brand"
MOST = 2000
"""Events that are read for one look; more than that needs no counting."""


def _adding(kind: Any) -> Any:
    form = kind.insert(volumes)
    more = volumes.c.posts + form.excluded.posts
    return form.on_conflict_do_update(index_elements=["series", "hour"], set_={"posts": more})


_ADD = Either(_adding(sqlite), _adding(postgresql))
_SLOT = (volumes.c.hour % WEEK).label("slot")
_SUMS = (
    select(_SLOT, cast(func.sum(volumes.c.posts), Integer).label("posts"))
    .where(volumes.c.series == b("series"), volumes.c.hour >= b("since"), volumes.c.hour < b("until"))
    .group_by(_SLOT)
)
_LATELY = select(func.sum(volumes.c.posts)).where(volumes.c.series == b("series"), volumes.c.hour >= b("since"))
_BEGAN = select(cases.c.made_at).order_by(cases.c.id).limit(1)
_LAST = select(func.max(spikes.c.at)).where(spikes.c.series == b("series"))
_TOLD = insert_once(spikes, "series", "span", returning=spikes.c.id)
_ALL_EVENTS = (
    select(sketches.c.at, posts.c.author_id, posts.c.case_id)
    .join(posts, posts.c.id == sketches.c.post)
    .where(sketches.c.at > b("since"), sketches.c.at <= b("now"))
    .order_by(sketches.c.at.desc())
    .limit(MOST)
)
_EVENTS = _ALL_EVENTS.join(cases, cases.c.id == posts.c.case_id).where(cases.c.team == b("team"))


class Spikes(Rows):
    """Statements on volumes and spikes."""

    def add(self, counts: Mapping[tuple[str, int], int]) -> None:
        """Count posts: by series and hour."""
        rows = [{"series": series, "hour": hour, "posts": count} for (series, hour), count in counts.items()]
        self._insert_all(_ADD, rows)

    def lately(self, series: str, since: int) -> int:
        """Posts of the series from this hour on."""
        row = self._one(_LATELY, v_series=series, v_since=since)
        return int(row[0] or 0) if row else 0

    def baseline(self, series: str, since: int, until: int) -> Baseline:
        """What was usual in these hours, as far back as the first case was opened."""
        began = self._one(_BEGAN)
        since = max(since, hour_of(began.made_at)) if began else until
        rows = self._all(_SUMS, v_series=series, v_since=since, v_until=until)
        return Baseline({int(row.slot): int(row.posts) for row in rows}, max(until - since, 0))

    def events(self, series: str, since: datetime, now: datetime) -> list[tuple[Event, int | None]]:
        """The newest posts of the series, each with its case."""
        statement = _ALL_EVENTS if series == BRAND else _EVENTS
        more = {} if series == BRAND else {"v_team": series.partition(":")[2]}
        rows = self._all(statement, v_since=since, v_now=now, **more)
        return [(Event(row.at, row.author_id), row.case_id) for row in rows]

    def last(self, series: str) -> datetime | None:
        """When a spike of this series was told of last."""
        row = self._one(_LAST, v_series=series)
        return row[0] if row else None

    def tell(self, series: str, facts: Mapping[str, Any], at: datetime) -> bool:
        """Keep that it was told; False when somebody else has just done so."""
        span = (at - EPOCH) // REFRACTORY
        return self._insert(_TOLD, series=series, span=span, at=at, facts=dict(facts)).first() is not None
