"""Emergencies: every kind is known when told plainly, and sayings that only sound like one stay quiet."""

import pytest

from domain.emergencies import FLAG, KINDS, PAGE, emergency, found, known
from domain.reading import read

TOLD = {
    "self_harm": [
        "i cant do this anymore, thinking of ending it all @bank",
        "I'm standing on your bridge, going to jump",
    ],
    "violence": ["your bouncer punched my friend in the face", "the driver threatened to kill me @rideapp"],
    "injury": ["slipped on your wet floor and broke my hip", "your lift doors trapped my hand, I'm at A&E"],
    "fire": ["smoke coming from your charger", "strong smell of gas in your shop"],
    "food_safety": ["found glass in my baby's food", "whole family vomiting after eating your chicken"],
    "vulnerable": ["my 85 year old mum was left alone on the platform", "my oxygen delivery never arrived @pharmacy"],
    "legal": ["my solicitor will be in touch", "I'm reporting you to the ombudsman"],
    "fraud": ["someone used my card on your site", "fraudulent transactions on my account @bank"],
    "discrimination": ["refused service because I'm in a wheelchair", "your staff called me the n word"],
    "press": ["journalist with the Herald, who do I speak to?", "who handles media enquiries?"],
}
SAYINGS = [
    "this queue is killing me",
    "adding insult to injury @airline",
    "your burger is the bomb",
    "that party was fire",
    "heart attack prices @store",
    "held hostage by your hold music",
    "is there a fire drill today?",
    "bench press machine is free, finally",
    "my battery died after an hour",
    "daylight robbery, these fees",
    "broke my heart to see the cafe close",
    "dying for the new flavour",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in TOLD.items() for text in texts])
def test_an_emergency_told_plainly_is_known_with_its_kind(kind: str, text: str) -> None:
    found = emergency(read(text))

    assert found is not None
    assert found.kind == kind
    assert found.level == KINDS[kind][0]


@pytest.mark.parametrize("text", SAYINGS)
def test_a_saying_raises_no_alarm(text: str) -> None:
    assert emergency(read(text)) is None


def test_who_is_in_danger_is_paged_and_who_threatens_with_law_is_flagged() -> None:
    assert {KINDS[kind][0] for kind in ("self_harm", "violence", "injury", "fire", "food_safety", "vulnerable")} == {
        PAGE
    }
    assert {KINDS[kind][0] for kind in ("legal", "fraud", "discrimination", "press")} == {FLAG}


def test_the_words_that_gave_it_away_are_named() -> None:
    found = emergency(read("There's a gas leak outside your store"))

    assert found is not None
    assert "“gas leak”" in found.why


def test_capitals_and_hidden_letters_do_not_hide_an_emergency() -> None:
    assert emergency(read("GAS L\u200bEAK IN YOUR SHOP")) is not None


@pytest.mark.parametrize(
    "text", ["the chair upstairs drips", "door won't open", "my order is late", "tap drips all night"]
)
def test_a_few_words_without_any_word_of_an_emergency_wake_nobody(text: str) -> None:
    reading = read(text)

    assert emergency(reading) is None
    assert known(reading, found(reading)) < known(read(f"{text} {text} {text}"), ())
