"""`python -m bot triage learn FILE`: a workspace's own layer on the shipped weights, kept only if it does better."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from domain import layers
from domain.layers import Labelled, layer_of, losses, written

FEWEST = 40
"""With fewer labels of either kind there is nothing to learn."""


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
    return layers.labelled(text, float(label))
