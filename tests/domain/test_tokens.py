"""Reading a text: the ways to write one word come down to one, and every place is one of the raw text."""

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.chunks import LONGEST_REMEMBERED, chunk, places, remembered
from domain.inflection import stem
from domain.tokens import LONGEST_READ, read

NASTY = st.text(
    st.sampled_from(
        "dirty rooms'’-&#;@.é\u0301\u200b\u200d\ufe0f👍🏽🔥🇬ßﬁｄаα汚がか\u3099ต์한\u1112\ud83d\n\u00a0\u00ad"
    ),
    max_size=40,
)
WOVEN = st.lists(
    NASTY
    | st.sampled_from(
        ["&amp;", "&nbsp;", "&#x20;", "l’ascenseur", "e-mail", "www.a.b/c", "(#fail)", "@gym.", "\x1c", " "]
    ),
    max_size=8,
).map("".join)


def words(text: str) -> list[str]:
    return list(read(text).words)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DIRTY", "dirty"),
        ("dir\u200bty", "dirty"),
        ("d\u00adirty", "dirty"),
        ("dir&#8203;ty", "dirty"),
        ("ｄｉｒｔｙ", "dirty"),
        ("𝐝𝐢𝐫𝐭𝐲", "dirty"),
        ("dіrtу", "dirty"),
        ("ραid", "paid"),
        ("cafe\u0301", "café"),
        ("caf&eacute;", "cafe"),
        ("STRASSE", "Straße"),
        ("ﬁre", "fire"),
        ("smorrebrod", "smørrebrød"),
        ("don’t", "dont"),
        ("don&amp;#39;t", "don't"),
        ("👍🏽", "👍"),
        ("🤦🏽‍♀️", "🤦"),
        ("❤️", "❤"),
        ("ﾄｲﾚ", "トイレ"),
        ("か\u3099", "が"),
        ("\u1112\u116a\u110c\u1161\u11bc", "화장"),
        ("кaпут", "капут"),
    ],
)
def test_one_word_written_in_two_ways_is_one_word(written: str, meant: str) -> None:
    assert words(written) == words(meant)


@pytest.mark.parametrize(("one", "other"), [("I'll", "ill"), ("she’ll", "shell"), ("かき", "がき"), ("we're", "were")])
def test_what_only_looks_alike_stays_two_words(one: str, other: str) -> None:
    assert read(one).keys != read(other).keys


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("changing-rooms,dirty/cold", ["changing", "rooms", "dirty", "cold"]),
        ("a\u00a0b\u3000c\nd\re", ["a", "b", "c", "d", "e"]),
        ("🔥🔥no", ["🔥", "🔥", "no"]),
        ("トイレ2階", ["ト", "イ", "レ", "2", "階"]),
        ("l’ascenseur", ["l", "ascenseur"]),
        ("see https://x.com/dirty/rooms or www.a.b/fire", ["see", "or"]),
        ("", []),
    ],
)
def test_a_text_falls_into_words_at_what_is_no_letter(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_places_are_those_of_the_raw_text() -> None:
    text = "x &amp; 👍🏽 dir\u200bty &eacute;t&eacute; #café"

    tokens = read(text)

    shown = [text[slice(*tokens.where(at, at + 1))] for at in range(len(tokens))]
    assert shown == ["x", "👍🏽", "dir\u200bty", "&eacute;t&eacute;", "café"]


@given(NASTY)
def test_every_token_has_a_place_after_the_one_before(text: str) -> None:
    tokens = read(text)

    places = [tokens.where(at, at + 1) for at in range(len(tokens))]

    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert all(start >= 0 and end <= len(text) for start, end in places)


@given(st.text(st.characters(categories=("L", "N")), max_size=12))
def test_an_entity_reads_as_its_character(text: str) -> None:
    assert words("".join(f"&#{ord(letter)};" for letter in text)) == words(text)
    assert html.unescape(html.escape(text)) == text


@given(WOVEN)
def test_a_text_read_chunk_by_chunk_is_the_text_read_whole(text: str) -> None:
    whole, tokens = chunk(text), read(text)

    assert (tokens.words, tokens.keys) == (whole.words, whole.keys)
    assert sorted(tokens.readings) == sorted(whole.readings)
    assert [tokens.where(at, at + 1) for at in range(len(tokens))] == places(text)


@given(WOVEN)
def test_what_was_read_before_is_read_the_same_again(text: str) -> None:
    remembered.cache_clear()

    first, again = read(text), read(text)

    assert (first.words, first.keys, first.readings) == (again.words, again.keys, again.readings)


def test_a_flood_of_long_and_of_many_words_is_not_remembered() -> None:
    remembered.cache_clear()

    read(" ".join("x" * (LONGEST_REMEMBERED + 1 + at) for at in range(50)))

    assert remembered.cache_info().currsize == 0
    assert remembered.cache_info().maxsize == 32_768


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    assert len(read("a " * 5_000_000)) == LONGEST_READ // 2


@pytest.mark.parametrize(
    "forms",
    [
        "room rooms", "refund refunds refunded refunding", "cancel cancelled canceled",
        "charge charged charging",
        "fire fired firing", "plan planned", "box boxes", "party parties", "movie movies", "dirty dirtier dirtiest",
        "injure injured", "injury injuries", "heat heated heating", "hate hated hating", "stop stopped",
        "queue queuing",
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    "strangers",
    ["car care", "plan plane", "hop hope", "news new", "rang range", "past paste", "hat hate", "emergency emerge",
     "universe university", "unit united", "happy app", "rude rudeness", "even evening", "injury injure"],
)  # fmt: skip
def test_words_that_are_strangers_share_none(strangers: str) -> None:
    assert len({stem(word) for word in strangers.split()}) == 2
