"""Near-duplicates on real posts: the labelled tweets of CrisisLexT26, whose retweets say themselves what they pass on.

A family are retweets of one account that go on alike. Two posts of different events that are taken for the same are an
error for sure. Nothing of the data is kept.
"""

import csv
import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import combinations
from pathlib import Path

from bench.rows import Row, spent
from domain.likeness import WINDOW

HOUR = timedelta(hours=1)
FILES = "*-tweets_labeled.csv"
LIKE = 40
"""Characters of a retweet that have to be the same when its end may have been cut off."""
_RETWEET = re.compile(r"RT @(\w+):?\s*(.*)", re.DOTALL)
_LINK = re.compile(r"https?\S*")
Pair = tuple[int, int]
Way = Callable[[list[str]], set[Pair]]


@dataclass(frozen=True)
class Tweet:
    """A tweet of an event, by its number, which grows with time."""

    number: int
    text: str
    event: str

    @property
    def at(self) -> timedelta:
        """When it was posted, since the network's own epoch: it stands in the number."""
        return timedelta(milliseconds=self.number >> 22)


def measure(folder: Path, ways: dict[str, Way], timed: Way) -> list[Row]:
    """Recall of families, merges across events, and what `timed` costs a post."""
    tweets = sorted(_read(folder), key=lambda one: one.number)
    if not tweets:
        raise SystemExit(f"{folder} has no {FILES}")
    texts = [one.text for one in tweets]
    families = {"the same words": _families(tweets, None), f"the same {LIKE} characters": _families(tweets, LIKE)}
    rows = [row for name, way in ways.items() for row in _judged(name, way(texts), tweets, families)]
    cpu, wall = spent(partial(timed, texts), len(texts))
    about = "crises, sketch, look up, compare"
    return [
        *rows,
        Row(about, len(texts), "a post", round(cpu, 1), "CPU µs"),
        Row(about, len(texts), "a post", round(wall, 1), "wall µs"),
    ]


def _judged(way: str, pairs: set[Pair], tweets: list[Tweet], families: dict[str, set[Pair]]) -> Iterable[Row]:
    for kind, true in families.items():
        share = round(len(pairs & true) / max(len(true), 1), 4)
        yield Row("crises, retweets", len(tweets), f"recall of {kind}, {way}", share, "of pairs", n=len(true))
    soon = {(one, other) for one, other in pairs if tweets[other].at - tweets[one].at <= WINDOW}
    for when, merged in ((f"within {WINDOW // HOUR} hours", soon), ("whenever", pairs)):
        across = sum(tweets[one].event != tweets[other].event for one, other in merged)
        share = round(100 * across / max(len(merged), 1), 3)
        yield Row("crises, all", len(tweets), f"merged across events {when}, {way}", share, "% of pairs", n=len(merged))


def _read(folder: Path) -> Iterable[Tweet]:
    for path in sorted(folder.rglob(FILES)):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, skipinitialspace=True)
            next(rows, None)
            for number, text, *_ in rows:
                yield Tweet(int(number), text, path.parent.name)


def _families(tweets: list[Tweet], like: int | None) -> set[Pair]:
    """Pairs of retweets of one account that say the same, or begin the same."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, tweet in enumerate(tweets):
        passed = _RETWEET.match(html.unescape(tweet.text))
        if passed:
            rest = " ".join(_LINK.sub(" ", passed[2]).rstrip("… .").lower().split())
            if rest and (like is None or len(rest) >= like):
                found[passed[1].lower(), rest[:like]].append(place)
    return {pair for places in found.values() for pair in combinations(places, 2)}
