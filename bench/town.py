"""A town to measure in: the real sandbox and, where wanted, the real bot, each a process of its own."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import httpx2

from bench.ground import WORLD, folder
from bench.machine import ROOT
from bot.crew import Crew
from bot.neighbour import choose_port, environment, waiting_for
from domain.deliveries import STORM

PATIENCE = 120.0
"""Wall seconds for anything here to come about; then the measurement gives up."""
LOOK = 0.02
STEPS = 20
FEW = 3 * STORM // 4
CARE = "C0CARE"
_STANDING = "SELECT count(*) FROM deliveries WHERE kind = 'card' AND ts IS NOT NULL"


class TooSlow(Exception):
    """Something didn't come about in time; the text says what, with the last words of whoever was at it."""


@dataclass
class Town:
    """`state` holds the bot's database and both logs."""

    port: int
    world: Path
    state: Path
    rates: float
    crew: Crew = field(default_factory=lambda: Crew(ROOT))

    def __post_init__(self) -> None:
        self.http = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE, trust_env=False)

    @property
    def environment(self) -> dict[str, str]:
        """What points a bot at this town."""
        ours = {"DIBS_SLACK_RATES": str(self.rates), "DIBS_POLICY": str(ROOT / "dibs.toml")}
        return _outside() | environment(self.world, self.state, self.port) | ours

    @property
    def database(self) -> Path:
        """The bot's."""
        return self.state / "dibs.db"

    def start_sandbox(self) -> None:
        """Start it, and wait until it answers."""
        words = ["sandbox", "--world", str(self.world), "--port", str(self.port), "--no-demo"]
        words += ["--rates", str(self.rates)]
        self.crew.start("the sandbox", words, _outside(), self.state / "sandbox.log")
        self.wait("the sandbox answers", lambda: waiting_for(self.port) is not None)

    def start_bot(self) -> None:
        """Start it, and wait until both have found each other."""
        self.crew.start("the bot", ["bot", "run"], self.environment, self.state / "bot.log")
        self.wait("both are ready", lambda: waiting_for(self.port) == [])

    def pid(self, name: str) -> int:
        """The process id of `the sandbox` or `the bot`."""
        return next(one.running.pid for one in self.crew.processes if one.name == name)

    def wait(self, what: str, came_about: Any) -> None:
        """Look until it has come about."""
        pause = Event()
        for _ in range(int(PATIENCE / LOOK)):
            if came_about():
                return
            fallen = self.crew.fallen()
            if fallen is not None:
                raise TooSlow(fallen.why())
            pause.wait(LOOK)
        raise TooSlow(f"waited {PATIENCE:.0f} s, and still not: {what}")

    def post(self, path: str, **body: Any) -> Any:
        """An order to the control API."""
        return self.http.post(path, json=body).raise_for_status().json()

    def get(self, path: str, **query: Any) -> Any:
        """A look through the control API."""
        return self.http.get(path, params=query).raise_for_status().json()

    def complain(
        self, count: int, prefix: str, text: str = "@TidewellGyms rude staff, is anybody there? Number {}"
    ) -> None:
        """As many customers complain, once each, so few at a time that each gets a card of its own."""
        before = self.counted(_STANDING)
        for number in range(count):
            self.post("/control/x/posts", author=f"{prefix}_{number}", text=text.format(number))
            if number % FEW == FEW - 1 or number == count - 1:
                self._settle_until(before + number + 1)

    def _settle_until(self, cards: int) -> None:
        for _ in range(STEPS):
            self.settle()
            if self.counted(_STANDING) >= cards:
                return
        raise TooSlow(f"{self.counted(_STANDING)} of {cards} cards stand after {STEPS} looks")

    def counted(self, question: str) -> int:
        """A number from the bot's database."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return int(database.execute(question).fetchone()[0] or 0)

    def settle(self, seconds: float = 30) -> None:
        """Business time goes on until the bot has nothing left to do there."""
        self.post("/control/clock", advance_seconds=seconds)

    def cards(self) -> list[dict[str, Any]]:
        """The claimable cards in #care."""
        return [one for one in self._messages() if claim_of(one)]

    def _messages(self) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = self.get(
            "/control/slack/messages", channel="care", **{"as": "U0ANN"}, limit=100_000
        )
        return seen


def claim_of(message: dict[str, Any]) -> dict[str, Any] | None:
    """The message's Claim button."""
    elements = [one for block in message["blocks"] for one in block.get("elements", [])]
    return next((one for one in elements if str(one.get("action_id", "")).endswith(".claim")), None)


@contextmanager
def town(*, rates: float, staff: int = 0) -> Iterator[Town]:
    """The workspace of the project, with so many more staff in #care; nothing runs yet."""
    with folder() as state:
        made = Town(choose_port(0), _world(state, staff), state, rates)
        try:
            yield made
        finally:
            made.http.close()
            made.crew.end()


def crowd(count: int) -> list[str]:
    """The ids of the additional staff."""
    return [f"U1CROWD{number:04d}" for number in range(count)]


def _world(state: Path, staff: int) -> Path:
    ids = crowd(staff)
    text = WORLD.read_text(encoding="utf-8")
    seats = "".join(f'"{one}", ' for one in ids)
    text = re.sub(rf'(id = "{CARE}".*?members = \[)', rf"\g<1>{seats}", text, count=1, flags=re.DOTALL)
    people = "".join(
        f'\n[[users]]\nid = "{one}"\nname = "crowd{one[-4:]}"\nreal_name = "Staff {one[-4:]}"\n' for one in ids
    )
    path = state / "workspace.toml"
    path.write_text(text + people, encoding="utf-8")
    return path


def _outside() -> dict[str, str]:
    ours = ("SLACK_", "X_", "DIBS_", "DATABASE_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
