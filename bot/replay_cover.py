"""Whose posts they are: the smallest set of handles that together covers every post, and each post's one account."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from bot.replay_input import Given

Sets = set[frozenset[str]]
MOST_TRIED = 200_000
"""Combinations tried for an exact answer; beyond that, the handle that covers most is taken first."""


def smallest_cover(posts: Iterable[Given]) -> list[str]:
    """The fewest handles such that each post mentions one; those with most posts first. Posts without any don't count.

    Exact, unless what remains after the handles that stand alone somewhere is too large to try.
    """
    tally = Counter(post.handles for post in posts if post.handles)
    alone = {next(iter(handles)) for handles in tally if len(handles) == 1}
    rest = {handles for handles in tally if not handles & alone}
    weight: Counter[str] = Counter()
    for handles, count in tally.items():
        weight.update(dict.fromkeys(handles, count))
    chosen = alone | set(_exact(rest, weight) or _greedy(rest, weight))
    return sorted(chosen, key=lambda handle: (-weight[handle], handle))


def account_of(post: Given, accounts: list[str]) -> str | None:
    """The one account among these that a post belongs to: its author, or the first mentioned in `accounts`' order."""
    if post.author.lower() in accounts:
        return post.author.lower()
    return next((account for account in accounts if account in post.handles), None)


def _exact(rest: Sets, weight: Counter[str]) -> tuple[str, ...] | None:
    """The smallest cover of what remains, ties decided by weight; None when there are too many to try."""
    candidates = sorted(set().union(*rest), key=lambda handle: (-weight[handle], handle))
    tried = 0
    for size in range(len(rest) + 1):
        for chosen in combinations(candidates, size):
            tried += 1
            if tried > MOST_TRIED:
                return None
            if all(handles & set(chosen) for handles in rest):
                return chosen
    return None


def _greedy(rest: Sets, weight: Counter[str]) -> list[str]:
    chosen: list[str] = []
    while rest:
        covers = Counter(handle for handles in rest for handle in handles)
        best = min(covers, key=lambda handle: (-covers[handle], -weight[handle], handle))
        chosen.append(best)
        rest = {handles for handles in rest if best not in handles}
    return chosen
