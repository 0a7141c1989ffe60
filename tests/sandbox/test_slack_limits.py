"""The rate limits of an internal app, in business time."""

import math
import time
from itertools import count, cycle
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


def _burst(call: Any, pace: float, **arguments: Any) -> tuple[int, int]:
    """How many calls went through before the first 429, less what flowed in meanwhile, and the seconds it asked for."""
    began, answers = time.monotonic(), count()
    with pytest.raises(SlackApiError) as refused:
        all(call(**arguments) is not None for _ in answers)
    passed, response = next(answers) - 1, refused.value.response
    assert (response.status_code, response["error"]) == (429, "ratelimited")
    return passed - math.floor((time.monotonic() - began) * pace), int(response.headers["retry-after"])


def test_a_channel_takes_a_burst_of_three_then_one_a_second(sandbox: Running) -> None:
    slack = sandbox.slack()
    burst, wait = _burst(slack.chat_postMessage, 1, channel="care", text="x")
    assert (2 <= burst <= 3, wait) == (True, 1)
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
    turns = cycle(cards)

    def update_next() -> bool:
        channel, ts = next(turns)
        return bool(slack.chat_update(channel=channel, ts=ts, text="x")["ok"])

    burst, wait = _burst(update_next, 50 / 60)
    assert (49 <= burst <= 50, 1 <= wait <= 2) == (True, True)


def test_history_is_tier_three(sandbox: Running) -> None:
    burst, wait = _burst(sandbox.slack().conversations_history, 50 / 60, channel="C0CARE")
    assert (49 <= burst <= 50, 1 <= wait <= 2) == (True, True)


def test_sockets_are_tier_one_with_a_burst_of_five(sandbox: Running) -> None:
    opening = {"app_token": sandbox.app_token}
    _call_often(5, sandbox.slack().apps_connections_open, **opening)
    assert 59 <= _limited(sandbox.slack().apps_connections_open, **opening) <= 60
    sandbox.leap(61)
    _call_often(1, sandbox.slack().apps_connections_open, **opening)


def test_waiting_as_told_is_enough(sandbox: Running) -> None:
    slack = sandbox.slack()
    for _ in range(5):
        sandbox.leap(_burst(slack.chat_postMessage, 1, channel="care", text="x")[1])
        _call_often(1, slack.chat_postMessage, channel="care", text="x")


def test_rates_scale_the_limits(start_sandbox: Start) -> None:
    slack = start_sandbox(rates=10).slack()
    burst, wait = _burst(slack.chat_postMessage, 10, channel="care", text="x")
    assert (29 <= burst <= 30, wait) == (True, 1)


def test_a_limited_post_leaves_no_message(sandbox: Running) -> None:
    slack = sandbox.slack()
    sent = 0
    while sent < 40:
        try:
            slack.chat_postMessage(channel="care", text="x")
        except SlackApiError:
            break
        sent += 1
    assert len(slack.conversations_history(channel="C0CARE")["messages"]) == sent
