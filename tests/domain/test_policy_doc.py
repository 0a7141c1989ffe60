"""The examples in docs/policy.md are policies, each by itself."""

import re
from pathlib import Path

import pytest

from domain.policy import parse_part

DOC = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", DOC, re.DOTALL | re.MULTILINE)


def test_the_document_has_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_has_no_fault(example: str) -> None:
    parse_part(example)
