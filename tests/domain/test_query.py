"""Queries: what the operators mean, where they hold, and the sentence a mistake gets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.query import BadQuery, Query
from domain.tokens import read


def places(query: str, text: str) -> list[str] | None:
    found = Query.of(query).match(read(text))
    return None if found is None else [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("dirty", "Dirty!", ["Dirty"]),
        ("app", "so happy", None),
        ("lift", "lifted weights", ["lifted"]),
        ("lift", "airlift", None),
        ('"changing rooms"', "the changing-room", ["changing-room"]),
        ('"changing rooms"', "changing\u00a0\n rooms", ["changing\u00a0\n rooms"]),
        ('"changing rooms"', "rooms changing", None),
        ("changing-room", "changing rooms", ["changing rooms"]),
        ('"dirty changing rooms"', "so #dirtyChangingroom", ["dirtyChangingroom"]),
        ('"changing rooms"', "#dirtychangingrooms", None),
        ('"dirty rooms"', "dirty\u200brooms", ["dirty\u200brooms"]),
        ('"changing room"', "the changing room’s floor", ["changing room’s"]),
        ("email", "by e-mail", ["e-mail"]),
        ("e-mail", "by email", ["email"]),
        ('"my e-mail address"', "my email address", ["my email address"]),
        ('"my email address"', "my e-mail address", ["my e-mail address"]),
        ('"R&D"', "R&amp;D", ["R&amp;D"]),
        ("fail", "#FAIL", ["FAIL"]),
        ("#fail", "fail", None),
        ("#fail", "epic #fail", ["fail"]),
        ("@gym", "me@gym.com", None),
        ("汚い", "トイレが汚いです", ["汚い"]),
        ("ลิฟต์", "ลิฟต์เสีย", ["ลิฟต์"]),
        ("화장실", "화장실이", ["화장실"]),
        ("🔥", "a🔥🏽b", ["🔥🏽"]),
        ("ascenseur", "l’ascenseur", ["ascenseur"]),
        ("dirty", "dirtyyyyy", ["dirtyyyyy"]),
        ("soon", "soooon", ["soooon"]),
        ("ill", "I'll be there", None),
    ],
)
def test_a_word_is_found_however_it_is_written(query: str, text: str, found: list[str] | None) -> None:
    assert places(query, text) == found


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("chang*", "changing", ["changing"]),
        ("chang*", "exchange", None),
        ('"chang* room*"', "changing roomy", ["changing roomy"]),
        ("=fire", "fired", None),
        ("=fire", "Fire", ["Fire"]),
        ('="changing rooms"', "changing room", None),
        ("membership~", "membrship", ["membrship"]),
        ("membership~", "memebrship", ["memebrship"]),
        ("membership~", "memmbership", ["memmbership"]),
        ("membership", "membrship", None),
        ("a OR b c", "a", ["a"]),
        ("a OR b c", "b", None),
        ("a NOT b", "a b", None),
        ("a AND NOT b", "a", ["a"]),
        ("NOT a b", "b", ["b"]),
        ("NOT a", "b", []),
        ("NOT (a OR b)", "b", None),
        ("and", "salt and pepper", ["and"]),
    ],
)
def test_operators_mean_what_the_guide_says(query: str, text: str, found: list[str] | None) -> None:
    assert places(query, text) == found


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("dirty NEAR/1 rooms", "dirty rooms", ["dirty", "rooms"]),
        ("dirty NEAR/3 rooms", "rooms are very dirty", ["rooms", "dirty"]),
        ("dirty NEAR/2 rooms", "rooms are very dirty", None),
        ("dirty NEAR/3f rooms", "rooms are very dirty", None),
        ("dirty NEAR/1 dirty", "dirty", None),
        ("dirty NEAR/1 dirty", "dirty dirty", ["dirty", "dirty"]),
        ('"changing rooms" NEAR/2 dirty', "changing rooms are dirty", ["changing rooms", "dirty"]),
        ('"changing rooms" NEAR/1 dirty', "changing rooms are dirty", None),
        ("(a NEAR/2 b) NEAR/1 c", "a x b c", ["a", "b", "c"]),
        ("(a NEAR/2 b) NEAR/1 c", "a c b", ["a", "c", "b"]),
        ("(a NEAR/2 b) NEAR/3 a", "a b", None),
        ("(a NEAR/9 b) NEAR/1 c", "a b x b c", ["a", "b", "c"]),
        ("a NEAR/1 b NEAR/1 c", "a b c", ["a", "b", "c"]),
        ("(a OR b) NEAR/1 (c OR d)", "b d x a", ["b", "d"]),
        ("(a b) NEAR/2 c", "a c b", ["a", "c", "b"]),
        ("(a b) NEAR/2 c", "a c x x b", None),
        ('c NEAR/1 (a OR "b b")', "a x c x b b", None),
        ('c NEAR/2 (a OR "b b")', "a x c", ["a", "c"]),
        ('"a b"~1', "b x a", ["b", "a"]),
        ('"a b"~1', "a x x b", None),
        ('"a b"~0', "b a", ["b", "a"]),
        ('"a a b"~2', "a b", None),
        ('"a a b"~2', "a x b a", ["a", "b", "a"]),
        ('"room* rooms"~2', "rooms", None),
    ],
)
def test_nearness_counts_positions(query: str, text: str, found: list[str] | None) -> None:
    assert places(query, text) == found


@pytest.mark.parametrize(
    ("query", "says", "column"),
    [
        ("", "nothing in this query", 1),
        ('dirty "rooms', "never closed", 7),
        ("dirty (rooms", "never closed", 7),
        ("dirty rooms)", "closes nothing", 12),
        ("a ()", "nothing between these parentheses", 4),
        ('a ""', "nothing between these quotation marks", 4),
        ("AND a", "on its left", 1),
        ("a AND", "on its right", 3),
        ("a OR OR b", "on its right", 3),
        ("a NOT", "on its right", 3),
        ("a NEAR b", "needs a distance", 3),
        ("a NEAR/x b", "needs a distance", 3),
        ("a NEAR/0 b", "from 1 to", 3),
        ("a NAER/3 b", "no operator", 3),
        ("a XOR b", "no operator", 3),
        ("a near/3 b", "in capitals: NEAR/3", 3),
        ("a = b", "no word here", 4),
        ("a -b", "write NOT", 3),
        ("a | b", "write OR", 3),
        ("a NEAR/3 NOT b", "inside NEAR", 10),
        ("a NEAR/3 (b NOT c)", "inside NEAR", 13),
        ("(NOT a) NEAR/3 b", "inside NEAR", 2),
        ('"a b"~x', "number of words", 6),
        ("a !!!", "no word in “!!!”", 3),
        ("a b*c", "at the end of a word", 4),
        ("a *", "needs a word", 3),
        ("a b*", "at least 2 letters", 3),
        ("pool~", "6 letters", 1),
        ("lang:de a", "words only", 1),
        ("(" * 500, "at most 50 deep", 51),
        ("(" * 10_000, "at most 2,000 characters", 2_001),
        (" NEAR/1 ".join("a" * 30), "NEARs stand in a row", 183),
    ],
)
def test_a_mistake_gets_a_sentence_and_its_column(query: str, says: str, column: int) -> None:
    with pytest.raises(BadQuery) as refused:
        Query.of(query)

    assert says in str(refused.value)
    assert refused.value.column == column


def answered(query: str, text: str) -> tuple[tuple[tuple[int, int], ...] | None, int]:
    try:
        return Query.of(query).match(read(text)), 1
    except BadQuery as bad:
        return None, bad.column


PARTS = (
    "dirty",
    "room*",
    "a",
    "AND",
    "OR",
    "NOT",
    "NEAR/2",
    "NEAR/3f",
    "(",
    ")",
    '"',
    '"a b"~2',
    "~",
    "*",
    "=",
    "'",
    "#",
    "é",
    "😡",
    "-",
)


@given(st.lists(st.sampled_from(PARTS), max_size=25), st.text("ab dirtyrooms-#", max_size=60))
def test_any_words_are_answered_or_refused(parts: list[str], text: str) -> None:
    query = " ".join(parts)

    found, column = answered(query, text)

    assert 1 <= column <= len(query) + 1
    assert found is None or all(0 <= start < end <= len(text) for start, end in found)


@given(st.lists(st.sampled_from("abx"), max_size=15), st.integers(1, 5))
def test_near_agrees_with_counting(tokens: list[str], distance: int) -> None:
    text = " ".join(tokens)
    at = {word: [n for n, one in enumerate(tokens) if one == word] for word in ("a", "b")}
    apart = any(abs(a - b) <= distance for a in at["a"] for b in at["b"])

    assert (Query.of(f"a NEAR/{distance} b").match(read(text)) is not None) == apart
    assert (Query.of(f'"a b"~{distance - 1}').match(read(text)) is not None) == apart


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("a NEAR/1000 a NEAR/1000 b", "a " * 5_000_000),
        ('"a a a a a a a a a b"~1000', "a " * 5_000_000),
        ('"' + "a " * 40 + 'b"', "a " * 5_000_000),
        (" OR ".join(f"a NEAR/{n} c" for n in range(1, 30)), "a " * 12_000 + "b " * 500 + "c " * 12_000),
        ("aa* NEAR/9 " * 15 + "b", "aaa " * 2_000_000),
        ("dirty", "a" * 10_000_000),
        ("dirty", "&" * 10_000_000),
        ("dirty", "'a" * 5_000_000),
        ("dirty", "a\u0301" * 5_000_000),
        ("dirty", "\u200d" * 10_000_000),
        ("dirty", "e" * 10_000_000),
        ("dirty", "\u00e9" * 10_000_000),
    ],
)
def test_no_query_and_no_post_takes_long(query: str, text: str) -> None:
    before = time.process_time()

    Query.of(query).match(read(text))

    assert time.process_time() - before < 5
