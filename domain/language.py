"""Which language a post is in: what the network says, else its script, else the words it uses."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain.spelling import one_alphabet

WORDS_FILE = Path(__file__).parent / "weights" / "languages.txt"
UNKNOWN = "und"
SCORED = frozenset({"en"})
"""Languages the complaint model knows; others are never scored in silence."""
LENT = "en+"
"""English words in the file that others borrow or spell alike: no proof of English, but no sign of another either."""
FEWEST_LETTERS = 25
"""Below this a text is short, and even good detectors, the networks' among them, are wrong on every seventh."""
LONGEST = 2_000
_CLEARLY, _AHEAD, _A_SIGN = 2.0, 1.5, 0.7
"""Points that speak clearly for another language, how far it must be ahead of English, and what one sign weighs that
only two languages have: enough where nothing is English."""
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "fil": "tl", "msa": "ms"}
"""Codes that some networks still use."""
_LEAST_SHARE = 0.3
"""A script decides when so much of the letters is in it; brand names stay Latin in every language."""
_NOT_SPOKEN = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORDS = frozenset({"und", "zxx", "qht", "qme", "qam", "qst", "qct", "art", "mul", "mis"})
"""What networks say of a post without words: only a link, a hashtag, a mention, a picture."""
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARABIC": "ar",
    "HEBREW": "he", "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu",
    "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ETHIOPIC": "am", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip
_BY_LETTERS = {"uk": "іїєґ", "fa": "پچژگ", "ur": "ٹڈڑے"}
"""Languages that share a script with a bigger one, by letters the bigger one lacks."""


@dataclass(frozen=True)
class Language:
    """A code such as "en", or "und"; whether the model may score it, and who said so."""

    code: str
    scored: bool
    why: str


def language(text: str, said: str | None = None) -> Language:
    """The post's language. The network's word counts first; text that shows none is taken for one the model knows.

    Networks are wrong at times, above all on a few words, so either may object: a post that the network calls English
    but whose words or letters are plainly another language's isn't scored. One it calls anything else isn't either,
    unless it is short and all its words are English.
    """
    stated = _stated(said)
    seen = _seen(text)
    if stated is None:
        return seen
    if stated in SCORED:
        return Language(stated, True, _says(stated)) if seen.scored else seen
    if _all_english(text):
        return Language("en", True, f"{_says(stated)}, but its few words are all English")
    return Language(stated, False, _says(stated))


def _says(stated: str) -> str:
    return f"the network says it is in “{stated}”"


def _stated(said: str | None) -> str | None:
    """What the network says, as a code of today's; None when it says nothing of a language."""
    code = (said or "").strip().lower().replace("_", "-").partition("-")[0]
    if code.isascii() and code.isalpha() and len(code) in {2, 3} and code not in _NOT_WORDS:
        return _RENAMED.get(code, code)
    return None


def _seen(text: str) -> Language:
    """What the text itself shows."""
    letters = _letters(text)
    script = _script(letters)
    if script is not None:
        return Language(script, script in SCORED, f"its letters are those of “{script}”")
    code = _spoken(text)
    # Nothing to tell by, in Latin letters: English is likelier than not, and addressed posts are never archived anyway.
    scored = code in SCORED or code == UNKNOWN
    few = "too short to tell" if len(letters) < FEWEST_LETTERS else "nothing tells its language"
    return Language(code, scored, f"its words are those of “{code}”" if code != UNKNOWN else few)


def _letters(text: str) -> list[str]:
    return [letter for letter in _aloud(text) if letter.isalpha()]


def _aloud(text: str) -> str:
    """What is spoken: no addresses, names and tags, and no letters of another alphabet that only look alike."""
    spoken = _NOT_SPOKEN.sub(" ", text[:LONGEST])
    return spoken if spoken.isascii() else _WORD.sub(lambda word: one_alphabet(word[0]), spoken)


def _script(letters: Sequence[str]) -> str | None:
    """The language its script stands for; None when most letters are Latin, or there are none."""
    foreign = Counter(_scripted(letter) for letter in letters if letter > "\u036f")
    named = Counter({code: count for code, count in foreign.items() if code})
    if not named or sum(named.values()) < _LEAST_SHARE * len(letters):
        return None
    if named["ja"]:
        return "ja"
    code = named.most_common(1)[0][0]
    present = set(letters)
    closer = {"ru": ("uk",), "ar": ("ur", "fa")}.get(code, ())
    return next((one for one in closer if present & set(_BY_LETTERS[one])), code)


@lru_cache(maxsize=4_096)
def _scripted(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, ...]]:
    """Each small word or letter and the languages that use it."""
    users: dict[str, list[str]] = {}
    for line in WORDS_FILE.read_text(encoding="utf-8").splitlines():
        code, colon, words = line.partition(":")
        if colon and not line.startswith(";"):
            for word in dict.fromkeys(words.split()):
                users.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in users.items()}


def _spoken(text: str) -> str:
    """The Latin language whose words and letters are the most; a sign that many languages share counts less."""
    plain, words = _words(text)
    points: dict[str, float] = {}
    for sign in [*words, *(letter for letter in plain if letter > "\x7f")]:
        users = [code for code in _known().get(sign, ()) if code != LENT]
        for code in users:
            points[code] = points.get(code, 0.0) + 1.0 / len(users) ** 0.5
    if not points:
        return UNKNOWN
    best, most = max(sorted(points.items()), key=lambda entry: entry[1])
    english = points.get("en", 0.0)
    # Another language must be plainly ahead: a post in English that quotes a name is still in English.
    if best == "en" or (most >= _CLEARLY and most > _AHEAD * english):
        return best
    lent = sum(LENT in _known().get(word, ()) for word in words)
    if most >= _A_SIGN and most > _AHEAD * (english + lent):
        return best
    return "en" if english >= _A_SIGN else UNKNOWN


def _all_english(text: str) -> bool:
    """Whether it is short and every word of it is a common English one."""
    _, words = _words(text)
    known = (_known().get(word, ()) for word in words)
    return 0 < len(_letters(text)) < FEWEST_LETTERS and all("en" in users or LENT in users for users in known)


def _words(text: str) -> tuple[str, list[str]]:
    """What is spoken, in small letters, and its words."""
    plain = unicodedata.normalize("NFC", _aloud(text)).lower().replace("’", "'")
    return plain, _WORD.findall(plain.replace("'", ""))
