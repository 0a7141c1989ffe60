"""Whether people can be reached: presence, do-not-disturb, and those who have left."""

from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import ListeningApp, Running, Start, talkative

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
NOON = START.timestamp()
HOUR = 3600


@pytest.fixture
def sandbox(start_sandbox: Start) -> Running:
    """A sandbox whose day stands at noon in London, and whose app hears of quiet hours."""
    world = talkative()
    app = world.app.model_copy(update={"events": [*world.app.events, "dnd_updated_user"]})
    return start_sandbox(world=world.model_copy(update={"app": app}), start_at=START)


def _dnd(sandbox: Running, user: str = "U0BEN") -> tuple[bool, int, int]:
    found: Any = sandbox.slack().dnd_info(user=user).data
    return found["dnd_enabled"], found["next_dnd_start_ts"], found["next_dnd_end_ts"]


def _refusal(call: Any, **asked: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        call(**asked)
    answer: dict[str, Any] = refused.value.response.data
    return answer


def test_nobody_is_quiet_at_first(sandbox: Running) -> None:
    assert _dnd(sandbox) == (False, 1, 1)


def test_a_snooze_is_seen_as_a_window_that_ends_by_business_time(sandbox: Running) -> None:
    changed = sandbox.post("/control/slack/users", id="U0BEN", dnd_minutes=90)
    end = int(datetime.fromisoformat(changed["dnd_until"]).timestamp())
    enabled, starts, ends = _dnd(sandbox)
    assert (enabled, ends) == (True, end)
    assert NOON <= starts <= end - 80 * 60

    sandbox.leap(90 * 60)

    assert _dnd(sandbox) == (False, 1, 1)


def test_a_snooze_by_name_is_told_to_its_owner_alone(sandbox: Running) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", dnd_minutes=90)
    others: Any = sandbox.slack().dnd_info(user="U0BEN").data
    own: Any = sandbox.slack().dnd_info().data
    assert not any(key.startswith("snooze") for key in others)
    assert own["snooze_enabled"] is False


@pytest.mark.parametrize(
    ("person", "leap", "starts", "ends"),
    [
        ("U0BEN", 0, 10 * HOUR, 20 * HOUR),
        ("U0BEN", 11 * HOUR, 10 * HOUR, 20 * HOUR),
        ("U0BEN", 20 * HOUR + 60, 34 * HOUR, 44 * HOUR),
        ("U0CLEO", 0, 9 * HOUR, 19 * HOUR),
    ],
    ids=["still ahead", "open now", "tomorrow's", "in the person's own zone"],
)
def test_daily_hours_are_told_as_the_open_window_or_the_next(
    sandbox: Running, person: str, leap: int, starts: int, ends: int
) -> None:
    sandbox.post("/control/slack/users", id=person, dnd_schedule="22:00-08:00")
    sandbox.leap(leap)
    assert _dnd(sandbox, person) == (True, NOON + starts, NOON + ends)


def test_a_snooze_within_daily_hours_does_not_shorten_them(sandbox: Running) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", dnd_schedule="11:00-14:00", dnd_minutes=30)
    assert _dnd(sandbox) == (True, NOON - HOUR, NOON + 2 * HOUR)


def test_a_team_is_told_at_once_and_strangers_are_left_out(sandbox: Running) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", dnd_schedule="22:00-08:00")
    team: Any = sandbox.slack().dnd_teamInfo(users=["U0ANN", "U0BEN", "U0NOBODY"])["users"]
    assert {user: quiet["dnd_enabled"] for user, quiet in team.items()} == {"U0ANN": False, "U0BEN": True}


def test_a_team_is_fifty_at_most_and_somebody_at_least(sandbox: Running) -> None:
    slack = sandbox.slack()
    assert slack.dnd_teamInfo(users=["U0ANN"] * 50)["ok"]
    assert _refusal(slack.dnd_teamInfo, users=["U0ANN"] * 51)["error"] == "invalid_arguments"
    assert _refusal(slack.dnd_teamInfo, users="")["error"] == "no_users_provided"


def test_without_the_scope_nobodys_quiet_hours_are_told(start_sandbox: Start) -> None:
    world = talkative()
    few = [scope for scope in world.app.scopes if scope not in ("dnd:read", "users:read")]
    slack = start_sandbox(world=world.model_copy(update={"app": world.app.model_copy(update={"scopes": few})})).slack()
    assert _refusal(slack.dnd_teamInfo, users="U0ANN")["needed"] == "dnd:read"
    assert _refusal(slack.dnd_info, user="U0ANN")["needed"] == "dnd:read"
    assert _refusal(slack.users_getPresence, user="U0ANN")["needed"] == "users:read"


def test_a_team_may_be_asked_twenty_times_a_minute(sandbox: Running) -> None:
    slack = sandbox.slack()
    for _ in range(20):
        slack.dnd_teamInfo(users="U0ANN")
    # One more flows in every three seconds.
    with pytest.raises(SlackApiError) as refused:
        all(slack.dnd_teamInfo(users="U0ANN") is not None for _ in range(10))
    assert refused.value.response["error"] == "ratelimited"


def test_presence_is_that_of_the_person_asked_for(sandbox: Running) -> None:
    slack = sandbox.slack()
    sandbox.post("/control/slack/users", id="U0BEN", presence="away")
    assert slack.users_getPresence(user="U0BEN").data == {"ok": True, "presence": "away"}
    assert slack.users_getPresence(user="U0ANN").data == {"ok": True, "presence": "active"}
    assert slack.api_call("users.getPresence")["online"] is True
    assert _refusal(slack.users_getPresence, user="U0NOBODY")["error"] == "user_not_found"


def test_somebody_who_left_is_away_and_back_as_they_were(sandbox: Running, listening_app: ListeningApp) -> None:
    slack = sandbox.slack()
    sandbox.post("/control/slack/users", id="U0BEN", kind="deactivated")
    assert listening_app.event("user_change")["user"]["deleted"] is True
    assert slack.users_getPresence(user="U0BEN")["presence"] == "away"

    sandbox.post("/control/slack/users", id="U0BEN", kind="staff")

    assert listening_app.event("user_change")["user"]["deleted"] is False
    assert slack.users_getPresence(user="U0BEN")["presence"] == "active"


def test_a_change_of_presence_is_no_change_of_the_user(sandbox: Running, listening_app: ListeningApp) -> None:
    sandbox.post("/control/slack/users", id="U0BEN", presence="away")
    sandbox.post("/control/slack/users", id="U0ANN", dnd_schedule="22:00-08:00")
    sandbox.post("/control/slack/users", id="U0DEV", real_name="Devi Patel")

    first, second = (listening_app.next("events_api")["event"] for _ in range(2))

    assert (first["type"], first["user"], first["dnd_status"]["dnd_enabled"]) == ("dnd_updated_user", "U0ANN", True)
    assert (second["type"], second["user"]["id"]) == ("user_change", "U0DEV")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"dnd_minutes": 0}, "dnd_minutes"),
        ({"dnd_minutes": "ten"}, "dnd_minutes"),
        ({"dnd_schedule": "at night"}, "dnd_schedule"),
        ({"dnd_schedule": "22:00"}, "dnd_schedule"),
        ({"dnd_schedule": "08:00-08:00"}, "dnd_schedule"),
        ({"dnd_schedule": 22}, "dnd_schedule"),
    ],
)
def test_quiet_hours_that_cannot_be_are_refused(sandbox: Running, change: dict[str, Any], word: str) -> None:
    answer = sandbox.http.post("/control/slack/users", json={"id": "U0BEN", **change})
    assert answer.status_code == 400
    assert word in answer.json()["error"]
