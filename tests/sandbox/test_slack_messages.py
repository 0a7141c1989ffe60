"""Posting, changing, deleting and reading messages, with Slack's own refusals."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Running

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}


def _error(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def _texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


def test_ts_are_unique_and_rise(sandbox: Running) -> None:
    slack = sandbox.slack()
    stamps = [slack.chat_postMessage(channel="C0CARE", text=str(n))["ts"] for n in range(3)]
    assert stamps == sorted(set(stamps))


def test_blocks_come_back_with_ids_and_defaults(sandbox: Running) -> None:
    message = sandbox.slack().chat_postMessage(channel="#care", text="t", blocks=[SECTION])["message"]
    block = message["blocks"][0]
    assert block["block_id"]
    assert block["text"] == {"type": "mrkdwn", "text": "hello", "verbatim": False}


def test_a_user_id_opens_the_direct_conversation(sandbox: Running) -> None:
    answer = sandbox.slack().chat_postMessage(channel="U0ANN", text="psst")
    assert answer["channel"] == sandbox.slack().conversations_open(users="U0ANN")["channel"]["id"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0CARE"}, "no_text"),
        ({"channel": "C0CARE", "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": "C0CARE", "text": "x", "blocks": "{not json"}, "invalid_blocks_format"),
        ({"channel": "C0CARE", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "C0CARE", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"channel": "C0CARE", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "C0CARE", "text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
        ({"channel": "C0CARE", "text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"channel": "U0GONE", "text": "x"}, "channel_not_found"),
    ],
)
def test_a_bad_post_is_refused_by_its_code(sandbox: Running, arguments: dict[str, Any], error: str) -> None:
    assert _error(sandbox.slack().chat_postMessage, **arguments) == error


def test_too_much_text_in_blocks_is_refused(sandbox: Running) -> None:
    long = {"type": "section", "text": {"type": "plain_text", "text": "a" * 3000}}
    assert (
        _error(sandbox.slack().chat_postMessage, channel="C0CARE", text="x", blocks=[long] * 5) == "msg_blocks_too_long"
    )


def test_invalid_blocks_come_with_pointers(sandbox: Running) -> None:
    with pytest.raises(SlackApiError) as refused:
        sandbox.slack().chat_postMessage(channel="C0CARE", text="x", blocks=[{"type": "section"}])
    assert "json-pointer:/blocks/0" in refused.value.response["response_metadata"]["messages"][0]


def test_a_channel_without_the_app_is_refused(sandbox: Running) -> None:
    sandbox.post("/control/slack/users", id=sandbox.world.app.bot_user, channels=["care"])
    assert _error(sandbox.slack().chat_postMessage, channel="billing", text="x") == "not_in_channel"
    assert _error(sandbox.slack().chat_postMessage, channel="press", text="x") == "channel_not_found"


def test_an_archived_channel_takes_neither_posts_nor_updates(sandbox: Running) -> None:
    ts = sandbox.slack().chat_postMessage(channel="C0CARE", text="before")["ts"]
    sandbox.post("/control/slack/archive", channel="care")
    assert _error(sandbox.slack().chat_postMessage, channel="C0CARE", text="x") == "is_archived"
    assert _error(sandbox.slack().chat_update, channel="C0CARE", ts=ts, text="x") == "is_inactive"


def test_long_text_is_cut_without_a_word(sandbox: Running) -> None:
    message = sandbox.slack().chat_postMessage(channel="C0CARE", text="a" * 50_000)["message"]
    assert len(message["text"]) == 40_000


def test_a_reply_to_a_reply_goes_to_the_parent(sandbox: Running) -> None:
    slack = sandbox.slack()
    root = slack.chat_postMessage(channel="C0CARE", text="root")["ts"]
    first = slack.chat_postMessage(channel="C0CARE", text="one", thread_ts=root)["ts"]

    second = slack.chat_postMessage(channel="C0CARE", text="two", thread_ts=first)["message"]

    assert second["thread_ts"] == root
    parent = slack.conversations_replies(channel="C0CARE", ts=root)["messages"][0]
    assert (parent["reply_count"], parent["latest_reply"]) == (2, second["ts"])
    assert _texts(slack.conversations_history(channel="C0CARE")["messages"]) == ["root"]


def test_a_broadcast_reply_stands_in_the_channel_too(sandbox: Running) -> None:
    slack = sandbox.slack()
    root = slack.chat_postMessage(channel="C0CARE", text="root")["ts"]
    slack.chat_postMessage(channel="C0CARE", text="loud", thread_ts=root, reply_broadcast=True)
    assert _texts(slack.conversations_history(channel="C0CARE")["messages"]) == ["loud", "root"]


def test_metadata_is_shown_only_on_demand(sandbox: Running) -> None:
    slack, metadata = sandbox.slack(), {"event_type": "card", "event_payload": {"id": 7}}
    slack.chat_postMessage(channel="C0CARE", text="x", metadata=metadata)
    assert "metadata" not in slack.conversations_history(channel="C0CARE")["messages"][0]
    shown = slack.conversations_history(channel="C0CARE", include_all_metadata=True)["messages"][0]
    assert shown["metadata"] == metadata


def test_history_pages_from_the_newest_on(sandbox: Running) -> None:
    slack = sandbox.slack()
    for n in range(3):
        slack.chat_postMessage(channel="C0CARE", text=str(n))
    first = slack.conversations_history(channel="C0CARE", limit=2)
    assert (_texts(first["messages"]), first["has_more"]) == (["2", "1"], True)

    cursor = first["response_metadata"]["next_cursor"]
    last = slack.conversations_history(channel="C0CARE", limit=2, cursor=cursor)
    assert (_texts(last["messages"]), last["has_more"]) == (["0"], False)
    assert _error(slack.conversations_history, channel="C0CARE", cursor="nonsense") == "invalid_cursor"


def test_history_keeps_to_its_ends(sandbox: Running) -> None:
    slack = sandbox.slack()
    stamps = [slack.chat_postMessage(channel="C0CARE", text=str(n))["ts"] for n in range(3)]
    between = {"channel": "C0CARE", "oldest": stamps[0], "latest": stamps[2]}
    assert _texts(slack.conversations_history(**between)["messages"]) == ["1"]
    assert _texts(slack.conversations_history(**between, inclusive=True)["messages"]) == ["2", "1", "0"]


def test_replies_page_from_the_oldest_on(sandbox: Running) -> None:
    slack = sandbox.slack()
    root = slack.chat_postMessage(channel="C0CARE", text="root")["ts"]
    for n in range(2):
        slack.chat_postMessage(channel="C0CARE", text=str(n), thread_ts=root)
    first = slack.conversations_replies(channel="C0CARE", ts=root, limit=1)
    assert _texts(first["messages"]) == ["root", "0"]
    rest = slack.conversations_replies(
        channel="C0CARE", ts=root, limit=1, cursor=first["response_metadata"]["next_cursor"]
    )
    assert (_texts(rest["messages"]), rest["has_more"]) == (["root", "1"], False)
    assert _error(slack.conversations_replies, channel="C0CARE", ts="1.000001") == "thread_not_found"


def test_ephemerals_go_to_people_in_the_channel_only(sandbox: Running) -> None:
    slack = sandbox.slack()
    assert slack.chat_postEphemeral(channel="C0CARE", user="U0ANN", text="for you")["message_ts"]
    assert _error(slack.chat_postEphemeral, channel="C0OPS", user="U0BEN", text="x") == "user_not_in_channel"
    assert slack.conversations_history(channel="C0CARE")["messages"] == []
    assert [m["ephemeral"] for m in sandbox.get("/control/slack/messages", channel="care", **{"as": "U0ANN"})] == [True]
    assert sandbox.get("/control/slack/messages", channel="care", **{"as": "U0BEN"}) == []


def test_a_permalink_opens_the_page_at_the_message(sandbox: Running) -> None:
    ts = sandbox.slack().chat_postMessage(channel="C0CARE", text="x")["ts"]
    link = sandbox.slack().chat_getPermalink(channel="C0CARE", message_ts=ts)["permalink"]
    assert link == f"{sandbox.url}/archives/C0CARE/p{ts.replace('.', '')}"
    assert ts in sandbox.http.get(link).headers["location"]


def test_an_ephemeral_nobody_can_see_is_still_ok(sandbox: Running) -> None:
    slack = sandbox.slack()
    root = slack.chat_postMessage(channel="C0CARE", text="root")["ts"]
    sandbox.post("/control/slack/users", id="U0BEN", presence="away")
    assert slack.chat_postEphemeral(channel="C0CARE", user="U0BEN", text="x")["ok"]
    assert slack.chat_postEphemeral(channel="C0CARE", user="U0ANN", text="x", thread_ts=root)["ok"]
    seen = [
        *sandbox.get("/control/slack/messages", channel="care", **{"as": "U0BEN"}),
        *sandbox.get("/control/slack/messages", channel="care", thread=root, **{"as": "U0ANN"}),
    ]
    assert [m["ephemeral"] for m in seen] == [False, False]
