"""Amplification: how far a post may carry, in three bands with their reasons; never what it says about its author.

The steps are a first setting by judgement: no labelled data says which posts blew up. What is known is kept in the
reasons, so that the steps can be fitted once there is a history.
"""

from dataclasses import dataclass
from datetime import timedelta

LOW, MEDIUM, HIGH = "low", "medium", "high"
_BANDS = ((4, HIGH), (2, MEDIUM), (0, LOW))
_FOLLOWERS = ((1_000_000, 4), (100_000, 3), (20_000, 2), (5_000, 1))
_VIEWS = ((100_000, 4), (20_000, 3), (5_000, 2), (1_000, 1))
_VOICES = ((50, 4), (20, 3), (8, 2), (3, 1))
_TIMES_USUAL = ((20.0, 4), (10.0, 3), (5.0, 2), (3.0, 1))
FEWEST_SHARES = 5
"""Shared less often than this, a post isn't spreading, whatever is usual for its author."""
LOOKED_BACK = timedelta(minutes=30)
"""The span shares are counted over, lately and as usual."""


@dataclass(frozen=True)
class Reach:
    """Who may see it: followers of the author, views of the post; None where the network doesn't say."""

    followers: int | None = None
    views: int | None = None
    is_press: bool = False


@dataclass(frozen=True)
class Velocity:
    """How fast it spreads: reposts and quotes in the last half hour, what is usual for this author in as long, and
    how many others say the same.
    """

    shares: int | None = None
    usual_shares: float | None = None
    voices: int = 0


@dataclass(frozen=True)
class Amplification:
    """The band of each, the higher of both, and why, as parts of a sentence."""

    reach: str
    velocity: str
    reasons: tuple[str, ...]

    @property
    def band(self) -> str:
        """The higher of reach and velocity."""
        order = (LOW, MEDIUM, HIGH)
        return max(self.reach, self.velocity, key=order.index)


def amplification(reach: Reach, velocity: Velocity) -> Amplification:
    """How far it may carry. What isn't known counts for nothing and is no reason to rest: nothing known says so."""
    wide = [*_graded(reach.followers, _FOLLOWERS, "{:,} followers"), *_graded(reach.views, _VIEWS, "seen {:,} times")]
    wide += [(2, "an account of the press")] if reach.is_press else []
    fast = [*_spreading(velocity), *_graded(velocity.voices, _VOICES, "{:,} others say the same")]
    reasons = tuple(words for _, words in sorted([*wide, *fast], key=lambda part: -part[0]))
    nothing = (reach.followers, reach.views, velocity.shares) == (None, None, None) and not reasons
    return Amplification(_band(wide), _band(fast), ("how far it reaches isn't known",) if nothing else reasons)


def _band(parts: list[tuple[int, str]]) -> str:
    points = sum(points for points, _ in parts)
    return next(name for least, name in _BANDS if points >= least)


def _graded(value: int | None, steps: tuple[tuple[int, int], ...], words: str) -> list[tuple[int, str]]:
    points = next((points for least, points in steps if value is not None and value >= least), 0)
    return [(points, words.format(value))] if points else []


def _spreading(velocity: Velocity) -> list[tuple[int, str]]:
    shares = velocity.shares or 0
    if shares < FEWEST_SHARES:
        return []
    usual = velocity.usual_shares
    times = shares / max(usual if usual is not None else 1.0, 1.0)
    points = next((points for least, points in _TIMES_USUAL if times >= least), 0)
    words = f"shared {shares:,} times in half an hour"
    more = f"; usual for this author is {usual:.0f}" if usual is not None else ""
    return [(points, words + more)] if points else []
