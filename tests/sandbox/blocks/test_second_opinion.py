"""Slack's own Python models as a second opinion on what the judge takes."""

import logging

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.sandbox.blocks.accepted import ACCEPTED

BEHIND_THE_REFERENCE = {
    "data_table": "the models skip the block as unknown",
    "data_visualization": "the models skip the block as unknown",
    "rich_text with a bordered quote": "the models ignore `border` on a quote; the reference and @slack/types have it",
}


def objections_to(name: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the models say of a sound payload; they log what they skip, and raise on the rest."""
    surface, payload = ACCEPTED[name]
    with caplog.at_level(logging.DEBUG, logger="slack_sdk"):
        for block in Block.parse_all(payload if surface == "message" else payload["blocks"]):
            if block is not None:
                block.validate_json()
        if surface != "message":
            View(**payload).validate_json()
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("name", [name for name in ACCEPTED if name not in BEHIND_THE_REFERENCE])
def test_slacks_models_take_what_the_judge_takes(name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert objections_to(name, caplog) == []


@pytest.mark.parametrize("name", BEHIND_THE_REFERENCE)
def test_the_exceptions_are_still_unknown_to_slacks_models(name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert objections_to(name, caplog) != []
