"""Scenes of emergencies: words of certain sorts near one another, as in "(hurt) … (part of the body)"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from domain.reading import fold, tokens

SCENES_FILE = Path(__file__).parent / "weights" / "scenes.txt"
SAYING = "saying"
"""The sort of words that say nothing of what happened; whatever they cover is not looked at."""


class Place(NamedTuple):
    """Where words of a sort stand in a post."""

    first: int
    after: int


class Scene(NamedTuple):
    """Sorts of words, one after the other (or in any order), with at most `gap` words between two of them."""

    name: str
    kind: str
    odds: float
    gap: int
    ordered: bool
    sorts: tuple[str, ...]


class Seen(NamedTuple):
    """A scene in a post, from its first word to its last."""

    scene: Scene
    first: int
    after: int


Places = Mapping[str, Sequence[Place]]


@dataclass(frozen=True)
class SceneBook:
    """Which phrases are of which sorts, by their first word, and the scenes to look for."""

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
    scenes: tuple[Scene, ...]

    def seen(self, words: Sequence[str]) -> list[Seen]:
        """Every scene of a post, each once, where it first shows."""
        places = self._places(words)
        if len(places) < 2:
            return []
        found = (_first_seen(scene, places) for scene in self.scenes if scene.sorts[0] in places)
        return [one for one in found if one is not None]

    def _places(self, words: Sequence[str]) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = defaultdict(list)
        hidden: set[int] = set()
        for sort, place in self._told(words):
            if sort == SAYING:
                hidden.update(range(place.first, place.after))
            else:
                places[sort].append(place)
        if not hidden:
            return places
        kept = {sort: [one for one in some if one.first not in hidden] for sort, some in places.items()}
        return {sort: some for sort, some in kept.items() if some}

    def _told(self, words: Sequence[str]) -> Iterator[tuple[str, Place]]:
        for at, word in enumerate(words):
            for phrase, sorts in self.phrases.get(word, ()):
                place = Place(at, at + len(phrase))
                if len(phrase) == 1 or tuple(words[at : place.after]) == phrase:
                    yield from ((sort, place) for sort in sorts)


def _first_seen(scene: Scene, places: Places) -> Seen | None:
    if any(sort not in places for sort in scene.sorts):
        return None
    for start in places[scene.sorts[0]]:
        end = _followed(scene, places, start, scene.sorts[1:])
        if end is not None:
            return Seen(scene, min(start.first, end.first), max(start.after, end.after))
    return None


def _followed(scene: Scene, places: Places, before: Place, sorts: Sequence[str]) -> Place | None:
    """The last place of a chain from `before` through `sorts`; None when it breaks."""
    if not sorts:
        return before
    for place in places[sorts[0]]:
        if _near(scene, before, place):
            last = _followed(scene, places, place, sorts[1:])
            if last is not None:
                return last
    return None


def _near(scene: Scene, before: Place, place: Place) -> bool:
    if 0 <= place.first - before.after <= scene.gap:
        return True
    return not scene.ordered and 0 <= before.first - place.after <= scene.gap


@lru_cache(maxsize=1)
def scene_book() -> SceneBook:
    """The scenes that come with the project."""
    return opened(SCENES_FILE.read_text(encoding="utf-8").splitlines())


def opened(lines: Iterable[str]) -> SceneBook:
    """A book of lines: "= sort" opens a sort, phrases with commas follow; "> kind | odds | gap | a + b" is a scene.

    "a + b" stands in this order, "a & b" in any; ";" opens a remark.
    """
    sorts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    scenes: list[Scene] = []
    sort = ""
    for line in lines:
        if line.startswith("= "):
            sort = line[2:].strip()
        elif line.startswith("> "):
            scenes.append(_scene(line[2:]))
        elif not line.startswith(";"):
            _take(sorts, line, sort)
    return SceneBook(_by_first_word(sorts), tuple(scenes))


def _take(sorts: dict[tuple[str, ...], list[str]], line: str, sort: str) -> None:
    for words in filter(None, (tokens(fold(phrase)) for phrase in line.split(","))):
        if sort not in sorts[words]:
            sorts[words].append(sort)


def _by_first_word(
    sorts: Mapping[tuple[str, ...], Sequence[str]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for words, named in sorts.items():
        phrases[words[0]].append((words, tuple(named)))
    return dict(phrases)


def _scene(line: str) -> Scene:
    kind, odds, gap, told = (part.strip() for part in line.split("|"))
    ordered = "&" not in told
    sorts = tuple(sort.strip() for sort in told.replace("&", "+").split("+"))
    return Scene(told, kind, float(odds), int(gap), ordered, sorts)
