"""On call: who is it for a team at a moment, who comes next, and whom a nudge would disturb."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desk import rotas
from desk.desk import Desk
from domain.escalation import AWAKE, BACKUP, LADDER, MANAGER, ON_CALL
from domain.nags import Why
from domain.quiet import quiet_until
from domain.reach import Reach
from domain.rota import OnCall
from domain.staff import Staff
from domain.triage import EMERGENCY
from storage.store import Tx


@dataclass(frozen=True)
class Call:
    """Somebody to tell, and why it is them; `not_before` when they rest until then and the next in line is told too."""

    person: Staff
    why: Why
    not_before: datetime | None = None


def on_call(desk: Desk, tx: Tx, team: str, at: datetime) -> OnCall:
    """Who the rota names, with its overrides; names are Slack names."""
    return rotas.on_call(desk, tx, team, at)


def by_role(desk: Desk, tx: Tx, team: str, role: str, at: datetime) -> str | None:
    """The Slack name a role leads to now."""
    if role == MANAGER:
        return desk.policy.brand.manager
    if role not in (ON_CALL, BACKUP):
        return role.removeprefix("person:")
    crew = on_call(desk, tx, team, at)
    return crew.primary if role == ON_CALL else crew.backup


def calls(desk: Desk, tx: Tx, team: str, step: tuple[str, str], now: datetime) -> list[Call]:
    """Whom a step (what it tells, severity) reaches: the role's person, or whoever is next when they can't be."""
    tells, severity = step
    if tells == AWAKE:
        return _awake(desk, tx, team, now)
    roles = LADDER[LADDER.index(tells) :] if tells in LADDER else (tells, MANAGER)
    found: list[Call] = []
    missing: tuple[str | None, str] | None = None
    for role in roles:
        name = by_role(desk, tx, team, role, now)
        person = tx.directory.named(name) if name else None
        if person is None or not person.active:
            missing = missing or (name, "gone" if name else "nobody")
            continue
        if person in [call.person for call in found]:
            continue
        rests = None if severity == EMERGENCY else _rests(tx, person, now)
        stands_in, because = missing or (None, None)
        found.append(Call(person, Why(role, stands_in, because), rests))
        if rests is None:
            break
        missing = (person.slack_id, "quiet")
    return found


def _rests(tx: Tx, person: Staff, now: datetime) -> datetime | None:
    return quiet_until(tx.people.wishes(person.slack_id), person.zone, tx.people.reach(person.slack_id), now)


def _awake(desk: Desk, tx: Tx, team: str, now: datetime) -> list[Call]:
    """Colleagues of the team's channel who want to be asked first and are around: nobody else is disturbed by this."""
    channel = desk.channel_of(tx, team)
    busy = on_call(desk, tx, team, now)
    found = []
    for staff in tx.people.willing():
        actor, reached = tx.directory.actor(staff, channel), tx.people.reach(staff)
        around = reached is not None and reached.away is False
        person = actor.known
        if person is None or not person.active or not actor.in_channel or not around:
            continue
        if person.name not in (busy.primary, busy.backup) and _rests(tx, person, now) is None:
            found.append(Call(person, Why(AWAKE)))
    return found


def to_ask_about(desk: Desk, now: datetime) -> tuple[list[str], list[str]]:
    """Slack ids the steps that are due might reach, and those of them who asked to be told first when around."""
    with desk.store.look() as tx:
        teams = tx.runs.teams_due(now)
        names = {by_role(desk, tx, team, role, now) for team in teams for role in LADDER}
        names |= {name for team in teams for name in _named_in(desk, team)}
        known = [tx.directory.named(name) for name in names if name]
        willing = tx.people.willing() if teams else []
        kept = set(tx.runs.keepers_due(now))
        return sorted({person.slack_id for person in known if person} | set(willing) | kept), willing


def _named_in(desk: Desk, team: str) -> list[str]:
    """People a team's ladder calls by name."""
    policy = desk.escalation_of(team)
    steps = [*policy.steps, *(policy.weekend.steps if policy.weekend else ())]
    return [step.tell.removeprefix("person:") for step in steps if step.tell.startswith("person:")]


def remember(desk: Desk, found: Iterable[Reach], now: datetime) -> None:
    """Keep what Slack said about reaching them; what it didn't say stays unknown."""
    with desk.store.begin() as tx:
        tx.people.reached(found, now)


def rests_until(tx: Tx, staff: str, now: datetime) -> datetime | None:
    """Until when this person asked for quiet; None when they may be told now."""
    person = tx.directory.get(staff)
    return _rests(tx, person, now) if person else None
