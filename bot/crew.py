"""The processes of one start: begun in order, watched, and ended together."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot import lifeline

PATIENCE = 7.0
"""Machine seconds for one process to end by itself; all together must end within ten."""
LAST_WORDS = 12


@dataclass
class Process:
    """One process of the crew; `log` is where it writes, None for our own output."""

    name: str
    running: "subprocess.Popen[bytes]"
    log: Path | None

    def why(self) -> str:
        """How it ended, and its last lines."""
        status = self.running.returncode
        how = f"was ended by signal {-status}" if status < 0 else f"stopped with exit status {status}"
        return f"{self.name} {how}{self._last_words()}"

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_WORDS:] if self.log else []
        return "; its last lines were:\n  " + "\n  ".join(lines) if lines else ""

    def end(self, patience: float) -> None:
        """Ask it to end; after `patience` machine seconds, insist."""
        with suppress(ProcessLookupError):
            self.running.terminate()
        try:
            self.running.wait(patience)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


@dataclass
class Crew:
    """The processes, in the order of their start, and the lifeline that ties them to this one."""

    root: Path
    held: tuple[int, ...] = ()
    """Descriptors that every process inherits, such as the lock of what they write to."""
    processes: list[Process] = field(default_factory=list)
    _pipe: tuple[int, int] = field(default_factory=os.pipe)

    def start(self, name: str, words: list[str], environment: dict[str, str], log: Path | None = None) -> None:
        """Start `python -m WORDS`; a session of its own keeps the terminal's Ctrl-C for us, who end things in order."""
        reading = self._pipe[0]
        with (log or Path(os.devnull)).open("wb") as file:
            running = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=self.root,
                env={**environment, lifeline.NAME: str(reading), "PYTHONUNBUFFERED": "1"},
                pass_fds=[reading, *self.held],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=file if log else None,
                stderr=subprocess.STDOUT if log else None,
            )
        self.processes.append(Process(name, running, log))

    def fallen(self) -> Process | None:
        """A process that has ended although nobody asked it to."""
        return next((one for one in self.processes if one.running.poll() is not None), None)

    def end(self) -> None:
        """End all, the last started first: the bot may still have something to tell the sandbox."""
        patience = PATIENCE
        for one in reversed(self.processes):
            one.end(patience)
            patience = 2.0
        for end in self._pipe:
            os.close(end)
