"""Sorting: what colleagues taught about whose post it is, by passing it on or answering it where it was."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from operator import mul

from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, mean
from domain.reading import Reading

STEEP = 2.0
"""How much surer, in log-odds, a team is with each point of fit."""
SURE = 0.6
"""From this probability on what colleagues taught goes before a term."""
EFFORT = Effort(rounds=5, step=0.2, pull=3e-3)
FEWEST = 40
"""Sorted posts below which nothing is learnt."""
_LEAST = 0.02
MOST_PLACES = 20_000
"""Of each team the most telling places are kept: a layer is read into memory and kept in a row."""
_FOLDS = 4
Places = Mapping[int, float]


@dataclass(frozen=True)
class Sorted:
    """A post, how well each team fits it, the teams a term of which stands in it, and the team whose it was."""

    reading: Reading
    fits: Mapping[str, float]
    named: frozenset[str]
    team: str

    @cached_property
    def places(self) -> dict[int, float]:
        """Its words as the learner sees them; asked for once by each team and each part."""
        return spots(self.reading.words)


def own(words: Sequence[str], teams: Mapping[str, Places]) -> dict[str, float]:
    """What was learnt about these words for each team, as points of fit."""
    places = spots(words) if teams else {}
    return {
        team: sum(map(mul, map(learnt.get, places, repeat(0.0)), places.values())) / STEEP
        for team, learnt in teams.items()
    }


def ranked(fits: Mapping[str, float], named: Collection[str], learnt: Mapping[str, float] | None = None) -> list[str]:
    """The teams, the best first. One with a term in the post goes before all without, unless what colleagues taught
    speaks for another and makes it fairly sure.
    """
    own = learnt or {}
    total = {team: fit + own.get(team, 0.0) for team, fit in fits.items()}
    order = sorted(total, key=lambda team: -total[team])
    first = next((team for team in order if team in named), order[0])
    if own.get(order[0], 0.0) > own.get(first, 0.0) and _sureness(total, order[0]) >= SURE:
        return order
    return [first, *(team for team in order if team != first)]


def is_taught(fits: Mapping[str, float], named: Collection[str], learnt: Mapping[str, float]) -> bool:
    """Whether the best team is the best because of what colleagues taught."""
    return ranked(fits, named, learnt)[0] != ranked(fits, named)[0]


def _sureness(fits: Mapping[str, float], team: str) -> float:
    """How likely the team is among all, by its fit."""
    return 1.0 / sum(math.exp(STEEP * (one - fits[team])) for one in fits.values())


def taught(posts: Sequence[Sorted]) -> dict[str, dict[int, float]]:
    """What these posts teach beyond the terms, for each team of the policy."""
    teams = dict.fromkeys(team for post in posts for team in post.fits)
    return {team: _places_of(team, posts) for team in teams}


def _places_of(team: str, posts: Sequence[Sorted]) -> dict[int, float]:
    examples = [Example(post.places, _known(team, post), float(post.team == team)) for post in posts]
    return telling(learn(examples, SIZE, EFFORT))


def telling(learnt: Sequence[float], most: int = MOST_PLACES) -> dict[int, float]:
    """The places that say most, so many at the most."""
    some = sorted((spot for spot, one in enumerate(learnt) if abs(one) >= _LEAST), key=lambda spot: -abs(learnt[spot]))
    return {spot: round(learnt[spot], 3) for spot in sorted(some[:most])}


def _known(team: str, post: Sorted) -> float:
    others = [fit for other, fit in post.fits.items() if other != team]
    return STEEP * (post.fits[team] - max(others, default=0.0))


def does_better(posts: Sequence[Sorted]) -> tuple[bool, dict[str, float]]:
    """Whether what such posts teach sorts posts at least as well that didn't teach it, and the figures."""
    learning = [post for post in posts if post.team in post.fits]
    if len(learning) < FEWEST or len({post.team for post in learning}) < 2:
        return False, {"sorted": len(learning)}
    before = mean(float(_best(post, {}) == post.team) for post in learning)
    after = mean(_crossed(learning))
    figures = {"sorted": len(learning), "team_before": round(before, 4), "team_after": round(after, 4)}
    return after >= before, figures


def _crossed(posts: Sequence[Sorted]) -> list[float]:
    """For each post, whether it is sorted right by what the other parts teach."""
    found = []
    for fold in range(_FOLDS):
        learnt = taught([post for at, post in enumerate(posts) if at % _FOLDS != fold])
        found += [float(_best(post, learnt) == post.team) for at, post in enumerate(posts) if at % _FOLDS == fold]
    return found


def _best(post: Sorted, teams: Mapping[str, Places]) -> str:
    return ranked(post.fits, post.named, own(post.reading.words, teams))[0]
