"""Named groups of words and phrases, and where they stand in a post; a longer phrase uses up its words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from domain.reading import fold, tokens


class Word(NamedTuple):
    """A phrase's place among a post's words, and the group it belongs to."""

    group: str
    first: int
    length: int


@dataclass(frozen=True)
class Lexicon:
    """Groups with what stands behind their name; every phrase belongs to the first group that has it."""

    groups: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    longest: Mapping[str, int]

    def found(self, words: Sequence[str]) -> Iterator[Word]:
        """Every phrase among the words, from the left; the longest wins, and words are used once."""
        at = 0
        while at < len(words):
            word = self._longest_at(words, at)
            if word is not None:
                yield word
            at += word.length if word else 1

    def _longest_at(self, words: Sequence[str], at: int) -> Word | None:
        for length in range(min(self.longest.get(words[at], 0), len(words) - at), 0, -1):
            group = self.phrases.get(words[at] if length == 1 else " ".join(words[at : at + length]))
            if group is not None:
                return Word(group, at, length)
        return None


def opened(path: Path) -> Lexicon:
    """The lexicon of a file: "= name | …" opens a group, lines of phrases with commas follow, ";" is a remark."""
    groups: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, str] = {}
    longest: dict[str, int] = {}
    group = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            group, *rest = (part.strip() for part in line[2:].split("|"))
            groups[group] = tuple(rest)
        elif not line.startswith(";"):
            for phrase in _phrases(line):
                phrases.setdefault(" ".join(phrase), group)
                longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return Lexicon(groups, phrases, longest)


def _phrases(line: str) -> Iterator[tuple[str, ...]]:
    return (found for phrase in line.split(",") if (found := tokens(fold(phrase.strip()))))
