"""B8: near-duplicates: families of copies made from the corpus's posts, found again among all the others."""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

from bench import crises
from bench.machine import ROOT
from bench.rows import Compared, Row, Sample, spent
from domain.likeness import Sketch, alike, sketch

SIZE, IN_A_HURRY = 6_000, 1_200
ROUNDS = 3
SHARE_COPIED = 0.25
LONGEST_FAMILY = 12
MANY, LOOKED_AT = 100_000, 50
"""Newest posts under one key or band that are compared: what a look-up reads at most."""
OURS, EXACT, EACH = "sketch, look up, compare", "the stripped words alone", "words in common with each of the last 500"
LAST = 500
CUT_AT = 280
HASHTAGS = ("#fail", "#shambles", "#disgrace", "#customerservice")
OPENINGS = ("This.", "Same here.", "Anyone else?", "Wow:", "Not good enough.")
Pair = tuple[int, int]
Change = Callable[[random.Random, str], str]


@dataclass(frozen=True)
class Copy:
    """A post, and which original it goes back to."""

    text: str
    family: int


def measure(*, quick: bool, data: Path | None = None) -> list[Row]:
    """Family recall, wrong merges and the cost of each way, on the same posts; on real ones if `data` has some."""
    if data is not None:
        return crises.measure(data, {OURS: partial(_ours, most=MANY), EXACT: _exact}, partial(_ours, most=LOOKED_AT))
    size = IN_A_HURRY if quick else SIZE
    kinds = {"passed on": PASSING_ON, "reworded": (*PASSING_ON, *REWORDING)}
    sets = {kind: _posts(size, changes) for kind, changes in kinds.items()}
    rows = [row for kind, posts in sets.items() for name in WAYS for row in _judged((kind, name), posts)]
    texts = [post.text for post in sets["reworded"]]
    compared = Compared("likeness", len(texts), [_round(texts) for _ in range(1 if quick else ROUNDS)])
    return [*rows, *compared.rows(OURS, EACH), *compared.rows(EXACT, EACH), *compared.rows(EACH)]


def _round(texts: list[str]) -> dict[str, Sample]:
    return {name: spent(partial(way, texts), len(texts)) for name, way in WAYS.items()}


def _judged(named: tuple[str, str], posts: list[Copy]) -> Iterable[Row]:
    kind, name = named
    pairs = WAYS[name]([post.text for post in posts])
    families: dict[int, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        families[post.family].append(place)
    true = {pair for places in families.values() for pair in combinations(places, 2)}
    about = f"families {kind}"
    yield Row(about, len(posts), f"recall, {name}", round(len(pairs & true) / len(true), 4), "of pairs", n=len(true))
    wrong = round(len(pairs - true) / max(len(pairs), 1), 5)
    yield Row(about, len(posts), f"wrong merges, {name}", wrong, "of pairs", n=len(pairs))


def _ours(texts: list[str], most: int = LOOKED_AT) -> set[Pair]:
    index: dict[str | int, list[int]] = defaultdict(list)
    sketches: list[Sketch] = []
    pairs: set[Pair] = set()
    for place, text in enumerate(texts):
        fresh = sketch(text)
        names: list[str | int] = [fresh.key, *fresh.bands] if fresh.key else []
        seen = {earlier for name in names for earlier in index[name][-most:]}
        pairs.update((earlier, place) for earlier in seen if alike(fresh, sketches[earlier]))
        for name in names:
            index[name].append(place)
        sketches.append(fresh)
    return pairs


def _exact(texts: list[str]) -> set[Pair]:
    index: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        index[sketch(text).key].append(place)
    return {pair for key, places in index.items() if key for pair in combinations(places, 2)}


def _each(texts: list[str]) -> set[Pair]:
    """What one would write first: split at spaces, compare with everything recent."""
    bags = [frozenset(text.lower().split()) for text in texts]
    return {
        (earlier, place)
        for place, bag in enumerate(bags)
        for earlier in range(max(0, place - LAST), place)
        if len(bag & bags[earlier]) >= 0.6 * len(bag | bags[earlier])
    }


def _posts(count: int, changes: Sequence[Change]) -> list[Copy]:
    """Originals from the corpus, a quarter of them with copies, copies soon after them."""
    chance = random.Random(8)  # noqa: S311 - the same posts in every run
    originals = _originals()
    chance.shuffle(originals)
    placed: list[tuple[float, Copy]] = []
    for family, text in enumerate(originals):
        at = float(family)
        placed.append((at, Copy(text, family)))
        if chance.random() < SHARE_COPIED and len(text.split()) > 5:
            several = chance.randint(1, LONGEST_FAMILY)
            placed += [
                (at + chance.uniform(0, 40), Copy(_copied(chance, text, changes), family)) for _ in range(several)
            ]
    placed.sort(key=lambda one: one[0])
    return [copy for _, copy in placed[:count]]


def _originals() -> list[str]:
    lines = [line for path in sorted((ROOT / "corpus").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return list(dict.fromkeys(str(json.loads(line)["text"]) for line in lines))


def _copied(chance: random.Random, text: str, changes: Sequence[Change]) -> str:
    """What people do to a post: one thing, sometimes two."""
    for _ in range(chance.choice((1, 1, 2))):
        text = chance.choice(changes)(chance, text)
    return text


def _passed_on(chance: random.Random, text: str) -> str:
    """As it was done by hand, with the end cut off where it grew too long."""
    whole = f"RT @someone_{chance.randrange(999)}: {text}"
    return whole if len(whole) <= CUT_AT else f"{whole[: CUT_AT - 1]}…"


def _linked(chance: random.Random, text: str) -> str:
    return f"{text} https://t.co/{chance.randrange(10**9):x}"


def _other_account(chance: random.Random, text: str) -> str:
    bare = " ".join(word for word in text.split() if not word.startswith("@"))
    return f"@brand_{chance.randrange(9)} {bare}"


def _shouted(_chance: random.Random, text: str) -> str:
    return text.upper().rstrip(".!?") + "!!!"


def _tagged(chance: random.Random, text: str) -> str:
    return f"{text} {chance.choice(HASHTAGS)}"


def _introduced(chance: random.Random, text: str) -> str:
    return f"{chance.choice(OPENINGS)} “{text}”"


def _cut(_chance: random.Random, text: str) -> str:
    return f"{text[: max(len(text) * 4 // 5, 30)]}…"


def _misspelt(chance: random.Random, text: str) -> str:
    words = text.split()
    place = chance.randrange(len(words))
    words[place] = words[place][:-1] + chance.choice("aeiou")
    return " ".join(words)


def _without_a_word(chance: random.Random, text: str) -> str:
    words = text.split()
    del words[chance.randrange(len(words))]
    return " ".join(words)


def _with_emoji(chance: random.Random, text: str) -> str:
    return f"{text} {chance.choice('😡🤬😂🙄')}"


PASSING_ON: tuple[Change, ...] = (_passed_on, _linked, _other_account, _shouted, _with_emoji)
REWORDING: tuple[Change, ...] = (_tagged, _introduced, _cut, _misspelt, _without_a_word)
WAYS: dict[str, Callable[[list[str]], set[Pair]]] = {OURS: _ours, EXACT: _exact, EACH: _each}
