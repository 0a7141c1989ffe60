"""`python -m bot sla due`: when a team's promises about a post are due, by both clocks."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.answers import moment, refused, written
from bot.policy import load_part
from domain.calendars import NeverOpens
from domain.parts import BadPolicy, Fault
from domain.policy import PartialPolicy
from domain.sla import Severity, Target, severity_of, targets


def main(words: list[str]) -> int:
    """Answer one question; the exit status is 2 when it or the policy can't be used."""
    parser = argparse.ArgumentParser(prog="python -m bot sla", description="Say when a team's promises are due.")
    due = parser.add_subparsers(dest="question", required=True).add_parser("due")
    due.add_argument("--policy", type=Path, default=Path("dibs.toml"), help="the file; only what is asked of is needed")
    due.add_argument("--team", required=True)
    due.add_argument("--severity", required=True, help="normal, urgent or emergency")
    due.add_argument("--at", required=True, help="when the post was made, with its offset")
    due.add_argument("--json", action="store_true", help="answer as JSON")
    wishes = parser.parse_args(words)
    try:
        found = _due(wishes)
    except BadPolicy as bad:
        return refused(bad.faults)
    shown = {"targets": [_as_json(target) for target in found]}
    print(json.dumps(shown, indent=2) if wishes.json else "\n".join(map(_as_text, found)))
    return 0


def _due(wishes: argparse.Namespace) -> tuple[Target, ...]:
    faults: list[Fault] = []
    policy = at = severity = None
    try:
        severity = severity_of(wishes.severity)
    except ValueError as unknown:
        faults.append(Fault("--severity", str(unknown)))
    try:
        at = moment(wishes.at)
    except BadPolicy as bad:
        faults += bad.faults
    try:
        policy = load_part(wishes.policy)
        faults += _team_faults(policy, wishes.team)
    except BadPolicy as bad:
        faults += bad.faults
    if faults or policy is None or at is None or severity is None:
        raise BadPolicy(faults)
    return _targets(policy, wishes.team, severity, at)


def _team_faults(policy: PartialPolicy, team: str) -> list[Fault]:
    if team not in policy.team:
        return [Fault("--team", f"there is no team {team!r}; there are: {', '.join(policy.team) or 'none'}")]
    if policy.team[team].sla is None:
        return [Fault(f"team.{team}.sla", "is missing; this team promises nothing")]
    return []


def _targets(policy: PartialPolicy, team: str, severity: Severity, at: datetime) -> tuple[Target, ...]:
    asked = policy.team[team]
    if policy.calendar[str(asked.calendar)].ical:
        print(f"calendar.{asked.calendar}.ical is not fetched here: its closed days count as open", file=sys.stderr)
    try:
        found = targets(policy, team, severity, at)
    except NeverOpens as never:
        raise BadPolicy([Fault(f"calendar.{asked.calendar}", str(never))]) from never
    if not found:
        path = f"sla.{asked.sla}.{severity}"
        raise BadPolicy([Fault(path, "is missing, and no milder severity is there to take its place")])
    return found


def _as_json(target: Target) -> dict[str, Any]:
    return {
        "target": target.target,
        "length_s": int(target.length.total_seconds()),
        "customer_due_at": written(target.customer_due_at),
        "service_due_at": written(target.service_due_at),
        "windows": [[written(opens_at), written(closes_at)] for opens_at, closes_at in target.windows],
    }


def _as_text(target: Target) -> str:
    name = target.target.replace("_", " ")
    due = f"{written(target.service_due_at)} by business hours, {written(target.customer_due_at)} by the wall"
    return f"{name}: {due} (escalation follows the {target.clock} clock)"
