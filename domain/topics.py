"""Topics: what posts and teams speak of, by a thesaurus of things that go wrong and whoever looks after them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import sqrt
from pathlib import Path

from domain.reading import fold, tokens

FILE = Path(__file__).parent / "weights" / "topics.txt"
Words = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """Phrases with all their topics, and the wider topic of each topic."""

    phrases: dict[Words, tuple[str, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    wider: dict[str, str] = field(default_factory=dict)

    def add(self, phrase: str, topic: str) -> None:
        """Take in a phrase of a topic."""
        words = tokens(fold(phrase))
        if words and topic not in self.phrases.get(words, ()):
            self.phrases[words] = (*self.phrases.get(words, ()), topic)
            self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def spoken_of(self, words: Sequence[str]) -> dict[str, float]:
        """How much is said of each topic: a phrase of several words says more, one with several topics less."""
        said: dict[str, float] = {}
        for phrase in self._phrases_in(words):
            topics = self.phrases[phrase]
            for topic in topics:
                said[topic] = said.get(topic, 0.0) + sqrt(len(phrase) / len(topics))
        return said

    def _phrases_in(self, words: Sequence[str]) -> Iterator[Words]:
        """From the left; the longest wins, and words are used once."""
        at = 0
        while at < len(words):
            most = min(self.longest.get(words[at], 0), len(words) - at)
            some = (tuple(words[at : at + size]) for size in range(most, 0, -1))
            phrase = next((one for one in some if one in self.phrases), None)
            if phrase is not None:
                yield phrase
            at += len(phrase) if phrase else 1

    def widened(self, said: Mapping[str, float]) -> dict[str, float]:
        """The same by wider topics."""
        wide: dict[str, float] = {}
        for topic, much in said.items():
            wide[self.wider[topic]] = wide.get(self.wider[topic], 0.0) + much
        return wide


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The one that ships: "= topic < wider one" opens a topic, lines of phrases with commas follow, ";" is a remark."""
    made, topic = Thesaurus(), ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            topic, _, wider = (part.strip() for part in line[2:].partition("<"))
            made.wider[topic] = wider
            made.add(topic, topic)
        elif not line.startswith(";"):
            for phrase in line.split(","):
                made.add(phrase, topic)
    return made
