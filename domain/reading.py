"""How the classifier reads a post: its words once, folded, with what letters alone don't tell kept beside them."""

import html
import re
import unicodedata
from dataclasses import dataclass

from domain.spelling import one_alphabet

LONGEST = 4_000
"""Letters read of a post; whoever writes more has said by then what is wrong."""
WORDS = 400

_URL = re.compile(r"(?:https?://|www\.)\S+|\bpic\.twitter\.com/\S+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASHTAG = re.compile(r"#([^\W\d_]\w*)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHE = re.compile(r"(?<=\w)['’‘`´](?=\w)")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff\ud800-\udfff]")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"@\w+|[:;=]-?[)D(\[/|\\pP]|<3|</3|[^\W\d_]+|\d+|[!?]+|\.{2,}|[£$€%]|[^\w\s]")


@dataclass(frozen=True)
class Reading:
    """A post as it was read: `plain` is its text without what can't be seen, `words` its folded words and signs."""

    plain: str
    words: tuple[str, ...]
    drawn_out: int


def read(text: str) -> Reading:
    """The words of a post's first 4,000 letters; anything is readable, even nothing."""
    plain = _INVISIBLE.sub("", html.unescape(text[:LONGEST]))
    masked = _URL.sub(" ", plain)
    links = len(_URL.findall(plain))
    spread = _HASHTAG.sub(lambda tag: " " + _HUMP.sub(" ", tag[1]) + " ", masked)
    folded = fold(spread)
    short, drawn_out = _DRAWN_OUT.subn(r"\1", folded)
    return Reading(plain, (*tokens(short)[:WORDS], *(["<link>"] * min(links, 3))), drawn_out)


def tokens(folded: str) -> tuple[str, ...]:
    """The words and signs of folded text; a handle is "@", a number "#"."""
    return tuple(_worded(word) for word in _TOKEN.findall(folded))


def fold(text: str) -> str:
    """Compatibility form without case, accents, look-alike letters and the apostrophes inside words."""
    if text.isascii():
        return _APOSTROPHE.sub("", text.lower())
    wide = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text))
    plain = _WORD.sub(lambda word: one_alphabet(word[0]), wide).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _worded(token: str) -> str:
    if token[0] == "@" and len(token) > 1:
        return "@"
    return "#" if token.isdigit() else token
