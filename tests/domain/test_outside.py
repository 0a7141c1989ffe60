"""Text from outside: properties that hold whatever customers write."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from domain.outside import Outside, fold, storable, visible
from domain.x import PARSE_AT_MOST, same_words, weighted_length

NASTY = "\u200b\u200d\u202e\u2066\u00ad\ufeff\x00\x07\r\n\t e\u0301\u00e9\u0130\u0131\u00df\ufb01"
NASTY += "\U0001f468\U000e0041\ud800<>&*@!#"
texts = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)), max_size=80)
words = st.text(st.sampled_from("abcXYZé ß0.,!?—’"), min_size=1, max_size=60).filter(lambda text: text.strip() != "")


@given(texts)
@example("\r\n\r\n\r\n\r\na")
@example("a\n\u200b\n\u200b\nb")
def test_visible_twice_is_visible_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(texts)
def test_nothing_visible_hides_or_reorders(text: str) -> None:
    hidden = {"\u202e", "\u202d", "\u2066", "\u200b", "\ufeff", "\u00ad", "\x00", "\x07"}

    assert hidden.isdisjoint(visible(text))
    assert not any(unicodedata.category(letter) == "Cs" for letter in visible(text))


@given(texts)
@example("\u0130")
@example("\u0345\u0345")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_case_and_accents_do_not_matter_to_fold(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(texts)
def test_what_is_stored_can_be_encoded(text: str) -> None:
    assert "\x00" not in storable(text)
    assert storable(text).encode("utf-8").decode("utf-8") == storable(text)


def test_outside_text_does_not_slip_into_a_string() -> None:
    refused = 0
    for slip in (str, "{}".format):
        try:
            slip(Outside("<!channel>"))
        except TypeError:
            refused += 1

    assert refused == 2


@given(texts)
@example("0\ud800")
def test_a_text_never_weighs_less_than_half_its_letters_and_is_counted_quickly(text: str) -> None:
    length = weighted_length(text)

    assert length.fits == (0 < length.used <= length.limit)


@given(st.integers(PARSE_AT_MOST + 1, 30_000))
def test_what_is_far_too_long_never_reaches_the_parser(count: int) -> None:
    assert not weighted_length("a." * count).fits


@given(words)
def test_what_we_sent_is_recognised_as_x_shows_it(text: str) -> None:
    shown = f"@harriet_runs @TidewellGyms  {unicodedata.normalize('NFD', text)} "

    assert same_words(text, shown)


@given(words, words)
def test_other_words_are_other_words(ours: str, theirs: str) -> None:
    assert same_words(ours, theirs) == (ours.split() == theirs.split())


def test_links_are_compared_as_x_rewrites_them() -> None:
    assert same_words("See https://tidewell.example/refunds today", "@a_b See https://t.co/Xy12 today")
    assert not same_words("See https://tidewell.example/refunds today", "See https://t.co/Xy12 tomorrow")
