"""What chat.update and chat.delete leave behind."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Running

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
METADATA = {"event_type": "card", "event_payload": {"id": 7}}


@pytest.fixture
def card(sandbox: Running) -> str:
    """The ts of a message with blocks and metadata."""
    slack = sandbox.slack()
    return str(slack.chat_postMessage(channel="C0CARE", text="old", blocks=[SECTION], metadata=METADATA)["ts"])


def _error(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def _now(sandbox: Running) -> dict[str, Any]:
    found: dict[str, Any] = sandbox.slack().conversations_history(channel="C0CARE", include_all_metadata=True)[
        "messages"
    ][0]
    return found


def test_text_alone_takes_the_blocks_away_and_marks_the_message_edited(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_update(channel="C0CARE", ts=card, text="new")
    message = _now(sandbox)
    assert (message["text"], "blocks" in message, "edited" in message) == ("new", False, True)


def test_blocks_and_text_replace_both_without_the_edited_mark(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_update(channel="C0CARE", ts=card, text="new", blocks=[{"type": "divider"}])
    message = _now(sandbox)
    assert ([block["type"] for block in message["blocks"]], "edited" in message) == (["divider"], False)


def test_metadata_stays_unless_it_is_named(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_update(channel="C0CARE", ts=card, text="new")
    assert _now(sandbox)["metadata"] == METADATA
    sandbox.slack().chat_update(channel="C0CARE", ts=card, text="new", metadata={})
    assert "metadata" not in _now(sandbox)


def test_metadata_alone_leaves_text_and_blocks(sandbox: Running, card: str) -> None:
    other = {"event_type": "card", "event_payload": {"id": 8}}
    sandbox.slack().chat_update(channel="C0CARE", ts=card, metadata=other)
    message = _now(sandbox)
    assert (message["text"], len(message["blocks"]), message["metadata"]) == ("old", 1, other)


def test_empty_blocks_clear_the_blocks(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_update(channel="C0CARE", ts=card, blocks=[])
    assert "blocks" not in _now(sandbox)


def test_a_message_keeps_its_thread_through_an_update(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_postMessage(channel="C0CARE", text="note", thread_ts=card)
    sandbox.slack().chat_update(channel="C0CARE", ts=card, text="new")
    assert _now(sandbox)["reply_count"] == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"ts": "1.000001", "text": "x"}, "message_not_found"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "care", "text": "x"}, "channel_not_found"),
        ({"text": "a" * 4001}, "msg_too_long"),
        ({}, "no_text"),
        ({"text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
    ],
)
def test_a_bad_update_is_refused_by_its_code(
    sandbox: Running, card: str, arguments: dict[str, Any], error: str
) -> None:
    assert _error(sandbox.slack().chat_update, **({"channel": "C0CARE", "ts": card} | arguments)) == error


def test_other_peoples_messages_are_left_alone(sandbox: Running) -> None:
    ts = sandbox.post("/control/slack/message", **{"as": "U0ANN"}, channel="care", text="mine")["ts"]
    assert _error(sandbox.slack().chat_update, channel="C0CARE", ts=ts, text="x") == "cant_update_message"
    assert _error(sandbox.slack().chat_delete, channel="C0CARE", ts=ts) == "cant_delete_message"


def test_a_deleted_message_is_gone(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_delete(channel="C0CARE", ts=card)
    assert sandbox.slack().conversations_history(channel="C0CARE")["messages"] == []
    assert _error(sandbox.slack().chat_update, channel="C0CARE", ts=card, text="x") == "message_not_found"


def test_a_deleted_parent_leaves_a_stone_and_its_thread(sandbox: Running, card: str) -> None:
    sandbox.slack().chat_postMessage(channel="C0CARE", text="note", thread_ts=card)
    sandbox.slack().chat_delete(channel="C0CARE", ts=card)
    parent, reply = sandbox.slack().conversations_replies(channel="C0CARE", ts=card)["messages"]
    assert (parent["subtype"], "blocks" in parent, reply["text"]) == ("tombstone", False, "note")


def test_a_deleted_reply_is_no_longer_counted(sandbox: Running, card: str) -> None:
    reply = sandbox.slack().chat_postMessage(channel="C0CARE", text="note", thread_ts=card)["ts"]
    sandbox.slack().chat_delete(channel="C0CARE", ts=reply)
    assert "reply_count" not in _now(sandbox)
