"""`python -m bot sla`: when a team's promises about a post are due, and which odd days its calendar knows."""

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.answers import moment, refused, written
from bot.policy import load_part
from domain.calendars import Calendar, NeverOpens
from domain.parts import BadPolicy, Fault
from domain.policy import PartialPolicy
from domain.sla import Severity, Target, severity_of, targets

Shown = tuple[dict[str, Any], list[str]]
"""An answer as JSON, and as lines to be read."""
ENOUGH = timedelta(days=60)
"""Public holidays known for less than this are worth a warning."""


def main(words: list[str]) -> int:
    """Answer one question; the exit status is 2 when it or the policy can't be used."""
    wishes = _parser().parse_args(words)
    try:
        shown, lines = _due(wishes) if wishes.question == "due" else _days(wishes)
    except BadPolicy as bad:
        return refused(bad.faults)
    print(json.dumps(shown, indent=2, ensure_ascii=False) if wishes.json else "\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot sla", description="Ask what the policy promises.")
    questions = parser.add_subparsers(dest="question", required=True)
    due = questions.add_parser("due", help="when a team's promises about a post are due")
    due.add_argument("--team", required=True)
    due.add_argument("--severity", required=True, help="normal, urgent or emergency")
    due.add_argument("--at", required=True, help="when the post was made, with its offset")
    days = questions.add_parser("days", help="each calendar's next six holidays and other odd days, to be confirmed")
    days.add_argument(
        "--at", default=datetime.now(UTC).isoformat(), help="from when on, with its offset; else from now"
    )
    for question in (due, days):
        question.add_argument("--policy", type=Path, default=Path("dibs.toml"), help="a file with what is asked of")
        question.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def _days(wishes: argparse.Namespace) -> Shown:
    at, shown, lines = moment(wishes.at), {}, []
    for name, policy in load_part(wishes.policy).calendar.items():
        calendar = Calendar.of(policy)
        on = calendar.local_date(at)
        days, known_for = calendar.odd_days(on), calendar.holidays_known_for(on)
        shown[name] = {
            "days": [{"on": day.on.isoformat(), "name": day.name} for day in days],
            "known_for_days": None if known_for is None else known_for.days,
        }
        lines += [f"{name}:", *(f"  {day.on:%a %d %b %Y}  {day.name}" for day in days)]
        if known_for is not None and known_for < ENOUGH:
            lines.append(f"  public holidays are known for {known_for.days} more days only; add them under closed")
    return {"calendars": shown}, lines


def _due(wishes: argparse.Namespace) -> Shown:
    found = _asked(wishes)
    return {"targets": [_as_json(target) for target in found]}, [_as_text(target) for target in found]


def _asked(wishes: argparse.Namespace) -> tuple[Target, ...]:
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
