"""`python -m bot sla`: the questions an outsider may ask of a policy, and how bad ones are refused."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.sla import main

ROOT = Path(__file__).parents[2]
POLICY = """
[team.care]
calendar = "care"
sla = "std"
[team.press]
channel = "press"
[calendar.care]
zone = "Europe/London"
hours = { mon = "09:00-12:30,13:30-18:00", fri = "09:00-18:00" }
weekend = { sat = "10:00-14:00" }
holidays = "GB-ENG"
special = { 2026-12-31 = "09:00-13:00" }
[sla.std.urgent]
first_response = "30m"
resolution = "1d"
[sla.std.emergency]
first_response = "10m"
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A file with nothing but a calendar and promises."""
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, encoding="utf-8")
    return path


def due(policy: Path, severity: str = "urgent", at: str = "2026-11-28T08:30:00Z", team: str = "care") -> list[str]:
    """The words of a question about a post."""
    return ["due", "--policy", str(policy), "--team", team, "--severity", severity, "--at", at]


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What is wrong with a question."""
    assert main(words) == 2
    errors: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["errors"]
    return errors


def test_both_moments_and_the_open_hours_are_told(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*due(policy, at="2026-11-27T18:45:30+01:00"), "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["targets"][0] == {
        "target": "first_response",
        "length_s": 1800,
        "customer_due_at": "2026-11-27T18:15:30Z",
        "service_due_at": "2026-11-28T10:15:30Z",
        "windows": [
            ["2026-11-27T17:45:30Z", "2026-11-27T18:00:00Z"],
            ["2026-11-28T10:00:00Z", "2026-11-28T10:15:30Z"],
        ],
    }


def test_without_json_it_is_a_line_to_be_read(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(due(policy, "emergency"))

    assert capsys.readouterr().out == (
        "first response: 2026-11-28T10:10:00Z by business hours, 2026-11-28T08:40:00Z by the wall "
        "(escalation follows the customer clock)\n"
    )


def test_every_fault_of_a_question_is_told_at_once(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    errors = refused(due(policy, "calm", "2026-11-28T08:30:00", "nobody"), capsys)

    assert [error["path"] for error in errors] == ["--severity", "--at", "--team"]
    assert "has no offset" in errors[1]["message"]
    assert errors[2]["message"] == "there is no team 'nobody'; there are: care, press"


@pytest.mark.parametrize(
    "at", ["now", "2026-11-28", "2026-02-30T08:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00Z"]
)
def test_a_moment_nobody_can_place_is_refused(policy: Path, at: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert [error["path"] for error in refused(due(policy, at=at), capsys)] == ["--at"]


def test_a_team_or_a_severity_without_promises_is_refused(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(due(policy, team="press"), capsys)[0]["path"] == "team.press.sla"
    assert refused(due(policy, "normal"), capsys)[0]["path"] == "sla.std.normal"


def test_a_bad_policy_is_refused_with_each_keys_path(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = POLICY.replace('"GB-ENG"', '"GB-LON"').replace('"09:00-18:00"', '"09:00-18:00,17:00-19:00"')
    policy.write_text(text.replace('"1d"', '"soon"'), encoding="utf-8")

    paths = {error["path"] for error in refused(due(policy), capsys)}

    assert paths == {"calendar.care.holidays", "calendar.care.hours.fri", "sla.std.urgent.resolution"}


def test_a_policy_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "can't be read" in refused(due(tmp_path / "none.toml"), capsys)[0]["message"]


def test_a_calendar_that_never_gets_there_is_refused(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = POLICY.replace('"1d"', '"300d"').replace("09:00-12:30,13:30-18:00", "09:00-09:01")
    text = text.replace(', fri = "09:00-18:00"', "").replace('weekend = { sat = "10:00-14:00" }', "")
    policy.write_text(text, encoding="utf-8")

    errors = refused(due(policy), capsys)

    assert errors[0]["path"] == "calendar.care"
    assert "too few opening hours" in errors[0]["message"]


def test_closed_days_of_a_feed_are_said_to_be_missing(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text(POLICY.replace('holidays = "GB-ENG"', 'ical = "https://example.org/a.ics"'), encoding="utf-8")

    assert main(due(policy)) == 0

    assert "calendar.care.ical is not fetched here" in capsys.readouterr().err


def test_the_next_odd_days_are_shown(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["days", "--policy", str(policy), "--at", "2026-12-27T00:00:00Z"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "care:",
        "  Mon 28 Dec 2026  Boxing Day (observed)",
        "  Thu 31 Dec 2026  09:00-13:00",
        "  Fri 01 Jan 2027  New Year's Day",
    ]
    assert len(told) == 7


def test_holidays_that_run_out_are_warned_of(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["days", "--policy", str(policy), "--at", "2100-12-01T00:00:00Z"]) == 0

    assert "public holidays are known for 31 more days only" in capsys.readouterr().out


def test_the_command_starts_without_slack_and_without_a_database(policy: Path) -> None:
    script = "import sys; from bot.__main__ import main; main(sys.argv[1:]); print(*sys.modules)"

    told = subprocess.run(
        [sys.executable, "-c", script, "sla", *due(policy)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "first response" in told.stdout
    assert not {"slack_bolt", "slack_sdk", "sqlalchemy", "tweepy"} & set(told.stdout.split())
