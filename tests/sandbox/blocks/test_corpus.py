"""The judge against its corpus: every fault found where it is and nowhere else, nothing sound refused."""

import json
from itertools import chain

import pytest

from sandbox.blocks import faults_of, messages_of
from sandbox.blocks.elements import ELEMENTS
from sandbox.blocks.kinds import BLOCKS
from tests.sandbox.blocks.accepted import ACCEPTED
from tests.sandbox.blocks.edges import EDGES, Edge
from tests.sandbox.blocks.pieces import Json, Refused, section
from tests.sandbox.blocks.refused_blocks import REFUSED_BLOCKS
from tests.sandbox.blocks.refused_elements import REFUSED_ELEMENTS
from tests.sandbox.blocks.refused_wholes import REFUSED_WHOLES

REFUSED = [*REFUSED_BLOCKS, *REFUSED_ELEMENTS, *REFUSED_WHOLES]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_fault_is_found_at_its_pointer_and_only_there(case: Refused) -> None:
    found = faults_of(case.payload, case.surface)

    assert [(fault["pointer"], fault["code"]) for fault in found] == [(case.pointer, case.code)]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_sound_payload_raises_no_alarm(name: str) -> None:
    surface, payload = ACCEPTED[name]

    assert faults_of(payload, surface) == []


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.name)
def test_the_largest_size_fits_and_one_more_does_not(edge: Edge) -> None:
    if edge.most is None:
        assert faults_of(edge.make(5), edge.surface) == []
        return

    assert faults_of(edge.make(edge.most), edge.surface) == []
    assert places(edge, edge.most + 1) == [edge.pointer]


@pytest.mark.parametrize("edge", [edge for edge in EDGES if edge.least is not None], ids=lambda edge: edge.name)
def test_the_smallest_size_fits_and_one_less_does_not(edge: Edge) -> None:
    least = edge.least or 0

    assert faults_of(edge.make(least), edge.surface) == []
    assert places(edge, least - 1) == [edge.pointer]


def places(edge: Edge, size: int) -> list[str]:
    return [fault["pointer"] for fault in faults_of(edge.make(size), edge.surface)]


def test_the_corpus_is_as_large_as_promised_and_names_nothing_twice() -> None:
    names = [case.name for case in REFUSED]

    assert len(set(names)) == len(names) >= 60
    assert len(ACCEPTED) >= 20


def types_in(value: Json) -> set[str]:
    if isinstance(value, dict):
        own = {value["type"]} if isinstance(value.get("type"), str) else set()
        return own.union(*map(types_in, value.values()))
    return set().union(*map(types_in, value)) if isinstance(value, list) else set()


def test_every_block_and_every_element_is_among_the_sound_payloads() -> None:
    shown = set(chain.from_iterable(types_in(payload) for _, payload in ACCEPTED.values()))

    assert {*BLOCKS, *ELEMENTS} <= shown


def lead(payload: Json, pointer: str) -> Json:
    for key in pointer.split("/")[1:]:
        payload = payload[int(key) if isinstance(payload, list) else key.replace("~1", "/").replace("~0", "~")]
    return payload


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_pointer_leads_into_the_payload(case: Refused) -> None:
    [fault] = faults_of(case.payload, case.surface)

    place = lead(case.payload, fault["pointer"])

    assert fault["code"] != "missing_field" or fault["field"] not in place


def test_a_fault_has_the_shape_of_blocks_validate() -> None:
    # the answer documented at docs.slack.dev/reference/methods/blocks.validate
    [fault] = faults_of([section(text={"type": "invalid", "text": "hello"})], "message")

    assert fault["pointer"] == "/0/text/type"
    assert fault["code"] == "failed_constraint"
    assert fault["message"] == "unsupported type: invalid"
    assert fault["constraint"] == {"type": "enum", "expected": ["plain_text", "mrkdwn"], "got": "invalid"}


def test_all_faults_of_a_payload_are_named_at_once() -> None:
    blocks = [section(text={"type": "mrkdwn", "text": ""}, colour="red"), {"type": "hologram"}]

    assert [fault["pointer"] for fault in faults_of(blocks, "message")] == ["/0/text/text", "/0/colour", "/1/type"]


def test_messages_read_as_slack_writes_them() -> None:
    in_message = faults_of([section(text={"type": "mrkdwn", "text": "x" * 3001})], "message")
    in_modal = faults_of({"type": "modal", "blocks": [section(nope=1)]}, "modal")

    assert messages_of(in_message) == ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"]
    assert messages_of(in_modal, "modal") == [
        "[ERROR] missing required field: title [json-pointer:/view]",
        "[ERROR] invalid additional property: nope [json-pointer:/view/blocks/0/nope]",
    ]


@pytest.mark.parametrize("payload", [None, 7, "blocks", True, [None], [[]], [{}], {}, [{"type": None}]])
def test_rubbish_is_refused_without_an_error(payload: Json) -> None:
    assert faults_of(payload, "message")
    assert faults_of(payload, "modal")
    json.dumps(faults_of(payload, "home"))
