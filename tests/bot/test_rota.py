"""`python -m bot rota`: answers as JSON and in words, and refusals with the key's path."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.rota import main

POLICY = """
[rota.care]
zone = "Europe/London"
shifts = [{ from = "2026-11-27T18:00", to = 2026-11-30T09:00:00, primary = "maya", backup = "tom" }]
overrides = [{ from = "2026-11-28T12:00", to = "2026-11-28T18:00", primary = "tom" }]
"""
FEED = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261204T180000Z\r\nDTEND:20261207T090000Z\r\n"
    "SUMMARY:On call: Ann\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY, encoding="utf-8")
    return path


def asked(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    status = main([str(word) for word in words])
    return status, capsys.readouterr().out


def who(capsys: pytest.CaptureFixture[str], policy: Path, at: str) -> dict[str, Any]:
    status, out = asked(capsys, "who", "--policy", policy, "--team", "care", "--at", at, "--json")
    assert status == 0
    found: dict[str, Any] = json.loads(out)
    return found


def faults(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, str]:
    status, out = asked(capsys, *words)
    assert status == 2
    return {one["path"]: one["message"] for one in json.loads(out)["errors"]}


def test_who_says_who_why_and_until_when(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert who(capsys, policy, "2026-11-27T19:00:00+01:00") == {
        "primary": "maya",
        "backup": "tom",
        "why": "Maya has the weekend 28–29 Nov (Fri 18:00 to Mon 09:00); Tom is backup",
        "until": "2026-11-28T12:00:00Z",
    }


def test_nobody_on_call_names_the_next_shift(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = (who(capsys, policy, at) for at in ("2026-11-27T17:59:59Z", "2026-11-30T09:00:00Z"))

    assert (before["primary"], before["until"]) == (None, "2026-11-27T18:00:00Z")
    assert before["why"] == "Nobody is on call; next is Maya, from Fri 27 Nov 18:00"
    assert (after["primary"], after["until"]) == (None, None)


def test_without_json_the_answer_is_a_sentence(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = asked(capsys, "who", "--policy", policy, "--team", "care", "--at", "2026-11-28T12:00Z")

    assert out.strip().endswith("Tom covers 12:00–18:00 on Sat 28 Nov (until 2026-11-28T18:00:00Z)")


def test_gaps_are_listed(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = ("--from", "2026-11-28T00:00Z", "--until", "2026-11-30T12:00Z")

    _, out = asked(capsys, "gaps", "--policy", policy, "--team", "care", *span, "--json")

    assert json.loads(out)["gaps"] == [
        {"from": "2026-11-28T12:00:00Z", "until": "2026-11-28T18:00:00Z", "missing": "backup"},
        {"from": "2026-11-30T09:00:00Z", "until": "2026-11-30T12:00:00Z", "missing": "primary"},
    ]


def test_what_is_exported_can_be_a_rota_again(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, feed = asked(capsys, "export", "--policy", policy, "--team", "care", "--from", "2026-11-01T00:00Z")
    (policy.parent / "care.ics").write_text(feed, encoding="utf-8")
    other = policy.with_name("other.toml")
    other.write_text('[rota.care]\nzone = "Europe/London"\nical = "care.ics"\n', encoding="utf-8")

    for at in ("2026-11-27T17:59Z", "2026-11-28T11:59Z", "2026-11-28T12:00Z", "2026-11-30T08:59Z"):
        assert {**who(capsys, policy, at), "why": ""} == {**who(capsys, other, at), "why": ""}


def test_a_feed_beside_the_policy_is_read(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (policy.parent / "care.ics").write_text(FEED, encoding="utf-8")
    policy.write_text(POLICY + 'ical = "care.ics"\n', encoding="utf-8")

    assert who(capsys, policy, "2026-12-05T12:00Z")["primary"] == "ann"


def test_a_feed_that_is_not_there_or_no_calendar_is_refused(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text(POLICY + 'ical = "care.ics"\n', encoding="utf-8")
    words = ("who", "--policy", policy, "--team", "care", "--at", "2026-12-05T12:00Z")

    assert "care.ics can't be used" in faults(capsys, *words)["rota.care.ical"]
    (policy.parent / "care.ics").write_text("<html>", encoding="utf-8")
    assert "no iCal calendar" in faults(capsys, *words)["rota.care.ical"]


def test_every_fault_is_told_at_once(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy.write_text(POLICY.replace("Europe/London", "Mars/Base"), encoding="utf-8")

    found = faults(capsys, "who", "--policy", policy, "--team", "care", "--at", "2026-11-28T12:00")

    assert set(found) == {"--at", "rota.care.zone"}
    assert "has no offset" in found["--at"]


def test_a_team_without_a_rota_is_told_which_there_are(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = faults(capsys, "who", "--policy", policy, "--team", "press", "--at", "2026-11-28T12:00Z")

    assert found == {"--team": "there is no rota.press; there are: care"}


def test_the_command_starts_without_slack_or_a_database(policy: Path) -> None:
    asks = f"['rota', 'who', '--policy', {str(policy)!r}, '--team', 'care', '--at', '2026-11-28T12:00Z', '--json']"
    code = f"import sys; from bot.__main__ import main; main({asks}); print([m for m in sys.modules if m in {HEAVY}])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.splitlines()[-1] == "[]"


HEAVY = {"slack_bolt", "sqlalchemy", "slack_sdk", "tweepy"}
