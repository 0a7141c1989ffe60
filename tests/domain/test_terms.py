"""Terms: found in one go, the longest wins, and the cost doesn't grow with their number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.terms import TermBook
from domain.tokens import read

BOOK = TermBook(
    [
        ("care", "booking"),
        ("care", "e-mail"),
        ("facilities", "changing rooms"),
        ("facilities", "dirty changing rooms"),
        ("facilities", "my email address"),
        ("billing", "refund"),
        ("press", "on the record"),
        ("alarm", "=fire"),
        ("alarm", "🔥"),
        ("alarm", "#sos"),
        ("facilities", "汚い"),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Changing-Room was shut", ["changing rooms"]),
        ("#dirtychangingrooms", ["dirty changing rooms"]),
        ("my e-mail address", ["my email address", "e-mail"]),
        ("REFUNDED, refunds and a refund", ["refund"]),
        ("off the record", []),
        ("on the", []),
        ("you are fired", []),
        ("Fire!", ["=fire"]),
        ("🔥🏿 #SOS sos", ["🔥", "#sos"]),
        ("トイレが汚い", ["汚い"]),
        ("", []),
    ],
)
def test_terms_are_found_in_the_order_of_the_text(text: str, found: list[str]) -> None:
    assert [one.term.text for one in BOOK.found(read(text))] == found


def test_the_longest_term_wins() -> None:
    best = BOOK.best(read("refund me for dirty changing rooms, I have a booking"))

    assert best is not None
    assert (best.term.text, best.where) == ("dirty changing rooms", (14, 34))


def test_of_equally_long_terms_the_first_in_the_file_wins() -> None:
    best = TermBook([("a", "pool"), ("b", "lift")]).best(read("lift and pool"))

    assert best is not None
    assert best.term.owner == "a"


def test_a_post_that_ends_where_a_long_term_would_go_on_has_the_short_one() -> None:
    book = TermBook([("care", "pool"), ("care", "pool and lift and sauna and gym shut")])

    assert [one.where for one in book.found(read("the pool"))] == [(4, 8)]


def test_without_a_term_there_is_no_best() -> None:
    assert BOOK.best(read("lovely class")) is None


def test_a_term_that_can_never_be_found_is_named_with_its_owner() -> None:
    faults = TermBook([("care", "!!!")]).faults

    assert faults == ["the term “!!!” of care can't be found: there is no word in “!!!” to look for"]


def test_a_term_of_two_teams_is_named_with_the_one_it_leads_to() -> None:
    assert TermBook([("care", "Refund"), ("billing", "refund")]).shared == (
        "“Refund” leads to care, and so not to billing",
    )


@given(
    st.lists(st.sampled_from(["pool", "lift", "a", "xy"]), max_size=12),
    st.lists(st.sampled_from(["pool", "lift", "a"]), min_size=1, max_size=3),
)
def test_a_phrase_is_found_exactly_where_a_search_finds_it(text: list[str], term: list[str]) -> None:
    raw, sought = " ".join(text), " ".join(term)
    expected = re.search(rf"\b{sought}\b", raw)

    best = TermBook([("team", sought), ("team", "never here at all")]).best(read(raw))

    assert (best and best.where) == (expected and expected.span())
