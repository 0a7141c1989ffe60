"""Tokens: a text read once, as folded words with their positions and their places in the raw text.

A token is a word, a number, an emoji, or one character of a script written without spaces (Chinese, Japanese, Thai,
Korean …). Positions count tokens from 0. Web addresses have no words. Besides its tokens a text has other readings of
some of them: "e-mail" also reads "email", "#app" also "#app", "soooon" also "soon".
"""

import html
import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from domain.inflection import stem
from domain.spelling import folded, shortened

LONGEST_READ = 50_000
"""Characters of a text that are read; twice the longest post any network carries."""
SQUASHED = "+"
"""Goes before the key of what may be several words in one: a hashtag, or a word with something hidden in it."""

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
    rf"[{_HIDDEN}]+|(?<=\w)\u200d+|\u200d+(?=\w)|&(?:amp;)*(#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,30}});"
)
_HYPHENS = "-‐‑"
_HYPHENED = re.compile(rf"[{_HYPHENS}](?<=[^\W\d_].)(?=[^\W\d_])")
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


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text as tokens: `words` folded, `keys` their stems, and `readings` what some may be read as besides."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    readings: tuple[Reading, ...]
    _cut: re.Pattern[str]
    _shown: str
    _clean: _Clean

    def __len__(self) -> int:
        return len(self.words)

    def where(self, start: int, end: int) -> tuple[int, int]:
        """The place of the tokens from `start` to before `end`, in code points of the raw text."""
        return self._clean.raw(self._spans[start][0], self._spans[end - 1][1])

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return _spans_of(self._cut, self._shown)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every key that occurs, readings' too: what can't match is out by one look into this."""
        if not self.readings:
            return frozenset(self.keys)
        return frozenset(self.keys).union([reading.key for reading in self.readings])

    @cached_property
    def remembered(self) -> dict[Hashable, Any]:
        """What was found in this text already, by what was looked for."""
        return {}

    @cached_property
    def index(self) -> dict[str, list[Reading]]:
        """Where each key occurs, in the text's order."""
        found: defaultdict[str, list[Reading]] = defaultdict(list)
        for at, (word, key) in enumerate(zip(self.words, self.keys, strict=True)):
            found[key].append(Reading(at, at + 1, word, key))
        for reading in self.readings:
            found[reading.key].append(reading)
        for key in {reading.key for reading in self.readings}:
            found[key].sort()
        return dict(found)


def read(text: str) -> Tokens:
    """The text's tokens; of a very long one those of its first LONGEST_READ characters."""
    clean = _cleaned(text[:LONGEST_READ])
    shown = clean.text
    if "://" in shown or "www." in shown:
        shown = _LINK.sub(_blank, shown)
    cut = _TOKEN if not shown.isascii() else _ASCII_QUOTED if "'" in shown or "`" in shown else _ASCII
    forms = [forms_of(raw) for raw in cut.findall(shown)]
    if not forms:
        return Tokens((), (), (), cut, shown, clean)
    words, keys, others = zip(*forms, strict=True)
    readings = _other_readings(others) if any(others) else []
    if clean.begins is not None or _HYPHENED.search(shown):
        readings += _readings(clean, shown, forms, _spans_of(cut, shown))
    return Tokens(words, keys, tuple(readings), cut, shown, clean)


def _blank(link: re.Match[str]) -> str:
    return " " * len(link[0])


def _spans_of(cut: re.Pattern[str], shown: str) -> list[tuple[int, int]]:
    """Where the tokens are, the sign of a hashtag or a handle left out."""
    spans = [match.span() for match in cut.finditer(shown)]
    return [(start + (shown[start] in _SIGNS), end) for start, end in spans]


@lru_cache(maxsize=65_536)
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


def _other_readings(others: tuple[tuple[tuple[str, str], ...], ...]) -> list[Reading]:
    """What single tokens may be read as besides."""
    return [Reading(at, at + 1, *other) for at, several in enumerate(others) for other in several]


def _readings(clean: _Clean, shown: str, forms: list[Forms], spans: list[tuple[int, int]]) -> list[Reading]:
    """What only their neighbourhood tells: words joined by hyphens, or by something that can't be seen."""
    found = _joined(shown, forms, spans)
    if clean.begins is not None:
        found += [
            Reading(at, at + 1, form.word, SQUASHED + form.key)
            for at, (form, (start, end)) in enumerate(zip(forms, spans, strict=True))
            if clean.begins[end - 1] - clean.begins[start] != end - start - 1
        ]
    return found


def _joined(text: str, forms: list[Forms], spans: list[tuple[int, int]]) -> list[Reading]:
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


def _lettered(forms: list[Forms], at: int) -> bool:
    return forms[at - 1].word.isalpha() and forms[at].word.isalpha()
