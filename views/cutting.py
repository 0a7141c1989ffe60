"""Cutting text where a reader would: never inside an emoji family, a flag or an accented letter."""

import unicodedata
from collections.abc import Callable, Iterator

JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_JAMO_TAILS = range(0x1160, 0x1200)
_MARKS = frozenset({"Mn", "Mc", "Me"})


def units(text: str) -> int:
    """Length in UTF-16 code units: the strictest way anybody in Slack counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str) -> Iterator[str]:
    """What a reader takes for one character each; together they are the text (after UAX 29, without rare scripts)."""
    start = 0
    for at in range(1, len(text)):
        if not _belongs(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _belongs(text: str, start: int, at: int) -> bool:
    letter, before = text[at], text[at - 1]
    if letter in (JOINER, "\u200c") or before == JOINER or unicodedata.category(letter) in _MARKS:
        return True
    code = ord(letter)
    if code in _FLAG_LETTERS and ord(before) in _FLAG_LETTERS:
        return at - start == 1
    return code in _SKIN_TONES or code in _JAMO_TAILS


def cut(text: str, limit: int, more: str = "…", weigh: Callable[[str], int] = units) -> str:
    """The text if it weighs at most `limit`, else as many whole characters as leave room for `more`."""
    if weigh(text) <= limit:
        return text
    kept, room = [], limit - weigh(more)
    # Every code point weighs at least one, so nothing behind these can be kept; a 25,000-letter text stays cheap.
    for cluster in _pieces(text[: limit + 1], room, weigh):
        room -= weigh(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + more


def _pieces(text: str, limit: int, weigh: Callable[[str], int]) -> Iterator[str]:
    # A heap of combining marks can make one "character" longer than any limit; only then are marks parted.
    for cluster in clusters(text):
        if weigh(cluster) > limit:
            yield from cluster
        else:
            yield cluster


def first_lines(text: str, most: int) -> str:
    """At most so many lines of it."""
    return "\n".join(text.split("\n")[:most])
