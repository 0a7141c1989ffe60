"""Terms: thousands of words and phrases, each somebody's, all looked for in one go over a post's tokens."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.phrases import Phrase, Unreadable, phrase
from domain.tokens import SQUASHED, Reading, Tokens

_Gram = tuple[str, ...]


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
        self._grams: defaultdict[_Gram, list[int]] = defaultdict(list)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
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
            gram = tuple(word.keys[0] for word in way)
            self._grams[gram].append(term.number)
            self._lengths[gram[0]].add(len(gram))
            self._longest = max(self._longest, len(gram))
        if found.squashed:
            self._squashed[found.squashed].append(term.number)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """A sentence for each term that several owners have: whose it is in the end."""
        told = {}
        for numbers in self._grams.values():
            entries = [self.terms[number] for number in numbers]
            owners = list(dict.fromkeys(term.owner for term in entries))
            if len(owners) > 1:
                first = max(entries, key=_rank)
                others = ", ".join(owner for owner in owners if owner != first.owner)
                told[first] = f"“{first.text}” leads to {first.owner}, and so not to {others}"
        return tuple(told.values())

    def best(self, tokens: Tokens) -> Found | None:
        """The longest term in the post, because it says the most; of equally long ones the first in the file."""
        places = self._places(tokens)
        if not places:
            return None
        term = max((self.terms[number] for number in places), key=_rank)
        return Found(term, tokens.where(*places[term.number]))

    def found(self, tokens: Tokens) -> list[Found]:
        """Every term in the post once, at its first place; in the text's order."""
        places = self._places(tokens).items()
        found = [Found(self.terms[number], tokens.where(*place)) for number, place in places]
        return sorted(found, key=lambda one: one.where)

    def _places(self, tokens: Tokens) -> dict[int, tuple[int, int]]:
        """The first place of each term by its number."""
        places: dict[int, tuple[int, int]] = {}
        for number, start, end in self._hits(tokens):
            if number in places or (number in self._exact and not self._as_it_stands(number, tokens, (start, end))):
                continue
            places[number] = (start, end)
        return places

    def _as_it_stands(self, number: int, tokens: Tokens, place: tuple[int, int]) -> bool:
        return place in self._exact[number].found(tokens)

    def _hits(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        keys, known, grams = tokens.keys, self._lengths, self._grams
        for at in [at for at, key in enumerate(keys) if key in known]:
            for length in known[keys[at]]:
                # A slice that runs over the end is shorter than its gram, so it can't be one.
                for number in grams.get(keys[at : at + length], ()):
                    yield number, at, at + length
        if tokens.readings:
            yield from self._read_otherwise(tokens)

    def _read_otherwise(self, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
        """Terms in what the tokens may be read as besides, one such reading at a time."""
        for reading in tokens.readings:
            if reading.key[0] == SQUASHED:
                for number in self._squashed.get(reading.key, ()):
                    yield number, reading.start, reading.end
            else:
                yield from self._around(tokens.keys, reading)

    def _around(self, keys: tuple[str, ...], reading: Reading) -> Iterator[tuple[int, int, int]]:
        """Terms that have the reading for one of their words."""
        for start in range(max(0, reading.start - self._longest + 1), reading.start + 1):
            before = (*keys[start : reading.start], reading.key)
            for length in self._lengths.get(before[0], ()):
                after = length - len(before)
                gram = before + keys[reading.end : reading.end + after] if after >= 0 else ()
                for number in self._grams.get(gram, ()):
                    yield number, start, reading.end + after


def _rank(term: Term) -> tuple[int, int]:
    return len(term.text), -term.number
