"""Hand-made cues of a complaint: each has a name a person understands, and says where in the words it was found."""

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from domain.lexicon import Lexicon, Word, opened
from domain.reading import Reading

WORDS_FILE = Path(__file__).parent / "weights" / "cues.txt"
NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "dont",
        "doesnt",
        "didnt",
        "cant",
        "cannot",
        "couldnt",
        "wont",
        "wouldnt",
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "havent",
        "hasnt",
        "hadnt",
        "aint",
        "nothing",
        "none",
        "nobody",
        "nowhere",
        "without",
        "unable",
        "neither",
        "nor",
        "shouldnt",
        "lack",
        "zero",
        "hardly",
        "barely",
    ]
)
_PRAISING = frozenset(
    {"warm praise", "kind words", "praise that may be meant the other way", "something new and wanted"}
)
_REACH = 3
"""So many words before a kind one may deny it: "not a very good"."""
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_QUOTED = re.compile(r"[\"“”«»]")


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return opened(WORDS_FILE)


def found(words: Sequence[str]) -> list[Word]:
    """Every phrase of the cues among the words; a kind word with a "not" before it is praise denied."""
    return list(_found(tuple(words)))


@lru_cache(maxsize=16)
def _found(words: tuple[str, ...]) -> tuple[Word, ...]:
    """Kept for a moment: score, reasons and severity of a post all ask."""
    return tuple([_turned(word, words) for word in _lexicon().found(words)])


def _turned(word: Word, words: Sequence[str]) -> Word:
    if word.group in _PRAISING and not NEGATIONS.isdisjoint(words[max(0, word.first - _REACH) : word.first]):
        return word._replace(group="praise denied")
    return word


Sign = Callable[[Reading], float]
_ME = frozenset(["i", "me", "my", "we", "us", "our", "im", "ive", "id", "ill", "mine"])
_YOU = frozenset(["you", "your", "u", "ur", "youre", "yours", "youve"])


def _count(names: frozenset[str]) -> Sign:
    return lambda reading: float(sum(word in names for word in reading.words))


SIGNS: dict[str, tuple[float, Sign]] = {
    "says no or not": (0.5, _count(NEGATIONS)),
    "speaks of I and we": (0.25, _count(_ME)),
    "says you and your": (0.25, _count(_YOU)),
    "opens with a name": (0.4, lambda reading: float(reading.words[:1] == ("@",))),
    "names nobody": (-0.2, lambda reading: float("@" not in reading.words)),
    "names several": (-0.2, lambda reading: float(max(0, reading.words.count("@") - 1))),
    "has a link": (-0.7, lambda reading: float(reading.words.count("<link>"))),
    "shouts in capitals": (0.3, lambda reading: float(len(_CAPITALS.findall(reading.plain)))),
    "one exclamation mark": (-0.3, lambda reading: float(reading.words.count("!"))),
    "many exclamation marks": (0.1, lambda reading: float(sum(len(w) > 1 and w[0] == "!" for w in reading.words))),
    "asks": (-0.1, lambda reading: float(reading.words.count("?"))),
    "asks loudly": (0.9, lambda reading: float(sum(len(w) > 1 and "?" in w for w in reading.words))),
    "trails off": (0.2, lambda reading: float(sum(w.startswith("..") for w in reading.words))),
    "puts words in quotes": (0.1, lambda reading: len(_QUOTED.findall(reading.plain)) / 2),
    "draws out letters": (0.0, lambda reading: float(reading.drawn_out)),
    "has many hashtags": (-0.2, lambda reading: float(max(0, reading.plain.count("#") - 1))),
    "its length": (0.5, lambda reading: math.log1p(len(reading.words)) ** 2 / 3 - 2),
}
"""What isn't said in words: each sign's starting weight and how it is counted."""
QUIET = frozenset({
    "its length", "opens with a name", "names nobody", "names several", "speaks of I and we", "says you and your",
})  # fmt: skip
"""Signs that weigh a little in nearly every post, so that naming them explains nothing."""
_DERIVED = {"praise denied": 0.9, "kind and cross at once": 0.5}


@lru_cache(maxsize=1)
def starting_weights() -> dict[str, float]:
    """Each cue's name and the log-odds it starts from; above nought speaks for a complaint."""
    spoken = {name: float(rest[0]) for name, rest in _lexicon().groups.items()}
    return spoken | _DERIVED | {name: weight for name, (weight, _) in SIGNS.items()}


@lru_cache(maxsize=1)
def _sides() -> tuple[tuple[str, ...], tuple[str, ...]]:
    starting = starting_weights()
    spoken = _lexicon().groups
    return tuple(n for n in spoken if starting[n] >= 0.8), tuple(n for n in spoken if starting[n] <= -1.0)


def measured(reading: Reading, places: Sequence[Word]) -> dict[str, float]:
    """How much of each cue a post has; more of the same counts ever less."""
    counts: dict[str, float] = {}
    for word in places:
        counts[word.group] = counts.get(word.group, 0.0) + 1.0
    for name, (_, sign) in SIGNS.items():
        counts[name] = sign(reading)
    cross, kind = (sum(min(1.0, counts.get(name, 0.0)) for name in side) for side in _sides())
    counts["kind and cross at once"] = min(cross, kind)
    return {name: _damped(value) for name, value in counts.items() if value}


def _damped(value: float) -> float:
    return math.copysign(min(abs(value), 6.0) ** 0.7, value)
