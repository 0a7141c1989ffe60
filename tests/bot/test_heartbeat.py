"""The heartbeat: at most once a minute, only while all is well, and nobody's trouble is ours."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.heartbeat import Heartbeat
from networks.outpost import Outpost
from tests.sandbox.conftest import Running, sandbox, start_sandbox

__all__ = ["sandbox", "start_sandbox"]
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def heart(sandbox: Running) -> Heartbeat:
    """Ours, heard by the sandbox."""
    return Heartbeat(Outpost(sandbox=True, timeouts=(1.0, 1.5)), f"{sandbox.url}/heartbeat/dibs")


def beats(running: Running) -> int:
    return int(running.get("/control/heartbeats").get("dibs", {"count": 0})["count"])


def test_it_beats_at_once_and_then_once_a_minute(sandbox: Running, heart: Heartbeat) -> None:
    sent = [heart.beat(NOW + timedelta(seconds=after), healthy=True) for after in (0, 1, 59, 60, 61, 180)]
    assert sent == [True, False, False, True, False, True]
    assert beats(sandbox) == 3


def test_it_is_silent_while_we_are_unwell_and_beats_as_soon_as_we_are_not(sandbox: Running, heart: Heartbeat) -> None:
    assert [heart.beat(NOW + timedelta(minutes=minute), healthy=False) for minute in range(3)] == [False] * 3
    assert beats(sandbox) == 0
    assert heart.beat(NOW + timedelta(minutes=2, seconds=1), healthy=True)


def test_a_clock_that_was_set_back_does_not_silence_it(sandbox: Running, heart: Heartbeat) -> None:
    heart.beat(NOW, healthy=True)
    assert heart.beat(NOW - timedelta(hours=1), healthy=True)
    assert beats(sandbox) == 2


def test_without_an_address_nobody_is_asked() -> None:
    assert not Heartbeat(Outpost(), "").beat(NOW, healthy=True)


@pytest.mark.parametrize("fault", ["5xx_before", "reset_before", "refuse:404", "delay:3", "429:9"])
def test_nobody_listening_is_told_once_and_without_the_address(
    sandbox: Running, heart: Heartbeat, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    sandbox.post("/control/faults", service="heartbeat", method="*", outcome=fault, times=2)
    caplog.set_level(logging.INFO, "dibs.heartbeat")

    heard = [heart.beat(NOW + timedelta(minutes=minute), healthy=True) for minute in range(3)]

    assert heard == [False, False, True]
    assert [one.getMessage()[:22] for one in caplog.records if one.name == "dibs.heartbeat"] == [
        "the heartbeat is not h",
        "the heartbeat is heard",
    ]
    assert "/heartbeat/" not in caplog.text
