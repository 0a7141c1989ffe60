"""Ordered faults on the wire, before and after their effect."""

import time

import httpx2
import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Running


def _post(sandbox: Running) -> httpx2.Response:
    bearer = {"authorization": f"Bearer {sandbox.bot_token}"}
    return sandbox.http.post("/api/chat.postMessage", json={"channel": "care", "text": "x"}, headers=bearer)


def _posted(sandbox: Running) -> int:
    return len(sandbox.get("/control/slack/messages", channel="care", **{"as": "U0ANN"}))


def test_a_refusal_is_ordered_by_its_code(sandbox: Running) -> None:
    sandbox.order("chat.postMessage", "refuse:fatal_error")
    with pytest.raises(SlackApiError) as refused:
        sandbox.slack().chat_postMessage(channel="care", text="x")
    assert refused.value.response["error"] == "fatal_error"
    assert _posted(sandbox) == 0


def test_a_limit_is_ordered_with_its_seconds(sandbox: Running) -> None:
    sandbox.order("chat.postMessage", "429:17")
    answer = _post(sandbox)
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["error"]) == (429, "17", "ratelimited")
    assert _posted(sandbox) == 0


@pytest.mark.parametrize(
    ("outcome", "status", "messages"), [("5xx_before", 503, 0), ("5xx_after", 503, 1), ("html_502", 502, 0)]
)
def test_server_errors_come_before_or_after_the_effect(
    sandbox: Running, outcome: str, status: int, messages: int
) -> None:
    sandbox.order("chat.postMessage", outcome)
    assert _post(sandbox).status_code == status
    assert _posted(sandbox) == messages


@pytest.mark.parametrize(("outcome", "messages"), [("reset_before", 0), ("reset_after", 1)])
def test_a_reset_tears_the_connection_before_or_after_the_effect(sandbox: Running, outcome: str, messages: int) -> None:
    sandbox.order("chat.postMessage", outcome)
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)) as torn:
        _post(sandbox)
    assert "reset" in str(torn.value).lower()
    assert _posted(sandbox) == messages


def test_a_delay_holds_the_answer_back(sandbox: Running) -> None:
    sandbox.order("chat.postMessage", "delay:0.4")
    began = time.monotonic()
    assert _post(sandbox).json()["ok"]
    assert time.monotonic() - began >= 0.4


def test_a_fault_is_used_up_and_meets_only_its_method(sandbox: Running) -> None:
    sandbox.order("chat.postMessage", "5xx_before", times=2)
    assert sandbox.slack().auth_test()["ok"]
    assert [_post(sandbox).status_code for _ in range(3)] == [503, 503, 200]


def test_orders_are_shown_and_cleared(sandbox: Running) -> None:
    sandbox.order("*", "429:5", times=3)
    assert sandbox.get("/control/faults") == [{"service": "slack", "method": "*", "outcome": "429:5", "times": 3}]
    assert sandbox.http.delete("/control/faults").status_code == 200
    assert _post(sandbox).status_code == 200


def test_an_order_that_makes_no_sense_says_why(sandbox: Running) -> None:
    answer = sandbox.http.post("/control/faults", json={"service": "slack", "outcome": "explode"})
    assert answer.status_code == 400
    assert "explode" in answer.json()["error"]
