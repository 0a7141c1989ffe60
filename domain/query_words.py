"""A query cut into words, quoted phrases, operators and parentheses, each with its column."""

import re
from dataclasses import dataclass

from domain.query_tree import BadQuery

LONGEST_QUERY, FARTHEST = 2_000, 1_000
_QUOTES = str.maketrans("“”„‟«»″＂（）", '""""""""()')
_PIECE = re.compile(r'\s+|[()]|(=?)"([^"]*)"(~[^\s()"]*)?|[^\s()"]+|"')
_NEAR = re.compile(r"NEAR/([0-9]+)(f?)")
_UNKNOWN = re.compile(r"[A-Z]{2,}/[0-9]+[A-Za-z]?|XOR|NAND|NOR|ADJ|ANDNOT|ONEAR")
_SMALL_NEAR = re.compile(r"[Nn][Ee][Aa][Rr]/[0-9]+f?")
_SIGNS = {"&": "AND", "&&": "AND", "+": "AND", "|": "OR", "||": "OR", "!": "NOT", "-": "NOT", "^": "NOT"}
_SIGNED = re.compile(r"([-!+])[^\W\d_]")
_FIELD = re.compile(r"(author|lang|language|from|to|site|url|links|raw|title|has|is|followers|tag):", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A part of a query. `kind` is a parenthesis, AND, OR, NOT, NEAR, "word", "phrase" or "end".

    `number` is NEAR's distance, or what stands after a phrase's ~; `marked` says NEAR is ordered, or a word exact.
    """

    kind: str
    text: str
    column: int
    number: int | None = None
    marked: bool = False


def pieces(query: str) -> list[Piece]:
    """The query's pieces, the last of kind "end"; or BadQuery."""
    if len(query) > LONGEST_QUERY:
        raise BadQuery(
            f"A query has at most {LONGEST_QUERY:,} characters; this one has {len(query):,}.", LONGEST_QUERY + 1
        )
    found = [_piece(match, query) for match in _PIECE.finditer(query.translate(_QUOTES)) if not match[0].isspace()]
    return [*found, Piece("end", "", len(query) + 1)]


def _piece(match: re.Match[str], query: str) -> Piece:
    text, column = match[0], match.start() + 1
    if text == '"':
        raise BadQuery("This quotation mark is never closed.", column)
    if match[2] is not None:
        words = query[match.start(2) : match.end(2)]
        return Piece("phrase", words, match.start(2) + 1, _slack(match), marked=bool(match[1]))
    if text in "()" or text in ("AND", "OR", "NOT"):
        return Piece(text, text, column)
    if text.startswith("NEAR"):
        return _near(text, column)
    _refuse_unknown(text, column)
    if text[0] == "=":
        return Piece("word", text[1:], column + 1, marked=True)
    return Piece("word", text, column)


def _slack(match: re.Match[str]) -> int | None:
    if match[3] is None:
        return None
    digits = match[3][1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 5 and int(digits) <= FARTHEST):
        raise BadQuery(f"After a phrase's ~ stands a number of words up to {FARTHEST:,}, as in ~5.", match.start(3) + 1)
    return int(digits)


def _near(text: str, column: int) -> Piece:
    found = _NEAR.fullmatch(text)
    if found is None:
        raise BadQuery(f"“{text}” needs a distance: NEAR/5, or NEAR/5f for in this order.", column)
    if len(found[1]) > 4 or not 1 <= int(found[1]) <= FARTHEST:
        raise BadQuery(f"NEAR's distance is a number from 1 to {FARTHEST:,}.", column)
    return Piece("NEAR", text, column, int(found[1]), marked=bool(found[2]))


def _refuse_unknown(text: str, column: int) -> None:
    signed, field = _SIGNED.match(text), _FIELD.match(text)
    sign = _SIGNS.get(text) or (_SIGNS[signed[1]] if signed else None)
    if sign is not None:
        shown = signed[1] if signed else text
        raise BadQuery(f"“{shown}” is no operator here; write {sign}.", column)
    if _SMALL_NEAR.fullmatch(text):
        raise BadQuery(f"“{text}” is written in capitals: {text.split('/')[0].upper()}/{text.split('/')[1]}.", column)
    if _UNKNOWN.fullmatch(text):
        raise BadQuery(f"“{text}” is no operator here; there are AND, OR, NOT, NEAR/5 and NEAR/5f.", column)
    if field:
        raise BadQuery(f"A query can't ask for “{field[0]}”; it looks at a post's words only.", column)
