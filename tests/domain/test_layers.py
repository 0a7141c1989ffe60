"""A workspace's layer: it moves cues as well as words, keeps the base rate, and is refused where it would do harm."""

from domain.champion import does_no_harm
from domain.complaint import Layer, score
from domain.cues import found
from domain.layers import Labelled, labelled, layer_of
from domain.reading import read

NEUTRAL = "when do you open the {} on {}"
THINGS = ("pool", "gym", "desk", "bar", "hall", "yard", "shop", "roof", "court", "track")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _posts(text: str, label: float) -> list[Labelled]:
    return [labelled(text.format(thing, day), label) for thing in THINGS for day in DAYS]


def test_a_layer_moves_the_cues_themselves() -> None:
    reading = read("nobody answers about the pool on monday")
    weaker = Layer(cues={word.group: -2.0 for word in found(reading.words)})

    assert score(reading, layer=weaker).probability < score(reading).probability - 0.1


def test_a_cue_that_always_misleads_here_is_learnt_to_count_less() -> None:
    mad = _posts("mad about the {} on {}", 0.0) + _posts("nobody answers about the {} on {}", 1.0)

    learnt = layer_of(mad).cues

    assert learnt["reproach"] < 0.0 < learnt["nobody answers"]


def test_that_only_complaints_are_corrected_says_nothing_of_how_often_customers_complain() -> None:
    few = _posts(NEUTRAL, 0.0)[:8]
    taught = layer_of(_posts("the grobble in the {} hums on {}", 1.0) + few)
    other = read("is there parking near the station")

    assert abs(score(other, layer=taught).probability - score(other).probability) < 0.1


def test_a_layer_that_loses_on_posts_it_did_not_see_does_harm() -> None:
    # Each word is judged once so and once so, one post after the other: what one part teaches is wrong of the next.
    words = [f"{one}o{two}u{one}" for one in "bdfgklmnprst" for two in "prstvbdz"]
    torn = [labelled(word, float(label)) for word in words for label in (0, 1)]
    honest = _posts(NEUTRAL, 0.0) + _posts("the grobble in the {} hums on {}", 1.0)

    assert not does_no_harm(torn)[0]
    assert does_no_harm(honest)[0]
