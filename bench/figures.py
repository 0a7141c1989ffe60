"""Figures of a classifier: how well it ranks, decides and knows how sure it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

Scores = Sequence[float]
Labels = Sequence[int]


@dataclass(frozen=True)
class Decided:
    """What a threshold gives: precision and recall of complaints, and the mean F1 of both kinds."""

    precision: float
    recall: float
    macro_f1: float


def auc(scores: Scores, labels: Labels) -> float:
    """How often a complaint scores higher than another post; ties count half."""
    ranks, positive = _ranks(scores), sum(labels)
    negative = len(labels) - positive
    if not positive or not negative:
        return float("nan")
    total = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (total - positive * (positive + 1) / 2) / (positive * negative)


def _ranks(scores: Scores) -> list[float]:
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, start = [0.0] * len(scores), 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for at in order[start:end]:
            ranks[at] = (start + end + 1) / 2
        start = end
    return ranks


def decided(scores: Scores, labels: Labels, threshold: float) -> Decided:
    """Precision, recall and macro-F1 when everything from the threshold on is called a complaint."""
    said = [score >= threshold for score in scores]
    hits = sum(1 for one, label in zip(said, labels, strict=True) if one and label)
    called, complaints = sum(said), sum(labels)
    rest = len(labels) - called - complaints + hits
    yes, no = _f1(hits, called, complaints), _f1(rest, len(labels) - called, len(labels) - complaints)
    return Decided(_share(hits, called), _share(hits, complaints), (yes + no) / 2)


def _f1(hits: int, called: int, wanted: int) -> float:
    return 2 * hits / (called + wanted) if called + wanted else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def best_macro_f1(scores: Scores, labels: Labels) -> float:
    """The best macro-F1 any of two hundred thresholds gives, chosen on the same posts."""
    ordered = sorted(scores)
    thresholds = {ordered[int(len(ordered) * step / 200)] for step in range(200)}
    return max(decided(scores, labels, threshold).macro_f1 for threshold in thresholds)


def let_through(scores: Scores, labels: Labels, recall: float = 0.95) -> float:
    """The share of other posts let through when this share of complaints is."""
    complaints = sorted((score for score, label in zip(scores, labels, strict=True) if label), reverse=True)
    threshold = complaints[max(0, int(len(complaints) * recall + 0.999) - 1)]
    others = [score for score, label in zip(scores, labels, strict=True) if not label]
    return _share(sum(score >= threshold for score in others), len(others))


def calibration_error(probabilities: Scores, labels: Labels, bins: int = 10) -> float:
    """Expected calibration error: how far the said probability is from the found share, over ten equal steps."""
    found: list[list[tuple[float, int]]] = [[] for _ in range(bins)]
    for probability, label in zip(probabilities, labels, strict=True):
        found[min(bins - 1, int(probability * bins))].append((probability, label))
    off = sum(abs(sum(p for p, _ in one) - sum(label for _, label in one)) for one in found)
    return off / len(labels)


def carded_at(scores: Scores, labels: Labels, precision: float) -> float:
    """The share of complaints that become cards at the lowest threshold whose cards keep this precision."""
    order = sorted(zip(scores, labels, strict=True), key=lambda pair: -pair[0])
    hits, best = 0, 0.0
    for called, (_, label) in enumerate(order, 1):
        hits += label
        if hits >= precision * called:
            best = hits / max(1, sum(labels))
    return best
