"""What a query is made of once it has been read."""

from dataclasses import dataclass
from typing import TypeAlias

from domain.phrases import Phrase, Word


class BadQuery(ValueError):
    """A query that can't be understood: a sentence for its writer, and the column (from 1) it is about."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Loose:
    """All the words, in any order, within as many tokens as there are words and `slack` more."""

    words: tuple[Word, ...]
    slack: int


@dataclass(frozen=True)
class Near:
    """Both, at most `distance` positions apart, on tokens of their own; `ordered`: left before right."""

    left: "Node"
    right: "Node"
    distance: int
    ordered: bool


@dataclass(frozen=True)
class All:
    """AND."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """OR."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """NOT."""

    part: "Node"


Node: TypeAlias = Phrase | Loose | Near | All | Either | Without
