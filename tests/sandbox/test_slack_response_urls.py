"""Response URLs: five answers in thirty minutes of business time, and what each does."""

from typing import Any

import pytest

from tests.sandbox.conftest import ListeningApp, Running

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
BUTTON = {"type": "button", "action_id": "claim", "value": "1", "text": {"type": "plain_text", "text": "Claim"}}
CARD: list[dict[str, Any]] = [SECTION, {"type": "actions", "elements": [BUTTON]}]


@pytest.fixture
def card(sandbox: Running) -> str:
    """The ts of a message with a button."""
    return str(sandbox.slack().chat_postMessage(channel="C0CARE", text="card", blocks=CARD)["ts"])


@pytest.fixture
def clicked(sandbox: Running, listening_app: ListeningApp, card: str) -> str:
    """The response_url of a click on that button."""
    sandbox.post("/control/slack/click", **{"as": "U0ANN"}, channel="care", ts=card, action_id="claim")
    return str(listening_app.next("interactive")["response_url"])


@pytest.fixture
def commanded(sandbox: Running, listening_app: ListeningApp) -> str:
    """The response_url of a slash command."""
    sandbox.post("/control/slack/command", **{"as": "U0ANN"}, channel="care", text="/dibs help")
    return str(listening_app.next("slash_commands")["response_url"])


def _seen(sandbox: Running, user: str = "U0ANN") -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = sandbox.get("/control/slack/messages", channel="care", **{"as": user})
    return seen


def test_an_answer_is_for_the_one_person_unless_it_says_otherwise(sandbox: Running, commanded: str) -> None:
    assert sandbox.http.post(commanded, json={"text": "only you"}).text == "ok"
    assert [(m["text"], m["ephemeral"]) for m in _seen(sandbox)] == [("only you", True)]
    assert _seen(sandbox, "U0BEN") == []

    sandbox.http.post(commanded, json={"text": "all", "response_type": "in_channel"})
    assert [m["text"] for m in _seen(sandbox, "U0BEN")] == ["all"]


def test_the_original_is_replaced_whole(sandbox: Running, clicked: str, card: str) -> None:
    sandbox.http.post(clicked, json={"text": "claimed", "replace_original": True})
    message = _seen(sandbox, "U0BEN")[0]
    assert (message["ts"], message["text"], message["blocks"]) == (card, "claimed", [])


def test_the_original_is_deleted(sandbox: Running, clicked: str) -> None:
    sandbox.http.post(clicked, json={"delete_original": True})
    assert _seen(sandbox) == []


def test_an_ephemeral_is_replaced_and_deleted_through_its_own_click(
    sandbox: Running, listening_app: ListeningApp
) -> None:
    sandbox.slack().chat_postEphemeral(channel="C0CARE", user="U0ANN", text="lost", blocks=CARD)
    ts = _seen(sandbox)[0]["ts"]
    sandbox.post("/control/slack/click", **{"as": "U0ANN"}, channel="care", ts=ts, action_id="claim")
    address = listening_app.next("interactive")["response_url"]

    sandbox.http.post(address, json={"replace_original": True, "text": "watching"})
    assert [(m["text"], m["ephemeral"]) for m in _seen(sandbox)] == [("watching", True)]

    sandbox.http.post(address, json={"delete_original": True})
    assert _seen(sandbox) == []


def test_an_answer_can_go_into_a_thread(sandbox: Running, clicked: str, card: str) -> None:
    body = {"text": "note", "response_type": "in_channel", "replace_original": False, "thread_ts": card}
    sandbox.http.post(clicked, json=body)
    thread = sandbox.get("/control/slack/messages", channel="care", thread=card, **{"as": "U0BEN"})
    assert [m["text"] for m in thread] == ["card", "note"]


def test_the_sixth_use_is_refused(sandbox: Running, commanded: str) -> None:
    answers = [sandbox.http.post(commanded, json={"text": str(n)}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"


def test_after_thirty_minutes_of_business_time_it_is_refused(sandbox: Running, commanded: str) -> None:
    sandbox.leap(30 * 60 + 1)
    answer = sandbox.http.post(commanded, json={"text": "late"})
    assert (answer.status_code, answer.json()["error"]) == (404, "expired_url")


def test_bad_blocks_are_refused_and_cost_no_use(sandbox: Running, commanded: str) -> None:
    answers = [sandbox.http.post(commanded, json={"text": "x", "blocks": [{"type": "section"}]}) for _ in range(6)]
    assert {(answer.status_code, answer.json()["error"]) for answer in answers} == {(400, "invalid_blocks")}
    assert sandbox.http.post(commanded, json={"text": "fine"}).status_code == 200


def test_an_ordered_fault_reaches_it(sandbox: Running, commanded: str) -> None:
    sandbox.order("response_url", "5xx_before")
    assert sandbox.http.post(commanded, json={"text": "x"}).status_code == 503
    assert _seen(sandbox) == []
