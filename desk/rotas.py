"""The rota as it stands: what the policy says, what its feed last said, and what was changed in Slack."""

import json
from datetime import UTC, date, datetime, timedelta, tzinfo

from desk.desk import Desk
from domain.rota import Gap, OnCall, Override, Shift, gaps, who
from storage.store import Tx

Rota = tuple[list[Shift], list[Override]]
"""A team's shifts, and what was changed of them."""
AROUND = timedelta(days=60)
"""Changes farther away than this don't matter for a moment, nor for when it next changes."""


def on_call(desk: Desk, tx: Tx, team: str, at: datetime) -> OnCall:
    """Who is on call for the team; names are Slack names. A team without a rota has nobody."""
    return who(
        shifts(desk, tx, team, at + AROUND), changes(desk, tx, team, (at - AROUND, at + AROUND)), at, zone(desk, team)
    )


def shifts(desk: Desk, tx: Tx, team: str, until_at: datetime) -> list[Shift]:
    """The team's shifts up to then."""
    rota = desk.policy.rota.get(team)
    return rota.shifts_of(team, until_at, from_feed(tx, team)) if rota else []


def changes(desk: Desk, tx: Tx, team: str, span: tuple[datetime, datetime]) -> list[Override]:
    """The file's overrides, and those made in Slack."""
    rota = desk.policy.rota.get(team)
    return [*(rota.overrides_of(team) if rota else []), *tx.rotas.overrides(team, *span)]


def uncovered(desk: Desk, tx: Tx, team: str, span: tuple[datetime, datetime]) -> list[Gap]:
    """Stretches without anybody, or without a backup."""
    return gaps(shifts(desk, tx, team, span[1]), changes(desk, tx, team, span), *span)


def zone(desk: Desk, team: str) -> tzinfo:
    """The zone the team's rota is written in."""
    rota = desk.policy.rota.get(team)
    return rota.tz if rota else UTC


def from_feed(tx: Tx, team: str) -> list[Shift]:
    """What the rota's iCal feed last said, good copy or nothing."""
    row = tx.rotas.feed(feed_of(team))
    found = json.loads(row.text) if row and row.text else []
    return [
        Shift(team, datetime.fromisoformat(begins), datetime.fromisoformat(ends), main, backup, f"rota.{team}.ical")
        for begins, ends, main, backup in found
    ]


def feed_of(team: str) -> str:
    """The name of a rota's feed."""
    return f"rota:{team}"


def closed_days_of(desk: Desk, tx: Tx, team: str) -> frozenset[date]:
    """Days on which the feed of the team's calendar says it is closed."""
    found = desk.policy.team.get(team)
    name = found.calendar if found else None
    fed = name is not None and desk.policy.calendar[name].ical is not None
    return closed_days(tx, name) if fed and name else frozenset()


def closed_days(tx: Tx, calendar: str) -> frozenset[date]:
    """Days a business calendar's feed last called closed."""
    row = tx.rotas.feed(f"calendar:{calendar}")
    return frozenset(date.fromisoformat(day) for day in json.loads(row.text)) if row and row.text else frozenset()
