"""When two posts say nearly the same, and when they only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.likeness import SHORT, alike, repeats, sketch

DIRTY = "The changing rooms at the Leith branch are filthy again, third time this month. Does anybody clean there?"
SAME = (
    f"RT @harriet_runs: {DIRTY}",
    f"rt @harriet_runs {DIRTY} https://t.co/ab12",
    f"@TidewellGyms {DIRTY.upper()}!!!",
    f"“{DIRTY}” via @harriet_runs 😡😡",
    DIRTY.replace(" again,", " AGAIN —"),
    DIRTY.replace("branch", "bránch"),
    DIRTY.replace("changing", "chang\u200bing").replace("filthy", "fil\u00adthy"),
    f"RT @harriet_runs: {DIRTY[:-12]}…",
    DIRTY.replace("third", "fourth"),
    f"{DIRTY} #disgrace",
    f"Same here. {DIRTY}",
)
OTHER = (
    "The changing rooms at the Hove branch were spotless today, thank you all so much for that. Well done everybody",
    "The swimming pool at the Leith branch is closed again, no notice, no refund. Does anybody answer the phone there?",
    "Dirty? The changing rooms at the Leith branch are lovely, warm and bright, and the staff could not be kinder",
    "Charged twice this month and nobody answers. I want my money back.",
    "",
    "😡😡😡",
    "@TidewellGyms https://t.co/ab12",
)
PINNED = ("93572c558fd07086", 1697297202, 30239972444)
"""Kept in rows, so a change of the recipe has to forget them."""
words = st.sampled_from(
    ["dirty", "again", "the", "pool", "closed", "refund", "Leith", "ⅷ", "ß", "ﬁlthy", "更衣室", "a"]
)
texts = st.one_of(
    st.lists(words, max_size=30).map(" ".join),
    st.text(max_size=200),
    st.sampled_from([DIRTY, *SAME, *OTHER, "…", "RT @x:", "@", "x…", "\ud800", "a b c\x00d"]),
)


@pytest.mark.parametrize("copy", SAME)
def test_what_copying_adds_and_small_changes_hide_nothing(copy: str) -> None:
    assert alike(sketch(DIRTY), sketch(copy))


@pytest.mark.parametrize("other", OTHER)
def test_another_matter_is_another_matter(other: str) -> None:
    assert not alike(sketch(DIRTY), sketch(other))


@pytest.mark.parametrize("empty", ["", "😡", "@TidewellGyms", "https://t.co/ab12", "… !!!", "RT @harriet_runs:"])
def test_a_post_without_words_is_like_nothing_at_all(empty: str) -> None:
    assert not alike(sketch(empty), sketch(empty))


@pytest.mark.parametrize(("one", "other"), [("still waiting here", "still waiting there"), ("so rude", "so dirty")])
def test_short_posts_are_the_same_only_word_by_word(one: str, other: str) -> None:
    assert not alike(sketch(one), sketch(other))
    assert alike(sketch(one), sketch(f"@TidewellGyms {one.upper()}!!"))


def test_a_brief_post_needs_more_in_common_than_a_long_one() -> None:
    assert not alike(sketch("the app is down again"), sketch("the app is down for me too"))
    assert not alike(sketch("the new app is down"), sketch("the new app is great"))


def test_a_half_word_before_an_ellipsis_doesnt_count_but_a_script_without_spaces_is_kept() -> None:
    assert sketch("RT @x: filthy changing rooms at Le…").key == sketch("filthy changing rooms at").key
    assert sketch("更衣室がとても汚い…").key == sketch("更衣室がとても汚い").key != ""


def test_a_sketch_is_the_same_on_every_machine_and_for_good() -> None:
    found = sketch("the changing rooms are dirty")

    assert (found.key, found.bands[0], found.bands[7]) == PINNED


def test_ten_megabytes_are_read_as_far_as_a_long_post_goes() -> None:
    assert sketch(f"{DIRTY} " * 100_000) == sketch(f"{DIRTY} " * 100)


def test_the_repeats_are_the_earlier_posts_that_the_last_one_says_again() -> None:
    variants = [f"{DIRTY} Number {number}" for number in range(20)]

    assert repeats(variants) == 19
    assert repeats([variants[0], "Hello? Is anybody there who can answer me?", None, variants[1]]) == 1
    assert repeats(["still nothing at all from you people"]) == repeats([]) == repeats([None]) == 0


@given(texts, texts)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(sketch(one), sketch(other)) == alike(sketch(other), sketch(one))


@given(texts)
def test_a_post_is_like_itself_exactly_when_it_has_words(text: str) -> None:
    found = sketch(text)

    assert alike(found, sketch(text)) == bool(found.words)


@given(texts)
def test_bands_fit_a_whole_number_column_and_only_longer_posts_have_them(text: str) -> None:
    found = sketch(text)

    assert len(found.bands) in (0, 8)
    assert all(0 <= band < 2**35 for band in found.bands)
    assert found.bands or len(found.words) < SHORT


@given(texts, texts)
def test_unlike_keys_need_words_in_common(one: str, other: str) -> None:
    first, second = sketch(one), sketch(other)

    if alike(first, second):
        assert len(first.words & second.words) >= 0.6 * len(first.words | second.words)
