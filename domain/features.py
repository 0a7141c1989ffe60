"""Words, pairs of words and pieces of words as numbers: where each lands in a table of fixed size."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

SIZE = 1 << 17
_PIECES = (3, 4)
_LONGEST_WORD = 24


@lru_cache(maxsize=8_192)
def spots_of_word(word: str) -> tuple[int, ...]:
    """Where a word and its pieces of three and four letters land."""
    edged = f"<{word[:_LONGEST_WORD]}>"
    pieces = {f"c {edged[at : at + size]}" for size in _PIECES for at in range(len(edged) - size + 1)}
    return tuple(_spot(name) for name in sorted({f"w {word[:_LONGEST_WORD]}"} | (pieces if len(word) > 3 else set())))


def _spot(name: str) -> int:
    return crc32(name.encode("utf-8", "replace")) & (SIZE - 1)


@lru_cache(maxsize=16_384)
def _pair(first: str, second: str) -> int:
    return _spot(f"p {first} {second}")


def spots(words: Sequence[str]) -> dict[int, float]:
    """The table places of a post's words and how much each counts; together they have length one."""
    return dict(_spots(tuple(words)))


@lru_cache(maxsize=16)
def _spots(words: tuple[str, ...]) -> dict[int, float]:
    """Kept for a moment: several stages ask for the same post's."""
    places = set(_places(words))
    return dict.fromkeys(places, 1.0 / math.sqrt(max(1, len(places))))


def share_of(words: Sequence[str]) -> float:
    """How much each place of these words counts."""
    return 1.0 / math.sqrt(max(1, len(_spots(tuple(words)))))


def _places(words: Sequence[str]) -> Iterator[int]:
    before = "<"
    for word in words:
        yield from spots_of_word(word)
        yield _pair(before, word[:_LONGEST_WORD])
        before = word[:_LONGEST_WORD]
    yield _pair(before, ">")
