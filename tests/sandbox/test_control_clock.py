"""Business time over HTTP: it never goes back, and a walk waits for whoever lives by it."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx2
import pytest

from tests.sandbox.conftest import Running


def _moment(answer: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(answer["now"])


class Bot:
    """Follows the clock as a bot does and reports idle at each stop, with something due every `pace` seconds."""

    def __init__(self, sandbox: Running, pace: float) -> None:
        self.stops: list[datetime] = []
        self._http = httpx2.Client(base_url=sandbox.url, timeout=30)
        self._pace, self._over = timedelta(seconds=pace), threading.Event()
        self._report(self._http.get("/control/clock").json())
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Stop."""
        self._over.set()
        self._http.post("/control/clock/leave", json={"name": "bot"})
        with httpx2.Client(base_url=self._http.base_url) as other:  # a move ends the long poll
            other.post("/control/clock", json={"jump_seconds": 0, "patience_seconds": 0})
        self._thread.join(5)
        self._http.close()

    def _live(self) -> None:
        version = 0
        while not self._over.is_set():
            now = self._http.get("/control/clock", params={"after": version}).json()
            version = now["version"]
            if not self._over.is_set():
                self._report(now)

    def _report(self, now: dict[str, Any]) -> None:
        self.stops.append(_moment(now))
        next_at = (_moment(now) + self._pace).isoformat()
        body = {"name": "bot", "version": now["version"], "next_at": next_at}
        self._http.post("/control/clock/idle", json=body)


def test_a_leap_moves_once(sandbox: Running) -> None:
    before = sandbox.get("/control/clock")
    after = sandbox.post("/control/clock", jump_seconds=3600, patience_seconds=0)
    assert timedelta(seconds=3600) <= _moment(after) - _moment(before) < timedelta(seconds=3610)
    assert (after["version"], after["settled"]) == (before["version"] + 1, False)


def test_a_walk_stops_at_least_every_sixty_seconds_until_the_bot_is_idle(sandbox: Running) -> None:
    bot = Bot(sandbox, pace=3600)
    start = _moment(sandbox.get("/control/clock"))
    answer = sandbox.post("/control/clock", advance_seconds=300)
    bot.leave()
    assert answer["settled"] is True
    assert _moment(answer) - start >= timedelta(seconds=300)
    stops = [stop for stop in bot.stops if stop >= start - timedelta(seconds=1)]
    assert len(stops) >= 5
    assert max(b - a for a, b in pairwise(stops)) < timedelta(seconds=62)


def test_a_walk_stops_where_the_bot_has_something_due(sandbox: Running) -> None:
    bot = Bot(sandbox, pace=10)
    sandbox.post("/control/clock", advance_seconds=60)
    bot.leave()
    assert len(bot.stops) >= 6


def test_a_walk_with_a_silent_bot_gives_up(sandbox: Running) -> None:
    sandbox.post("/control/clock/idle", name="bot", version=0, next_at=None)
    answer = sandbox.post("/control/clock", advance_seconds=600, patience_seconds=0.3)
    assert answer["settled"] is False


def test_time_never_goes_back(sandbox: Running) -> None:
    for order in ({"jump_seconds": -1}, {"advance_seconds": -1}, {"jump_seconds": "1"}, {}, {"set": 3}):
        assert sandbox.http.post("/control/clock", json=order).status_code == 400


@pytest.mark.parametrize("move", ["advance_seconds", "jump_seconds"])
def test_time_is_never_lost_beyond_every_calendar(sandbox: Running, move: str) -> None:
    assert sandbox.http.post("/control/clock", json={move: 1e15}).status_code == 400
    assert sandbox.get("/control/clock")["offset_seconds"] == pytest.approx(0, abs=1)


def test_a_follower_hears_of_a_move_at_once(sandbox: Running) -> None:
    version = sandbox.get("/control/clock")["version"]
    heard: list[Any] = []
    listen = threading.Thread(target=lambda: heard.append(sandbox.get("/control/clock", after=version)))
    listen.start()
    with httpx2.Client(base_url=sandbox.url) as other:
        other.post("/control/clock", json={"jump_seconds": 5, "patience_seconds": 0})
    listen.join(5)
    assert heard[0]["version"] == version + 1


def test_a_report_must_make_sense(sandbox: Running) -> None:
    for report in ({"name": "bot"}, {"name": "bot", "version": 0, "next_at": "soon"}, {"version": 0}):
        assert sandbox.http.post("/control/clock/idle", json=report).status_code == 400


def test_ready_says_what_it_waits_for(sandbox: Running) -> None:
    answer = sandbox.http.get("/ready")
    assert answer.status_code == 503
    assert len(answer.json()["waiting_for"]) == 2
    sandbox.post("/control/clock/idle", name="bot", version=0, next_at=datetime.now(UTC).isoformat())
    assert len(sandbox.http.get("/ready").json()["waiting_for"]) == 1


def test_a_move_waits_for_another_only_as_long_as_its_patience(sandbox: Running) -> None:
    sandbox.post("/control/clock/idle", name="bot", version=0, next_at=None)
    first = threading.Thread(target=lambda: sandbox.post("/control/clock", advance_seconds=600, patience_seconds=2))
    first.start()
    with httpx2.Client(base_url=sandbox.url) as other:
        while other.get("/control/clock").json()["version"] == 0:
            pass
        answer = other.post("/control/clock", json={"jump_seconds": 3600, "patience_seconds": 0.2}).json()
    assert (answer["settled"], answer["offset_seconds"] < 3600) == (False, True)
    first.join(5)
