"""`python -m bot triage learn FILE`: a workspace's own layer on the shipped weights, kept only if it does better."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from zlib import crc32

from domain.complaint import Layer, score
from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, mean, platt, sigmoid
from domain.reading import Reading, read
from domain.shipped import shipped

EFFORT = Effort(rounds=6, step=0.3, pull=1e-3)
FEWEST = 40
"""With fewer labels of either kind there is nothing to learn."""
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


def main(file: Path, to: Path) -> int:
    """Learn, compare on labels held back, and write the layer unless it does worse than nothing."""
    try:
        posts = labelled(file.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{file} can't be learnt from: {error}\n")
        return 2
    few = min(sum(post.label == kind for post in posts) for kind in (0.0, 1.0))
    if few < FEWEST:
        sys.stderr.write(f"There are {few} labels of one kind; learning starts at {FEWEST} of each.\n")
        return 1
    before, after = losses(posts)
    sys.stdout.write(
        f"{len(posts)} labels; log loss on every fifth: {before:.4f} without the layer, {after:.4f} with it\n"
    )
    if after >= before:
        sys.stdout.write("The layer does no better, so nothing is written.\n")
        return 1
    to.write_text(written(layer_of(posts)), encoding="utf-8")
    sys.stdout.write(f"The layer is in {to}; `triage score --layer {to}` uses it.\n")
    return 0


def labelled(lines: Sequence[str]) -> list[Labelled]:
    """The posts of JSON lines with `text` and `label`; ValueError names the line that is none."""
    posts = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            posts.append(_one(number, line))
    return posts


def _one(number: int, line: str) -> Labelled:
    try:
        post = json.loads(line)
        text, label = post["text"], post["label"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"line {number} needs a text and a label") from None
    if not isinstance(text, str) or label not in {0, 1}:
        raise ValueError(f"line {number} needs a text, and 1 (a complaint) or 0 for a label")
    reading, weights = read(text), shipped()
    odds = weights.figures["slope"] * score(reading).odds + weights.figures["shift"]
    return Labelled(reading, odds, float(label), crc32(text.encode("utf-8", "replace")) % _HELD_BACK == 0)


def layer_of(posts: Sequence[Labelled]) -> Layer:
    """The layer these posts teach: what the shipped weights leave over, then slope and shift."""
    examples = [Example(spots(post.reading.words), post.odds, post.label) for post in posts]
    weights = {spot: round(one, 3) for spot, one in enumerate(learn(examples, SIZE, EFFORT)) if abs(one) >= _LEAST}
    taught = Layer(weights)
    slope, shift = platt([_odds(post, taught) for post in posts], [post.label for post in posts])
    # Odds of posts it learnt from are too sure of themselves; a slope above one would make them surer still.
    return Layer(weights, round(min(slope, 1.0), 4), round(shift, 4))


def losses(posts: Sequence[Labelled]) -> tuple[float, float]:
    """Log loss on the labels held back, without the layer and with one learnt from the others."""
    held = [post for post in posts if post.held_back]
    layer = layer_of([post for post in posts if not post.held_back])
    return mean(_loss(post, None) for post in held), mean(_loss(post, layer) for post in held)


def _loss(post: Labelled, layer: Layer | None) -> float:
    probability = sigmoid(_odds(post, layer) if layer else post.odds)
    return -log(max(1e-9, probability if post.label else 1.0 - probability))


def _odds(post: Labelled, layer: Layer) -> float:
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
        return Layer(weights, float(raw["slope"]), float(raw["shift"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no layer: {error}") from error
