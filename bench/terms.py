"""What terms and rules cost per post as their number grows, beside one regular expression with all the terms."""

import random
import re
from collections.abc import Callable
from functools import partial

from bench.rows import Compared, Row, Sample, spent
from domain.rules import Rule, RuleSet
from domain.terms import TermBook
from domain.tokens import read

WORKLOAD = "terms"
TERMS, RULES = (10, 100, 1_000, 10_000), (10, 100, 1_000)
_BEGINNINGS = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ro",
    "su",
    "ta",
    "ve",
    "bra",
    "flo",
)
_MIDDLES = ("l", "n", "r", "s", "t", "m", "nd", "rt", "st", "mp", "ck", "ll")
_ENDS = ("a", "e", "er", "ing", "on", "ed", "ly", "y", "al", "ish", "ow", "ent")
_SEED, _WORDS, _USUAL, _PER_POST = 20_261_125, 6_000, 300, 18
"""Rules are made of usual words, which posts do have, so that many rules have to be looked at closely."""


def measure(*, quick: bool) -> list[Row]:
    """Every number of terms and rules in turn, in every round."""
    chance = random.Random(_SEED)  # noqa: S311 # made-up words need no secret
    words = _vocabulary(chance)
    posts = [_post(chance, words) for _ in range(200 if quick else 1_000)]
    ways = _ways(chance, words, posts)
    rounds = [_round(ways, len(posts)) for _ in range(3 if quick else 7)]
    compared = Compared(WORKLOAD, len(posts), rounds)
    return [row for way in ways for row in compared.rows(way, _baseline(way))]


def _baseline(way: str) -> str | None:
    """What it is held against: terms against as many in one expression, rules against 1,000 in one."""
    kind, number = way.rsplit(" ", 1)
    if kind == "terms" and f"re alternation {number}" in _MEASURED:
        return f"re alternation {number}"
    return "re alternation 1000" if kind == "NEAR rules" else None


_MEASURED = [f"re alternation {number}" for number in TERMS[:3]]
"""Ten thousand terms in one expression take many milliseconds a post: nobody would wait for the figure."""


def _vocabulary(chance: random.Random) -> list[str]:
    """Made-up words, the first ones the most usual."""
    made = (chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES) + chance.choice(_BEGINNINGS) for _ in range(_WORDS))
    return [word + chance.choice(_ENDS) for word in made]


def _post(chance: random.Random, words: list[str]) -> str:
    return " ".join(_pick(chance, words) for _ in range(_PER_POST)) + " @tidewellgyms #gym!"


def _pick(chance: random.Random, words: list[str]) -> str:
    """A word as people use them: usual ones far more often than others."""
    return words[min(int(chance.paretovariate(0.7)) - 1, len(words) - 1)]


def _ways(chance: random.Random, words: list[str], posts: list[str]) -> dict[str, Callable[[], object]]:
    terms = [" ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3)))) for _ in range(TERMS[-1])]
    queries = ["{} NEAR/5 {}".format(*chance.choices(words[:_USUAL], k=2)) for _ in range(RULES[-1])]
    ways: dict[str, Callable[[], object]] = {"read only": partial(_each, posts, read)}
    for number in TERMS:
        ways[f"terms {number}"] = partial(_each, posts, _by_terms(terms[:number]))
    for number in TERMS[:3]:
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, terms[:number])) + r")\b", re.IGNORECASE)
        ways[f"re alternation {number}"] = partial(_each, posts, pattern.findall)
    for number in RULES:
        ways[f"NEAR rules {number}"] = partial(_each, posts, _by_rules(queries[:number]))
    return ways


def _by_terms(terms: list[str]) -> Callable[[str], object]:
    book = TermBook(("team", term) for term in terms)
    return lambda post: book.best(read(post))


def _by_rules(queries: list[str]) -> Callable[[str], object]:
    rules = RuleSet(Rule(f"{at}", query, "team") for at, query in enumerate(queries))
    return lambda post: rules.judge(read(post))


def _each(posts: list[str], judge: Callable[[str], object]) -> None:
    for post in posts:
        judge(post)


def _round(ways: dict[str, Callable[[], object]], pieces: int) -> dict[str, Sample]:
    return {way: spent(work, pieces) for way, work in ways.items()}
