"""The rota as a feed others subscribe to: one unguessable address a team, with covers and overrides in it."""

from datetime import datetime, timedelta

from desk import rotas
from desk.desk import Desk
from domain.rota import settled
from networks.ical import write

BEHIND, AHEAD = timedelta(days=14), timedelta(days=182)
"""How much of the rota the feed shows, around now."""


def feed(desk: Desk, team: str, now: datetime) -> bytes | None:
    """The team's shifts as they stand, covers made in Slack included; None without a rota."""
    rota = desk.policy.rota.get(team)
    if rota is None:
        return None
    span = (now - BEHIND, now + AHEAD)
    with desk.store.look() as tx:
        stays = settled(rotas.shifts(desk, tx, team, span[1]), rotas.changes(desk, tx, team, span), *span)
    return write(stays, f"On call: {team}", str(rota.zone))
