"""`python -m bot triage learn FILE`: a workspace's own layer on the shipped weights, as far as it does better."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain import sorting
from domain.complaint import Layer
from domain.layers import crossed, labelled, layer_of, loss, written
from domain.sorting import does_better
from domain.verdicts import Triage

FEWEST = 40
"""With fewer labels of either kind there is nothing to learn."""
NOTHING, UNREADABLE = 1, 2


def main(file: Path, to: Path, triage: Triage) -> int:
    """Learn from labels and teams, compare on posts that didn't teach it, and write what does better."""
    try:
        # Only these end a line: a post may have other signs in it that Python takes for an end, such as U+2028.
        posts = rows(file.read_text(encoding="utf-8-sig").split("\n"))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{file} can't be learnt from: {error}\n")
        return UNREADABLE
    judging = _judging([(post["text"], float(post["label"])) for post in posts if "label" in post])
    teams = _teams(triage, [(post["text"], post["team"]) for post in posts if "team" in post])
    if judging is None and not teams:
        sys.stdout.write("Nothing here does better than what ships, so nothing is written.\n")
        return NOTHING
    try:
        to.write_text(written(replace(judging or Layer(), teams=teams)), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"{to} can't be written: {error}\n")
        return UNREADABLE
    sys.stdout.write(f"The layer is in {to}; `triage score --layer {to}` uses it.\n")
    return 0


def _judging(taught: Sequence[tuple[str, float]]) -> Layer | None:
    """What labels teach of complaints; None if it doesn't help."""
    if not taught:
        return None
    few = min(sum(label == kind for _, label in taught) for kind in (0.0, 1.0))
    if few < FEWEST:
        sys.stdout.write(f"There are {few} labels of one kind; learning starts at {FEWEST} of each.\n")
        return None
    posts = [labelled(text, label) for text, label in taught]
    before, after = loss([(post.odds, post.label) for post in posts]), loss(crossed(posts))
    sys.stdout.write(
        f"{len(posts)} labels; log loss where they didn't teach it: {before:.4f} before, {after:.4f} after\n"
    )
    return layer_of(posts) if after < before else None


def _teams(triage: Triage, whose: Sequence[tuple[str, str]]) -> dict[str, dict[int, float]]:
    """What posts with their team teach of sorting; empty if it doesn't help."""
    if not whose:
        return {}
    posts = [triage.sorted_by(text, team) for text, team in whose]
    strange = sorted({post.team for post in posts if post.team not in post.fits})
    if strange:
        sys.stdout.write(f"Not in the policy, so left out: {', '.join(strange)}\n")
    known = [post for post in posts if post.team in post.fits]
    better, figures = does_better(known)
    if "team_after" not in figures:
        sys.stdout.write(
            f"There are {len(known)} posts with a team; sorting starts at {sorting.FEWEST}, of two teams or more.\n"
        )
        return {}
    before, after = figures["team_before"], figures["team_after"]
    sys.stdout.write(
        f"{len(known)} posts with a team; right where they didn't teach it: {before:.1%} before, {after:.1%} after\n"
    )
    return sorting.taught(known) if better else {}


def rows(lines: Sequence[str]) -> list[dict[str, Any]]:
    """JSON lines with a text and a label, a team or both; ValueError names the line that is none."""
    return [_row(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        post = json.loads(line)
    except (ValueError, RecursionError):
        post = None
    text = post.get("text") if isinstance(post, dict) else None
    if post is None or not isinstance(text, str):
        raise ValueError(f"line {number} needs a text")
    known = {name: post[name] for name in ("label", "team") if post.get(name) is not None}
    fault = _fault(known)
    if fault:
        raise ValueError(f"line {number} needs {fault}")
    return {"text": text, **known}


def _fault(known: dict[str, Any]) -> str:
    if not known:
        return "a label, 1 (a complaint) or 0, or a team"
    if known.get("label", 0) not in (0, 1):
        return "1 (a complaint) or 0 for a label"
    return "" if isinstance(known.get("team", ""), str) else "a team's name for a team"
