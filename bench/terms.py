"""What terms and rules cost per post as their number grows, beside one regular expression with all the terms."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.machine import ROOT
from bench.rows import Compared, Row, Sample, spent
from domain.chunks import forms_of, remembered
from domain.rules import Rule, RuleSet
from domain.terms import TermBook
from domain.tokens import read

WORKLOAD = "terms"
TERMS, RULES = (10, 100, 1_000, 10_000), (10, 100, 1_000)
POSTS, IN_A_HURRY = 4_000, 400
SHORTEST, LONGEST = 70, 140
"""Characters of a post made of the corpus: as many as real ones have, 105 in the mean."""
_SEED, _USUAL, _STOP, _FEWEST_LETTERS = 20_261_125, 300, 150, 4
"""Rules are made of usual words, which posts do have, so that many rules have to be looked at closely."""
_ANEW = "read, a post nobody has seen"
_MEASURED = [f"re alternation {number}" for number in TERMS[:3]]
"""Ten thousand terms in one expression take many milliseconds a post: nobody would wait for the figure."""
_PLAIN = re.compile("[a-z0-9]+")


def measure(*, quick: bool, data: Path | None = None) -> list[Row]:
    """Every number of terms and rules in turn, in every round; on real posts if `data` has JSON lines with `text`."""
    chance = random.Random(_SEED)  # noqa: S311 # made-up posts need no secret
    texts = _texts(data) if data else _made(chance, _texts(*sorted((ROOT / "corpus").glob("*.jsonl"))))
    posts = chance.sample(texts, min(len(texts), IN_A_HURRY if quick else POSTS))
    ways = _ways(chance, posts)
    rounds = [_round(ways, posts) for _ in range(3 if quick else 7)]
    compared = Compared(WORKLOAD, len(posts), rounds)
    length = Row(
        WORKLOAD, len(posts), "a post's mean length", round(sum(map(len, posts)) / len(posts), 1), "characters"
    )
    return [length, *(row for way in (*ways, _ANEW) for row in compared.rows(way, _baseline(way)))]


def _baseline(way: str) -> str | None:
    """What it is held against: terms against as many in one expression, rules against 1,000 in one."""
    kind, _, number = way.rpartition(" ")
    if kind == "terms" and f"re alternation {number}" in _MEASURED:
        return f"re alternation {number}"
    return "re alternation 1000" if kind == "NEAR rules" else None


def _texts(*files: Path) -> list[str]:
    return [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def _made(chance: random.Random, texts: list[str]) -> list[str]:
    """Posts as long as real ones: one of the corpus and as much of another as it takes."""
    made = []
    for text in texts:
        whole = f"@TidewellGyms {text} {chance.choice(texts)} {chance.choice(texts)}"
        made.append(whole[: chance.randint(SHORTEST, LONGEST)].rpartition(" ")[0])
    return made


def _ways(chance: random.Random, posts: list[str]) -> dict[str, Callable[[], object]]:
    spoken = [_PLAIN.findall(post.lower()) for post in posts]
    usual = [word for word, _ in Counter(word for words in spoken for word in words).most_common(_USUAL)]
    terms = _terms(chance, spoken, frozenset(usual[:_STOP]))
    queries = ["{} NEAR/5 {}".format(*chance.choices(usual, k=2)) for _ in range(RULES[-1])]
    ways: dict[str, Callable[[], object]] = {"read only": partial(_each, posts, read)}
    for number in TERMS:
        ways[f"terms {number}"] = partial(_each, posts, _by_terms(terms[:number]))
    for number in TERMS[:3]:
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, terms[:number])) + r")\b", re.IGNORECASE)
        ways[f"re alternation {number}"] = partial(_each, posts, pattern.findall)
    for number in RULES:
        ways[f"NEAR rules {number}"] = partial(_each, posts, _by_rules(queries[:number]))
    return ways


def _terms(chance: random.Random, spoken: list[list[str]], stop: frozenset[str]) -> list[str]:
    """Distinct runs of a post's words, seven in ten of several; where posts have too few, such words together."""
    words = [word for post in spoken for word in post if word not in stop and len(word) >= _FEWEST_LETTERS]
    terms: dict[str, None] = {}
    while len(terms) < TERMS[-1]:
        length, post = chance.choice((1, 1, 1, 2, 2, 2, 2, 3, 3, 3)), chance.choice(spoken)
        at = chance.randrange(max(1, len(post) - length + 1))
        run = post[at : at + length] if chance.random() < 0.5 else chance.choices(words, k=length)
        if not stop.issuperset(run):
            terms[" ".join(run)] = None
    return list(terms)


def _by_terms(terms: list[str]) -> Callable[[str], object]:
    book = TermBook(("team", term) for term in terms)
    return lambda post: book.best(read(post))


def _by_rules(queries: list[str]) -> Callable[[str], object]:
    rules = RuleSet(Rule(f"{at}", query, "team") for at, query in enumerate(queries))
    return lambda post: rules.judge(read(post))


def _each(posts: list[str], judge: Callable[[str], object]) -> None:
    for post in posts:
        judge(post)


def _round(ways: dict[str, Callable[[], object]], posts: list[str]) -> dict[str, Sample]:
    return {**{way: spent(work, len(posts)) for way, work in ways.items()}, _ANEW: _anew(posts)}


def _anew(posts: list[str]) -> Sample:
    """The second half of the posts after the first, and nothing else, was read."""
    remembered.cache_clear()
    forms_of.cache_clear()
    middle = len(posts) // 2
    _each(posts[:middle], read)
    return spent(partial(_each, posts[middle:], read), len(posts) - middle)
