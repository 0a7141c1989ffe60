"""A running world for each story, on both databases; an error in the bot's log fails the story at its end."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.conftest import Running, Start, start_sandbox
from tests.stories.bots import RATES, Process, Threads
from tests.stories.weekend import SATURDAY, WEEKEND, Weekend, at
from tests.stories.world import World

__all__ = ["start_sandbox"]
PATIENCE = 15.0
"""Wall seconds for sandbox and bot to find each other."""


class Worlds:
    """Makes worlds for one test, and ends them."""

    def __init__(self, start: Start, database_url: str, folder: Path) -> None:
        self._start, self._database_url, self._folder = start, database_url, folder
        self._made: list[World] = []
        self.expected = ["slack_sdk.web.base_client: Failed to"]
        """Parts of error lines that stories bring about: the SDK calls a lost answer an error, ours is what counts."""

    def open(self, rates: float = RATES, **wishes: Any) -> World:
        """A sandbox and a bot in threads of this process; `policy` is the text of one, if not the shipped one."""
        world = self.empty(rates, **wishes)
        world.bots.append(Threads.start(world.sandbox, self._database_url, rates, world.policy))
        wait_until_ready(world.sandbox)
        return world

    def empty(self, rates: float = RATES, *, policy: str | None = None, **wishes: Any) -> World:
        """A sandbox alone."""
        world = World(self._start(rates=rates, **wishes), self._database_url)
        if policy is not None:
            world.policy = self._folder / "policy.toml"
            world.policy.write_text(policy)
        self._made.append(world)
        return world

    def spawn(self, world: World, role: str = "run") -> Process:
        """A bot, or one role of it, as a process of its own in the world."""
        log = self._folder / f"bot-{len(world.bots)}.log"
        process = Process.start(world.sandbox, self._database_url, log, world.policy, role)
        world.bots.append(process)
        return process

    def close(self) -> list[str]:
        """End every bot; the error lines nobody expected."""
        faults = []
        for bot in [bot for world in self._made for bot in world.bots]:
            bot.stop()
            faults += [line for line in bot.faults() if not any(part in line for part in self.expected)]
        return faults


def wait_until_ready(sandbox: Running) -> None:
    """Return when sandbox and bot have found each other."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        answer = sandbox.http.get("/ready")
        if answer.status_code == 200:
            return
        pause.wait(0.02)
    pytest.fail(f"not ready: {answer.text}")


@pytest.fixture
def worlds(start_sandbox: Start, database_url: str, tmp_path: Path) -> Iterator[Worlds]:
    """Makes worlds on a fresh database of each kind."""
    made = Worlds(start_sandbox, database_url, tmp_path)
    try:
        yield made
    finally:
        faults = made.close()
    assert not faults, "the bot logged errors:\n" + "\n".join(faults)


@pytest.fixture
def world(worlds: Worlds) -> World:
    """A sandbox of the shipped world and the bot in it, without demo posts."""
    return worlds.open()


@pytest.fixture
def weekend(worlds: Worlds) -> Weekend:
    """A Saturday morning with the weekend's policy, and ears everywhere."""
    return Weekend.over(worlds.open(policy=WEEKEND, start_at=at(SATURDAY, "09:30")))
