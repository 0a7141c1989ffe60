"""`scripts/bench triage --data DIR`: how well posts are told apart, beside baselines, on posts from elsewhere."""

import argparse
import json
import math
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from bench import figures
from bench.machine import ROOT
from bench.weights import corpus
from domain import cues
from domain.complaint import score
from domain.emergencies import emergency
from domain.learning import platt, sigmoid
from domain.policy import parse_part
from domain.reading import Reading, read
from domain.triage_policy import TriagePolicy
from domain.verdicts import Facts, Triage

THRESHOLD = 0.5
_FOUND = "sanders"
"""The source whose posts a search found; those of the others were addressed to somebody."""
_MENTIONS = "airline"


@dataclass(frozen=True)
class Post:
    """A labelled post as it was read."""

    source: str
    domain: str
    text: str
    label: int
    reading: Reading


Model = Callable[[Post], float]


def main(words: list[str]) -> int:
    """Print every table; `--data` has train.jsonl, dev.jsonl and emergency_dev.jsonl."""
    parser = argparse.ArgumentParser(prog="scripts/bench triage", description="Measure triage on labelled posts.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with train.jsonl and dev.jsonl")
    folder = parser.parse_args(words).data
    train, dev = _posts(folder / "train.jsonl"), _posts(folder / "dev.jsonl")
    _ranking(dev)
    _by_domain([*train, *dev])
    _calibration(train, dev)
    _tiers(dev)
    _alarms(folder, train)
    _costs(dev)
    return 0


def _posts(file: Path) -> list[Post]:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [Post(r["source"], r["domain"], r["text"], int(r["label"]), read(r["text"])) for r in rows]


def _say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _labels(posts: Sequence[Post]) -> list[int]:
    return [post.label for post in posts]


def _sources(posts: Sequence[Post]) -> dict[str, list[Post]]:
    names = dict.fromkeys(post.source for post in posts)
    return {name: [post for post in posts if post.source == name] for name in names}


def shipped(post: Post) -> float:
    """The probability the shipped weights give."""
    return score(post.reading).probability


def cues_only(post: Post) -> float:
    """The hand-made cues without anything learnt."""
    starting = cues.starting_weights()
    measured = cues.measured(post.reading, cues.found(post.reading.words))
    return sigmoid(sum(starting[name] * value for name, value in measured.items()) - 1.0)


def majority(_post: Post) -> float:
    """Calls everything a complaint."""
    return 1.0


