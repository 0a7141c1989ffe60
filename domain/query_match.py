"""Where a query's tree holds in a text's tokens. Work grows with the query times the text, never faster."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from domain.phrases import Phrase
from domain.query_tree import All, Either, Loose, Near, Node, Without
from domain.tokens import Tokens

MOST_HITS = 1_000
"""Of one NEAR or one phrase with ~ in one text: the first so many places count."""
_MOST_PARTNERS = 8

Place = tuple[int, int]


class Hit(NamedTuple):
    """A stretch of tokens, from and to before, and the places in it that were asked for."""

    start: int
    end: int
    places: tuple[Place, ...]


def find(node: Node, tokens: Tokens) -> list[Hit] | None:
    """The hits of a query that holds; none of them for one that only says NOT; None when it doesn't hold."""
    if isinstance(node, Phrase):
        return _phrase(node, tokens) or None
    if isinstance(node, All):
        return _all(node, tokens)
    if isinstance(node, Either):
        return _either(node, tokens)
    if isinstance(node, Without):
        return [] if find(node.part, tokens) is None else None
    if isinstance(node, Near):
        return _near(node, tokens)
    return list(islice(_loose(node, tokens), MOST_HITS)) or None


def holds(node: Node, tokens: Tokens) -> bool:
    """Whether a query holds, wherever that is."""
    if isinstance(node, Phrase):
        return node.occurs(tokens)
    if isinstance(node, All):
        return all(holds(part, tokens) for part in node.parts)
    if isinstance(node, Either):
        return any(holds(part, tokens) for part in node.parts)
    if isinstance(node, Without):
        return not holds(node.part, tokens)
    return find(node, tokens) is not None


def _phrase(node: Phrase, tokens: Tokens) -> list[Hit]:
    """Remembered, for a query and a thousand rules ask for the same words again and again."""
    found: list[Hit] | None = tokens.remembered.get(node)
    if found is None:
        found = tokens.remembered[node] = [Hit(*place, (place,)) for place in node.found(tokens)]
    return found


def _all(node: All, tokens: Tokens) -> list[Hit] | None:
    groups = _groups(node, tokens)
    return None if groups is None else [hit for group in groups for hit in group]


def _either(node: Either, tokens: Tokens) -> list[Hit] | None:
    groups = [group for part in node.parts if (group := find(part, tokens)) is not None]
    return [hit for group in groups for hit in group] if groups else None


def _groups(node: Node, tokens: Tokens) -> list[list[Hit]] | None:
    """The hits of each part that must be there; None when one isn't."""
    groups = []
    for part in node.parts if isinstance(node, All) else (node,):
        group = find(part, tokens)
        if group is None:
            return None
        groups.append(group)
    return groups


def _near(node: Near, tokens: Tokens) -> list[Hit] | None:
    """Of an AND on either side every part has to be near."""
    if isinstance(node.left, Phrase) and isinstance(node.right, Phrase):
        left, right = _phrase(node.left, tokens), _phrase(node.right, tokens)
        return (left and right and sorted(islice(_pairs(left, right, node), MOST_HITS))) or None
    lefts = _groups(node.left, tokens)
    rights = None if lefts is None else _groups(node.right, tokens)
    found: list[Hit] = []
    for left in lefts or ():
        for right in rights or ():
            pairs = list(islice(_pairs(left, right, node), MOST_HITS))
            if not pairs:
                return None
            found += pairs
    return sorted(set(found))[:MOST_HITS] or None


def _pairs(lefts: list[Hit], rights: list[Hit], near: Near) -> Iterator[Hit]:
    if len(lefts) == len(rights) == 1:
        yield from _pair(lefts[0], rights[0], near)
        return
    rights = sorted(rights)
    starts = [hit.start for hit in rights]
    longest = max(hit.end - hit.start for hit in rights)
    for left in sorted(lefts):
        first = left.end if near.ordered else left.start - near.distance + 1 - longest
        low, high = bisect_left(starts, first), bisect_left(starts, left.end + near.distance)
        for at in _partners(low, high, left.end, starts) if low < high else ():
            right = rights[at]
            if _apart(left, right) <= near.distance and _separate(left, right):
                yield _together(left, right)


def _pair(left: Hit, right: Hit, near: Near) -> Iterator[Hit]:
    """The same of one hit on either side, which is nearly all there ever is."""
    if right.start >= left.end:
        if right.start - left.end < near.distance:
            yield _together(left, right)
    elif not near.ordered and _apart(left, right) <= near.distance and _separate(left, right):
        yield _together(left, right)


def _together(left: Hit, right: Hit) -> Hit:
    places = tuple(sorted((*left.places, *right.places)))
    return Hit(min(left.start, right.start), max(left.end, right.end), places)


def _partners(low: int, high: int, end: int, starts: list[int]) -> Iterable[int]:
    """Which of the hits in reach to try: all of a few; of many the nearest, the first and the last."""
    if high - low <= _MOST_PARTNERS:
        return range(low, high)
    middle = bisect_left(starts, end)
    near = range(max(low, middle - 2), min(high, middle + 2))
    return sorted({low, low + 1, *near, high - 2, high - 1})


def _apart(one: Hit, other: Hit) -> int:
    """How far apart: neighbours are 1 apart; what lies inside the other isn't apart at all."""
    return max(one.start - other.end + 1, other.start - one.end + 1, 0)


def _separate(one: Hit, other: Hit) -> bool:
    """Whether they stand on tokens of their own."""
    if one.end <= other.start or other.end <= one.start:
        return True
    return not any(a < d and c < b for a, b in one.places for c, d in other.places)


def _loose(node: Loose, tokens: Tokens) -> Iterator[Hit]:
    places = [word.found(tokens) for word in node.words]
    if not all(places):
        return
    width = len(node.words) + node.slack
    starts = [[start for start, _ in several] for several in places]
    for begin in sorted({start for several in starts for start in several}):
        window = [
            [place for place in several[bisect_left(at, begin) :][: len(places)] if place[1] <= begin + width]
            for several, at in zip(places, starts, strict=True)
        ]
        chosen = _chosen(window) if all(window) else None
        if chosen is not None:
            yield Hit(chosen[0][0], max(end for _, end in chosen), tuple(chosen))


def _chosen(window: list[list[Place]]) -> list[Place] | None:
    """A place for each word, no two on the same, if there is such a choice."""
    taken: dict[Place, int] = {}
    for number in range(len(window)):
        if not _seated(number, window, taken, set()):
            return None
    return sorted(taken)


def _seated(number: int, window: list[list[Place]], taken: dict[Place, int], tried: set[Place]) -> bool:
    for place in window[number]:
        if place in tried:
            continue
        tried.add(place)
        if place not in taken or _seated(taken[place], window, taken, tried):
            taken[place] = number
            return True
    return False
