"""Likeness: whether two posts say nearly the same words, decided from sketches small enough to be looked up.

First the same words once everything is stripped that copying adds; else a shared least hash of three words in a row
and most words in common. Found by measuring: scripts/bench likeness, docs/likeness.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

from domain.outside import fold

WINDOW = timedelta(hours=72)
"""Posts further apart are two matters, even in the same words."""
SHORT = 4
"""Posts of fewer words have too little in them to be nearly the same: only exactly."""
IN_COMMON, IN_COMMON_BRIEFLY, BRIEF = 0.6, 0.7, 8
"""The share of all their words that both must have; more where either has fewer words than `BRIEF`."""
LATELY = 128
"""Sketches that are at hand for a while: a post is compared several times on its way in, and copies come together."""
MOST_READ = 4000
"""Characters that are looked at, so that a post of ten megabytes costs no more than a long one."""

_ADDED = re.compile(r"https?://\S+|www\.\S+|[@＠]\w+")
_PASSED_ON = re.compile(r"^\W*(?:rt|via|mt)\b\W*(?=@|＠)|\b(?:via|rt|mt)\s*(?=@|＠)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_MASK = 0xFFFFFFFF
_MIXERS = tuple((crc32(b"seed %d" % n), crc32(b"factor %d" % n) | 1) for n in range(8))


@dataclass(frozen=True)
class Sketch:
    """What is compared: `key` names the stripped words, empty when there are none; `bands` are what to look up.

    Each band carries its place in its upper half, so that bands may be kept in one column. Neither needs the text.
    """

    key: str
    bands: tuple[int, ...]
    words: frozenset[str]


@lru_cache(maxsize=LATELY)
def sketch(text: str) -> Sketch:
    """The sketch of a post's text; the same for the same text on every machine and for good."""
    words = _words(text)
    if not words:
        return Sketch("", (), frozenset())
    key = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Sketch(key, _bands(words) if len(words) >= SHORT else (), frozenset(words))


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether the two posts say nearly the same. Posts without words are like nothing, not even each other."""
    if one.key == other.key:
        return bool(one.key)
    if not set(one.bands).intersection(other.bands):
        return False
    shared = len(one.words & other.words)
    briefly = min(len(one.words), len(other.words)) < BRIEF
    return shared >= (IN_COMMON_BRIEFLY if briefly else IN_COMMON) * len(one.words | other.words)


def repeats(texts: Sequence[str | None]) -> int:
    """How many of the earlier texts the last one says again."""
    known = [sketch(text) for text in texts if text]
    return sum(alike(known[-1], earlier) for earlier in known[:-1]) if known else 0


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(_uncut(_ADDED.sub(" ", _PASSED_ON.sub(" ", text[:MOST_READ])))))


def _uncut(text: str) -> str:
    """Without the half word before an ellipsis at the very end: copies are cut where the room ends."""
    before, ellipsis, after = text.rpartition("…")
    if not ellipsis or _WORD.search(after):
        return text
    whole, space, _ = before.rpartition(" ")
    return whole if space else before


def _bands(words: Sequence[str]) -> tuple[int, ...]:
    runs = {crc32(" ".join(run).encode("utf-8", "replace")) for run in _runs(words)}
    return tuple(
        (place << 32) | min(((run ^ seed) * factor) & _MASK for run in runs)
        for place, (seed, factor) in enumerate(_MIXERS)
    )


def _runs(words: Sequence[str]) -> Iterable[Sequence[str]]:
    return (words[start : start + 3] for start in range(len(words) - 2))
