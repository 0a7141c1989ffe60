"""Volumes and spikes: posts by the hour in each series, and which spikes were told of."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Integer, bindparam, cast, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from domain.spikes import (
    HOUR,
    REFRACTORY,
    WEEK,
    YOUNG_RATE,
    Baseline,
    Event,
    hour_of,
    moment_of,
    most_taught,
    shift_of,
    stretches,
)
from storage.schema import cases, posts
from storage.schema_likeness import sketches, spikes, volumes
from storage.scope import AT_ONCE, Either, Rows, b, insert_once
from storage.types import EPOCH

BRAND = "brand"
MOST = 2000
"""Events that are read for one look; more than that needs no counting."""


def _adding(kind: Any) -> Any:
    form = kind.insert(volumes)
    more = volumes.c.posts + form.excluded.posts
    return form.on_conflict_do_update(index_elements=["series", "hour"], set_={"posts": more})


_ADD = Either(_adding(sqlite), _adding(postgresql))
_SLOT = ((volumes.c.hour + b("shift")) % WEEK).label("slot")
_SUMS = (
    select(_SLOT, cast(func.sum(volumes.c.posts), Integer).label("posts"))
    .where(volumes.c.series == b("series"), volumes.c.hour >= b("since"), volumes.c.hour < b("until"))
    .group_by(_SLOT)
)
_OF_HOURS = select(volumes.c.hour, volumes.c.posts).where(
    volumes.c.series == b("series"), volumes.c.hour >= b("since"), volumes.c.hour < b("until")
)
_TOLD_OF = select(spikes.c.series, spikes.c.at, spikes.c.facts).where(spikes.c.at >= b("since"))
_OLD = (
    select(volumes.c.series, volumes.c.hour)
    .where(volumes.c.series.in_(bindparam("v_series", expanding=True)), volumes.c.hour < b("before"))
    .limit(AT_ONCE)
)
_FORGET = delete(volumes).where(tuple_(volumes.c.series, volumes.c.hour).in_(_OLD))
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

    def baseline(self, series: str, since: int, until: int, zone: tzinfo) -> Baseline:
        """What was usual in these hours by the zone's clock, as far back as the first case was opened.

        What a spike brought beyond the usual teaches nothing.
        """
        began = self._one(_BEGAN)
        since = max(since, hour_of(began.made_at)) if began else until
        sums: Counter[int] = Counter()
        for first, last, shift in stretches(since, until, zone):
            rows = self._all(_SUMS, v_series=series, v_since=first, v_until=last, v_shift=shift)
            sums.update({int(row.slot): int(row.posts) for row in rows})
        for hour, more in self._beyond(series, since, until).items():
            sums[(hour + shift_of(hour, zone)) % WEEK] -= more
        return Baseline(sums, max(until - since, 0), shift_of(until, zone))

    def _beyond(self, series: str, since: int, until: int) -> Counter[int]:
        """What spikes brought beyond the usual, by hour; a team's spike is in the brand's count as well."""
        whole: Counter[int] = Counter()
        for told in self._all(_TOLD_OF, v_since=moment_of(since)):
            if series in (told.series, BRAND):
                first, last = hour_of(datetime.fromisoformat(told.facts["since"])), hour_of(told.at + REFRACTORY) + 1
                span = {"v_since": max(first, since), "v_until": min(last, until)}
                most = most_taught(_usual(told.facts))
                rows = self._all(_OF_HOURS, v_series=told.series, **span)
                whole |= Counter({int(row.hour): max(int(row.posts) - most, 0) for row in rows})
        return whole

    def forget(self, series: Collection[str], before: int) -> None:
        """Let go of counts of these series from before this hour."""
        self._run(_FORGET, v_series=list(series), v_before=before)

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


def _usual(facts: Mapping[str, Any]) -> float:
    """Posts an hour that were usual when it was told."""
    usual = facts.get("usual")
    return YOUNG_RATE if usual is None else float(usual) / (timedelta(minutes=facts["minutes"]) / HOUR)
