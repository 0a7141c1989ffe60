"""Tokens: a text read once, as folded words with their positions and their places in the raw text.

A token is a word, a number, an emoji, or one character of a script written without spaces (Chinese, Japanese, Thai,
Korean …). Positions count tokens from 0. Web addresses have no words. Besides its tokens a text has other readings of
some of them: "e-mail" also reads "email", "#app" also "#app", "soooon" also "soon".
"""

from bisect import bisect_right, insort
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from domain.chunks import LONGEST_REMEMBERED, SQUASHED, Chunk, Reading, chunk, places, remembered

__all__ = ["LONGEST_READ", "SQUASHED", "Reading", "Tokens", "read"]
LONGEST_READ = 50_000
"""Characters of a text that are read; twice the longest post any network carries."""


@dataclass(eq=False)
class Tokens:
    """A text as tokens: `words` folded, `keys` their stems, and `readings` what some may be read as besides."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    readings: tuple[Reading, ...]
    _text: str
    _raw: list[str]
    _chunks: list[Chunk]
    remembered: dict[Hashable, Any] = field(default_factory=dict)
    """What was found in this text already, by what was looked for."""
    _places: dict[int, tuple[int, int]] = field(default_factory=dict)
    """The places asked for so far, by token."""
    _begins: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)

    def where(self, start: int, end: int) -> tuple[int, int]:
        """The place of the tokens from `start` to before `end`, in code points of the raw text."""
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        found = self._places.get(at)
        if found is None:
            number = bisect_right(self._firsts, at) - 1
            begins = self._begin(number)
            for place, (start, end) in enumerate(places(self._raw[number]), self._firsts[number]):
                self._places[place] = (begins + start, begins + end)
            found = self._places[at]
        return found

    def _begin(self, number: int) -> int:
        """Where a chunk begins in the text; the ones before it are passed once, however often one asks."""
        begins, raw = self._begins, self._raw
        for at in range(len(begins), number + 1):
            begins.append(self._text.index(raw[at], begins[-1] + len(raw[at - 1]) if at else 0))
        return begins[number]

    @cached_property
    def _firsts(self) -> list[int]:
        """The first token of each chunk."""
        return [0, *accumulate([len(one.words) for one in self._chunks])]

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every key that occurs, readings' too: what can't match is out by one look into this."""
        if not self.readings:
            return frozenset(self.keys)
        return frozenset(self.keys).union([reading.key for reading in self.readings])

    @cached_property
    def index(self) -> dict[str, list[tuple[int, int]]]:
        """Where each key occurs, as positions from and to before, in the text's order."""
        found: dict[str, list[tuple[int, int]]] = {}
        for at, key in enumerate(self.keys):
            if key in found:
                found[key].append((at, at + 1))
            else:
                found[key] = [(at, at + 1)]
        for reading in self.readings:
            spans = found.setdefault(reading.key, [])
            insort(spans, (reading.start, reading.end))
        return found


def read(text: str) -> Tokens:
    """The text's tokens; of a very long one those of its first LONGEST_READ characters."""
    text = text[:LONGEST_READ]
    raw = text.split()
    chunks = [remembered(one) if len(one) <= LONGEST_REMEMBERED else chunk(one) for one in raw]
    words, keys, readings = list[str](), list[str](), list[Reading]()
    for its_words, its_keys, others in chunks:
        if others:
            readings += [reading.moved(len(words)) for reading in others]
        words += its_words
        keys += its_keys
    return Tokens(tuple(words), tuple(keys), tuple(readings), text, raw, chunks)
