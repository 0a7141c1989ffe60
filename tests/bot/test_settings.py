"""Settings: every fault named at once, and no way to mix the sandbox with the real world."""

from pathlib import Path

import pytest

from bot.settings import BadSettings, read

SANDBOX = {
    "DIBS_MODE": "sandbox",
    "DIBS_SANDBOX_URL": "http://127.0.0.1:8700",
    "SLACK_API_URL": "http://127.0.0.1:8700/api/",
    "X_API_URL": "http://127.0.0.1:8700",
    "SLACK_BOT_TOKEN": "sandbox-bot-token",
    "SLACK_APP_TOKEN": "sandbox-app-token",
    "SLACK_SIGNING_SECRET": "sandbox-signing-secret",
    "X_CONSUMER_KEY": "k",
    "X_CONSUMER_SECRET": "s",
    "X_ACCESS_TOKEN": "t",
    "X_ACCESS_SECRET": "u",
}
LIVE = {
    **{name: value for name, value in SANDBOX.items() if not name.endswith("_URL")},
    "DIBS_MODE": "live",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_SIGNING_SECRET": "abc",
}


def faults_of(env: dict[str, str]) -> str:
    with pytest.raises(BadSettings) as bad:
        read(env)
    return str(bad.value)


def test_both_modes_are_read_when_they_agree() -> None:
    assert read(SANDBOX).x_page == "http://127.0.0.1:8700/x"
    assert read(LIVE).slack_api_url == "https://slack.com/api/"
    assert read(LIVE).policy_path == Path("dibs.toml")


def test_all_that_is_missing_is_named_at_once() -> None:
    told = faults_of({"DIBS_MODE": "live"})

    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "X_CONSUMER_KEY", "X_ACCESS_SECRET"):
        assert f"{name} is missing" in told


def test_the_sandbox_refuses_tokens_that_look_real() -> None:
    told = faults_of({**SANDBOX, "SLACK_BOT_TOKEN": "xoxb-17-real", "SLACK_APP_TOKEN": "xapp-1-real"})

    assert "SLACK_BOT_TOKEN looks like a real token" in told
    assert "SLACK_APP_TOKEN looks like a real token" in told


@pytest.mark.parametrize("name", ["SLACK_API_URL", "X_API_URL", "DIBS_SANDBOX_URL"])
def test_live_refuses_addresses_of_this_machine(name: str) -> None:
    assert f"{name} points at this machine" in faults_of({**LIVE, name: "http://localhost:8700"})


def test_live_refuses_the_sandboxs_words() -> None:
    assert "X_ACCESS_TOKEN is a sandbox's word" in faults_of({**LIVE, "X_ACCESS_TOKEN": "1-sandbox-access"})


def test_sqlite_is_refused_where_the_disk_is_emptied_unless_forced() -> None:
    dyno = {**LIVE, "DYNO": "web.1"}

    assert "DATABASE_URL is SQLite" in faults_of(dyno)
    assert read({**dyno, "DIBS_FORCE_SQLITE": "1"}).database_url.startswith("sqlite")
    assert read({**dyno, "DATABASE_URL": "postgres://u@h/d"}).database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize("value", ["0", "-1", "many", ""])
def test_numbers_have_to_be_numbers(value: str) -> None:
    assert "DIBS_X_OVERLAP must be a number" in faults_of({**SANDBOX, "DIBS_X_OVERLAP": value})


def test_the_addresses_of_outside_services_are_optional_and_kept() -> None:
    assert (read(LIVE).heartbeat_url, read(LIVE).phone_webhook_url) == ("", "")
    given = read({**LIVE, "HEARTBEAT_URL": "https://hc.example/ping/1", "PHONE_WEBHOOK_URL": "https://p.example/2"})
    assert (given.heartbeat_url, given.phone_webhook_url) == ("https://hc.example/ping/1", "https://p.example/2")
    assert read({**LIVE, "HEARTBEAT_URL": ""}).heartbeat_url == ""


@pytest.mark.parametrize("name", ["HEARTBEAT_URL", "PHONE_WEBHOOK_URL"])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://hc.example/secret", "must begin with https://"),
        ("hc.example/secret", "is no address"),
        ("https://127.0.0.1/secret", "leads into a private network"),
        ("https://10.0.0.7/secret", "leads into a private network"),
        ("https://me:secret@hc.example/", "must not have a name or a password"),
    ],
)
def test_a_malformed_address_is_named_without_being_told(name: str, url: str, said: str) -> None:
    told = faults_of({**LIVE, name: url})

    assert f"{name} {said}" in told
    assert "secret" not in told


def test_the_sandbox_may_be_called_by_plain_http() -> None:
    assert read({**SANDBOX, "PHONE_WEBHOOK_URL": "http://127.0.0.1:8700/phone"}).phone_webhook_url
    assert "HEARTBEAT_URL must begin with https://" in faults_of({**SANDBOX, "HEARTBEAT_URL": "http://hc.example/1"})
