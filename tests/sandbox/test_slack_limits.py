"""The rate limits of an internal app, in business time."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Running, Start


def _limited(call: Any, **arguments: Any) -> int:
    """The seconds that a 429 asks for."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    response = refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    return int(response.headers["retry-after"])


def _call_often(times: int, call: Any, **arguments: Any) -> None:
    for _ in range(times):
        assert call(**arguments)["ok"]


def test_a_channel_takes_a_burst_of_three_then_one_a_second(sandbox: Running) -> None:
    slack = sandbox.slack()
    _call_often(3, slack.chat_postMessage, channel="care", text="x")
    assert _limited(slack.chat_postMessage, channel="care", text="x") == 1
    _call_often(1, slack.chat_postMessage, channel="billing", text="another channel")

    sandbox.leap(1)

    _call_often(1, slack.chat_postMessage, channel="care", text="x")


def test_the_workspace_takes_three_hundred_messages_a_minute(start_sandbox: Start) -> None:
    running = start_sandbox(rates=0.1)
    slack, channels = running.slack(), [channel.id for channel in running.world.channels]
    people = [person.id for person in running.world.users if person.kind == "staff"]
    places = [*channels, *people, *channels, *people, *channels][:31]
    for place in dict.fromkeys(places):
        slack.chat_postMessage(channel=place, text="x")
    running.leap(10)
    # 19 went out, 5 flowed back: 16 are left of a tenth of 300.
    for place in places[:16]:
        slack.chat_postMessage(channel=place, text="x")
    assert _limited(slack.chat_postMessage, channel=places[16], text="x") >= 1


def test_updates_share_fifty_a_minute_whatever_their_channel(sandbox: Running) -> None:
    slack = sandbox.slack()
    cards = [(c, slack.chat_postMessage(channel=c, text="x")["ts"]) for c in ("C0CARE", "C0BILLING")]
    for n in range(50):
        channel, ts = cards[n % 2]
        assert slack.chat_update(channel=channel, ts=ts, text=str(n))["ok"]
    assert 1 <= _limited(slack.chat_update, channel=cards[0][0], ts=cards[0][1], text="x") <= 2


def test_history_is_tier_three(sandbox: Running) -> None:
    _call_often(50, sandbox.slack().conversations_history, channel="C0CARE")
    assert _limited(sandbox.slack().conversations_history, channel="C0CARE") >= 1


def test_sockets_are_tier_one_with_a_burst_of_five(sandbox: Running) -> None:
    opening = {"app_token": sandbox.app_token}
    _call_often(5, sandbox.slack().apps_connections_open, **opening)
    assert 59 <= _limited(sandbox.slack().apps_connections_open, **opening) <= 60
    sandbox.leap(61)
    _call_often(1, sandbox.slack().apps_connections_open, **opening)


def test_waiting_as_told_is_enough(sandbox: Running) -> None:
    slack = sandbox.slack()
    _call_often(3, slack.chat_postMessage, channel="care", text="x")
    for _ in range(5):
        sandbox.leap(_limited(slack.chat_postMessage, channel="care", text="x"))
        _call_often(1, slack.chat_postMessage, channel="care", text="x")


def test_rates_scale_the_limits(start_sandbox: Start) -> None:
    slack = start_sandbox(rates=10).slack()
    _call_often(30, slack.chat_postMessage, channel="care", text="x")
    assert _limited(slack.chat_postMessage, channel="care", text="x") == 1


def test_a_limited_post_leaves_no_message(sandbox: Running) -> None:
    slack = sandbox.slack()
    _call_often(3, slack.chat_postMessage, channel="care", text="x")
    _limited(slack.chat_postMessage, channel="care", text="x")
    assert len(slack.conversations_history(channel="C0CARE")["messages"]) == 3
