"""A workspace's own layer over the shipped weights: learnt from labelled posts, measured on others."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log
from typing import Any

from domain import cues
from domain.complaint import Layer, calibrated, leaning, told
from domain.complaint import odds as raw_odds
from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, mean, sigmoid
from domain.reading import Reading, read
from domain.shipped import Weights, shipped

EFFORT = Effort(rounds=4, step=0.1, pull=3e-3)
"""Small steps and a strong pull: on seven brands that taught nothing a hundred labels helped and never hurt."""
FOLDS = 4
"""Parts of the judged posts; each is measured by a layer learnt from the others."""
_LEAST = 0.005


@dataclass(frozen=True)
class Labelled:
    """A post somebody judged: its reading, its cues, the log-odds so far, and 1 for a complaint."""

    reading: Reading
    cues: Mapping[str, float]
    odds: float
    label: float


def labelled(text: str, label: float, weights: Weights | None = None, *, addressed: bool = True) -> Labelled:
    """A post and what somebody said of it, as the learner sees it."""
    reading, weights = read(text), weights or shipped()
    known = calibrated(raw_odds(reading, weights), weights, addressed=addressed)
    measured = cues.measured(reading, cues.found(reading.words))
    return Labelled(reading, measured, known, label)


def layer_of(posts: Sequence[Labelled]) -> Layer:
    """The layer these posts teach: what the shipped weights and their cues leave over."""
    names, weight = sorted(cues.starting_weights()), _weight(posts)
    numbers = {name: SIZE + number for number, name in enumerate(names)}
    examples = [
        Example(
            spots(post.reading.words) | {numbers[name]: value for name, value in told(post.cues).items()},
            post.odds, post.label, weight[post.label],
        )
        for post in posts
    ]  # fmt: skip
    learnt = learn(examples, SIZE + len(names), EFFORT)
    words = {spot: round(one, 3) for spot, one in enumerate(learnt[:SIZE]) if abs(one) >= _LEAST}
    return Layer(words, {name: round(learnt[spot], 3) for name, spot in numbers.items() if abs(learnt[spot]) >= _LEAST})


def _weight(posts: Sequence[Labelled]) -> dict[float, float]:
    """How much each label counts. Colleagues correct what they happen to see, so how often they say "complaint" is no
    news of how often customers complain: both sides together weigh what the shipped weights expect.
    """
    complaints = sum(post.label for post in posts)
    expected = sum(sigmoid(post.odds) for post in posts)
    return {1.0: expected / max(1.0, complaints), 0.0: (len(posts) - expected) / max(1.0, len(posts) - complaints)}


def crossed(posts: Sequence[Labelled]) -> list[tuple[float, float]]:
    """Each post's log-odds by a layer that hasn't seen it, and its label."""
    found: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        others = [post for at, post in enumerate(posts) if at % FOLDS != fold]
        layer = layer_of(others) if len({post.label for post in others}) > 1 else None
        found += [(odds_of(post, layer), post.label) for at, post in enumerate(posts) if at % FOLDS == fold]
    return found


def loss(judged: Sequence[tuple[float, float]]) -> float:
    """The log loss of log-odds with their labels: how surprising the labels are, on average."""
    return mean(-log(max(1e-9, sigmoid(odds if label else -odds))) for odds, label in judged)


def odds_of(post: Labelled, layer: Layer | None) -> float:
    """The log-odds of a post, with the layer if there is one."""
    if layer is None:
        return post.odds
    return post.odds + leaning(post.reading, post.cues, layer)


def written(layer: Layer) -> str:
    """The layer as text."""
    teams = {team: dict(sorted(places.items())) for team, places in sorted(layer.teams.items())}
    body = {"weights": dict(sorted(layer.weights.items())), "cues": dict(sorted(layer.cues.items())), "teams": teams}
    return json.dumps(body)


def layer_from(text: str) -> Layer:
    """Read what `written` gave; ValueError when it is something else. Layers of old know no cues and no teams."""
    try:
        raw = json.loads(text)
        spoken = {str(name): float(one) for name, one in raw.get("cues", {}).items()}
        teams = {str(team): _places(places) for team, places in raw.get("teams", {}).items()}
        layer = Layer(_places(raw["weights"]), spoken, teams)
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"this is no layer: {error}") from error
    numbers = [*layer.weights.values(), *layer.cues.values()]
    numbers += [one for places in layer.teams.values() for one in places.values()]
    if not all(map(isfinite, numbers)):
        raise ValueError("this is no layer: its numbers are not finite")
    return layer


def _places(raw: Mapping[str, Any]) -> dict[int, float]:
    return {int(spot): float(one) for spot, one in raw.items()}
