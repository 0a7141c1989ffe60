"""English inflections: room, rooms and room's share one stem; refund and refunded too; car and care don't.

Only endings that make another form of the same word are taken off (Porter 1980, steps 1 and 5), none that make a new
word: "emergency" has nothing to do with "emerged", as it has for the usual stemmers. Words of other languages pass
through it unharmed: what happens to them happens to the query's words alike.
"""

import re

_VOWELS = "aeiouy"
_MEASURE = re.compile("(?<![aeiouy])[aeiouy]+[^aeiouy]+")
_SHORT = re.compile("(?:^|.*[^aeiouy])[aeiouy][^aeiouywx]$")
_DOUBLE = re.compile(r"([^aeioulsz])\1$")
_STEMMED_FROM, _FIRM = 4, 3
"""Words shorter than this are left alone; a verb's stem has at least this many letters."""

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mous",
    "buses": "bus", "gases": "gas", "used": "use", "uses": "use", "using": "use", "died": "die", "dying": "die",
    "lied": "lie", "lying": "lie", "tied": "tie", "tying": "tie", "going": "go", "goes": "go", "doing": "do",
    "queue": "queu", "queues": "queu", "queuing": "queu", "queueing": "queu",
    "ranged": "range", "ranges": "range", "ranging": "range", "pasted": "paste", "pastes": "paste", "pasting": "paste",
    "cancelation": "cancellation",
}  # fmt: skip
_TOLD_OF = """
break broke broken, steal stole stolen, freeze froze frozen, forget forgot forgotten, choose chose chosen, write wrote
written, drive drove driven, fly flew flown, fall fell fallen, throw threw thrown, give gave given, take took taken, eat
ate eaten, wear wore worn, shake shook shaken, hide hid hidden, wake woke woken, begin began begun, stink
stank stunk, swim swam swum, run ran, hear heard, pay paid, buy bought, bring brought, catch caught, teach taught, sell
sold, tell told, send sent, lose lost, keep kept, sleep slept, spend spent, build built, burn burnt, spill spilt, smell
smelt, sting stung, hang hung, mislead misled, withdraw withdrew withdrawn, understand understood, overtake
overtook overtaken, oversleep overslept, foresee foresaw foreseen, knife knives, shelf shelves, thief thieves,
loaf loaves, wife wives, goose geese
"""
"""Words with forms that no rule makes, where the form isn't another common word, as "left", "felt" and "saw" are."""
_WHOLE = frozenset(
    [
        "news",
        "lens",
        "goods",
        "always",
        "perhaps",
        "christmas",
        "series",
        "species",
        "united",
        "evening",
        "morning",
        "nothing",
        "something",
        "anything",
        "everything",
        "during",
        "ceiling",
        "sibling",
        "pudding",
        "hundred",
        "sacred",
        "range",
        "paste",
        "caste",
        "singe",
        "binge",
        "tinge",
        "customs",
        "does",
        "carrier",
        "barrier",
        "soldier",
        "courier",
        "frontier",
        "terrier",
        "supplier",
        "premier",
        "soldiers",
        "sales",
    ]
)
"""What looks inflected and isn't, or would lose its e and become another word."""


def stem(word: str) -> str:
    """The stem of a folded word; a word that isn't plain Latin letters is its own."""
    if len(word) < _STEMMED_FROM or not (word.isascii() and word.isalpha()):
        return _IRREGULAR.get(word, word)
    known = _IRREGULAR.get(word)
    if known or word in _WHOLE:
        return known or word
    return _without_e(_without_verb(_without_plural(word)))


def beginning(key: str) -> str | None:
    """What every word with this stem begins with; None for a stem that words with another beginning share.

    An ending that is taken off leaves the word's beginning; only a y or an e is ever put in its place.
    """
    if key in _FROM_IRREGULAR:
        return None
    return key[:-1] if key[-1:] in ("y", "e") else key


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > _STEMMED_FROM:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    if word[-1] == "s" and word[-2] not in "siu":
        return word[:-1]
    return word


def _without_verb(word: str) -> str:
    """Without -ed, -ing, and an adjective's -ier and -iest."""
    if word in _WHOLE or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    for ending, other in (("ied", "y"), ("iest", "y"), ("ier", "y"), ("eed", "ee")):
        if word.endswith(ending):
            base = word[: -len(ending)]
            return base + other if len(base) >= (2 if ending == "ied" else _FIRM) or _measured(base, ending) else word
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= _FIRM and any(letter in _VOWELS for letter in base):
            return _mended(base)
    return word


def _measured(base: str, ending: str) -> bool:
    return ending == "eed" and bool(_MEASURE.search(base))


def _mended(base: str) -> str:
    """A verb's stem as it is written without its ending: hop from hopp, care from car."""
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if _DOUBLE.search(base) and len(base) > _FIRM:
        return base[:-1]
    if len(_MEASURE.findall(base)) == 1 and _SHORT.match(base) and base[-1] not in _VOWELS:
        return base + "e"
    return base


def _without_e(word: str) -> str:
    """Change and changing meet at "chang"; care keeps its e, or it would be a car."""
    if word.endswith("ie") and len(word) > _STEMMED_FROM:
        return word[:-2] + "y"
    if word[-1:] == "e" and len(word) >= _STEMMED_FROM and word not in _WHOLE:
        base = word[:-1]
        measure = len(_MEASURE.findall(base))
        word = base if measure > 1 or (measure == 1 and not _SHORT.match(base)) else word
    if word.endswith("ll") and len(_MEASURE.findall(word)) > 1:
        return word[:-1]
    return word


_IRREGULAR |= {form: stem(word) for word, *forms in map(str.split, _TOLD_OF.split(",")) for form in forms}
_FROM_IRREGULAR = frozenset(
    [form for word in _IRREGULAR.values() for form in (word, _without_e(word), _without_e(_without_verb(word)))]
)
