"""Spikes: posts are counted as they come in, and more than chance explains is told of, once for each series."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from desk.cards import links
from desk.desk import Desk
from domain.posts import IncomingPost
from domain.spikes import FEWEST_AUTHORS, MEMORY, WINDOWS, Event, Spike, hour_of, rests, spike
from storage.outbox import Promise
from storage.spikes import BRAND
from storage.store import Tx

Heard = tuple[str, IncomingPost]
"""A customer's post that was just stored, and the team whose case it is in."""
CASES_NAMED = 5
SAYS = "spike"
TILL_CARDS_STAND = timedelta(seconds=10)
"""A spike is told of a little later than it is seen, so that the cards it leads to are there."""
MARGIN = timedelta(weeks=1)
"""Counts are kept a little longer than anybody looks back."""


def count(desk: Desk, tx: Tx, heard: Sequence[Heard], now: datetime) -> None:
    """Count what came in, and tell of each team's spike; of the brand's when no team's explains it."""
    if not heard:
        return
    hours = [(series, hour_of(post.created_at)) for team, post in heard for series in (BRAND, _of_team(team))]
    tx.spikes.add(Counter(hours))
    fresh = {team for team, post in heard if now - post.created_at < max(WINDOWS)}
    told = [_look(desk, tx, _of_team(team), now) for team in sorted(fresh)]
    if fresh and not any(told):
        _look(desk, tx, BRAND, now)


def forget(desk: Desk, tx: Tx, now: datetime) -> None:
    """Let go of counts too old to say what is usual."""
    series = (BRAND, *map(_of_team, desk.policy.team))
    tx.spikes.forget(series, hour_of(now - MEMORY - MARGIN))


def _of_team(team: str) -> str:
    return f"team:{team}"


def _look(desk: Desk, tx: Tx, series: str, now: datetime) -> bool:
    """Look at one series; whether it is told of, now or not long ago."""
    from_hour = hour_of(now - max(WINDOWS))
    if tx.spikes.lately(series, from_hour) < FEWEST_AUTHORS:
        return False
    if rests(tx.spikes.last(series), now):
        return True
    baseline = tx.spikes.baseline(series, hour_of(now - MEMORY), from_hour, _zone(desk, series))
    events = tx.spikes.events(series, now - max(WINDOWS), now)
    found = spike(baseline, [event for event, _ in events], now, series=len(desk.policy.team) + 1)
    if found is None:
        return False
    _tell(desk, tx, series, (found, events), now)
    return True


def _tell(
    desk: Desk, tx: Tx, series: str, what: tuple[Spike, Sequence[tuple[Event, int | None]]], now: datetime
) -> None:
    found, events = what
    inside = [case for event, case in events if event.at > now - found.window and case is not None]
    facts = _facts(desk, series, found, now)
    if not tx.spikes.tell(series, {**facts, "cases": sorted(set(inside))}, now):
        return
    named = [{"case": case} for case in list(dict.fromkeys(inside))[:CASES_NAMED]]
    payload = {"says": SAYS, **facts, "cases": named, "of_cases": len(set(inside))}
    promise = Promise(now, payload, key=f"spike:{series}:{now.isoformat()}", not_before=now + TILL_CARDS_STAND)
    tx.outbox.channel(_place(desk, tx, series), promise)


def _facts(desk: Desk, series: str, found: Spike, now: datetime) -> dict[str, Any]:
    zone = _zone(desk, series)
    return {
        "team": series.partition(":")[2],
        "count": found.count,
        "authors": found.authors,
        "minutes": int(found.window.total_seconds() // 60),
        "usual": None if found.is_young else round(found.usual, 1),
        "hour": f"{now.astimezone(zone):%A %H}:00" + (" UTC" if zone is UTC else ""),
        "since": found.since_at.isoformat(),
    }


def _zone(desk: Desk, series: str) -> tzinfo:
    team = desk.policy.team.get(series.partition(":")[2] or desk.policy.default_team)
    calendar = desk.policy.calendar.get(team.calendar) if team and team.calendar else None
    return ZoneInfo(calendar.zone) if calendar else UTC


def _place(desk: Desk, tx: Tx, series: str) -> str:
    return desk.ops_channel(tx) if series == BRAND else desk.channel_of(tx, series.partition(":")[2])


def linked(desk: Desk, tx: Tx, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, with the way to the cards: when a spike is seen, those of its newest cases aren't posted yet."""
    cases = [int(one["case"]) for one in payload.get("cases", ())]
    found = links(desk, tx, cases)
    return {**payload, "cases": [{"case": case, "link": found.get(case)} for case in cases]}
