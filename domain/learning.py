"""Learning weights from labelled posts, one post at a time; the same posts give the same weights."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Example:
    """A post as the learner sees it: its places in the table, what is known already (log-odds), label and weight."""

    spots: dict[int, float]
    known: float
    label: float
    weight: float = 1.0


@dataclass(frozen=True)
class Effort:
    """How hard to learn: rounds over the examples, the first step's size, and the pull towards nought."""

    rounds: int = 8
    step: float = 0.5
    pull: float = 1e-4


def sigmoid(odds: float) -> float:
    """The probability of log-odds, without overflow."""
    if odds >= 0:
        return 1.0 / (1.0 + math.exp(-min(odds, 60.0)))
    grown = math.exp(max(odds, -60.0))
    return grown / (1.0 + grown)


def learn(examples: Sequence[Example], size: int, effort: Effort) -> list[float]:
    """Weights for every place, averaged over the later rounds so that the last post doesn't have the last word."""
    weights, seen, total = [0.0] * size, [1e-3] * size, [0.0] * size
    order, shuffled = list(examples), Random(7)  # noqa: S311 - a fixed order, no secret
    averaged, used = max(1, effort.rounds // 2), {spot for example in examples for spot in example.spots}
    for turn in range(effort.rounds):
        shuffled.shuffle(order)
        for example in order:
            _step(example, weights, seen, effort)
        if turn >= effort.rounds - averaged:
            for spot in used:  # all others stay nought, and there are far more of them
                total[spot] += weights[spot]
    return [one / averaged for one in total]


def _step(example: Example, weights: list[float], seen: list[float], effort: Effort) -> None:
    odds = example.known + sum(weights[spot] * value for spot, value in example.spots.items())
    wrong = (sigmoid(odds) - example.label) * example.weight
    step, pull = effort.step, effort.pull
    for spot, value in example.spots.items():
        weight = weights[spot]
        slope = wrong * value + pull * weight
        seen[spot] = sought = seen[spot] + slope * slope
        weights[spot] = weight - step * slope / math.sqrt(sought)


def platt(odds: Sequence[float], labels: Sequence[float]) -> tuple[float, float]:
    """Slope and shift that turn log-odds into honest ones: Newton's steps on two numbers (Platt 1999).

    A step that would make things worse is halved: far from the end Newton's steps are too long.
    """
    slope, shift = 1.0, 0.0
    for _ in range(50):
        stride = _newton(slope, shift, odds, labels)
        now, halves = _misfit(slope, shift, odds, labels), 0
        while halves < _HALVES and _misfit(slope - stride[0], shift - stride[1], odds, labels) > now:
            stride, halves = (stride[0] / 2, stride[1] / 2), halves + 1
        if halves == _HALVES or max(map(abs, stride)) < 1e-9:
            break
        slope, shift = slope - stride[0], shift - stride[1]
    return slope, shift


_HALVES = 30


def _misfit(slope: float, shift: float, odds: Sequence[float], labels: Sequence[float]) -> float:
    """How surprising the labels are; without overflow."""
    sides = ((slope * x + shift) * (1.0 if label else -1.0) for x, label in zip(odds, labels, strict=True))
    return sum(math.log1p(math.exp(-abs(side))) + max(0.0, -side) for side in sides)


def _newton(slope: float, shift: float, odds: Sequence[float], labels: Sequence[float]) -> tuple[float, float]:
    g0 = g1 = h00 = h01 = h11 = 1e-9
    for x, label in zip(odds, labels, strict=True):
        p = sigmoid(slope * x + shift)
        curve = p * (1.0 - p)
        g0, g1 = g0 + (p - label) * x, g1 + p - label
        h00, h01, h11 = h00 + curve * x * x, h01 + curve * x, h11 + curve
    det = max(h00 * h11 - h01 * h01, 1e-12)
    return (h11 * g0 - h01 * g1) / det, (h00 * g1 - h01 * g0) / det


def mean(values: Iterable[float]) -> float:
    """Their mean; of nothing it is nought."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
