"""Spikes: more posts than is usual for this hour of the week, so many more that chance doesn't explain it.

A Poisson tail on 15, 60 and 180 minutes against a baseline by hour of the week: docs/likeness.md has the figures.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from math import exp, lgamma, log, sqrt

HOUR = timedelta(hours=1)
WINDOWS = (timedelta(minutes=15), HOUR, timedelta(hours=3))
BY_CHANCE = 1e-6
"""The tail's probability below which it is a spike, shared among all series that are watched."""
FEWEST_AUTHORS = 4
"""A spike is several people's; one person who writes often is no spike."""
REFRACTORY = timedelta(hours=6)
"""After one notice, silence about the same series."""
MEMORY = timedelta(weeks=8)
DAY, WEEK = 24, 168
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

YOUNG_RATE = 20.0
"""Posts an hour that are taken for usual at least, while less than a week has been watched."""
PRIOR_RATE, PRIOR_HOURS = 2.0, 24.0
"""Before anything is known: so many posts an hour, believed as much as so many hours of watching."""
OF_HOUR, OF_WEEK = 3.0, 6.0
"""How many observations the wider rate counts for: all hours' for an hour of the day's, that one's for a week's."""


def moment_of(hour: int) -> datetime:
    """When an hour begins."""
    return _EPOCH + hour * HOUR


def shift_of(hour: int, zone: tzinfo) -> int:
    """How many hours the zone is ahead in this hour; of half hours the lower."""
    offset = moment_of(hour).astimezone(zone).utcoffset()
    return (offset or timedelta()) // HOUR


def stretches(since: int, until: int, zone: tzinfo) -> Iterator[tuple[int, int, int]]:
    """The hours from `since` up to `until`, parted where the zone's clocks change: (from, up to, hours ahead)."""
    begins, shift = since, shift_of(since, zone)
    for day in range(since, until, DAY):
        if shift_of(min(day + DAY, until), zone) == shift:
            continue
        for hour in range(day, min(day + DAY, until)):
            if shift_of(hour, zone) != shift:
                yield begins, hour, shift
                begins, shift = hour, shift_of(hour, zone)
    if begins < until:
        yield begins, until, shift


def most_taught(usual: float) -> int:
    """The posts of an hour inside a spike that count for what is usual: what chance alone makes of the usual."""
    return round(usual + 3 * sqrt(usual))


def hour_of(at: datetime) -> int:
    """The number of the hour since 1970 UTC: what counts are kept under."""
    return (at - _EPOCH) // HOUR


@dataclass(frozen=True)
class Event:
    """A post of the series: when it was published and by whom."""

    at: datetime
    author: str


@dataclass(frozen=True)
class Baseline:
    """What is usual: posts summed by hour of the week over so many hours of watching.

    The hour of the week is `hour_of` plus the hours the brand's zone was ahead of UTC, modulo 168; `shift` is how many
    it is ahead now.
    """

    sums: Mapping[int, int]
    hours: int
    shift: int = 0

    @classmethod
    def of(cls, counts: Mapping[int, int], since: int, until: int) -> "Baseline":
        """From counts by `hour_of`, the hours from `since` up to but without `until`; hours without a post are zero."""
        sums: dict[int, int] = {}
        for hour, count in counts.items():
            if since <= hour < until:
                sums[hour % WEEK] = sums.get(hour % WEEK, 0) + count
        return cls(sums, max(until - since, 0))

    @cached_property
    def _overall(self) -> float:
        return (sum(self.sums.values()) + PRIOR_RATE * PRIOR_HOURS) / (self.hours + PRIOR_HOURS)

    @cached_property
    def _of_day(self) -> tuple[float, ...]:
        days = self.hours / DAY
        found = [sum(self.sums.get(slot, 0) for slot in range(hour, WEEK, DAY)) for hour in range(DAY)]
        return tuple((total + OF_HOUR * self._overall) / (days + OF_HOUR) for total in found)

    def rate(self, hour: int) -> float:
        """Posts usual in this hour: its own hour of the week, drawn towards the same hour of other days."""
        weeks, hour = self.hours / WEEK, hour + self.shift
        return (self.sums.get(hour % WEEK, 0) + OF_WEEK * self._of_day[hour % DAY]) / (weeks + OF_WEEK)

    def usual(self, since: datetime, until: datetime) -> float:
        """Posts usual between two moments."""
        counted = sum(self.rate(hour) * share for hour, share in _shares(since, until))
        return max(counted, YOUNG_RATE * ((until - since) / HOUR)) if self.is_young else counted

    @property
    def is_young(self) -> bool:
        """Whether not even a week has been watched, so that "usual" can't be said yet."""
        return self.hours < WEEK


@dataclass(frozen=True)
class Spike:
    """So many posts by so many people within `window`, the first of them at `since_at`, where `usual` is usual."""

    count: int
    authors: int
    window: timedelta
    usual: float
    since_at: datetime
    chance: float
    is_young: bool = False


def spike(baseline: Baseline, events: Sequence[Event], now: datetime, *, series: int = 1) -> Spike | None:
    """The least likely of the windows that end now, if it is a spike. Events may be in any order and reach further."""
    found = [one for window in WINDOWS if (one := _looked(baseline, events, (now, window)))]
    clear = [one for one in found if one.chance < BY_CHANCE / max(series, 1)]
    return min(clear, key=lambda one: one.chance, default=None)


def rests(last_at: datetime | None, now: datetime) -> bool:
    """Whether a spike of this series was told of so recently that another one would be noise."""
    return last_at is not None and now - last_at < REFRACTORY


def tail(count: int, usual: float) -> float:
    """The probability of `count` or more where `usual` is the mean; 1 where it isn't even above it."""
    if count <= usual or count <= 0:
        return 1.0
    if usual <= 0:
        return 0.0
    term = exp(count * log(usual) - usual - lgamma(count + 1))
    total, at = 0.0, count
    while term > total * 1e-12:
        total += term
        at += 1
        term *= usual / at
    return total


def _looked(baseline: Baseline, events: Iterable[Event], when: tuple[datetime, timedelta]) -> Spike | None:
    now, window = when
    since = now - window
    inside = [event for event in events if since < event.at <= now]
    authors = len({event.author for event in inside})
    if authors < FEWEST_AUTHORS:
        return None
    usual = baseline.usual(since, now)
    first = min(event.at for event in inside)
    return Spike(len(inside), authors, window, usual, first, tail(len(inside), usual), baseline.is_young)


def _shares(since: datetime, until: datetime) -> Iterator[tuple[int, float]]:
    """The hours between two moments, and how much of each lies between them."""
    for hour in range(hour_of(since), hour_of(until) + 1):
        begins = _EPOCH + hour * HOUR
        share = (min(until, begins + HOUR) - max(since, begins)) / HOUR
        if share > 0:
            yield hour, share
