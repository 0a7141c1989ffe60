"""The state folder: one run at a time, and forgetting it on request."""

import fcntl
import os
import shutil
import sys
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self, TextIO

OURS = ("dibs.db*", "sandbox", "*.log")
"""What Dibs makes in the folder. Nothing else is ever removed: the folder may have been named by mistake."""

PATIENCE = 12.0
"""Machine seconds that the children of a killed run get for their end."""
STEP = 0.1


class Impossible(Exception):
    """The start can't be; the text says why and what to do."""


class Folder:
    """Holds the folder at `path` for the run `name` while the context is open. Raises Impossible when it is held."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self._file = path / f"{name}.pid"
        self._lock: TextIO | None = None

    def __enter__(self) -> Self:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = self._file.open("a+", encoding="utf-8")
        except OSError as why:
            raise Impossible(f"the state folder {self.path} can't be used: {why.strerror}.") from None
        if not _locked(lock):
            pid = _pid(lock)
            lock.close()
            raise Impossible(f"{self.path} is in use by pid {pid}: stop it, or choose another --state.")
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock
        return self

    @property
    def held(self) -> int:
        """The lock's file descriptor: whoever inherits it keeps the folder until its own end."""
        assert self._lock is not None  # noqa: S101 - only asked for inside the context
        return self._lock.fileno()

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            # The file stays: removing it would let two runs lock two files of one name.
            self._lock.truncate(0)
            self._lock.close()

    def forget(self, *, asked: bool) -> None:
        """Remove what Dibs has made here; unless already `asked`, ask. Raises Impossible when the answer isn't yes."""
        if not asked and not self._agreed():
            raise Impossible("nothing was removed: --reset needs a yes (or --yes).")
        for pattern in OURS:
            for one in self.path.glob(pattern):
                shutil.rmtree(one) if one.is_dir() else one.unlink()

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input(f"Forget every case, message and post in {self.path}? [y/N] ").strip().lower() in ("y", "yes")


def _locked(lock: TextIO) -> bool:
    """Lock the file. What a killed run has left is about to end, and is waited for."""
    for _ in range(int(PATIENCE / STEP)):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if _is_running(_pid(lock)):
                return False
            Event().wait(STEP)
        else:
            return True
    return False


def _pid(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read().strip() or "unknown"


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
