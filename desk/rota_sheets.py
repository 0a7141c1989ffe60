"""The rota for reading: who is on call in a person's teams, where nobody is, and which shifts are their own."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk import rotas
from desk.desk import Desk
from domain.covers import AHEAD, Duty, duties
from domain.quiet import Preferences
from domain.rota_sheets import RotaSheet, TeamRota
from domain.staff import Staff
from storage.store import Tx

LOOK_AHEAD = timedelta(days=14)
"""How far ahead gaps are looked for."""
SHOWN = 8
"""Own shifts and gaps listed; a longer list helps nobody."""


def rota(desk: Desk, person: str, now: datetime) -> RotaSheet:
    """What this person sees of the rota."""
    with desk.store.look() as tx:
        return sheet(desk, tx, person, now)


def sheet(desk: Desk, tx: Tx, person: str, now: datetime) -> RotaSheet:
    """The same, within a reading under way."""
    known = tx.directory.get(person)
    if known is None or not known.active:
        return RotaSheet(now, refused="The rota is for colleagues of this workspace.")
    mine = own_duties(desk, tx, known, now)
    teams = [team for team in desk.policy.rota if _concerns(desk, tx, team, (known, mine))]
    found = tuple(_team(desk, tx, team, now) for team in teams)
    manager = tx.directory.named(desk.policy.brand.manager)
    return RotaSheet(
        now=now,
        teams=found,
        mine=tuple(mine[:SHOWN]),
        asked=tuple(tx.rotas.covers.of_asker(person)),
        people=_ids(tx, found),
        channels=channels(desk, tx),
        manager=manager.slack_id if manager else None,
        wishes=tx.people.wishes(person) or Preferences(person),
        zone=known.zone,
    )


def own_duties(desk: Desk, tx: Tx, person: Staff, now: datetime) -> list[Duty]:
    """Their duties of the next weeks in every team, the running one included, soonest first."""
    found = [one for team in desk.policy.rota for one in duties_of(desk, tx, team, now) if one.person == person.name]
    return sorted(found, key=lambda one: one.from_at)


def duties_of(desk: Desk, tx: Tx, team: str, now: datetime) -> list[Duty]:
    """Everybody's duties in the team."""
    changes = rotas.changes(desk, tx, team, (now - rotas.AROUND, now + rotas.AROUND))
    return duties(rotas.shifts(desk, tx, team, now + rotas.AROUND), changes, (now, now + AHEAD))


def channels(desk: Desk, tx: Tx) -> dict[str, str]:
    """The Slack id of each team's channel."""
    return {team: desk.channel_of(tx, team) for team in desk.policy.team}


def zone_of(person: Staff) -> tzinfo:
    """The zone their Slack shows times in."""
    try:
        return ZoneInfo(person.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _concerns(desk: Desk, tx: Tx, team: str, who: tuple[Staff, list[Duty]]) -> bool:
    """Whoever sits in a team's channel, or is on call for it, sees its rota."""
    person, mine = who
    seated = tx.directory.actor(person.slack_id, desk.channel_of(tx, team)).in_channel
    return seated or any(one.team == team for one in mine)


def _team(desk: Desk, tx: Tx, team: str, now: datetime) -> TeamRota:
    crew = rotas.on_call(desk, tx, team, now)
    then = rotas.on_call(desk, tx, team, crew.until_at) if crew.until_at else None
    gaps = rotas.uncovered(desk, tx, team, (now, now + LOOK_AHEAD))
    feed = tx.rotas.feed(rotas.feed_of(team))
    shaky = feed is not None and feed.fault is not None
    copy_of_at = feed.fetched_at if feed is not None and feed.text else None
    return TeamRota(team, desk.channel_of(tx, team), crew, then, tuple(gaps), shaky, copy_of_at)


def _ids(tx: Tx, teams: tuple[TeamRota, ...]) -> dict[str, str]:
    crews = [crew for one in teams for crew in (one.now, one.then) if crew]
    named = {name for crew in crews for name in (crew.primary, crew.backup) if name}
    found = {name: tx.directory.named(name) for name in named}
    return {name: person.slack_id for name, person in found.items() if person}
