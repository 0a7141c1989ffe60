"""The gate: a process that was stopped while it held the gate can't keep clicks waiting past Slack's patience."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from domain.errors import Busy
from storage.migrations import migrate
from storage.scope import Scope
from storage.store import Store, open_store

BUDGET = 2.6
"""Wall seconds: two of waiting, and a slow machine; Slack gives up after three."""
HOLD = """
import fcntl, sys, time
lock = open(sys.argv[1], "ab")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    migrate(f"sqlite:///{tmp_path / 'dibs.db'}")
    return tmp_path / "dibs.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store on it."""
    opened = open_store(f"sqlite:///{path}", Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()


@pytest.fixture
def stopped(path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process that holds the gate and was stopped."""
    words = [sys.executable, "-c", HOLD, f"{path}.lock"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    process.send_signal(signal.SIGSTOP)
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def seconds_until_busy(store: Store) -> float:
    began = monotonic()
    with pytest.raises(Busy), store.begin():
        pytest.fail("nobody may pass")
    return monotonic() - began


@pytest.mark.usefixtures("stopped")
def test_a_writer_gives_up_within_the_budget(store: Store) -> None:
    assert 1.5 < seconds_until_busy(store) < BUDGET


@pytest.mark.usefixtures("stopped")
def test_writers_who_queue_give_up_within_the_budget_as_well(store: Store) -> None:
    pause = Event()

    def come(later: float) -> float:
        pause.wait(later)
        return seconds_until_busy(store)

    with ThreadPoolExecutor(6) as writers:
        waited = list(writers.map(come, [0, 0.3, 0.6, 0.9, 1.2, 1.5]))

    assert max(waited) < BUDGET


@pytest.mark.usefixtures("stopped")
def test_a_reader_does_not_pass_the_gate(store: Store) -> None:
    began = monotonic()

    with store.look() as tx:
        assert tx.posts.count() == 0

    assert monotonic() - began < 1


def test_a_holder_that_was_killed_frees_the_gate(store: Store, stopped: "subprocess.Popen[bytes]") -> None:
    stopped.kill()
    stopped.wait()

    with store.begin() as tx:
        assert tx.posts.count() == 0
