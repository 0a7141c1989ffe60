"""Whose post it is when no rule says: the team whose terms stand in it, or speak of the same things."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from domain.features import spots_of_word
from domain.lexicon import Lexicon, opened
from domain.reading import Reading, read
from domain.terms import Found

TOPICS_FILE = Path(__file__).parent / "weights" / "topics.txt"
_TOPIC, _LIKE = 1.0, 0.6
"""How much the shared topic and the likeness of the words count."""
_TERM = 0.5
"""How much each word of a term counts that stands in the post."""
_AT_HOME = 0.3
"""The default team's start: whoever takes a post from it needs a reason."""
_SMALL_WORDS = frozenset({
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "for", "is", "it", "my", "your", "our", "i", "you", "we",
    "at", "with", "not", "no", "be", "was", "are", "this", "that",
})  # fmt: skip


@lru_cache(maxsize=1)
def _topics() -> Lexicon:
    return opened(TOPICS_FILE)


class Router:
    """What each team's name and terms speak of; `fits` says how well that suits a post."""

    def __init__(self, teams: Mapping[str, Sequence[str]], default: str) -> None:
        self.default = default
        self._topics = {key: _share(_topics_of(_profile(key, terms))) for key, terms in teams.items()}
        self._pieces = {key: _pieces(_words_of(_profile(key, terms))) for key, terms in teams.items()}
        self._rare = _rareness(self._pieces.values())

    def fits(self, reading: Reading, terms: Sequence[Found] = ()) -> dict[str, float]:
        """How well each team fits a post; the default team comes first among equals."""
        topics, pieces, told = _share(_topics_of([reading])), _pieces(reading.words), _told(terms)
        found = {key: self._fit(key, topics, pieces) + _TERM * told.get(key, 0) for key in self._topics}
        at_home = {self.default: found.pop(self.default, 0.0) + _AT_HOME}
        return at_home | found

    def _fit(self, key: str, topics: Mapping[str, float], pieces: frozenset[int]) -> float:
        own, shared = self._topics[key], pieces & self._pieces[key]
        same = sum(share * own.get(topic, 0.0) for topic, share in topics.items())
        like = sum(self._rare[piece] for piece in shared) / math.sqrt(1.0 + len(pieces))
        return _TOPIC * same + _LIKE * like / math.sqrt(math.sqrt(1.0 + len(self._pieces[key])))


def _told(terms: Sequence[Found]) -> dict[str, int]:
    """How many words of a post each team's terms take up; two terms at one place count once, the longer one."""
    told: dict[str, int] = {}
    taken: list[tuple[str, int, int]] = []
    for one in sorted(terms, key=lambda one: -len(one.term.text)):
        team, (start, end) = one.term.owner, one.where
        if not any(team == other and start < after and first < end for other, first, after in taken):
            taken.append((team, start, end))
            told[team] = told.get(team, 0) + len(one.term.text.split())
    return told


def _profile(key: str, terms: Sequence[str]) -> list[Reading]:
    return [read(key.replace("-", " ").replace("_", " ")), *(read(term) for term in terms)]


def _topics_of(readings: Iterable[Reading]) -> Counter[str]:
    return Counter(word.group for reading in readings for word in _topics().found(reading.words))


def _share(counts: Mapping[str, int]) -> dict[str, float]:
    length = math.sqrt(sum(count * count for count in counts.values())) or 1.0
    return {topic: count / length for topic, count in counts.items()}


def _words_of(readings: Iterable[Reading]) -> list[str]:
    return [word for reading in readings for word in reading.words]


def _pieces(words: Iterable[str]) -> frozenset[int]:
    return frozenset(
        spot for word in words if word not in _SMALL_WORDS and word[0].isalpha() for spot in spots_of_word(word)
    )


def _rareness(all_pieces: Iterable[frozenset[int]]) -> dict[int, float]:
    counts = Counter(piece for pieces in all_pieces for piece in pieces)
    return {piece: 1.0 / count for piece, count in counts.items()}
