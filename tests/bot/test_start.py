"""The real start: sandbox and bot find each other, and neither outlives the other."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.up import ROOT

PATIENCE = 10
pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


class Start:
    """A started pair; `address` is where its page is."""

    def __init__(self, state: Path) -> None:
        words = [sys.executable, "-m", "bot", "up", "--port", "0", "--no-browser", "--no-demo", "--state", str(state)]
        self.running = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.address = self._until("Dibs is running: http://").rpartition("http://")[2].strip().strip("/")

    def _until(self, words: str) -> str:
        assert self.running.stdout is not None
        heard = []
        for line in self.running.stdout:
            heard.append(line)
            if words in line:
                return line
        raise AssertionError("".join(heard))

    def ready(self) -> int:
        link = http.client.HTTPConnection(self.address, timeout=PATIENCE)
        link.request("GET", "/ready")
        status = link.getresponse().status
        link.close()
        return status

    def end(self) -> str:
        """Wait for its end; everything it said until then."""
        said, _ = self.running.communicate(timeout=PATIENCE)
        return str(said)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started = Start(tmp_path)
    yield started
    if started.running.poll() is None:
        started.running.terminate()
        started.end()


def _bot(start: Start) -> int:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return next(int(pid) for pid, parent, args in rows if int(parent) == start.running.pid and args.endswith("bot run"))


def test_both_find_each_other_and_end_in_time_when_told(start: Start) -> None:
    assert start.ready() == 200

    start.running.send_signal(signal.SIGTERM)

    assert "stopping" in start.end()
    assert start.running.returncode == 0


def test_a_fallen_bot_ends_the_sandbox_too(start: Start) -> None:
    os.kill(_bot(start), signal.SIGKILL)

    assert "the bot was ended by signal 9" in start.end()
    assert start.running.returncode == 1
    with pytest.raises(ConnectionRefusedError):
        start.ready()


def test_a_killed_start_takes_both_along_and_can_be_repeated(start: Start, tmp_path: Path) -> None:
    start.running.kill()
    start.running.wait()

    again = Start(tmp_path)

    assert again.ready() == 200
    again.running.terminate()
    again.end()
