"""Phrases: words that follow one another, compiled once and found in any text's tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from domain.inflection import stem
from domain.spelling import SLIPS_FROM, slips
from domain.tokens import SQUASHED, Reading, Tokens, read

SHORTEST_START, MOST_WORDS, _MOST_WAYS = 2, 50, 8
"""Letters before a *; words of a phrase; ways to write a phrase that has hyphens."""
_CHUNK = re.compile(r"[^\s]+")


class Unreadable(ValueError):
    """Words nobody could look for; `at` is where in the text that was given, counted from 0."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True)
class Word:
    """One word to look for: by its keys; only as it is written if `exact`; by its first letters if `starts`."""

    keys: tuple[str, ...]
    exact: str | None = None
    starts: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it is one word in all its forms."""
        return len(self.keys) == 1 and self.exact is None

    def found(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Where it occurs, as positions from and to before."""
        if self.starts is not None:
            starts = self.starts
            return [(at, at + 1) for at, word in enumerate(tokens.words) if word.startswith(starts)]
        if self.exact is not None:
            return self._as_it_stands(tokens)
        if self.plain:
            return tokens.index.get(self.keys[0], [])
        index = tokens.index
        return sorted({span for key in self.keys for span in index.get(key, ())})

    def _as_it_stands(self, tokens: Tokens) -> list[tuple[int, int]]:
        pairs = enumerate(zip(tokens.words, tokens.keys, strict=True))
        spans = [(at, at + 1) for at, (word, key) in pairs if word == self.exact and key in self.keys]
        others = [(one.start, one.end) for one in tokens.readings if one.word == self.exact and one.key in self.keys]
        return sorted([*spans, *others]) if others else spans


@dataclass(frozen=True)
class Phrase:
    """Words in a row, in any of several ways to write them (with hyphens or without), or all together in a hashtag."""

    text: str
    ways: tuple[tuple[Word, ...], ...]
    squashed: str | None = None

    def __hash__(self) -> int:
        # A text's hash is kept by Python; that of all the fields is reckoned anew for every look into a dictionary.
        return hash(self.text)

    def occurs(self, tokens: Tokens) -> bool:
        """Whether it occurs; of a plain word that one look tells."""
        if len(self.ways) == 1 and len(self.ways[0]) == 1 and self.ways[0][0].plain:
            return self.ways[0][0].keys[0] in tokens.forms
        return bool(self.found(tokens))

    def found(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Where it occurs, in the text's order."""
        if len(self.ways) == 1 and len(self.ways[0]) == 1:
            return self.ways[0][0].found(tokens)
        spans = {span for way in self.ways for span in _in_a_row(way, tokens)}
        if self.squashed in tokens.forms:
            spans.update(tokens.index[self.squashed or ""])
        return sorted(spans)


def _in_a_row(words: tuple[Word, ...], tokens: Tokens) -> list[tuple[int, int]]:
    spans = words[0].found(tokens)
    for word in words[1:]:
        if not spans:
            return []
        ends = dict(word.found(tokens))
        spans = [(start, ends[end]) for start, end in spans if end in ends]
    return spans


@lru_cache(maxsize=4_096)
def phrase(text: str, *, exact: bool = False) -> Phrase:
    """The phrase that a text stands for, `*` and `~` after its words included; or Unreadable."""
    parts: list[list[tuple[Word, ...]]] = []
    for chunk in _CHUNK.finditer(text):
        parts += _parts(chunk[0], chunk.start(), exact=exact)
    if not parts:
        raise Unreadable(
            f"there is no word in “{text.strip()}” to look for" if text.strip() else "there is no word here"
        )
    if len(parts) > MOST_WORDS:
        raise Unreadable(f"a phrase has at most {MOST_WORDS} words")
    ways = tuple(tuple(word for part in way for word in part) for way in islice(product(*parts), _MOST_WAYS))
    return Phrase(text, ways, None if exact else _squashed(text, ways[0]))


def _squashed(text: str, words: tuple[Word, ...]) -> str | None:
    """The key of a hashtag made of all the words."""
    plain = all(word.starts is None and word.keys[0][0].isalnum() for word in words)
    if len(words) < 2 or not plain or "~" in text:
        return None
    return SQUASHED + stem("".join(read(text).words))


def _parts(chunk: str, at: int, *, exact: bool) -> Iterator[list[tuple[Word, ...]]]:
    """What stands between two spaces: its words, each a list of ways, for a hyphen may join what it parts."""
    body, mark = (chunk[:-1], chunk[-1]) if chunk[-1] in "*~" else (chunk, "")
    if found := re.search(r"[*~]", body):
        raise Unreadable("* and ~ stand at the end of a word", at + found.start())
    tokens = read(body)
    if mark and not len(tokens):
        raise Unreadable(f"“{mark}” needs a word before it", at)
    words = _words(tokens, exact=exact)
    if mark:
        for word in words[:-1]:
            yield [(word,)]
        yield [(_marked(tokens.words[-1], mark, at),)]
        return
    joined = {one.start: one for one in tokens.readings if one.end - one.start > 1}
    number = 0
    while number < len(words):
        one = joined.get(number, Reading(number, number + 1, "", ""))
        split = words[number : one.end]
        yield [split, (_word(one.word, one.key, exact=exact),)] if one.word else [split]
        number = one.end


def _words(tokens: Tokens, *, exact: bool) -> tuple[Word, ...]:
    """Each token as a word to look for; #app and @app only as a hashtag and a handle."""
    signs = {one.start: one.key for one in tokens.readings if one.key[0] in "#@"}
    pairs = enumerate(zip(tokens.words, tokens.keys, strict=True))
    return tuple(_word(word, signs.get(at, key), exact=exact) for at, (word, key) in pairs)


def _word(word: str, key: str, *, exact: bool) -> Word:
    return Word((key,), word if exact else None)


def _marked(word: str, mark: str, at: int) -> Word:
    if mark == "*":
        if len(word) < SHORTEST_START and word.isascii():
            raise Unreadable(f"“*” needs at least {SHORTEST_START} letters before it", at)
        return Word((), starts=word)
    if len(word) < SLIPS_FROM:
        raise Unreadable(f"“~” after a word allows a slip, and needs a word of {SLIPS_FROM} letters or more", at)
    return Word(tuple(sorted({stem(slip) for slip in slips(word)})))
