"""The complaint score: what it makes of plain cases, and that it explains itself and never gives up."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.complaint import Layer, explained, score
from domain.cues import QUIET, found
from domain.features import spots
from domain.reading import read

COMPLAINTS = [
    "@gym the changing rooms were dirty again, third time this month. refund?",
    "still waiting for my parcel, 3 weeks now and nobody answers the phone",
    "Thanks for nothing @rail, stood for two hours AGAIN",
    "app keeps crashing every time I log in. useless",
    "why was I charged twice and why does nobody reply",
]
OTHERS = [
    "do you ship to Canada?",
    "@gym thank you so much, best class I've ever been to!",
    "Just got my new phone, love it",
    "What time do you close on Saturday?",
    "RT to win a free hoodie! Link in bio",
]
NASTY = "\u200b\u202e\ud800\U0001f621é@#!?.' \n<>&"
texts = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)), max_size=120)


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_likelier_than_not(text: str) -> None:
    assert score(read(text)).probability > 0.6


@pytest.mark.parametrize("text", OTHERS)
def test_what_complains_of_nothing_is_unlikely(text: str) -> None:
    assert score(read(text)).probability < 0.4


@given(texts)
@example("")
@example("\ud800")
@example("&#xD800;&#99999999999;")
def test_any_text_has_a_probability(text: str) -> None:
    assert 0.0 <= score(read(text)).probability <= 1.0


def test_ten_megabytes_are_read_no_further_than_a_person_would() -> None:
    long = "the showers are dirty again. " * 350_000

    assert len(read(long).plain) <= 4_000
    assert len(read("a " * 2_000).words) <= 400
    assert score(read(long)).probability > 0.5


def test_hidden_letters_change_nothing() -> None:
    assert score(read("the showers are dir\u200bty ag\u00adain")) == score(read("the showers are dirty again"))


def test_a_kind_word_denied_is_not_kind() -> None:
    groups = [word.group for word in found(read("this was not a great experience").words)]

    assert "praise denied" in groups
    assert "kind words" not in groups


def test_the_words_that_weighed_most_are_named() -> None:
    reading = read("The showers were filthy again, I want a refund")

    shares = explained(reading, score(reading)).shares

    assert {"filthy", "again"} <= {share.words for share in shares}
    assert all(share.odds > 0 for share in shares)


def test_praise_is_explained_by_its_kind_words() -> None:
    reading = read("thank you so much, best class ever")

    shares = explained(reading, score(reading)).shares

    assert shares[0].odds < 0
    assert {"best", "thank you so much"} & {share.words for share in shares}


def test_a_layer_moves_what_it_learnt_and_nothing_else() -> None:
    reading, other = read("the wobblegong is grumpled"), read("opening times please")
    only_there = set(spots(reading.words)) - set(spots(other.words))
    layer = Layer(dict.fromkeys(only_there, 2.0))

    assert score(reading, layer=layer).probability > score(reading).probability
    assert score(other, layer=layer) == score(other)


def test_what_a_search_found_is_weighed_by_its_own_calibration() -> None:
    reading = read("the changing rooms were dirty")

    assert score(reading, addressed=False).probability < score(reading).probability - 0.05


def test_a_length_or_an_opening_name_is_no_reason_where_words_speak() -> None:
    long = read("@gym the ropes are frayed and so is the net by the wall, third visit in a row, nobody answers")
    bare = read("@gym " + "of the by an at " * 6)

    assert not QUIET & {share.cue for share in explained(long, score(long)).shares}
    assert explained(long, score(long)).shares
    assert {share.cue for share in explained(bare, replace(score(bare), probability=0.9)).shares} <= QUIET | {"learnt"}
