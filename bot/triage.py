"""`python -m bot triage`: `score` answers posts with verdicts, one line each; `learn` makes a workspace's own layer."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot import triage_learn
from domain.amplification import Amplification, Reach, Velocity, amplification
from domain.complaint import Layer
from domain.layers import layer_from
from domain.parts import BadPolicy, Fault
from domain.policy import PartialPolicy, parse_part
from domain.triage_policy import CARD
from domain.verdicts import UNSURE, Facts, Triage, Verdict

BAD_POLICY = 2
NEUTRAL = """
[triage.addressed]
card_with_term = 0.4
[triage.found]
card_with_term = 0.4
[team.care]
default = true
terms = ["rude", "no reply", "customer service", "complaint"]
[team.billing]
terms = ["refund", "charged", "overcharged", "invoice", "direct debit", "money back", "bill"]
[team.operations]
terms = ["delayed", "cancelled", "late", "missed", "delivery", "parcel", "lost", "stranded", "queue"]
[team.technical]
terms = ["app", "website", "log in", "password", "error", "crashed", "wifi", "not working"]
[team.facilities]
terms = ["dirty", "filthy", "broken", "toilet", "shower", "lift", "heating"]
[team.press]
terms = ["journalist", "reporter", "press office", "newsroom"]
"""
"""Teams for a brand nothing is known of; any policy replaces them. Nobody chose these terms, so they weigh nothing."""


def main(words: list[str]) -> int:
    """Run the wished for command."""
    wishes = _wishes(words)
    try:
        policy = _policy(wishes.policy)
        if wishes.command == "learn":
            return triage_learn.main(wishes.file, wishes.to, Triage(policy))
        triage = Triage(policy, layer=_layer(wishes.layer))
    except BadPolicy as bad:
        faults = [{"path": fault.path, "message": fault.message} for fault in bad.faults]
        sys.stdout.write(json.dumps({"errors": faults}) + "\n")
        return BAD_POLICY
    try:
        for answer in answers(triage, sys.stdin.buffer):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever asked has read enough; what is left in the buffer has nowhere to go either.
        sys.stdout = None
    return 0


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot triage", description="Judge posts, and learn to judge better.")
    commands = parser.add_subparsers(dest="command", required=True)
    scores = commands.add_parser("score", help="answer posts from standard input, JSON lines with a text, in order")
    scores.add_argument("--policy", type=Path, help="whose terms and thresholds count; without it neutral ones")
    scores.add_argument("--layer", type=Path, help="what `learn` wrote")
    learns = commands.add_parser("learn", help="make a layer from JSON lines with text and label, team or both")
    learns.add_argument("file", type=Path)
    learns.add_argument("--policy", type=Path, help="whose teams the posts' teams are; without it neutral ones")
    learns.add_argument("--to", type=Path, default=Path("triage-layer.json"), help="where the layer is written")
    return parser.parse_args(words)


def _policy(path: Path | None) -> PartialPolicy:
    if path is None:
        return parse_part(NEUTRAL)
    try:
        return parse_part(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicy([Fault("", f"{path} can't be read: {error}")]) from error


def _layer(path: Path | None) -> Layer | None:
    try:
        return layer_from(path.read_text(encoding="utf-8")) if path else None
    except (OSError, ValueError) as error:
        raise BadPolicy([Fault("--layer", f"{path} can't be used: {error}")]) from error


def answers(triage: Triage, lines: Iterable[bytes]) -> Iterator[str]:
    """A verdict as a line of JSON for each line, whatever is in it."""
    return (json.dumps(_answer(triage, line)) for line in lines)


def _answer(triage: Triage, line: bytes) -> dict[str, Any]:
    try:
        post = json.loads(line, parse_constant=lambda _name: None)  # NaN and its like are no JSON
    except (ValueError, RecursionError):
        return _unread(triage, {}, "this line is not JSON that can be read")
    if not isinstance(post, dict):
        return _unread(triage, {}, 'a line needs a text, as in {"text": "…"}')
    if not isinstance(post.get("text"), str):
        return _unread(triage, post, "this post has no text")
    return _named(post) | told(triage.judge(_facts(post)))


def _named(post: dict[str, Any]) -> dict[str, Any]:
    return {"id": post["id"]} if "id" in post else {}


def _unread(triage: Triage, post: dict[str, Any], why: str) -> dict[str, Any]:
    """What can't be read becomes a card, because a person may be able to."""
    teams = triage.judge(Facts("")).teams
    return _named(post) | {
        "complaint": UNSURE, "tier": CARD, "team": teams[0], "teams": list(teams), "severity": "normal",
        "language": "und", "why": [f"{why}, so a person should look at it"], "emergency": None, "revision": "",
    }  # fmt: skip


def told(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON."""
    grave = verdict.emergency
    return {
        "complaint": verdict.complaint,
        "tier": verdict.tier,
        "team": verdict.team,
        "teams": list(verdict.teams),
        "severity": verdict.severity,
        "language": verdict.language,
        "why": list(verdict.why),
        "emergency": {"kind": grave.kind, "level": grave.level} if grave else None,
        "revision": verdict.revision,
    }


def _facts(post: dict[str, Any]) -> Facts:
    said = post.get("lang")
    return Facts(
        text=post["text"],
        addressed=_addressed(post),
        language=said if isinstance(said, str) else None,
        amplification=_carried(post),
    )


def _addressed(post: dict[str, Any]) -> bool:
    """Whether the brand was spoken to. Only a line that names an account we answer from can say it wasn't."""
    if isinstance(post.get("addressed"), bool):
        return bool(post["addressed"])
    account, mentions = post.get("account"), post.get("mentions")
    if not isinstance(account, str) or not account.strip("@ ") or not isinstance(mentions, list):
        return True
    own = account.strip("@ ").lower()
    return own in {str(one).strip("@ ").lower() for one in mentions} or f"@{own}" in post["text"].lower()


def _carried(post: dict[str, Any]) -> Amplification | None:
    reach = Reach(_count(post, "followers", "reach"), _count(post, "views"))
    velocity = Velocity(_count(post, "reposts", "shares"))
    return None if (reach, velocity) == (Reach(), Velocity()) else amplification(reach, velocity)


def _count(post: dict[str, Any], *names: str) -> int | None:
    for name in names:
        value = post.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e15:
            return int(value)
    return None
