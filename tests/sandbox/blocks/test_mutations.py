"""Sound payloads, spoilt at random: the judge names the spoilt place."""

import copy
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.blocks import faults_of
from tests.sandbox.blocks.accepted import ACCEPTED
from tests.sandbox.blocks.pieces import Json

Path = tuple[str | int, ...]

REQUIRED = {
    "plain_text": ["text"],
    "mrkdwn": ["text"],
    "raw_text": ["text"],
    "raw_number": ["value"],
    "actions": ["elements"],
    "alert": ["text"],
    "button": ["text"],
    "call": ["call_id"],
    "carousel": ["elements"],
    "checkboxes": ["options"],
    "channel": ["channel_id"],
    "color": ["value"],
    "container": ["child_blocks"],
    "context": ["elements"],
    "context_actions": ["elements"],
    "data_table": ["rows", "caption"],
    "data_visualization": ["title", "chart"],
    "date": ["timestamp", "format"],
    "emoji": ["name"],
    "feedback_buttons": ["positive_button", "negative_button"],
    "file": ["external_id", "source"],
    "header": ["text"],
    "icon_button": ["icon", "text"],
    "image": ["alt_text"],
    "input": ["label", "element"],
    "link": ["url"],
    "markdown": ["text"],
    "modal": ["title", "blocks"],
    "home": ["blocks"],
    "number_input": ["is_decimal_allowed"],
    "overflow": ["options"],
    "pie": ["segments"],
    "bar": ["series", "axis_config"],
    "plan": ["title"],
    "radio_buttons": ["options"],
    "rich_text": ["elements"],
    "rich_text_list": ["style", "elements"],
    "rich_text_section": ["elements"],
    "table": ["rows"],
    "task_card": ["task_id", "title", "status"],
    "text": ["text"],
    "user": ["user_id"],
    "video": ["alt_text", "title", "thumbnail_url", "video_url"],
    "workflow_button": ["text", "workflow"],
}


def objects_in(value: Json, path: Path = ()) -> Iterator[tuple[Path, dict[str, Json]]]:
    if isinstance(value, dict):
        yield path, value
    entries = value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else [])
    for key, item in entries:
        yield from objects_in(item, (*path, key))


def pointer_of(path: Path) -> str:
    return "".join(f"/{key}" for key in path)


def reach(payload: Json, path: Path) -> Json:
    for key in path:
        payload = payload[key]
    return payload


OBJECTS = [(name, path) for name, (_, payload) in ACCEPTED.items() for path, _ in objects_in(payload)]
FIELDS = [(name, (*path, key)) for name, path in OBJECTS for key in reach(ACCEPTED[name][1], path)]
NEEDED = [
    (name, (*path, key))
    for name, path in OBJECTS
    for key in ["type", *REQUIRED.get(str(reach(ACCEPTED[name][1], path).get("type")), [])]
    if key in reach(ACCEPTED[name][1], path)
]
TEXTS = [
    (name, (*path, "text"))
    for name, path in OBJECTS
    if reach(ACCEPTED[name][1], path).get("type") in {"plain_text", "mrkdwn", "markdown"}
]


def spoilt(name: str, path: Path) -> tuple[Json, Json]:
    """A copy of a sound payload, and the object in it that holds the last step of the path."""
    payload = copy.deepcopy(ACCEPTED[name][1])
    return payload, reach(payload, path[:-1])


def found_in(name: str, payload: Json) -> set[tuple[str, str]]:
    return {(fault["pointer"], fault["code"]) for fault in faults_of(payload, ACCEPTED[name][0])}


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(OBJECTS), key=st.text("abc_", min_size=1).map("zz_{}".format), value=st.none() | st.text())
def test_an_unknown_field_is_refused_wherever_it_stands(place: tuple[str, Path], key: str, value: Json) -> None:
    name, path = place
    payload, holder = spoilt(name, (*path, key))

    holder[key] = value

    assert (pointer_of((*path, key)), "unknown_field") in found_in(name, payload)


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(NEEDED))
def test_a_required_field_is_missed_wherever_it_is_dropped(place: tuple[str, Path]) -> None:
    name, path = place
    payload, holder = spoilt(name, path)

    del holder[path[-1]]

    assert (pointer_of(path[:-1]), "missing_field") in found_in(name, payload)


@settings(max_examples=200, deadline=None)
@given(place=st.sampled_from(TEXTS), more=st.integers(0, 3), letter=st.sampled_from("xé漢\u200f😀"))
def test_a_text_that_is_too_long_is_refused_wherever_it_stands(place: tuple[str, Path], more: int, letter: str) -> None:
    name, path = place
    payload, holder = spoilt(name, path)

    holder["text"] = letter * (12_001 + more)

    assert (pointer_of(path), "failed_constraint") in found_in(name, payload)


@settings(max_examples=400, deadline=None)
@given(place=st.sampled_from(FIELDS), rubbish=st.sampled_from([None, 2.5, ["\x00"], {"": {}}]))
def test_a_value_of_the_wrong_type_is_refused_wherever_it_stands(place: tuple[str, Path], rubbish: Json) -> None:
    name, path = place
    payload, holder = spoilt(name, path)
    takes_it = type(holder[path[-1]]) in {type(rubbish), int if isinstance(rubbish, float) else None}

    holder[path[-1]] = rubbish

    assert takes_it or (pointer_of(path), "invalid_type") in found_in(name, payload)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(sorted(REQUIRED)),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["type", "text", "elements", "blocks", "title"]), inner)
    ),
)


@settings(max_examples=200, deadline=None)
@given(payload=json_values)
def test_no_json_makes_the_judge_stumble(payload: Json) -> None:
    for surface in ("message", "modal", "home"):
        assert payload == [] or faults_of(payload, surface)  # a random payload is never sound
