"""Scenes of emergencies: words of certain sorts near one another, in order or not."""

import pytest

from domain.reading import read
from domain.scenes import opened, scene_book

_BOOK = opened([
    "; a remark",
    "= hurts",
    "broke, cut open",
    "= body",
    "wrist, head",
    "= saying",
    "head office",
    "> injury | 2.5 | 2 | hurts + body",
    "> fire | 1 | 3 | body & hurts",
])  # fmt: skip


def _seen(text: str) -> list[tuple[str, int, int]]:
    return [(one.scene.kind, one.first, one.after) for one in _BOOK.seen(read(text).words)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("I broke my wrist", [("injury", 1, 4), ("fire", 1, 4)], id="in order and near"),
        pytest.param("wrist, she broke it", [("fire", 0, 4)], id="the other way round only where any order will do"),
        pytest.param("broke all of our favourite mugs, wrist aches", [], id="too far apart"),
        pytest.param("cut open a head", [("injury", 0, 4), ("fire", 0, 4)], id="a sort of two words"),
        pytest.param("broke by head office", [], id="a saying hides its words"),
        pytest.param("my wrist", [], id="half a scene is none"),
    ],
)
def test_a_scene_is_seen_when_its_words_stand_near_each_other(text: str, seen: list[tuple[str, int, int]]) -> None:
    assert _seen(text) == seen


def test_every_scene_that_ships_names_sorts_that_have_words() -> None:
    book = scene_book()
    sorts = {sort for some in book.phrases.values() for _, named in some for sort in named}

    wanting = {(scene.name, sort) for scene in book.scenes for sort in scene.sorts if sort not in sorts}

    assert wanting == set()


def test_no_two_scenes_that_ship_have_one_name() -> None:
    names = [scene.name for scene in scene_book().scenes]

    assert len(names) == len(set(names))
