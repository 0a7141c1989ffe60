"""The processes of one start live and end together, even when their starter is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.crew import Crew, Process

ROOT = Path(__file__).resolve().parents[2]
OBEDIENT = """
from threading import Event
from bot import lifeline
lifeline.watch()
print("here", flush=True)
Event().wait()
"""
STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("here", flush=True)
while True:
    signal.pause()
"""
STARTER = """
import os
from pathlib import Path
from threading import Event
from bot.crew import Crew
Crew(Path.cwd()).start("child", ["obedient"], dict(os.environ))
Event().wait()
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def _started(folder: Path, program: str) -> Crew:
    (folder / "program.py").write_text(program)
    crew = Crew(folder)
    crew.start("the child", ["program"], ENVIRONMENT, folder / "log")
    return crew


def _said(process: Process) -> str:
    """Follow the log until something stands in it or the process has ended."""
    assert process.log is not None
    while process.running.poll() is None and not process.log.read_text():
        os.sched_yield()
    return process.log.read_text()


def test_a_child_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    (tmp_path / "obedient.py").write_text(OBEDIENT)
    (tmp_path / "starter.py").write_text(STARTER)
    starter = subprocess.Popen(
        [sys.executable, "-m", "starter"], cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "here\n"

    starter.kill()

    # The child has our pipe too: its end is the pipe's end.
    assert starter.stdout.read() == ""
    starter.wait()
    starter.stdout.close()


def test_a_fallen_process_says_how_and_its_last_words(tmp_path: Path) -> None:
    crew = _started(tmp_path, "raise SystemExit('no milk left')")
    crew.processes[0].running.wait()

    fallen = crew.fallen()

    assert fallen is not None
    assert fallen.why() == "the child stopped with exit status 1; its last lines were:\n  no milk left"
    crew.end()


def test_ending_the_crew_asks_first(tmp_path: Path) -> None:
    crew = _started(tmp_path, OBEDIENT)
    assert _said(crew.processes[0]) == "here\n"
    assert crew.fallen() is None

    crew.end()

    assert crew.processes[0].running.returncode == -signal.SIGTERM


def test_a_process_that_will_not_end_is_made_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.crew.PATIENCE", 0.2)
    crew = _started(tmp_path, STUBBORN)
    assert _said(crew.processes[0]) == "here\n"

    crew.end()

    assert crew.processes[0].running.returncode == -signal.SIGKILL
