"""A query's grammar: NEAR before NOT before AND (also side by side) before OR; parentheses change that."""

from domain.phrases import Unreadable, phrase
from domain.query_tree import All, BadQuery, Either, Loose, Near, Node, Without
from domain.query_words import Piece, pieces

DEEPEST, MOST_NEARS, MOST_LOOSE = 50, 20, 10
"""Parentheses inside parentheses; NEARs in a row; words of a phrase with ~."""
_STARTS = ("word", "phrase", "(", "NOT")


def parse(query: str) -> Node:
    """The query's tree, or BadQuery."""
    reader = _Reader(pieces(query))
    if reader.next.kind == "end":
        raise BadQuery("There is nothing in this query to look for.", 1)
    tree = reader.either()
    if reader.next.kind == ")":
        raise BadQuery("This parenthesis closes nothing; there is none open.", reader.next.column)
    return tree


class _Reader:
    """Goes through the pieces once, from left to right."""

    def __init__(self, found: list[Piece]) -> None:
        self._pieces, self._at, self._depth = found, 0, 0

    @property
    def next(self) -> Piece:
        return self._pieces[self._at]

    def _take(self) -> Piece:
        piece = self._pieces[self._at]
        self._at += piece.kind != "end"
        return piece

    def either(self) -> Node:
        parts = [self._all()]
        while self.next.kind == "OR":
            self._operator()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Node:
        parts = [self._without()]
        while self.next.kind == "AND" or self.next.kind in _STARTS:
            if self.next.kind == "AND":
                self._operator()
            parts.append(self._without())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _operator(self) -> None:
        operator = self._take()
        if self.next.kind not in _STARTS:
            raise BadQuery(f"{operator.text} needs something to look for on its right.", operator.column)

    def _without(self) -> Node:
        negated = False
        while self.next.kind == "NOT":
            self._operator()
            negated = not negated
        part = self._near()
        return Without(part) if negated else part

    def _near(self) -> Node:
        began, count, tree = self._at, 0, self._one()
        while self.next.kind == "NEAR":
            near, count = self._take(), count + 1
            if count > MOST_NEARS:
                raise BadQuery(f"At most {MOST_NEARS} NEARs stand in a row.", near.column)
            if self.next.kind not in _STARTS:
                raise BadQuery(f"{near.text} needs something to look for on its right.", near.column)
            self._refuse_not(began, self._at + 1)
            right = self._one()
            self._refuse_not(began, self._at)
            tree = Near(tree, right, near.number or 1, near.marked)
        return tree

    def _refuse_not(self, began: int, ended: int) -> None:
        for piece in self._pieces[began:ended]:
            if piece.kind == "NOT":
                raise BadQuery("NOT can't stand inside NEAR: what isn't there has no place.", piece.column)

    def _one(self) -> Node:
        piece = self._take()
        if piece.kind == "(":
            return self._inside(piece)
        if piece.kind in ("word", "phrase"):
            return _looked_for(piece)
        if piece.kind == ")":
            empty = self._depth and self._pieces[self._at - 2].kind == "("
            why = "There is nothing between these parentheses." if empty else "This parenthesis closes nothing."
            raise BadQuery(why, piece.column)
        raise BadQuery(f"{piece.text} needs something to look for on its left.", piece.column)

    def _inside(self, opening: Piece) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadQuery(f"Parentheses nest at most {DEEPEST} deep.", opening.column)
        if self.next.kind == "end":
            raise BadQuery("This parenthesis is never closed.", opening.column)
        tree = self.either()
        if self._take().kind != ")":
            raise BadQuery("This parenthesis is never closed.", opening.column)
        self._depth -= 1
        return tree


def _looked_for(piece: Piece) -> Node:
    if piece.kind == "phrase" and not piece.text.strip():
        raise BadQuery("There is nothing between these quotation marks.", piece.column)
    try:
        found = phrase(piece.text, exact=piece.marked)
    except Unreadable as error:
        sentence = str(error)
        raise BadQuery(f"{sentence[:1].upper()}{sentence[1:]}.", piece.column + error.at) from None
    if piece.number is None:
        return found
    words = found.ways[0]
    if len(words) > MOST_LOOSE:
        raise BadQuery(f"A phrase with ~ has at most {MOST_LOOSE} words.", piece.column)
    return Loose(words, piece.number)
