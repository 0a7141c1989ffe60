"""Whether a post complains: the hand-made cues, what was learnt from the corpus, and the words that weighed most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import mul

from domain import cues
from domain.features import share_of, spots, spots_of_word
from domain.learning import sigmoid
from domain.lexicon import Word
from domain.reading import Reading
from domain.shipped import Weights, shipped

_TOLD = 3
"""So many reasons are told; more than three nobody reads."""
_LEAST = 0.08
_CUE_SHARE, _CUE_MOST = 0.5, 2.0


@dataclass(frozen=True)
class Layer:
    """What a workspace learnt on top: weights for the table's places and for the cues, and for each team its places."""

    weights: Mapping[int, float] = field(default_factory=dict)
    cues: Mapping[str, float] = field(default_factory=dict)
    teams: Mapping[str, Mapping[int, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """What speaks for or against a complaint: the words as the post has them, or a sign's name, and the log-odds."""

    words: str
    cue: str
    odds: float

    def __str__(self) -> str:
        named = f"“{self.words}”" if self.words else self.cue
        return f"{named} {self.odds:+.1f}"


@dataclass(frozen=True)
class Score:
    """How likely a post is a complaint, its log-odds before the calibration, and what weighed most."""

    probability: float
    odds: float
    shares: tuple[Share, ...] = ()


def odds(reading: Reading, weights: Weights) -> float:
    """The log-odds of the cues and the shipped table, not yet calibrated."""
    return _raw(reading, _measured(reading), weights)


def calibrated(raw: float, weights: Weights, *, addressed: bool = True) -> float:
    """Honest log-odds; what a search found complains less often than what was addressed to a brand."""
    figures, how = weights.figures, "" if addressed else "_found"
    return figures[f"slope{how}"] * raw + figures[f"shift{how}"]


def told(measured: Mapping[str, float]) -> dict[str, float]:
    """How much of each cue a layer may count on: about as much as of the words."""
    return {name: _CUE_SHARE * max(-_CUE_MOST, min(_CUE_MOST, value)) for name, value in measured.items()}


def leaning(reading: Reading, measured: Mapping[str, float], layer: Layer) -> float:
    """What a workspace's layer adds to the log-odds."""
    places = spots(reading.words)
    spoken: float = sum(map(mul, map(layer.weights.get, places, repeat(0.0)), places.values()))
    return spoken + sum(layer.cues.get(name, 0.0) * value for name, value in told(measured).items())


def score(
    reading: Reading, weights: Weights | None = None, layer: Layer | None = None, *, addressed: bool = True
) -> Score:
    """The calibrated probability that the post complains; a workspace's layer comes on top."""
    weights, measured = weights or shipped(), _measured(reading)
    raw = _raw(reading, measured, weights)
    own = leaning(reading, measured, layer) if layer is not None else 0.0
    return Score(sigmoid(calibrated(raw, weights, addressed=addressed) + own), raw)


def _measured(reading: Reading) -> dict[str, float]:
    return cues.measured(reading, cues.found(reading.words))


def _raw(reading: Reading, measured: Mapping[str, float], weights: Weights) -> float:
    starting, table = cues.starting_weights(), weights.tables["complaint"]
    spoken = sum(starting[name] * value for name, value in measured.items())
    return spoken + weights.figures["mix"] * table.total(spots(reading.words))


def explained(reading: Reading, verdict: Score, weights: Weights | None = None) -> Score:
    """The same score with its strongest reasons on its own side; quiet signs only where nothing else speaks."""
    weights = weights or shipped()
    places = cues.found(reading.words)
    shares = [*_spoken(reading, places), *_learnt(reading, places, weights)]
    side = 1.0 if verdict.probability >= 0.5 else -1.0
    telling = sorted((share for share in shares if share.odds * side > _LEAST), key=lambda share: -share.odds * side)
    loud = [share for share in telling if share.cue not in cues.QUIET]
    return Score(verdict.probability, verdict.odds, tuple((loud or telling)[:_TOLD]))


def _spoken(reading: Reading, places: Sequence[Word]) -> list[Share]:
    starting, measured = cues.starting_weights(), cues.measured(reading, places)
    shares = [Share("", name, starting[name] * value) for name, value in measured.items() if name in cues.SIGNS]
    for group in dict.fromkeys(word.group for word in places):
        said = [word for word in places if word.group == group]
        words = " … ".join(dict.fromkeys(_words(reading, word) for word in said[:2]))
        shares.append(Share(words, group, starting[group] * measured.get(group, 0.0)))
    return shares


def _learnt(reading: Reading, places: Sequence[Word], weights: Weights) -> list[Share]:
    """The table's part of single words the cues don't name."""
    named = {word.first + step for word in places for step in range(word.length)}
    table, mix, share = weights.tables["complaint"], weights.figures["mix"], share_of(reading.words)
    return [
        Share(word, "learnt", mix * share * table.total(dict.fromkeys(spots_of_word(word), 1.0)))
        for at, word in enumerate(reading.words)
        if at not in named and word.isalpha()
    ]


def _words(reading: Reading, word: Word) -> str:
    return " ".join(reading.words[word.first : word.first + word.length])
