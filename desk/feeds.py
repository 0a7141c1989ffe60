"""Feeds: rotas and closed days from iCal addresses; when one is down its last good copy counts, and somebody hears."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.desk import Desk
from desk.rotas import feed_of
from domain.rota import Shift
from storage.outbox import Promise

EVERY = timedelta(minutes=15)
"""How often a feed is read, good or bad."""


@dataclass(frozen=True)
class Feed:
    """A feed to be read: of a team's rota, or of a business calendar's closed days; `zone` is for times without one."""

    name: str
    address: str
    zone: str
    team: str | None
    etag: str | None


def wanted(desk: Desk, now: datetime) -> list[Feed]:
    """Feeds the policy names that haven't been read for a while."""
    named: list[tuple[str, str, str, str | None]] = [
        (feed_of(team), rota.ical, str(rota.zone), team) for team, rota in desk.policy.rota.items() if rota.ical
    ]
    named += [(f"calendar:{key}", one.ical, one.zone, None) for key, one in desk.policy.calendar.items() if one.ical]
    found = []
    with desk.store.look() as tx:
        for name, address, zone, team in named:
            row = tx.rotas.feed(name)
            read_at = max((at for at in (row.fetched_at, row.failed_at) if at), default=None) if row else None
            same = row is not None and row.url == address
            if read_at is None or not same or now - read_at >= EVERY:
                found.append(Feed(name, str(address), zone, team, row.etag if row and same else None))
    return found


def names(desk: Desk) -> dict[str, str]:
    """What a feed may call somebody, case-folded, and the Slack name the rota uses."""
    with desk.store.look() as tx:
        people = tx.directory.everybody()
    return {one.real_name.casefold(): one.name for one in people if one.active}


def shifts(desk: Desk, feed: Feed, found: Sequence[Shift], etag: str | None, now: datetime) -> None:
    """A rota's feed was read: this is what it says."""
    rows = [[one.from_at.isoformat(), one.until_at.isoformat(), one.primary, one.backup] for one in found]
    _keep(desk, feed, json.dumps(rows), etag, now)


def closed_days(desk: Desk, feed: Feed, days: frozenset[date], etag: str | None, now: datetime) -> None:
    """A calendar's feed was read: these days are closed."""
    _keep(desk, feed, json.dumps(sorted(day.isoformat() for day in days)), etag, now)


def unchanged(desk: Desk, feed: Feed, now: datetime) -> None:
    """Nothing new."""
    _keep(desk, feed, None, None, now)


def _keep(desk: Desk, feed: Feed, text: str | None, etag: str | None, now: datetime) -> None:
    with desk.store.begin() as tx:
        tx.rotas.point_feed(feed.name, feed.address)
        before = tx.rotas.feed(feed.name)
        tx.rotas.fetched(feed.name, text, etag, now)
        if before is not None and before.fault:
            payload = {"says": "feed_back", "feed": feed.name}
            tx.outbox.channel(
                desk.ops_channel(tx), Promise(now, payload, key=f"feed_back:{feed.name}:{now:%Y-%m-%dT%H}")
            )


def failed(desk: Desk, feed: Feed, fault: str, now: datetime) -> None:
    """It couldn't be read: the last good copy counts, and the people who run Dibs hear it once a day."""
    with desk.store.begin() as tx:
        tx.rotas.point_feed(feed.name, feed.address)
        row = tx.rotas.feed(feed.name)
        tx.rotas.failed(feed.name, fault, now)
        good = row.fetched_at.isoformat() if row and row.text and row.fetched_at else None
        payload = {"says": "feed_down", "feed": feed.name, "fault": fault, "since": good}
        tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, key=f"feed_down:{feed.name}:{now:%Y-%m-%d}"))
