"""Named groups of words and phrases, and where they stand in a post; a longer phrase uses up its words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from domain.reading import fold, tokens

_BRACKETS = re.compile(r"[\[\]]")
"""In brackets stands a choice: "broke [my|his] [arm|leg]" are four phrases; an empty choice leaves the word out."""

Words = tuple[str, ...]


class Word(NamedTuple):
    """A phrase's place among a post's words, and the group it belongs to."""

    group: str
    first: int
    length: int


class _Choice(NamedTuple):
    """What may stand at one place of a pattern, and the lengths of it, the longest first."""

    ways: frozenset[Words]
    lengths: tuple[int, ...]


class _Pattern(NamedTuple):
    group: str
    choices: tuple[_Choice, ...]

    def length_at(self, words: Sequence[str], at: int, choice: int = 0) -> int | None:
        """How many words it takes from `at` on; None when it doesn't stand there."""
        if choice == len(self.choices):
            return 0
        ways, lengths = self.choices[choice]
        for length in lengths:
            if tuple(words[at : at + length]) in ways:
                rest = self.length_at(words, at + length, choice + 1)
                if rest is not None:
                    return length + rest
        return None


@dataclass(frozen=True)
class Lexicon:
    """Groups with what stands behind their name; every phrase belongs to the first group that has it."""

    groups: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    longest: Mapping[str, int]
    patterns: Mapping[str, tuple[_Pattern, ...]]

    def found(self, words: Sequence[str]) -> Iterator[Word]:
        """Every phrase among the words, from the left; the longest wins, and words are used once."""
        at = 0
        while at < len(words):
            word = self._phrase_at(words, at)
            if words[at] in self.patterns:
                word = self._pattern_at(words, at, word)
            if word is not None:
                yield word
            at += word.length if word else 1

    def _phrase_at(self, words: Sequence[str], at: int) -> Word | None:
        for length in range(min(self.longest.get(words[at], 0), len(words) - at), 0, -1):
            group = self.phrases.get(words[at] if length == 1 else " ".join(words[at : at + length]))
            if group is not None:
                return Word(group, at, length)
        return None

    def _pattern_at(self, words: Sequence[str], at: int, best: Word | None) -> Word | None:
        for pattern in self.patterns[words[at]]:
            length = pattern.length_at(words, at)
            if length and (best is None or length >= best.length):
                best = Word(pattern.group, at, length)
        return best


def opened(path: Path) -> Lexicon:
    """The lexicon of a file: "= name | …" opens a group, lines of phrases with commas follow, ";" is a remark."""
    made, group = _Made(), ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            group, *rest = (part.strip() for part in line[2:].split("|"))
            made.groups[group] = tuple(rest)
        elif not line.startswith(";"):
            for phrase in line.split(","):
                made.add(group, phrase.strip())
    patterns = {first: tuple(dict.fromkeys(some)) for first, some in made.patterns.items()}
    return Lexicon(made.groups, made.phrases, made.longest, patterns)


class _Made:
    """A lexicon while it is read."""

    def __init__(self) -> None:
        self.groups: dict[str, tuple[str, ...]] = {}
        self.phrases: dict[str, str] = {}
        self.longest: dict[str, int] = {}
        self.patterns: dict[str, list[_Pattern]] = {}

    def add(self, group: str, phrase: str) -> None:
        """Take in a phrase or a pattern."""
        if "[" in phrase:
            self._add_pattern(_Pattern(group, tuple(_choice(part) for part in _BRACKETS.split(phrase) if part.strip())))
        elif words := tokens(fold(phrase)):
            self.phrases.setdefault(" ".join(words), group)
            self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def _add_pattern(self, pattern: _Pattern) -> None:
        for choice in pattern.choices:
            for way in choice.ways:
                for first in way[:1]:
                    self.patterns.setdefault(first, []).append(pattern)
            if () not in choice.ways:
                return


def _choice(part: str) -> _Choice:
    ways = frozenset(tokens(fold(way)) for way in part.split("|"))
    return _Choice(ways, tuple(sorted({len(way) for way in ways}, reverse=True)))
