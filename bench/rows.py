"""What a measurement answers: rows, each a value with the spread behind it and what it is compared with."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Sample = tuple[float, float]
"""CPU and wall microseconds of this process for one piece of work."""


@dataclass(frozen=True)
class Row:
    """`ratio` is value / baseline, medians of rounds of this very run; `iqr` is the middle half's width of the values,
    relative to their median, and `n` says how many there were.
    """

    workload: str
    size: int
    metric: str
    value: float
    unit: str
    baseline: str | None = None
    ratio: float | None = None
    n: int = 1
    iqr: float | None = None


def spent(work: Callable[[], object], pieces: int) -> Sample:
    """What each of the pieces that `work` is made of costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return (time.process_time() - cpu) / pieces * 1e6, (time.perf_counter() - wall) / pieces * 1e6


def spread(values: Sequence[float]) -> float | None:
    """The width of the middle half, relative to the median; None when there is too little to say."""
    if len(values) < 4 or not median(values):
        return None
    low, _, high = quantiles(values, n=4, method="inclusive")
    return round((high - low) / median(values), 3)


def percentile(values: Sequence[float], of: float) -> float:
    """The value below which `of` percent lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of / 100))]


@dataclass(frozen=True)
class Compared:
    """Several ways to do the same, measured in turn in every round, so that a noisy machine hits all alike."""

    workload: str
    size: int
    rounds: list[dict[str, Sample]]

    def rows(self, way: str, baseline: str | None = None) -> list[Row]:
        """Microseconds a piece by CPU and by wall; ratios are medians of each round's own ratio."""
        return [self._row(way, baseline, index, unit) for index, unit in ((0, "CPU µs"), (1, "wall µs"))]

    def _row(self, way: str, baseline: str | None, index: int, unit: str) -> Row:
        values = [one[way][index] for one in self.rounds]
        ratios = [one[way][index] / one[baseline][index] for one in self.rounds] if baseline else []
        return Row(
            workload=self.workload,
            size=self.size,
            metric=way,
            value=round(median(values), 1),
            unit=unit,
            baseline=baseline,
            ratio=round(median(ratios), 3) if ratios else None,
            n=len(values),
            iqr=spread(ratios or values),
        )
