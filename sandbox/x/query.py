"""Recent search's language: words, "phrases", @handles, #tags, from:, to:, is:, -negation, OR and groups."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.x.entities import mentioned
from sandbox.x.model import Post
from sandbox.x.posts import Posts
from sandbox.x.problems import Problem, invalid

LONGEST = 512
_PIECE = re.compile(r'\s*(-?\(|\)|-?"[^"]*"|-?[^\s()"]+)')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Seen:
    """A post as search looks at it."""

    words: tuple[str, ...]
    handles: frozenset[str]
    author: str
    answered: str
    is_reply: bool
    is_quote: bool
    conversation: str
    images: int
    text: str


Test = Callable[[Seen], bool]


class Query:
    """A parsed query. Raises Problem 400 when X would refuse it."""

    def __init__(self, text: str) -> None:
        self._source = text
        if not text.strip() or len(text) > LONGEST:
            size = f"The `query` query parameter must be between 1 and {LONGEST} characters long"
            raise invalid(size, query=[text])
        self._pieces = [found.group(1) for found in _PIECE.finditer(text)]
        self._at = 0
        self._can_stand = False
        self.matches: Test = self._either()
        if self._at < len(self._pieces):
            raise self._wrong("no viable alternative at input ')'")
        if not self._can_stand:
            raise self._wrong("the query needs at least one standalone operator, such as a keyword")

    def _either(self) -> Test:
        tests = [self._together()]
        while self._peek() == "OR":
            self._at += 1
            tests.append(self._together())
        return tests[0] if len(tests) == 1 else lambda seen: any(test(seen) for test in tests)

    def _together(self) -> Test:
        tests: list[Test] = []
        while self._peek() not in (None, "OR", ")"):
            tests.append(self._one())
        if not tests:
            raise self._wrong("an operator is missing")
        return lambda seen: all(test(seen) for test in tests)

    def _one(self) -> Test:
        piece = self._pieces[self._at]
        self._at += 1
        negated = piece.startswith("-") and len(piece) > 1
        piece = piece[1:] if negated else piece
        if piece == "(":
            test = self._group()
        else:
            test, stands = self._leaf(piece)
            self._can_stand = self._can_stand or (stands and not negated)
        return (lambda seen: not test(seen)) if negated else test

    def _group(self) -> Test:
        test = self._either()
        if self._peek() != ")":
            raise self._wrong("a group is not closed")
        self._at += 1
        return test

    def _leaf(self, piece: str) -> tuple[Test, bool]:
        name, colon, value = piece.partition(":")
        if colon and not piece.startswith('"') and name.isidentifier():
            return self._operator(name, value)
        if piece.startswith("@"):
            handle = piece[1:].lower()
            return (lambda seen: handle in seen.handles), True
        if piece.startswith("#"):
            tag = fold(piece)
            return (lambda seen: tag in fold(seen.text).split()), True
        return _phrase(piece.strip('"')), True

    def _operator(self, name: str, value: str) -> tuple[Test, bool]:
        wanted = value.removeprefix("@").lower()
        makers: dict[str, tuple[Test, bool]] = {
            "from": (lambda seen: seen.author == wanted, True),
            "to": (lambda seen: seen.answered == wanted, True),
            "conversation_id": (lambda seen: seen.conversation == wanted, True),
            "lang": (lambda _seen: True, False),
            "is:reply": (lambda seen: seen.is_reply, False),
            "is:quote": (lambda seen: seen.is_quote, False),
            "is:retweet": (lambda _seen: False, False),
            "is:nullcast": (lambda _seen: False, False),
            "has:media": (lambda seen: seen.images > 0, False),
            "has:images": (lambda seen: seen.images > 0, False),
            "has:mentions": (lambda seen: bool(seen.handles), False),
            "has:links": (lambda seen: "http" in seen.text, False),
        }
        found = makers.get(name) or makers.get(f"{name}:{wanted}")
        if found is None:
            raise self._wrong(f"Reference to invalid operator '{name}'")
        return found

    def _peek(self) -> str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _wrong(self, why: str) -> Problem:
        return invalid(
            f"There were errors processing your request: {why} (at position {self._at})", query=[self._source]
        )


def fold(text: str) -> str:
    """Without case and accents, as search compares."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def look_at(post: Post, posts: Posts, names: Callable[[str | None], str]) -> Seen:
    """A post for the tests; `names` gives a lower-case handle for a member's id."""
    return Seen(
        tuple(_WORD.findall(fold(post.text))),
        frozenset(mentioned(post.text)),
        names(post.author_id),
        names(posts.author_of(post.in_reply_to)),
        post.in_reply_to is not None,
        post.quote_of is not None,
        post.conversation_id,
        post.images,
        post.text,
    )


def _phrase(text: str) -> Test:
    wanted = tuple(_WORD.findall(fold(text)))

    def holds(seen: Seen) -> bool:
        size = len(wanted)
        return any(seen.words[at : at + size] == wanted for at in range(len(seen.words) - size + 1))

    return holds
