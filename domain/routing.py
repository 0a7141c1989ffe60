"""Whose post it is when no rule says: the team whose terms stand in it, or speak of the same things."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from domain.features import spots_of_word
from domain.reading import Reading, read
from domain.terms import Found
from domain.topics import thesaurus

_TOPIC, _WIDER, _LIKE = 1.0, 0.5, 0.6
"""How much shared topics count, shared wider topics, and the likeness of the words."""
_TERM = 0.5
"""How much each word of a term counts that stands in the post."""
_AT_HOME = 0.3
"""The default team's start: whoever takes a post from it needs a reason."""
_SMALL_WORDS = frozenset({
    "the", "a", "an", "and", "or", "of", "to", "in", "on", "for", "is", "it", "my", "your", "our", "i", "you", "we",
    "at", "with", "not", "no", "be", "was", "are", "this", "that",
})  # fmt: skip


class Router:
    """What each team's name and terms speak of; `fits` says how well that suits a post."""

    def __init__(self, teams: Mapping[str, Sequence[str]], default: str) -> None:
        self.default = default
        profiles = {key: _profile(key, terms) for key, terms in teams.items()}
        said = _set_apart({key: _said(readings) for key, readings in profiles.items()})
        self._topics = {key: _even(topics) for key, topics in said.items()}
        self._wider = {key: _even(thesaurus().widened(topics)) for key, topics in said.items()}
        self._pieces = {key: _pieces(_words_of(readings)) for key, readings in profiles.items()}
        self._rare = _rareness(self._pieces.values())

    def fits(self, reading: Reading, terms: Sequence[Found] = ()) -> dict[str, float]:
        """How well each team fits a post; the default team comes first among equals."""
        said, pieces, told = _said([reading]), _pieces(reading.words), _told(terms)
        topics, wider = _even(said), _even(thesaurus().widened(said))
        found = {
            key: _TOPIC * _alike(topics, self._topics[key])
            + _WIDER * _alike(wider, self._wider[key])
            + _LIKE * self._likeness(key, pieces)
            + _TERM * told.get(key, 0)
            for key in self._topics
        }
        at_home = {self.default: found.pop(self.default, 0.0) + _AT_HOME}
        return at_home | found

    def _likeness(self, key: str, pieces: frozenset[int]) -> float:
        own = self._pieces[key]
        like = sum(self._rare[piece] for piece in pieces & own) / math.sqrt(1.0 + len(pieces))
        return like / math.sqrt(math.sqrt(1.0 + len(own)))


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


def _said(readings: Iterable[Reading]) -> dict[str, float]:
    said: dict[str, float] = {}
    for reading in readings:
        for topic, much in thesaurus().spoken_of(reading.words).items():
            said[topic] = said.get(topic, 0.0) + much
    return said


def _set_apart(teams: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """A team's topics: many terms on one topic count ever less, and so does a topic that many teams share."""
    sharing = Counter(topic for said in teams.values() for topic in said)
    return {
        key: {topic: math.sqrt(much / sharing[topic]) for topic, much in said.items()} for key, said in teams.items()
    }


def _even(said: Mapping[str, float]) -> dict[str, float]:
    """The same shares, of length one."""
    length = math.sqrt(sum(much * much for much in said.values())) or 1.0
    return {topic: much / length for topic, much in said.items()}


def _alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two that have length one."""
    return sum(much * other.get(topic, 0.0) for topic, much in one.items())


def _words_of(readings: Iterable[Reading]) -> list[str]:
    return [word for reading in readings for word in reading.words]


def _pieces(words: Iterable[str]) -> frozenset[int]:
    return frozenset(
        spot for word in words if word not in _SMALL_WORDS and word[0].isalpha() for spot in spots_of_word(word)
    )


def _rareness(all_pieces: Iterable[frozenset[int]]) -> dict[int, float]:
    counts = Counter(piece for pieces in all_pieces for piece in pieces)
    return {piece: 1.0 / count for piece, count in counts.items()}
