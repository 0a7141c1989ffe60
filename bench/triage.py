"""`scripts/bench triage --data DIR`: how well posts are told apart, beside baselines, on posts from elsewhere."""

import argparse
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import mean

from bench import figures, triage_alarms, triage_costs, triage_held_out, triage_learning
from bench.triage_posts import FOUND, Post, labels_of, posts_of, say, sources
from bench.weights import corpus
from domain import cues
from domain.complaint import score
from domain.learning import platt, sigmoid
from domain.reading import read
from domain.triage_policy import TriagePolicy

THRESHOLD = 0.5


Model = Callable[[Post], float]


def main(words: list[str]) -> int:
    """Print every table; `--data` has train.jsonl, dev.jsonl and emergency_dev.jsonl."""
    parser = argparse.ArgumentParser(prog="scripts/bench triage", description="Measure triage on labelled posts.")
    parser.add_argument("--data", type=Path, required=True, help="a folder with train.jsonl and dev.jsonl")
    folder = parser.parse_args(words).data
    train, dev = posts_of(folder / "train.jsonl"), posts_of(folder / "dev.jsonl")
    _ranking(dev)
    _by_domain([*train, *dev])
    _calibration(train, dev)
    _tiers(dev)
    triage_alarms.tell(folder, train)
    triage_held_out.tell()
    triage_learning.tell(train, dev)
    triage_costs.tell(dev)
    return 0


def shipped(post: Post) -> float:
    """The probability the shipped weights give."""
    return score(post.reading, addressed=post.addressed).probability


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
    say(f"Complaints, dev ({len(dev)} posts); decided at probability {THRESHOLD}")
    say(f"{'model':<26}{'source':<12}{'AUC':>6}{'best F1':>9}{'F1':>7}{'prec.':>7}{'recall':>8}{'through at .95':>16}")
    models = {"majority": majority, "word counts (corpus)": word_counts(), "hand cues": cues_only, "shipped": shipped}
    for name, model in models.items():
        for source, posts in sources(dev).items():
            found, labels = [model(post) for post in posts], labels_of(posts)
            at = figures.decided(found, labels, THRESHOLD)
            ranked = f"{figures.auc(found, labels):>6.3f}{figures.best_macro_f1(found, labels):>9.3f}"
            cut = f"{at.macro_f1:>7.3f}{at.precision:>7.3f}{at.recall:>8.3f}{figures.let_through(found, labels):>16.3f}"
            say(f"{name:<26}{source:<12}{ranked}{cut}")


def _by_domain(posts: list[Post]) -> None:
    say("\nShipped weights by domain, train and dev together (none of them taught anything)")
    found = []
    for source, domain in dict.fromkeys((post.source, post.domain) for post in posts):
        own = [post for post in posts if (post.source, post.domain) == (source, domain)]
        area = figures.auc([shipped(post) for post in own], labels_of(own))
        complaints = sum(labels_of(own))
        say(f"  {source:<12}{domain:<16}{len(own):>6} posts, {complaints:>5} complaints  AUC {area:.3f}")
        if source == "complaints" and complaints:
            found.append(area)
    say(f"  mean AUC over the {len(found)} domains of complaints that have some: {mean(found):.3f}")


def _calibration(train: list[Post], dev: list[Post]) -> None:
    say("\nCalibration error on dev: as shipped, and with slope and shift fitted on train (as `triage learn` does)")
    slope, shift = platt([_odds(shipped(post)) for post in train], [float(post.label) for post in train])
    for name, posts in {"all": dev, **sources(dev)}.items():
        plain = [shipped(post) for post in posts]
        fitted = [sigmoid(slope * _odds(one) + shift) for one in plain]
        labels = labels_of(posts)
        before, after = (figures.calibration_error(one, labels) for one in (plain, fitted))
        say(f"  {name:<12}{before:.3f} → {after:.3f}")


def _odds(probability: float) -> float:
    held = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(held / (1 - held))


def _tiers(dev: list[Post]) -> None:
    policy = TriagePolicy()
    say(f"\nTiers, dev; card from {policy.addressed.card} if addressed, {policy.found.card} if found by a search")
    for source, posts in sources(dev).items():
        tiers = [policy.tier(shipped(post), addressed=source != FOUND) for post in posts]
        every = Counter(tiers)
        complaints = Counter(tier for tier, post in zip(tiers, posts, strict=True) if post.label)
        of_all = ", ".join(f"{tier} {every[tier] / len(posts):.0%}" for tier in ("card", "digest", "archive"))
        total = max(1, sum(complaints.values()))
        where = ", ".join(f"{tier} {complaints[tier] / total:.0%}" for tier in ("card", "digest", "archive"))
        precision = complaints["card"] / max(1, every["card"])
        at = figures.carded_at([shipped(post) for post in posts], labels_of(posts), 0.82)
        say(f"  {source:<12}posts: {of_all} · complaints: {where} · card precision {precision:.2f}")
        say(f"  {'':<12}complaints carded at precision .82: {at:.2f}")
