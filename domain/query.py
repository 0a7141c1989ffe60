"""Queries: what a rule asks of a post's words, read once and matched against any number of posts.

The grammar and what it means stand in docs/rules.md.
"""

from dataclasses import dataclass
from typing import Self

from domain.query_match import Hit, find, holds
from domain.query_parse import parse
from domain.query_tree import BadQuery, Node
from domain.tokens import Tokens, read

__all__ = ["BadQuery", "Query"]
_NOTHING = read("")


@dataclass(frozen=True)
class Query:
    """A query that was understood."""

    text: str
    tree: Node

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a query, or raise BadQuery with a sentence and a column."""
        return cls(text, parse(text))

    def match(self, tokens: Tokens) -> tuple[tuple[int, int], ...] | None:
        """Where the query holds, in code points of the raw text, sorted and merged; None if it doesn't hold.

        A query that says only what must not be there holds nowhere in particular: it answers an empty tuple.
        """
        hits = find(self.tree, tokens)
        return None if hits is None else _places(hits, tokens)

    def holds(self, tokens: Tokens) -> bool:
        """Whether it holds, without saying where, which costs less."""
        return holds(self.tree, tokens)

    @property
    def holds_for_silence(self) -> bool:
        """Whether it holds for a post without any word: then it holds for nearly all of them."""
        return holds(self.tree, _NOTHING)


def _places(hits: list[Hit], tokens: Tokens) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(tokens.where(*place) for place in {place for hit in hits for place in hit.places}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
