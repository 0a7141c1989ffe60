"""`python -m bot rules match`: one line in, one line out, whatever the line is."""

import json
import subprocess
import sys

import pytest

from bot.rules import answers


def answer(line: str | bytes) -> dict[str, object]:
    (told,) = answers([line if isinstance(line, bytes) else line.encode()])
    found: dict[str, object] = json.loads(told)
    return found


def case(query: object, text: object) -> str:
    return json.dumps({"query": query, "text": text})


def test_a_match_says_where_in_the_raw_text() -> None:
    assert answer(case("dirty rooms", "👍🏽 &amp; dir\u200bty rooms")) == {"match": True, "where": [[9, 15], [16, 21]]}


def test_without_a_match_there_is_no_place() -> None:
    assert answer(case("dirty", "lovely")) == {"match": False, "where": []}


def test_places_that_overlap_are_one() -> None:
    assert answer(case('"a b" OR "b c"', "a b c")) == {"match": True, "where": [[0, 5]]}


def test_a_query_without_anything_to_find_is_still_answered() -> None:
    assert answer(case("NOT dirty", "lovely")) == {"match": True, "where": []}


def test_a_faulty_query_gets_a_sentence_and_its_column() -> None:
    assert answer(case('dirty "rooms', "x")) == {
        "match": None,
        "error": "This quotation mark is never closed.",
        "column": 7,
    }


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "[1]",
        "{}",
        "null",
        case(1, "x"),
        case("x", None),
        '{"query": "x"}',
        "[" * 100_000,
        b"\xff\xfe{}",
    ],
)
def test_a_line_that_is_no_case_gets_the_same_shape(line: str | bytes) -> None:
    found = answer(line)

    assert found["match"] is None
    assert str(found["error"]).endswith(".")
    assert found["column"] == 1


def test_half_an_emoji_harms_nobody() -> None:
    assert answer('{"query": "a", "text": "\\ud83d a"}') == {"match": True, "where": [[2, 3]]}


def test_the_command_answers_in_order_and_loads_no_network() -> None:
    lines = [case("a", "a"), "nonsense", case("(", "a"), case("b", "a")]
    loaded = "import sys, bot.rules; print([m for m in ('slack_bolt', 'sqlalchemy', 'tweepy') if m in sys.modules])"

    told = subprocess.run(
        [sys.executable, "-m", "bot", "rules", "match"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert [json.loads(line)["match"] for line in told.stdout.splitlines()] == [True, None, None, False]
    assert heavy.stdout.strip() == "[]"


def test_a_truncated_line_is_told_of_in_a_whole_sentence() -> None:
    assert answer('{"query":"dirty')["error"] == "This line is not JSON: Unterminated string starting."
