"""Suggestions: words that corrections towards one team have in common and that other posts rarely say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.lessons import IS_ONE, TEAM, Lesson
from domain.terms import TermBook
from domain.tokens import Tokens, read

FEWEST = 2
"""Corrections that must say the words: one post alone suggests nothing."""
SHOWN = 10
LONGEST = 3
"""Words of a suggested term at most."""
RAREST = 0.1
"""Of other posts no more than this share may say them: a term that everybody uses leads nowhere."""
SMALL = frozenset({
    "a", "about", "after", "again", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "but", "by", "can", "did", "do", "does", "for", "from", "get", "go", "got", "had", "has", "have", "he", "her",
    "his", "how", "i", "if", "im", "in", "is", "it", "its", "just", "me", "my", "no", "not", "now", "of", "off", "on",
    "one", "or", "our", "out", "please", "she", "so", "still", "than", "thank", "thanks", "that", "the", "their",
    "them", "then", "there", "they", "this", "to", "today", "too", "up", "us", "very", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
})  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """A term for a team: how many corrections say it, and what it would have caught of so many past posts."""

    team: str
    term: str
    lessons: int
    caught: int
    past: int


def suggested(taught: Sequence[tuple[Lesson, str, str]], past: Sequence[str], known: Iterable[str]) -> list[Suggestion]:
    """Terms for each team, the most telling first; `taught` are lessons with the text and the team they speak for."""
    spoken = [(lesson.post, team, read(text)) for lesson, text, team in taught if lesson.kind in (TEAM, IS_ONE)]
    said: dict[tuple[str, str], set[int]] = {}
    for post, team, tokens in spoken:
        for gram in _grams(tokens):
            said.setdefault((team, gram), set()).add(post)
    names = {name.casefold() for name in known}
    common = {key: posts for key, posts in said.items() if len(posts) >= FEWEST and key[1] not in names}
    tried = _caught([gram for _, gram in common], past)
    found = [Suggestion(team, gram, len(posts), tried[gram], len(past)) for (team, gram), posts in common.items()]
    rare = [one for one in found if one.caught - one.lessons <= RAREST * max(1, one.past)]
    rare.sort(key=lambda one: (-one.lessons, one.caught, -len(one.term), one.term))
    return _longest(rare)[:SHOWN]


def _grams(tokens: Tokens) -> set[str]:
    """One to three words in a row, none of them a small one."""
    words = tokens.words
    found = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
            gram = words[start:end]
            if all(map(_speaks, gram)):
                found.add(" ".join(gram))
    return found


def _speaks(word: str) -> bool:
    return word not in SMALL and word.isalpha() and len(word) > 2


def _caught(grams: Sequence[str], past: Sequence[str]) -> Counter[str]:
    """The back-test: how many past posts each term would have caught."""
    book = TermBook(("", gram) for gram in dict.fromkeys(grams))
    return Counter(found.term.text for text in past for found in book.found(read(text)))


def _longest(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Without those that are part of a longer one which as many corrections say."""
    return [one for one in found if not any(_within(one, other) for other in found)]


def _within(one: Suggestion, other: Suggestion) -> bool:
    same = (other.team, other.lessons) == (one.team, one.lessons)
    return same and other != one and f" {one.term} " in f" {other.term} "
