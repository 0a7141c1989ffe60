"""Terms: thousands of words and phrases, each somebody's, all looked for in one go over a post's tokens."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.phrases import Phrase, Unreadable, phrase
from domain.tokens import SQUASHED, Reading, Tokens


class _Step:
    """The words of terms so far: `numbers` of the terms that end here, and the steps that go on from here by word."""

    __slots__ = ("numbers", "then")

    def __init__(self) -> None:
        self.numbers: tuple[int, ...] = ()
        self.then: dict[str, _Step] = {}

    def along(self, keys: tuple[str, ...], at: int) -> Iterator[tuple[int, int]]:
        """Terms that end here or go on with the words from `at` on, each with where it ends."""
        step: _Step | None = self
        while step is not None:
            for number in step.numbers:
                yield number, at
            step = step.then.get(keys[at]) if at < len(keys) else None
            at += 1

    def after(self, keys: Sequence[str]) -> "_Step | None":
        """The step after these words, if any term begins so."""
        step: _Step | None = self
        for key in keys:
            step = step.then.get(key) if step else None
        return step


@dataclass(frozen=True)
class Term:
    """A term and whose it is; `number` is its place in the file."""

    owner: str
    text: str
    number: int


@dataclass(frozen=True)
class Found:
    """A term in a post; `where` is its place in code points of the raw text."""

    term: Term
    where: tuple[int, int]


class TermBook:
    """Terms by their words. What it costs to read a post by it hardly depends on how many there are.

    A term is a phrase: it matches whatever case, accents, hyphens or inflection its words have; written with = before
    it (`=fire`) only the words as they stand. A term without a word in it is never found; `faults` names it.
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self.faults: list[str] = []
        self._first = _Step()
        self._last: list[_Step] = []
        self._words: set[str] = set()
        self._squashed: defaultdict[str, list[int]] = defaultdict(list)
        self.terms = tuple(Term(owner, text, number) for number, (owner, text) in enumerate(terms))
        self._exact: dict[int, Phrase] = {}
        self._longest = 0
        for term in self.terms:
            self._add(term)

    def _add(self, term: Term) -> None:
        exact = term.text.startswith("=")
        try:
            found = phrase(term.text.removeprefix("=").replace("*", " ").replace("~", " "), exact=exact)
        except Unreadable as error:
            self.faults.append(f"the term “{term.text}” of {term.owner} can't be found: {error}")
            return
        if exact:
            self._exact[term.number] = found
        for way in found.ways:
            self._add_way([word.keys[0] for word in way], term.number)
        if found.squashed:
            self._squashed[found.squashed].append(term.number)

    def _add_way(self, keys: list[str], number: int) -> None:
        step = self._first
        for key in keys:
            step = step.then.setdefault(key, _Step())
        if not step.numbers:
            self._last.append(step)
        step.numbers = (*step.numbers, number)
        self._words.update(keys)
        self._longest = max(self._longest, len(keys))

    @cached_property
    def _ranks(self) -> list[tuple[int, int]]:
        return [_rank(term) for term in self.terms]

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """A sentence for each term that several owners have: whose it is in the end."""
        told = {}
        for step in self._last:
            entries = [self.terms[number] for number in step.numbers]
            owners = list(dict.fromkeys(term.owner for term in entries))
            if len(owners) > 1:
                first = min(entries, key=_rank)
                others = ", ".join(owner for owner in owners if owner != first.owner)
                told[first] = f"“{first.text}” leads to {first.owner}, and so not to {others}"
        return tuple(told.values())

    def best(self, tokens: Tokens) -> Found | None:
        """The longest term in the post, because it says the most; of equally long ones the first in the file."""
        places = self._places(tokens)
        if not places:
            return None
        number = min(places, key=self._ranks.__getitem__)
        return Found(self.terms[number], tokens.where(*places[number]))

    def found(self, tokens: Tokens) -> list[Found]:
        """Every term in the post once, at its first place; in the text's order."""
        places = self._places(tokens).items()
        found = [Found(self.terms[number], tokens.where(*place)) for number, place in places]
        return sorted(found, key=lambda one: one.where)

    def _places(self, tokens: Tokens) -> dict[int, tuple[int, int]]:
        """The first place of each term by its number."""
        places: dict[int, tuple[int, int]] = {}
        exact = self._exact
        for number, start, end in self._hits(tokens):
            if number not in places and (number not in exact or (start, end) in exact[number].found(tokens)):
                places[number] = (start, end)
        return places

    def _hits(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        keys, roots = tokens.keys, self._first.then
        for at, key in enumerate(keys):
            if key in roots:
                for number, end in roots[key].along(keys, at + 1):
                    yield number, at, end
        if tokens.readings:
            yield from self._read_otherwise(tokens)

    def _read_otherwise(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        """Terms in what the tokens may be read as besides, one such reading at a time."""
        for reading in tokens.readings:
            if reading.key[0] == SQUASHED:
                for number in self._squashed.get(reading.key, ()):
                    yield number, reading.start, reading.end
            elif reading.key in self._words:
                yield from self._around(tokens.keys, reading)

    def _around(self, keys: tuple[str, ...], reading: Reading) -> Iterator[tuple[int, int, int]]:
        """Terms that have the reading for one of their words."""
        for start in range(max(0, reading.start - self._longest + 1), reading.start + 1):
            step = self._first.after((*keys[start : reading.start], reading.key))
            if step is not None:
                for number, end in step.along(keys, reading.end):
                    yield number, start, end


def _rank(term: Term) -> tuple[int, int]:
    """The longest first, because it says the most; of equally long ones the first in the file."""
    return -len(term.text), term.number
