"""Chunks: what stands between two white spaces, cut into folded words with their places and their other readings.

No token reaches over white space, so that a text is read chunk by chunk, and what was read once is remembered.
"""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from domain.inflection import stem
from domain.spelling import folded, shortened

SQUASHED = "+"
"""Goes before the key of what may be several words in one: a hashtag, or a word with something hidden in it."""
LONGEST_REMEMBERED = 40
"""Longer chunks are read anew each time, so that what is remembered has a bound in characters as well."""

_APOSTROPHES = "'’‘ʼ＇´`′"
_ALONE = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e50-\u0e59\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0ed0-\u0edf"
    "\u1000-\u102a\u103f-\u1055\u1100-\u11ff\u1780-\u17b3\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_ALONE_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b6-\u17d3"
    "\u3099\u309a\uff9e\uff9f"
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a4d\u0a70\u0a71\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bcd\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6"
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d82\u0d83\u0dca-\u0ddf\u0f18\u0f19\u0f35-\u0f39\u0f71-\u0f84\u135d-\u135f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_LETTERS = rf"(?:[^\W_{_ALONE}]+[{_MARKS}]*)+"
_WORD = rf"{_LETTERS}(?:[{_APOSTROPHES}]{_LETTERS})*"
_SIGN = r"(?:[#＃]|(?<!\w)[@＠])?"
_ELISION = rf"(?i:[ldjmtsnc]|qu|un|[dnsa]ell|all|sull|dall|quell)[{_APOSTROPHES}](?=[^\W\d_]{{3}})"
"""The article before a French or Italian word is a word of its own: l'ascenseur are two words; don't is one."""
_JAMO = "[\u1100-\u115e][\u1161-\u11a7]?[\u11a8-\u11ff]?"
_FACE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u25aa-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_TONE = "[\U0001f3fb-\U0001f3ff]?"
_EMOJI = f"[\U0001f1e6-\U0001f1ff]{{2}}|{_FACE}{_TONE}(?:\u200d[\u2640\u2642]|\u200d{_FACE}{_TONE})*"
_LINK = re.compile(r"(?:https?://|\bwww\.)[!-~]+", re.IGNORECASE)
_TOKEN = re.compile(rf"{_ELISION}|{_SIGN}{_WORD}|{_JAMO}|[{_ALONE}][{_ALONE_MARKS}]*|{_EMOJI}")
_ASCII_QUOTED = re.compile(rf"{_ELISION}|(?:#|(?<!\w)@)?[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")
_ASCII = re.compile(r"(?:#|(?<!\w)@)?[A-Za-z0-9]+")
_HIDDEN = (
    "\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef"
    "\ud800-\udfff"
)
_ODD = re.compile(
    rf"[{_HIDDEN}]+|(?<=\w)\u200d+|(?<!\u200d)\u200d+(?=\w)|&(?:amp;)*(#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,30}});"
)
_HYPHENS = "-‐‑"
_SAME_APOSTROPHE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))
_SIGNS = {"#": "#", "＃": "#", "@": "@", "＠": "@"}
_KEEPS_APOSTROPHE = re.compile("'(?:ll|re|ve|d|m)$")
"""Without its apostrophe she'll would be a shell, and I'll would be ill."""


class Forms(NamedTuple):
    """A word as it is compared: as it stands, by its stem, and the stems of what it may be short or long for."""

    word: str
    key: str
    others: tuple[tuple[str, str], ...] = ()


class Reading(NamedTuple):
    """Another way to read the tokens from `start` to before `end`."""

    start: int
    end: int
    word: str
    key: str

    def moved(self, by: int) -> "Reading":
        """The same, so many tokens later."""
        return Reading(self.start + by, self.end + by, self.word, self.key)


@dataclass(frozen=True)
class _Clean:
    """A text without what can't be seen, entities replaced; where each of its characters begins and ends in the raw."""

    text: str
    begins: list[int] | None = None
    ends: list[int] | None = None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text."""
        if self.begins is None or self.ends is None:
            return start, end
        return self.begins[start], self.ends[end - 1]


class Chunk(NamedTuple):
    """The words of a chunk, their stems, and what some may be read as besides; positions count from its first word."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    readings: tuple[Reading, ...] = ()


_NONE = Chunk((), ())
_OUTER, _SIGNED = ".,;!?:\"'()", "#@"
"""What most often stands around a single word and is no part of it."""


@lru_cache(maxsize=32_768)
def remembered(text: str) -> Chunk:
    """The same as chunk(), kept; only for short chunks."""
    return chunk(text)


def chunk(text: str) -> Chunk:
    """A chunk's words; it may hold white space too, which changes nothing but the time it takes."""
    bare = text.strip(_OUTER)
    if bare.isascii() and bare.isalnum():
        form = forms_of(bare)
        return Chunk((form.word,), (form.key,), _single((form,)) if form.others else ())
    clean, shown, cut = _prepared(text)
    forms = tuple(map(forms_of, cut.findall(shown)))
    if not forms:
        return _NONE
    readings = _single(forms)
    if clean.begins is not None or any(hyphen in shown for hyphen in _HYPHENS):
        readings = (*readings, *_readings(clean, shown, forms, _spans_of(cut, shown)))
    return Chunk(tuple([form.word for form in forms]), tuple([form.key for form in forms]), readings)


