"""Learning: the same posts give the same bytes, and what is packed can be read again."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.features import SIZE, spots
from domain.learning import Effort, Example, learn, platt, sigmoid
from domain.reading import read
from domain.shipped import Table, Weights, packed, rounded, shipped, unpacked

POSTS = [
    ("the app crashed again", 1.0),
    ("what time do you open", 0.0),
    ("my order never came", 1.0),
    ("lovely day", 0.0),
]


def _learnt() -> list[float]:
    return learn([Example(spots(read(text).words), 0.0, label) for text, label in POSTS], SIZE, Effort(rounds=4))


def test_the_same_posts_give_the_same_bytes() -> None:
    one, two = (packed(Weights("r", {"mix": 1.0}, {"t": rounded(_learnt())})) for _ in range(2))

    assert one == two


def test_what_was_learnt_is_told_apart() -> None:
    table = rounded(_learnt())

    complaint, other = (table.total(spots(read(text).words)) for text in ("it crashed again", "what time is it"))

    assert complaint > 0 > other


def test_what_is_packed_can_be_read_again() -> None:
    weights = Weights("r", {"mix": 0.5}, {"b": Table(0.25, [1, -127, 127]), "a": Table(1.0, [0])})

    again = unpacked(packed(weights))

    assert again.figures == weights.figures
    assert [(name, table.scale, list(table.cells)) for name, table in again.tables.items()] == [
        ("a", 1.0, [0]),
        ("b", 0.25, [1, -127, 127]),
    ]


@pytest.mark.parametrize("content", [b"", b"something else", packed(Weights("r", {}, {"t": Table(1.0, [1, 2])}))[:-1]])
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="weights"):
        unpacked(content)


def test_the_shipped_file_is_small() -> None:
    assert sum(len(table.cells) for table in shipped().tables.values()) < 2_000_000


@given(st.floats(allow_nan=False))
def test_a_probability_is_between_nothing_and_one(odds: float) -> None:
    assert 0.0 <= sigmoid(odds) <= 1.0


def test_platt_finds_the_shares_that_are_there() -> None:
    odds = [0.0] * 100 + [2.0] * 100
    labels = [1.0] * 20 + [0.0] * 80 + [1.0] * 70 + [0.0] * 30

    slope, shift = platt(odds, labels)

    assert math.isclose(sigmoid(shift), 0.2, abs_tol=1e-3)
    assert math.isclose(sigmoid(2 * slope + shift), 0.7, abs_tol=1e-3)


def test_platt_finds_its_way_where_whole_steps_would_run_off() -> None:
    odds = [12.0, 11.0, 10.0, 9.0, 8.0, -7.0, 9.5, 10.5] * 20
    labels = [1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0] * 20

    slope, shift = platt(odds, labels)

    assert 0.0 < slope < 50.0
    assert sum(sigmoid(slope * one + shift) for one in odds) == pytest.approx(sum(labels), abs=0.5)
