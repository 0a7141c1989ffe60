"""A workspace's own layer over the shipped weights: learnt from labelled posts, measured on those held back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log
from zlib import crc32

from domain.complaint import Layer, score
from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, mean, platt, sigmoid
from domain.reading import Reading, read
from domain.shipped import Weights, shipped

EFFORT = Effort(rounds=6, step=0.3, pull=1e-3)
_HELD_BACK = 5
"""Every fifth label measures the layer and doesn't teach it."""
_LEAST = 0.02


@dataclass(frozen=True)
class Labelled:
    """A post somebody judged: its reading, the log-odds so far, and 1 for a complaint."""

    reading: Reading
    odds: float
    label: float
    held_back: bool


def labelled(text: str, label: float, weights: Weights | None = None) -> Labelled:
    """A post and what somebody said of it, as the learner sees it."""
    reading, weights = read(text), weights or shipped()
    odds = weights.figures["slope"] * score(reading, weights).odds + weights.figures["shift"]
    return Labelled(reading, odds, label, crc32(text.encode("utf-8", "replace")) % _HELD_BACK == 0)


def layer_of(posts: Sequence[Labelled]) -> Layer:
    """The layer these posts teach: what the shipped weights leave over, and a slope where that is too sure."""
    examples = [Example(spots(post.reading.words), post.odds, post.label) for post in posts]
    weights = {spot: round(one, 3) for spot, one in enumerate(learn(examples, SIZE, EFFORT)) if abs(one) >= _LEAST}
    taught = Layer(weights)
    slope, shift = platt([odds_of(post, taught) for post in posts], [post.label for post in posts])
    # Odds of posts it learnt from are too sure of themselves; a slope above one would make them surer still, and the
    # shift that was found beside such a slope means nothing without it.
    return Layer(weights, round(slope, 4), round(shift, 4)) if 0.0 < slope < 1.0 else taught


def losses(posts: Sequence[Labelled]) -> tuple[float, float]:
    """Log loss on the labels held back, without the layer and with one learnt from the others."""
    held = [post for post in posts if post.held_back]
    layer = layer_of([post for post in posts if not post.held_back])
    return mean(_loss(post, None) for post in held), mean(_loss(post, layer) for post in held)


def _loss(post: Labelled, layer: Layer | None) -> float:
    probability = sigmoid(odds_of(post, layer))
    return -log(max(1e-9, probability if post.label else 1.0 - probability))


def odds_of(post: Labelled, layer: Layer | None) -> float:
    """The log-odds of a post, with the layer if there is one."""
    if layer is None:
        return post.odds
    own = sum(layer.weights.get(spot, 0.0) * value for spot, value in spots(post.reading.words).items())
    return layer.slope * (post.odds + own) + layer.shift


def written(layer: Layer) -> str:
    """The layer as text."""
    return json.dumps({"slope": layer.slope, "shift": layer.shift, "weights": dict(sorted(layer.weights.items()))})


def layer_from(text: str) -> Layer:
    """Read what `written` gave; ValueError when it is something else."""
    try:
        raw = json.loads(text)
        weights = {int(spot): float(one) for spot, one in raw["weights"].items()}
        layer = Layer(weights, float(raw["slope"]), float(raw["shift"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no layer: {error}") from error
    if not all(map(isfinite, (layer.slope, layer.shift, *layer.weights.values()))):
        raise ValueError("this is no layer: its numbers are not finite")
    return layer
