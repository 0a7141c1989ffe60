"""Spelling: the many ways one word is written, brought down to one; and the slips a pattern may allow for."""

import re
import unicodedata

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
"""Accents, Hebrew and Arabic points, Arabic stretching. The vowel signs of India and Thailand are letters and stay."""
_PLAIN = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ɑ": "a", "ɡ": "g",
})  # fmt: skip
_LIKE_LATIN = str.maketrans(
    "авекмнорстухіјѕһԁԛԝьАВЕКМНОРСТУХІЈЅҺԌԚԜ" + "αορνικτεηχυβγωςΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijshdqwbABEKMHOPCTYXIJSHGQW" + "aopviktenxubywsABEZHIKMNOPTYX",
)
_LIKE_CYRILLIC = str.maketrans("abekmhopctyxABEKMHOPCTYX", "авекмнорстухАВЕКМНОРСТУХ")
_LATIN, _CYRILLIC, _OTHER = re.compile("[A-Za-z]"), re.compile("[\u0400-\u04ff]"), re.compile("[\u0370-\u052f]")
_TONES = re.compile("[\U0001f3fb-\U0001f3ff]|\u200d[\u2640\u2642]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1+")
SLIPS_FROM = 6
"""Only words of at least this many letters may be allowed a slip; shorter ones would become other words."""


def folded(word: str) -> str:
    """The word without case, accents, width, look-alike letters of another alphabet, and an emoji's tone and sex."""
    if word.isascii():
        return word.lower()
    plain = one_alphabet(unicodedata.normalize("NFKD", _TONES.sub("", word)))
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.casefold())).translate(_PLAIN)
    return unicodedata.normalize("NFC", plain)


def one_alphabet(word: str) -> str:
    """A word of two alphabets in the one that can show it whole; a word that needs both, or has only one, stays."""
    if not (_LATIN.search(word) and _OTHER.search(word)):
        return word
    latin = word.translate(_LIKE_LATIN)
    if not _OTHER.search(latin):
        return latin
    cyrillic = word.translate(_LIKE_CYRILLIC)
    return cyrillic if _CYRILLIC.search(word) and not _LATIN.search(cyrillic) else word


def shortened(word: str) -> tuple[str, ...]:
    """What a drawn-out word may stand for: "dirtyyyy" for dirty or dirtyy, "sooooon" for soon or son."""
    if not _DRAWN_OUT.search(word):
        return ()
    return tuple({_DRAWN_OUT.sub(r"\1", word): None, _DRAWN_OUT.sub(r"\1\1", word): None})


def slips(word: str) -> frozenset[str]:
    """The word with one letter missing, doubled, or swapped with its neighbour; the first letter is always right."""
    places = range(1, len(word))
    missing = {word[:at] + word[at + 1 :] for at in places}
    doubled = {word[:at] + word[at - 1] + word[at:] for at in range(1, len(word) + 1)}
    swapped = {word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] for at in places if at > 1}
    return frozenset(missing | doubled | swapped | {word})
