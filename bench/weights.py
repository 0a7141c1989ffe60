"""`scripts/learn`: makes the shipped weights anew from the corpus; the same corpus gives the same bytes."""

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.machine import ROOT
from domain import cues, emergencies
from domain.complaint import odds
from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, platt
from domain.reading import Reading, read
from domain.scenes import SCENES_FILE
from domain.shipped import FILE, Table, Weights, packed, rounded

CORPUS = ROOT / "corpus"
COMPLAINT = Effort(rounds=10, step=0.5, pull=3e-3)
ALARM = Effort(rounds=15, step=0.5, pull=3e-5)
MIX = 0.6
"""How much the learnt table counts beside the cues. The corpus is imagined, so its words count three fifths."""
TIDY = 0.8
"""Imagined posts are tidier than real ones, so that what they teach is too steep; how much is a judgement.

It flattens the slope alone: the shift says how often a post complains that says nothing either way, and that is
no steeper for being imagined."""
SHARES = {True: 0.54, False: 0.25}
"""Of so many posts addressed to a brand, and of so many found by a search, somebody complains. The corpus can't say; of
published sets of posts to brands 57 to 63 % do, of those found by a search one in six to one in three."""
ALARM_FROM = 0.0
KNOWN = 0.5
"""How much of what words and scenes say on their own the table may count on; it learns the rest."""
RARER = 6.0
"""An emergency counts so many times in learning, because there are fewer of them than of other posts."""

Post = dict[str, Any]


def corpus(folder: Path = CORPUS, split: str | None = None) -> list[Post]:
    """Every line of the corpus that teaches, in the order of the files' names; or those of a split, which measure."""
    files = sorted(folder.glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [line for line in lines if line.get("split") == split]


def made(posts: Sequence[Post]) -> Weights:
    """All the weights that ship."""
    readings = [read(post["text"]) for post in posts]
    labels = [float(post["label"]) for post in posts]
    tables = {"complaint": complaint_table(readings, labels), **_alarm_tables(posts, readings)}
    figures = {"mix": MIX, "emergency_from": ALARM_FROM} | _calibration(posts, _unseen(posts, readings, labels))
    return Weights(revision(posts), figures, tables)


def revision(posts: Sequence[Post]) -> str:
    """What the weights were made of: the corpus, the words of the cues and emergencies, and the settings here."""
    settings = (COMPLAINT, ALARM, MIX, TIDY, SHARES, ALARM_FROM, KNOWN, RARER)
    digest = hashlib.sha256(json.dumps(posts, sort_keys=True).encode() + repr(settings).encode())
    for file in (cues.WORDS_FILE, emergencies.WORDS_FILE, SCENES_FILE):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def complaint_table(readings: Sequence[Reading], labels: Sequence[float]) -> Table:
    """What the corpus knows beyond the cues: learnt from what the cues leave over."""
    cued = [odds(reading, _EMPTY) for reading in readings]
    slope, shift = platt(cued, labels)
    known = [slope * one + shift for one in cued]
    examples = [Example(spots(r.words), k, y) for r, k, y in zip(readings, known, labels, strict=True)]
    return rounded(learn(examples, SIZE, COMPLAINT))


_EMPTY = Weights("", {"mix": 0.0}, {"complaint": Table(0.0, bytes(SIZE))})


def _unseen(posts: Sequence[Post], readings: Sequence[Reading], labels: Sequence[float]) -> list[float]:
    """Odds of every post from a table that hadn't seen its trade, so that they aren't flattered."""
    trades = [_trade(post) for post in posts]
    unseen: list[float] = [0.0] * len(posts)
    for trade in range(_TRADES):
        kept = [at for at, one in enumerate(trades) if one != trade]
        table = complaint_table([readings[at] for at in kept], [labels[at] for at in kept])
        weights = Weights("", {"mix": MIX}, {"complaint": table})
        for at in (at for at, one in enumerate(trades) if one == trade):
            unseen[at] = odds(readings[at], weights)
    return unseen


def _calibration(posts: Sequence[Post], unseen: Sequence[float]) -> dict[str, float]:
    """Slope and shift for posts addressed to a brand, and for posts a search found.

    Emergencies are left out: they are far more frequent in the corpus than in life, and nearly all of them complain.
    """
    figures: dict[str, float] = {}
    for addressed, ending in ((True, ""), (False, "_found")):
        some = [at for at, one in enumerate(posts) if one["addressed"] == addressed and not one["emergency"]]
        labels = [float(posts[at]["label"]) for at in some]
        slope, shift = platt([unseen[at] for at in some], labels)
        rarer = _odds(SHARES[addressed]) - _odds(sum(labels) / len(labels))
        figures |= {f"slope{ending}": slope * TIDY, f"shift{ending}": shift + rarer}
    return {name: float(f"{value:.4g}") for name, value in figures.items()}


def _odds(share: float) -> float:
    return math.log(share / (1.0 - share))


_TRADES = 4


def _trade(post: Post) -> int:
    return int(hashlib.sha256(str(post["sector"]).encode()).hexdigest(), 16) % _TRADES


def _alarm_tables(posts: Sequence[Post], readings: Sequence[Reading]) -> dict[str, Table]:
    grave = [(reading, post["emergency"]) for reading, post in zip(readings, posts, strict=True)]
    examples = [_alarming(reading, kind) for reading, kind in grave]
    tables = {"emergency": rounded(learn(examples, SIZE + emergencies.ROOM, ALARM))}
    only = [(emergencies.folded_spots(spots(reading.words)), kind) for reading, kind in grave if kind]
    for kind in emergencies.KINDS:
        own = [Example(places, 0.0, float(one == kind)) for places, one in only]
        tables[f"kind {kind}"] = rounded(learn(own, emergencies.KIND_SIZE, ALARM))
    return tables


def _alarming(reading: Reading, kind: str | None) -> Example:
    words = emergencies.found(reading)
    weighed, known = emergencies.features(reading, words), KNOWN * emergencies.known(reading, words)
    return Example(weighed, known, float(bool(kind)), RARER if kind else 1.0)


def main(words: list[str]) -> int:
    """Write the file, or say whether it is what the corpus gives."""
    parser = argparse.ArgumentParser(prog="scripts/learn", description="Make the shipped weights from the corpus.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the file isn't what comes out")
    wishes = parser.parse_args(words)
    posts = corpus()
    content = packed(made(posts))
    print(f"{len(posts)} posts, {len(cues.starting_weights())} cues, {len(content):,} bytes", file=sys.stderr)
    if wishes.check:
        same = FILE.exists() and FILE.read_bytes() == content
        print("the shipped weights are these" if same else "the shipped weights are others", file=sys.stderr)
        return 0 if same else 1
    FILE.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
