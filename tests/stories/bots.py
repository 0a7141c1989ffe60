"""The real bot for a story: in threads of this process, or as a process of its own that can be killed."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot import app
from bot.neighbour import environment
from bot.policy import load_policy
from bot.pulse import Pulse
from bot.settings import read
from tests.sandbox.conftest import WORLD, Running

ROOT = WORLD.parent
POLICY = ROOT / "dibs.toml"
RATES = 50.0
"""So that no story waits for Slack's budgets unless they are what it is about."""


class Bot(Protocol):
    """A running bot."""

    def stop(self) -> None:
        """End it the way SIGTERM does."""

    def faults(self) -> list[str]:
        """What it has logged as an error."""


def settings_for(sandbox: Running, database_url: str, rates: float, policy: Path = POLICY) -> dict[str, str]:
    """The environment that points a bot at this sandbox and this database."""
    port = int(sandbox.url.rpartition(":")[2])
    ours = {"DATABASE_URL": database_url, "DIBS_SLACK_RATES": str(rates), "DIBS_POLICY": str(policy)}
    return environment(WORLD, Path("unused"), port) | ours


class Ears(logging.Handler):
    """Keeps every line of ERROR and above, whoever logs it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))


@dataclass
class Threads:
    """A bot in this process."""

    parts: app.Parts
    ears: Ears = field(default_factory=Ears)

    @classmethod
    def start(cls, sandbox: Running, database_url: str, rates: float = RATES, policy: Path = POLICY) -> "Threads":
        """Build and start it, as `bot run` does."""
        settings = read(settings_for(sandbox, database_url, rates, policy))
        ears = Ears()
        logging.getLogger().addHandler(ears)
        parts = app.build(settings, load_policy(settings.policy_path), Pulse())
        app.start(parts)
        return cls(parts, ears)

    def stop(self) -> None:
        """End it the way SIGTERM does."""
        app.stop(self.parts)
        logging.getLogger().removeHandler(self.ears)

    def faults(self) -> list[str]:
        """What it has logged as an error."""
        return self.ears.lines


@dataclass
class Process:
    """A bot as a process of its own."""

    running: "subprocess.Popen[bytes]"
    log: Path

    @classmethod
    def start(
        cls, sandbox: Running, database_url: str, log: Path, policy: Path = POLICY, role: str = "run"
    ) -> "Process":
        """Start `python -m bot run`, or another of its roles."""
        given = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "X_", "DIBS_"))}
        given |= settings_for(sandbox, database_url, RATES, policy) | {"PYTHONUNBUFFERED": "1"}
        with log.open("ab") as file:
            words = [sys.executable, "-m", "bot", role]
            return cls(subprocess.Popen(words, cwd=ROOT, env=given, stdout=file, stderr=file), log)

    def kill(self) -> None:
        """As the power cut does."""
        self.running.send_signal(signal.SIGKILL)
        self.running.wait(5)

    def stop(self) -> None:
        """SIGTERM, and ten seconds."""
        with suppress(ProcessLookupError):
            self.running.terminate()
        self.running.wait(10)

    def faults(self) -> list[str]:
        """What it has logged as an error."""
        return [line for line in self.log.read_text().splitlines() if " ERROR " in line or "Traceback" in line]


Start = Callable[..., Bot]