def places(text: str) -> list[tuple[int, int]]:
    """Where a chunk's words are, in code points of its raw text."""
    bare = text.strip(_OUTER + _SIGNED)
    if bare.isascii() and bare.isalnum():
        start = text.index(bare)
        return [(start, start + len(bare))]
    clean, shown, cut = _prepared(text)
    return [clean.raw(*span) for span in _spans_of(cut, shown)]


def _prepared(text: str) -> tuple[_Clean, str, re.Pattern[str]]:
    """The text as it came and as a reader sees it, addresses blanked, and the pattern of its words."""
    clean = _cleaned(text)
    shown = clean.text
    if "://" in shown or "www." in shown:
        shown = _LINK.sub(_blank, shown)
    cut = _TOKEN if not shown.isascii() else _ASCII_QUOTED if "'" in shown or "`" in shown else _ASCII
    return clean, shown, cut


def _single(forms: tuple[Forms, ...]) -> tuple[Reading, ...]:
    """What single tokens may be read as besides."""
    return tuple([Reading(at, at + 1, *other) for at, form in enumerate(forms) for other in form.others])


def _blank(link: re.Match[str]) -> str:
    return " " * len(link[0])


def _spans_of(cut: re.Pattern[str], shown: str) -> list[tuple[int, int]]:
    """Where the tokens are, the sign of a hashtag or a handle left out."""
    spans = [match.span() for match in cut.finditer(shown)]
    return [(start + (shown[start] in _SIGNS), end) for start, end in spans]


@lru_cache(maxsize=32_768)
def forms_of(raw: str) -> Forms:
    """The forms of one word as it was written, with the sign of a hashtag or a handle before it.

    A hashtag may also be several words written together.
    """
    sign = _SIGNS.get(raw[0])
    if sign is not None:
        word, key, others = forms_of(raw[1:])
        squashed = ((word, SQUASHED + key),) if sign == "#" else ()
        return Forms(word, key, (*others, (word, sign + key), *squashed))
    word = folded(raw.translate(_SAME_APOSTROPHE))
    if "'" in word:
        return _with_apostrophe(word.strip("'"))
    return Forms(word, stem(word), tuple((other, stem(other)) for other in shortened(word)))


def _with_apostrophe(word: str) -> Forms:
    if _KEEPS_APOSTROPHE.search(word):
        return Forms(word, word)
    plain = word.replace("'", "")
    owner = word.removesuffix("'s")
    return Forms(plain, stem(owner) if owner != word and len(owner) > 2 else stem(plain))


def _cleaned(text: str) -> _Clean:
    odd = None if text.isascii() and "&" not in text and text.isprintable() else _ODD.search(text)
    if odd is None:
        return _Clean(text)
    pieces, begins, ends, done = [], list[int](), list[int](), 0
    for found in _ODD.finditer(text):
        begin, end = found.span()
        shown = _shown(found)
        pieces += [text[done:begin], shown]
        begins += [*range(done, begin), *([begin] * len(shown))]
        ends += [*range(done + 1, begin + 1), *([end] * len(shown))]
        done = end
    begins += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return _Clean("".join(pieces) + text[done:], begins, ends)


def _shown(odd: re.Match[str]) -> str:
    """What a reader sees of it: an entity's character, nothing of what is hidden."""
    if not odd[1]:
        return ""
    entity = f"&{odd[1]};"
    shown = html.unescape(entity)
    return re.sub(f"[{_HIDDEN}]", "", shown) if shown != entity else odd[0]


def _readings(clean: _Clean, shown: str, forms: tuple[Forms, ...], spans: list[tuple[int, int]]) -> list[Reading]:
    """What only their neighbourhood tells: words joined by hyphens, or by something that can't be seen."""
    found = _joined(shown, forms, spans)
    if clean.begins is not None:
        found += [
            Reading(at, at + 1, form.word, SQUASHED + form.key)
            for at, (form, (start, end)) in enumerate(zip(forms, spans, strict=True))
            if clean.begins[end - 1] - clean.begins[start] != end - start - 1
        ]
    return found


def _joined(text: str, forms: tuple[Forms, ...], spans: list[tuple[int, int]]) -> list[Reading]:
    """Words that hyphens join, also as one: "e-mail" is an email, "wi-fi" is wifi; "9-5" stays what it is."""
    found, first = [], 0
    for at in range(1, len(spans) + 1):
        if at < len(spans) and _hyphenated(text, spans[at - 1][1], spans[at][0]) and _lettered(forms, at):
            continue
        if at - first > 1:
            word = "".join(form.word for form in forms[first:at])
            found.append(Reading(first, at, word, stem(word)))
        first = at
    return found


def _hyphenated(text: str, end: int, start: int) -> bool:
    return start - end == 1 and text[end] in _HYPHENS


def _lettered(forms: tuple[Forms, ...], at: int) -> bool:
    return forms[at - 1].word.isalpha() and forms[at].word.isalpha()
