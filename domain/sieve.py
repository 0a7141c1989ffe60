"""A sieve: holds back texts in which a query can't hold, by their raw letters, before anything of them is read.

It may let through what doesn't match, and never holds back what does: a text with anything in it that could be read in
another way than it is written goes through.
"""

from collections.abc import Iterable, Sequence

from domain.inflection import beginning
from domain.needs import STARTS_WITH

_SIGNS = "#@+"
_DRAWN_OUT = 3
"""So many of one letter in a row may stand for one or two of them."""


class Sieve:
    """For the words a query needs: one of each set, by their keys."""

    def __init__(self, needs: Sequence[frozenset[str]]) -> None:
        self._meshes = [mesh for one in needs if (mesh := _mesh(one))]

    def lets_through(self, text: str) -> bool:
        """False only if the query can't hold."""
        if not self._meshes or _odd(text):
            return True
        plain = text.lower().replace("'", "").replace("`", "").replace("-", "")
        for mesh in self._meshes:
            for piece in mesh:
                if piece in plain:
                    break
            else:
                return False
        return True


def _odd(text: str) -> bool:
    """Whether it has letters outside ASCII, entities, or something that can't be seen."""
    if not text.isascii() or "&" in text:
        return True
    return not text.isprintable() and not text.replace("\n", "").isprintable()


def _mesh(needs: Iterable[str]) -> tuple[str, ...]:
    """Pieces of which a text must have one; none if that can't be said.

    The last ones are letters drawn out: of "dirrrrty" no piece of "dirty" is to be seen.
    """
    found = [_piece(need) for need in needs]
    pieces = sorted({piece for piece in found if piece}, key=len)
    if not all(found):
        return ()
    fewest = [one for at, one in enumerate(pieces) if not any(shorter in one for shorter in pieces[:at])]
    letters = sorted({letter for one in fewest for letter in one if letter.isalpha()})
    return (*fewest, *(letter * _DRAWN_OUT for letter in letters))


def _piece(need: str) -> str | None:
    """What a text has somewhere if it has a word of this key; None if nobody can say."""
    if need[0] == STARTS_WITH:
        return _bare(need[1:])
    key = need[1:] if len(need) > 1 and need[0] in _SIGNS else need
    begins = beginning(key)
    return None if begins is None else _bare(begins)


def _bare(word: str) -> str | None:
    return word.replace("'", "") or None
