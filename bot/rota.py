"""`python -m bot rota who|gaps|export|address`: who is on call, when nobody is, and the rota as a calendar feed."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.answers import moment, refused, written
from bot.feeds import shifts_in
from bot.policy import load_part
from bot.rota_token import path_of
from bot.settings import load
from domain.parts import BadPolicy, Fault
from domain.rota import Gap, OnCall, Shift, gaps, settled, who
from domain.rota_policy import RotaPolicy
from networks.ical import write

AHEAD = timedelta(days=182)
"""How far an exported feed looks ahead, unless it is told otherwise."""


def main(words: list[str]) -> int:
    """Answer one question; the exit status is 2 when it or the policy can't be used."""
    wishes = _parser().parse_args(words)
    answer: Callable[[argparse.Namespace], str] = wishes.answer
    try:
        print(answer(wishes))
    except BadPolicy as bad:
        return refused(bad.faults)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot rota", description="Say who is on call, and when nobody is.")
    questions = parser.add_subparsers(dest="question", required=True)
    asked: dict[str, argparse.ArgumentParser] = {}
    for name, answer in (("who", _who), ("gaps", _gaps), ("export", _export)):
        asked[name] = questions.add_parser(name)
        asked[name].set_defaults(answer=answer)
        asked[name].add_argument("--policy", type=Path, default=Path("dibs.toml"), help="only its rota is needed")
        asked[name].add_argument("--team", required=True)
        asked[name].add_argument("--json", action="store_true", help="answer as JSON")
    asked["address"] = questions.add_parser("address", help="where the team's live feed is served")
    asked["address"].set_defaults(answer=_address)
    asked["address"].add_argument("--team", required=True)
    asked["who"].add_argument("--at", required=True, help="the moment, with its offset")
    for name in ("gaps", "export"):
        asked[name].add_argument("--from", dest="from_", required=True, help="a moment with its offset")
        asked[name].add_argument("--until", required=name == "gaps", help="a moment with its offset")
    return parser


def _who(wishes: argparse.Namespace) -> str:
    rota, (at,) = _asked(wishes, "at")
    found = who(_shifts(rota, wishes, at, at), rota.overrides_of(wishes.team), at, rota.tz)
    return json.dumps(_as_json(found), indent=2, ensure_ascii=False) if wishes.json else _as_text(found)


def _gaps(wishes: argparse.Namespace) -> str:
    rota, (from_at, until_at) = _asked(wishes, "from", "until")
    shifts = _shifts(rota, wishes, from_at, until_at)
    found = gaps(shifts, rota.overrides_of(wishes.team), from_at, until_at)
    if wishes.json:
        return json.dumps({"gaps": [_gap_as_json(gap) for gap in found]}, indent=2)
    lines = [f"{written(gap.from_at)} to {written(gap.until_at)}: no {gap.missing}" for gap in found]
    return "\n".join(lines) or "no gaps"


def _export(wishes: argparse.Namespace) -> str:
    given = ("from", "until") if wishes.until else ("from",)
    rota, (from_at, *rest) = _asked(wishes, *given)
    until_at = rest[0] if rest else from_at + AHEAD
    shifts = _shifts(rota, wishes, from_at, until_at)
    stays = settled(shifts, rota.overrides_of(wishes.team), from_at, until_at)
    return write(stays, f"On call: {wishes.team}", rota.zone).decode().removesuffix("\r\n")


def _address(wishes: argparse.Namespace) -> str:
    return path_of(wishes.team, load().slack_signing_secret)


def _asked(wishes: argparse.Namespace, *names: str) -> tuple[RotaPolicy, list[datetime]]:
    """The rota and the moments asked about; every fault of either at once."""
    faults, moments, rota = list[Fault](), list[datetime](), None
    for name in names:
        try:
            moments.append(moment(getattr(wishes, "from_" if name == "from" else name), f"--{name}"))
        except BadPolicy as bad:
            faults += bad.faults
    if len(moments) > 1 and moments[0] >= moments[1]:
        faults.append(Fault("--until", "has to come after --from"))
    try:
        rota = _rota(wishes.policy, wishes.team)
    except BadPolicy as bad:
        faults += bad.faults
    if faults or rota is None:
        raise BadPolicy(faults)
    return rota, moments


def _rota(path: Path, team: str) -> RotaPolicy:
    rotas = load_part(path).rota
    if team not in rotas:
        raise BadPolicy([Fault("--team", f"there is no rota.{team}; there are: {', '.join(rotas) or 'none'}")])
    return rotas[team]


def _shifts(rota: RotaPolicy, wishes: argparse.Namespace, from_at: datetime, until_at: datetime) -> list[Shift]:
    """The team's shifts, with those of its feed where that is a file."""
    feed: list[Shift] = []
    if rota.ical and "://" in rota.ical:
        print(f"rota.{wishes.team}.ical is not fetched here: its shifts are left out", file=sys.stderr)
    elif rota.ical:
        feed = shifts_in(wishes.policy.parent / rota.ical, wishes.team, rota.tz, (from_at, until_at))
    return rota.shifts_of(wishes.team, until_at, feed)


def _as_json(found: OnCall) -> dict[str, str | None]:
    until = written(found.until_at) if found.until_at else None
    return {"primary": found.primary, "backup": found.backup, "why": found.why, "until": until}


def _as_text(found: OnCall) -> str:
    until = f" (until {written(found.until_at)})" if found.until_at else ""
    return f"{found.why}{until}"


def _gap_as_json(gap: Gap) -> dict[str, str]:
    return {"from": written(gap.from_at), "until": written(gap.until_at), "missing": gap.missing}
