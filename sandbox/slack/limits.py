"""How often an app may call: token buckets that fill with business time."""

import math
from dataclasses import dataclass

from sandbox.clock import Clock


class TooMany(Exception):
    """HTTP 429: ask again after `seconds` of business time."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"ask again in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Bucket:
    """`per_minute` tokens flow in evenly; at most `burst` wait inside (without it, one minute's worth)."""

    name: str
    per_minute: float
    burst: float | None = None


@dataclass
class Level:
    """What is in a bucket as of a moment of business time."""

    tokens: float
    at: float


class Limits:
    """Every bucket of the workspace; `rates` scales how fast and how full they get."""

    def __init__(self, clock: Clock, rates: float) -> None:
        self._clock, self._rates = clock, rates
        self._levels: dict[str, Level] = {}

    def spend(self, *buckets: Bucket) -> None:
        """Take one token from each bucket, or none at all and raise TooMany."""
        now = self._clock.time()
        wait = max(self._wait(bucket, now) for bucket in buckets)
        if wait > 0:
            raise TooMany(max(1, math.ceil(wait)))
        for bucket in buckets:
            self._levels[bucket.name].tokens -= 1

    def refill(self) -> None:
        """Fill every bucket to the brim."""
        self._levels.clear()

    def _wait(self, bucket: Bucket, now: float) -> float:
        pace = bucket.per_minute * self._rates / 60
        brim = max(1.0, (bucket.burst or bucket.per_minute) * self._rates)
        level = self._levels.setdefault(bucket.name, Level(brim, now))
        level.tokens = min(brim, level.tokens + max(0.0, now - level.at) * pace)
        level.at = now
        # A hair of rounding must not cost a caller that waited exactly as long as it was told.
        return 0.0 if level.tokens >= 1 - 1e-6 else (1 - level.tokens) / pace
