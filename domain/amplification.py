"""Amplification: how far a post may carry, in three bands with their reasons; never what it says about its author.

The steps are a first setting by judgement: no labelled data says which posts blew up. What is known is kept in the
reasons, so that the steps can be fitted once there is a history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.posts import Carried

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
FEWEST_EARLIER = 3
"""Of an author with fewer earlier posts nobody knows what is usual."""
NOT_KNOWN = "how far it reaches isn't known"
CARRIES = {MEDIUM: "may carry further than most", HIGH: "may carry far"}
"""Each band as a reason that may be kept: unlike the numbers behind it, it says nothing of anybody."""


@dataclass(frozen=True)
class Reach:
    """Who may see it: followers of the author, views of the post; None where the network doesn't say.

    `is_organisation` is the network's own check. Whether an account is the press no network says.
    """

    followers: int | None = None
    views: int | None = None
    is_organisation: bool = False


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


@dataclass(frozen=True)
class Seen:
    """A post as it was seen last, and the earlier sighting from which its shares are counted."""

    carried: Carried
    at: datetime
    from_shares: int | None = None
    from_at: datetime | None = None

    def then(self, carried: Carried, at: datetime) -> "Seen":
        """The next sighting. It is counted from the same one as long as that is recent, else from this one."""
        if self.from_at is not None and at - self.from_at <= LOOKED_BACK:
            return Seen(carried, at, self.from_shares, self.from_at)
        return Seen(carried, at, self.carried.shares, self.at)


def shared_lately(seen: Seen, created_at: datetime) -> int | None:
    """How often it was shared in the half hour before it was seen; None when nothing tells."""
    shares = seen.carried.shares
    if shares is None or seen.at - created_at <= LOOKED_BACK:
        return shares
    if seen.from_at is None or seen.from_shares is None or seen.at - seen.from_at > LOOKED_BACK:
        return None
    return max(shares - seen.from_shares, 0)


def usual_shares(earlier: Sequence[int | None]) -> float | None:
    """What is usual for an author, from the shares of earlier posts in their half hours; None without a history."""
    known = [shares for shares in earlier if shares is not None]
    return sum(known) / len(known) if len(known) >= FEWEST_EARLIER else None


def has_spread(before: Carried | None, now: Carried) -> bool:
    """Whether a post carries so much further than before that it could matter; before it was seen, than nothing."""
    old = before or Carried(followers=0, views=0, shares=0)
    if (now.shares or 0) >= FEWEST_SHARES and (now.shares or 0) > (old.shares or 0):
        return True
    steps = ((old.views, now.views, _VIEWS), (old.followers, now.followers, _FOLLOWERS))
    return any(_points(value, grades) > _points(earlier, grades) for earlier, value, grades in steps)


def amplification(reach: Reach, velocity: Velocity) -> Amplification:
    """How far it may carry. What isn't known counts for nothing and is no reason to rest: nothing known says so."""
    wide = [*_graded(reach.followers, _FOLLOWERS, "{:,} followers"), *_graded(reach.views, _VIEWS, "seen {:,} times")]
    wide += [(1, "an organisation its network has checked")] if reach.is_organisation else []
    fast = [*_spreading(velocity), *_graded(velocity.voices, _VOICES, "{:,} others say the same")]
    reasons = tuple(words for _, words in sorted([*wide, *fast], key=lambda part: -part[0]))
    nothing = (reach.followers, reach.views, velocity.shares) == (None, None, None) and not reasons
    return Amplification(_band(wide), _band(fast), (NOT_KNOWN,) if nothing else reasons)


def _band(parts: list[tuple[int, str]]) -> str:
    points = sum(points for points, _ in parts)
    return next(name for least, name in _BANDS if points >= least)


def _graded(value: int | None, steps: tuple[tuple[int, int], ...], words: str) -> list[tuple[int, str]]:
    points = _points(value, steps)
    return [(points, words.format(value))] if points else []


def _points(value: int | None, steps: tuple[tuple[int, int], ...]) -> int:
    return next((points for least, points in steps if value is not None and value >= least), 0)


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
