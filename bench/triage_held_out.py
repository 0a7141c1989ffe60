"""The project's own sets that teach nothing: whose posts are by a policy's terms alone, emergencies, complaints."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import figures
from bench.machine import ROOT
from bench.triage_posts import say
from domain.complaint import score
from domain.emergencies import emergency
from domain.policy import parse_part
from domain.reading import read
from domain.verdicts import Facts, Triage

FOLDER = ROOT / "corpus" / "held_out"
NOBODY = "none"
"""The team of posts that complain of nothing."""


def tell() -> None:
    """Print what is right of each."""
    say("\nHeld out, written by somebody who knew neither code nor corpus")
    for file in sorted(FOLDER.glob("*.toml")):
        say(f"  {file.stem:<24}{_sorted(file)}")
    for file in sorted(FOLDER.glob("emergencies_*.jsonl")):
        say(f"  {file.stem:<24}{_alarmed(file)}")
    for file in sorted(FOLDER.glob("complaints_*.jsonl")):
        say(f"  {file.stem:<24}{_told_apart(file)}")


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in file.read_text("utf-8").splitlines())


def _sorted(policy: Path) -> str:
    triage = Triage(parse_part(policy.read_text("utf-8")))
    found = [(triage.judge(Facts(row["text"])), row["team"]) for row in _rows(policy.with_suffix(".jsonl"))]
    whose = [(verdict, team) for verdict, team in found if team != NOBODY]
    first = sum(verdict.team == team for verdict, team in whose)
    two = sum(team in verdict.teams for verdict, team in whose)
    idle = [verdict.tier == "card" for verdict, team in found if team == NOBODY]
    return f"{first} of {len(whose)} right, {two} among two; {sum(idle)} of {len(idle)} without a complaint are cards"


def _alarmed(file: Path) -> str:
    found = [(emergency(read(row["text"])) is not None, bool(row["emergency"])) for row in _rows(file)]
    caught, fired = ([hit for hit, grave in found if grave is wanted] for wanted in (True, False))
    return f"{sum(caught)} of {len(caught)} caught, {sum(fired)} of {len(fired)} others fire"


def _told_apart(file: Path) -> str:
    rows = [row for row in _rows(file) if row["language"] == "en"]
    found = [score(read(row["text"]), addressed=row["addressed"]).probability for row in rows]
    labels = [row["label"] for row in rows]
    at = figures.decided(found, labels, 0.4)
    foreign = [row for row in _rows(file) if row["language"] != "en"]
    triage = Triage(parse_part("[team.care]\ndefault = true"))
    scored = sum(not triage.judge(Facts(row["text"])).unscored for row in foreign)
    english = f"AUC {figures.auc(found, labels):.3f}, from 0.4 precision {at.precision:.2f} and recall {at.recall:.2f}"
    return f"{english}; {scored} of {len(foreign)} in other languages scored"
