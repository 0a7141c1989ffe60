"""Who may call Slack's Web API here, in which wire forms, and what the refusals say."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import Running, Start, talkative


def _error(call: Any, **arguments: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response


def test_a_call_without_a_token_is_not_authed(sandbox: Running) -> None:
    assert sandbox.post("/api/auth.test") == {"ok": False, "error": "not_authed"}


def test_a_token_inside_a_json_body_does_not_count(sandbox: Running) -> None:
    assert sandbox.post("/api/auth.test", token=sandbox.bot_token)["error"] == "not_authed"


def test_an_unknown_token_is_refused(sandbox: Running) -> None:
    assert _error(sandbox.slack("made-up").auth_test)["error"] == "invalid_auth"


def test_the_app_token_posts_nothing(sandbox: Running) -> None:
    answer = _error(sandbox.slack(sandbox.app_token).chat_postMessage, channel="care", text="hi")
    assert answer["error"] == "not_allowed_token_type"


def test_the_bot_token_opens_no_socket(sandbox: Running) -> None:
    answer = _error(sandbox.slack().apps_connections_open, app_token=sandbox.bot_token)
    assert answer["error"] == "not_allowed_token_type"


def test_a_revoked_token_is_refused_until_it_counts_again(sandbox: Running) -> None:
    sandbox.post("/control/slack/revoke", token="bot")
    assert _error(sandbox.slack().auth_test)["error"] == "token_revoked"

    sandbox.post("/control/slack/revoke", token="bot", revoked=False)
    assert sandbox.slack().auth_test()["user_id"] == sandbox.world.app.bot_user


def test_a_deactivated_bot_has_an_inactive_account(sandbox: Running) -> None:
    sandbox.post("/control/slack/users", id=sandbox.world.app.bot_user, kind="deactivated")
    assert _error(sandbox.slack().auth_test)["error"] == "account_inactive"


def test_a_missing_scope_is_named(start_sandbox: Start) -> None:
    world = talkative()
    poor = world.model_copy(update={"app": world.app.model_copy(update={"scopes": ["commands", "users:read"]})})
    running = start_sandbox(world=poor)

    answer = _error(running.slack().chat_postMessage, channel="care", text="hi")

    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "chat:write",
        "commands,users:read",
    )


def test_a_private_channel_needs_its_own_scope(start_sandbox: Start) -> None:
    world = talkative()
    poor = world.model_copy(update={"app": world.app.model_copy(update={"scopes": ["channels:history"]})})
    running = start_sandbox(world=poor)

    assert running.slack().conversations_history(channel="C0CARE")["ok"]
    assert _error(running.slack().conversations_history, channel="C0PRESS")["needed"] == "groups:history"


def test_answers_name_the_scopes(sandbox: Running) -> None:
    headers = sandbox.slack().users_info(user="U0ANN").headers
    assert headers["x-oauth-scopes"] == ",".join(sandbox.world.app.scopes)
    assert headers["x-accepted-oauth-scopes"] == "users:read"


def test_an_unknown_method_is_refused_with_200(sandbox: Running) -> None:
    answer = sandbox.post("/api/chat.shout")
    assert (answer["ok"], answer["error"]) == (False, "unknown_method")


@pytest.mark.parametrize("kind", ["json", "form", "query", "empty json"])
def test_each_wire_form_is_read(sandbox: Running, kind: str) -> None:
    bearer = {"authorization": f"Bearer {sandbox.bot_token}"}
    send = {
        "json": lambda: sandbox.http.post("/api/users.info", json={"user": "U0ANN"}, headers=bearer),
        "form": lambda: sandbox.http.post("/api/users.info", data={"user": "U0ANN", "token": sandbox.bot_token}),
        "query": lambda: sandbox.http.get("/api/users.info", params={"user": "U0ANN"}, headers=bearer),
        "empty json": lambda: sandbox.http.post(
            "/api/users.info?user=U0ANN", headers=bearer | {"content-type": "application/json;charset=utf-8"}
        ),
    }
    assert send[kind]().json()["user"]["name"] == "ann"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[1]", "json_not_object")])
def test_a_broken_body_is_named(sandbox: Running, body: bytes, error: str) -> None:
    headers = {"authorization": f"Bearer {sandbox.bot_token}", "content-type": "application/json"}
    assert sandbox.http.post("/api/auth.test", content=body, headers=headers).json()["error"] == error


@pytest.mark.parametrize("header", [{"host": "evil.example"}, {"origin": "https://evil.example"}])
def test_strangers_are_kept_out(sandbox: Running, header: dict[str, str]) -> None:
    assert sandbox.http.get("/control/clock", headers=header).status_code == 403
