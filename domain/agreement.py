"""Whether the policy's parts agree: what teams and rules name exists, and no SLA stands without its calendar."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.parts import Fault
from domain.sla import Promised, tables

NAMED = ("calendar", "sla", "escalation")
"""What a team may name, each a table of the file."""


def faults(file: Mapping[str, Any], *, whole: bool) -> list[Fault]:
    """What the file's tables name and doesn't exist. It is read as it stands, so that other faults don't hide these.

    A part of a file may name a ladder and leave all ladders out: nothing that needs a part only climbs one.
    """
    named = NAMED if whole or "escalation" in file else tuple(kind for kind in NAMED if kind != "escalation")
    teams = table(file, "team")
    found = [fault for key, team in teams.items() for fault in _of_team(file, named, (f"team.{key}", team))]
    lost = [key for key in table(file, "rota") if teams and key not in teams]
    found += [Fault(f"rota.{key}", f"there is no team.{key} here; a rota is a team's") for key in lost]
    return found + _of_rules(teams, table(file, "rule"))


def _of_rules(teams: Mapping[str, Any], rules: Mapping[str, Any]) -> list[Fault]:
    """Rules that lead to a team that isn't there; a file without teams may be any file's part."""
    named = {name: rule.get("team") for name, rule in rules.items() if isinstance(rule, dict)}
    have = ", ".join(teams)
    return [
        Fault(f"rule.{name}.team", f"there is no team.{team} here; there are: {have}")
        for name, team in named.items()
        if teams and isinstance(team, str) and team not in teams
    ]


def table(file: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A table of the file, empty when it is missing or no table."""
    found = file.get(name)
    return found if isinstance(found, dict) else {}


def _of_team(file: Mapping[str, Any], kinds: tuple[str, ...], named: tuple[str, object]) -> Iterator[Fault]:
    path, team = named
    if not isinstance(team, dict):
        return
    for kind in kinds:
        name, known = team.get(kind), table(file, kind)
        if isinstance(name, str) and name not in known:
            have = ", ".join(known) or "none"
            yield Fault(f"{path}.{kind}", f"there is no {kind}.{name} here; there are: {have}")
    if team.get("sla") is not None and team.get("calendar") is None:
        why = "an SLA without business hours would silently run day and night"
        yield Fault(f"{path}.sla", f"needs {path}.calendar: {why}")


def promise_faults(policy: Promised, *, whole: bool) -> list[Fault]:
    """Promises nobody could keep or see; in a whole file a severity without any is one, too."""
    found = {}
    for key, team in policy.team.items():
        if team.sla is None or team.calendar is None:
            continue
        sla, calendar = policy.sla[team.sla], policy.calendar[team.calendar]
        if sla.weekend.wait and not calendar.opens_in_the_week:
            why = f"team.{key} waits for Monday, but calendar.{team.calendar} opens on weekend days only"
            found[f"sla.{team.sla}.weekend.wait"] = why
        if whole and not tables(sla, "normal", weekend=False):
            found[f"sla.{team.sla}.normal"] = "is missing; without it normal posts would be promised nothing"
    return [Fault(path, why) for path, why in found.items()]