def word_counts() -> Model:
    """Unigram naive Bayes, taught by the same corpus as the shipped weights."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for line in corpus():
        counts[int(line["label"])].update(set(read(line["text"]).words))
    known = set(counts[0]) | set(counts[1])
    sums = [sum(one.values()) + len(known) for one in counts]
    odds = {w: math.log((counts[1][w] + 1) / sums[1]) - math.log((counts[0][w] + 1) / sums[0]) for w in known}
    return lambda post: sigmoid(sum(odds.get(word, 0.0) for word in set(post.reading.words)))


def _ranking(dev: list[Post]) -> None:
    _say(f"Complaints, dev ({len(dev)} posts); decided at probability {THRESHOLD}")
    _say(f"{'model':<26}{'source':<12}{'AUC':>6}{'best F1':>9}{'F1':>7}{'prec.':>7}{'recall':>8}{'through at .95':>16}")
    models = {"majority": majority, "word counts (corpus)": word_counts(), "hand cues": cues_only, "shipped": shipped}
    for name, model in models.items():
        for source, posts in _sources(dev).items():
            found, labels = [model(post) for post in posts], _labels(posts)
            at = figures.decided(found, labels, THRESHOLD)
            ranked = f"{figures.auc(found, labels):>6.3f}{figures.best_macro_f1(found, labels):>9.3f}"
            cut = f"{at.macro_f1:>7.3f}{at.precision:>7.3f}{at.recall:>8.3f}{figures.let_through(found, labels):>16.3f}"
            _say(f"{name:<26}{source:<12}{ranked}{cut}")


def _by_domain(posts: list[Post]) -> None:
    _say("\nShipped weights by domain, train and dev together (none of them taught anything)")
    found = []
    for source, domain in dict.fromkeys((post.source, post.domain) for post in posts):
        own = [post for post in posts if (post.source, post.domain) == (source, domain)]
        area = figures.auc([shipped(post) for post in own], _labels(own))
        complaints = sum(_labels(own))
        _say(f"  {source:<12}{domain:<16}{len(own):>6} posts, {complaints:>5} complaints  AUC {area:.3f}")
        if source == "complaints" and complaints:
            found.append(area)
    _say(f"  mean AUC over the {len(found)} domains of complaints that have some: {mean(found):.3f}")


def _calibration(train: list[Post], dev: list[Post]) -> None:
    _say("\nCalibration error on dev: as shipped, and with slope and shift fitted on train (as `triage learn` does)")
    slope, shift = platt([_odds(shipped(post)) for post in train], [float(post.label) for post in train])
    for name, posts in {"all": dev, **_sources(dev)}.items():
        plain = [shipped(post) for post in posts]
        fitted = [sigmoid(slope * _odds(one) + shift) for one in plain]
        labels = _labels(posts)
        before, after = (figures.calibration_error(one, labels) for one in (plain, fitted))
        _say(f"  {name:<12}{before:.3f} → {after:.3f}")


def _odds(probability: float) -> float:
    held = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(held / (1 - held))


def _tiers(dev: list[Post]) -> None:
    policy = TriagePolicy()
    _say(f"\nTiers, dev; card from {policy.addressed.card} if addressed, {policy.found.card} if found by a search")
    for source, posts in _sources(dev).items():
        tiers = [policy.tier(shipped(post), addressed=source != _FOUND) for post in posts]
        every = Counter(tiers)
        complaints = Counter(tier for tier, post in zip(tiers, posts, strict=True) if post.label)
        of_all = ", ".join(f"{tier} {every[tier] / len(posts):.0%}" for tier in ("card", "digest", "archive"))
        total = max(1, sum(complaints.values()))
        where = ", ".join(f"{tier} {complaints[tier] / total:.0%}" for tier in ("card", "digest", "archive"))
        precision = complaints["card"] / max(1, every["card"])
        at = figures.carded_at([shipped(post) for post in posts], _labels(posts), 0.82)
        _say(f"  {source:<12}posts: {of_all} · complaints: {where} · card precision {precision:.2f}")
        _say(f"  {'':<12}complaints carded at precision .82: {at:.2f}")


def _alarms(folder: Path, train: list[Post]) -> None:
    file = folder / "emergency_dev.jsonl"
    if not file.exists():
        return
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    caught = [(row["emergency"], emergency(read(row["text"])) is not None) for row in rows]
    grave = [hit for wanted, hit in caught if wanted]
    decoys = [hit for wanted, hit in caught if not wanted]
    named = Counter(_named(row["text"]) == row["category"] for row in rows if row["emergency"])
    _say(f"\nEmergencies: {sum(grave)} of {len(grave)} caught, {named[True]} with the kind as labelled")
    _say(f"  {sum(decoys)} of {len(decoys)} sayings fired")
    ordinary = [("all ordinary posts", train), ("mentions only", [p for p in train if p.source == _MENTIONS])]
    for name, posts in ordinary:
        fired = sum(emergency(post.reading) is not None for post in posts)
        _say(f"  {name}: {1000 * fired / len(posts):.1f} of 1,000 fire ({len(posts):,} posts)")


def _named(text: str) -> str | None:
    found = emergency(read(text))
    kind = found.kind if found else None
    return "food_health" if kind == "food_safety" else kind


_STARTING = """
import os, subprocess, time
began = time.perf_counter()
from domain.policy import parse_part
policy = time.perf_counter()
def resident():
    return int(subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(os.getpid())], capture_output=True).stdout)
before, told = resident(), time.perf_counter()
from domain.verdicts import Facts, Triage
triage = Triage(parse_part('[team.care]\\ndefault = true'))
triage.judge(Facts("hello"))
print(policy - began, time.perf_counter() - told, resident() - before)
"""


def _costs(dev: list[Post]) -> None:
    triage = Triage(parse_part('[team.care]\ndefault = true\nterms = ["refund", "dirty"]'))
    took = []
    for post in dev:
        began = time.thread_time()  # the processor's time, because the machine may be busy with other things
        triage.judge(Facts(post.text))
        took.append(time.thread_time() - began)
    took.sort()
    middle, slow = took[len(took) // 2] * 1e6, took[int(len(took) * 0.99)] * 1e6
    _say(f"\nA whole verdict: {middle:.0f} µs in the middle, {slow:.0f} µs for the slowest of a hundred")
    words = [sys.executable, "-c", _STARTING]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - words of ours
    policy, ready, grown = told.stdout.split()
    _say(f"Start: {float(ready):.2f} s to the first verdict after {float(policy):.2f} s for the policy's own parts")
    _say(f"Memory: {float(grown) / 1024:.1f} MiB more with weights and words loaded")
