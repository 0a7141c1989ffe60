"""How bad a post is: normal, urgent or an emergency, with every reason that counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain import cues
from domain.amplification import CARRIES, HIGH, Amplification
from domain.emergencies import PAGE, Emergency
from domain.reading import Reading

NORMAL, URGENT, EMERGENCY = "normal", "urgent", "emergency"
URGENT_FROM = 3
"""Points; one reason of the text is not enough, a strong and a lesser one are."""
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_SHOUTED = 4
_OFTEN = 2

_BY_CUE = {
    "money taken or owed": (2, "money is at stake"),
    "counts the time": (1, "counts how long it has taken"),
    "again and again": (1, "not for the first time"),
    "leaving for good": (2, "about to leave"),
    "nobody answers": (1, "says nobody answers"),
    "cancelled, missed, lost": (1, "something was cancelled, missed or lost"),
}
_STRANDED = frozenset({
    "stranded", "stuck", "trapped", "locked", "tonight", "urgent", "urgently", "asap", "immediately", "emergency",
    "desperate",
})  # fmt: skip
_PROFANE = frozenset({
    "fuck", "fucking", "fuckin", "fucked", "shit", "shitty", "bullshit", "ass", "asshole", "bastards", "wtf", "ffs",
    "fck", "fkn", "pissed", "crap", "damn", "goddamn",
})  # fmt: skip
_TOO_FEW = {"again and again", "nobody answers", "cancelled, missed, lost"}
"""Cues that are common in any complaint; they count when they come twice."""


@dataclass(frozen=True)
class Circumstances:
    """What is known besides the text: the author's unanswered posts of seven days, and how far it carries."""

    unanswered: int = 0
    amplification: Amplification | None = None


@dataclass(frozen=True)
class Severity:
    """The level, and the reasons in the order of their weight."""

    level: str
    reasons: tuple[str, ...] = ()


def severity(reading: Reading, emergency: Emergency | None, besides: Circumstances | None = None) -> Severity:
    """An emergency that pages is one whatever else is said; one that flags is urgent; else reasons add up."""
    if emergency is not None:
        return Severity(EMERGENCY if emergency.level == PAGE else URGENT, (emergency.why,))
    counted = sorted(_reasons(reading, besides or Circumstances()), key=lambda reason: -reason[0])
    level = URGENT if sum(points for points, _ in counted) >= URGENT_FROM else NORMAL
    return Severity(level, tuple(why for _, why in counted))


def _reasons(reading: Reading, besides: Circumstances) -> Iterator[tuple[int, str]]:
    if besides.unanswered >= _OFTEN:
        yield 4, f"has written {besides.unanswered} times in seven days without an answer"
    yield from _carried(besides.amplification)
    yield from _said(reading)
    words = set(reading.words)
    if words & _STRANDED:
        yield 1, "cannot wait"
    if words & _PROFANE or len(_CAPITALS.findall(reading.plain)) >= _SHOUTED:
        yield 1, "shouts or swears"


def _carried(far: Amplification | None) -> Iterator[tuple[int, str]]:
    if far is not None and far.band in CARRIES:
        yield (4 if far.band == HIGH else 2), CARRIES[far.band]


def _said(reading: Reading) -> Iterator[tuple[int, str]]:
    counts: dict[str, int] = {}
    for word in cues.found(reading.words):
        counts[word.group] = counts.get(word.group, 0) + 1
    for cue, (points, why) in _BY_CUE.items():
        if counts.get(cue, 0) > (cue in _TOO_FEW):
            yield points, why
