"""Needs: the words without which a query can't hold, so that most posts are told apart from a rule at a glance."""

from domain.phrases import Phrase
from domain.query_tree import All, Either, Loose, Node, Without

STARTS_WITH = "*"
"""Goes before the first letters that a word has to have."""


def needs_of(node: Node) -> list[frozenset[str]]:
    """Sets of keys; without one of each set in a post the query can't hold. None for what may hold without words."""
    if isinstance(node, Phrase):
        return _phrase_needs(node)
    if isinstance(node, Loose):
        return [frozenset(word.keys or (STARTS_WITH + (word.starts or ""),)) for word in node.words]
    if isinstance(node, Without):
        return []
    if isinstance(node, Either):
        return _either_needs(node)
    parts = node.parts if isinstance(node, All) else (node.left, node.right)
    return [needs for part in parts for needs in needs_of(part)]


def _phrase_needs(node: Phrase) -> list[frozenset[str]]:
    """One set with the longest word of each way to write it."""
    longest = [
        max((word.keys or (STARTS_WITH + (word.starts or ""),) for word in way), key=_length) for way in node.ways
    ]
    return [frozenset({key for keys in longest for key in keys} | ({node.squashed} if node.squashed else set()))]


def _length(keys: tuple[str, ...]) -> int:
    return len(keys[0])


def _either_needs(node: Either) -> list[frozenset[str]]:
    each = [needs_of(part) for part in node.parts]
    if not all(each):
        return []
    return [frozenset().union(*(min(needs, key=len) for needs in each))]
