"""Rules and terms against cases by somebody who had read the grammar and not the code."""

import json
from pathlib import Path

import pytest

from domain.query import Query
from domain.tokens import read

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "rules.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_a_query_matches_as_the_grammar_says(case: dict[str, object]) -> None:
    found = Query.of(str(case["query"])).match(read(str(case["text"])))

    assert (found is not None) is case["match"]
