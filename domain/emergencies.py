"""Emergencies in ten kinds: certain words, and a model of how people tell of one; sayings don't count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain.features import SIZE, spots
from domain.lexicon import Lexicon, Word, opened
from domain.reading import Reading
from domain.scenes import Scene, scene_book
from domain.shipped import Weights, shipped

WORDS_FILE = Path(__file__).parent / "weights" / "emergencies.txt"
PAGE, FLAG = "page", "flag"
"""Page: somebody on call at once. Flag: the owner of such matters, before anybody answers."""
KINDS: dict[str, tuple[str, str]] = {
    "self_harm": (PAGE, "somebody may harm themselves"),
    "violence": (PAGE, "violence or a threat of it"),
    "injury": (PAGE, "somebody is hurt"),
    "fire": (PAGE, "fire, gas or electricity"),
    "food_safety": (PAGE, "made ill by food or medicine"),
    "vulnerable": (PAGE, "somebody helpless is in danger"),
    "legal": (FLAG, "the law or a regulator"),
    "fraud": (FLAG, "fraud or a stolen account"),
    "discrimination": (FLAG, "discrimination or harassment"),
    "press": (FLAG, "the press is asking"),
}
KIND_SIZE = 1 << 13
_SCENES_FROM = 2_400
ROOM = _SCENES_FROM + 200
"""Places after the words' own for the groups, their pairs and the scenes."""
_CERTAIN_ODDS = 3.0
_NAMED_ODDS = 0.7
_SAYING = "only a saying"
_UNNAMED_ODDS = 1.5
"""Taken off when no word of any kind of emergency is there: then it is the model's guess alone."""
_CURT, _CURT_ODDS = 8, 3.0
"""More is taken off where such a guess has hardly any words to go by."""


@dataclass(frozen=True)
class Emergency:
    """Which kind, how fast somebody must know, and the words that gave it away (or how sure the model is)."""

    kind: str
    level: str
    why: str
    odds: float


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return opened(WORDS_FILE)


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {group: number for number, group in enumerate(_lexicon().groups)}


@lru_cache(maxsize=1)
def _scenes() -> dict[str, tuple[int, Scene]]:
    return {scene.name: (number, scene) for number, scene in enumerate(scene_book().scenes)}


def strength(group: str) -> float:
    """The log-odds a group of words or a scene brings on its own; nought for words the model weighs."""
    if group in _scenes():
        return _scenes()[group][1].odds
    return _CERTAIN_ODDS if _lexicon().groups[group][1] == "certain" else 0.0


def kind_of(group: str) -> str:
    """The kind of emergency a group or a scene speaks of; "any" and "none" are no kinds."""
    return _scenes()[group][1].kind if group in _scenes() else _lexicon().groups[group][0]


def found(reading: Reading) -> list[Word]:
    """Every word of the lexicon in a post, and every scene; sayings use up their words."""
    words = list(_lexicon().found(reading.words))
    said = {at for word in words if word.group == _SAYING for at in range(word.first, word.first + word.length)}
    scenes = (Word(one.scene.name, one.first, one.after - one.first) for one in scene_book().seen(reading.words))
    return words + [one for one in scenes if not {one.first, one.first + one.length - 1} & said]


def features(reading: Reading, words: Sequence[Word]) -> dict[int, float]:
    """What the model weighs: the words, the groups they belong to, and which groups come together."""
    counts, numbers = Counter(word.group for word in words), _numbers()
    scenes = [group for group in counts if group not in numbers]
    groups = [group for group in counts if group in numbers]
    weighed = spots(reading.words)
    weighed |= {SIZE + numbers[group]: min(counts[group], 3) ** 0.6 for group in groups}
    weighed |= {SIZE + _SCENES_FROM + _scenes()[scene][0]: 1.0 for scene in scenes}
    telling = [group for group in groups if kind_of(group) in KINDS and not strength(group)]
    pairs = ((first, second) for first in telling for second in groups if first != second)
    return weighed | {SIZE + 100 + numbers[one] * len(numbers) + numbers[two]: 0.7 for one, two in pairs}


def known(reading: Reading, words: Sequence[Word]) -> float:
    """What the words and scenes say before anything is learnt, in log-odds."""
    groups = {word.group for word in words}
    if any(kind_of(group) in KINDS for group in groups):
        return max(strength(group) for group in groups)
    return -_UNNAMED_ODDS - (_CURT_ODDS if len(reading.words) < _CURT else 0.0)


def scored(reading: Reading, words: Sequence[Word], weights: Weights) -> float:
    """How much speaks for an emergency, in log-odds; certain words and scenes nearly decide it."""
    return weights.tables["emergency"].total(features(reading, words)) + known(reading, words)


def emergency(reading: Reading, weights: Weights | None = None) -> Emergency | None:
    """The emergency a post tells of, if it tells of one."""
    weights = weights or shipped()
    words = found(reading)
    odds = scored(reading, words, weights)
    if odds <= weights.figures["emergency_from"]:
        return None
    kind = _kind(reading, words, weights)
    level, named = KINDS[kind]
    return Emergency(kind, level, f"{named}: {_given_away(reading, words, kind)}", odds)


def _kind(reading: Reading, words: Sequence[Word], weights: Weights) -> str:
    said = dict.fromkeys([*KINDS, "any", "none"], 0.0)
    for group, kind in dict.fromkeys((word.group, kind_of(word.group)) for word in words):
        said[kind] += strength(group) + _NAMED_ODDS
    places = folded_spots(spots(reading.words))
    return max(KINDS, key=lambda kind: weights.tables[f"kind {kind}"].total(places) + said[kind])


def folded_spots(places: dict[int, float]) -> dict[int, float]:
    """The same places in the smaller tables that tell the kinds apart."""
    smaller: dict[int, float] = {}
    for spot, value in places.items():
        smaller[spot % KIND_SIZE] = smaller.get(spot % KIND_SIZE, 0.0) + value
    return smaller


def _given_away(reading: Reading, words: Sequence[Word], kind: str) -> str:
    telling = [word for word in words if kind_of(word.group) == kind]
    telling.sort(key=lambda word: (-strength(word.group), word.first))
    said = dict.fromkeys(" ".join(reading.words[word.first : word.first + word.length]) for word in telling[:2])
    return " and ".join(f"“{words}”" for words in said) or "it reads like one"
