"""Where a measurement was made: the machine, how busy it was, its disk, and the versions of what was measured."""

import os
import platform
import sqlite3
import subprocess
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("slack_bolt", "slack_sdk", "SQLAlchemy", "psycopg", "tweepy", "uvicorn", "starlette")
SYNCS = 50


def described() -> dict[str, Any]:
    """Everything a reader needs to judge the figures."""
    return {
        "machine": {
            "system": platform.platform(),
            "processor": _processor(),
            "cores": os.cpu_count(),
            "load": [round(one, 2) for one in os.getloadavg()],
            "fdatasync_us": fdatasync(),
        },
        "versions": {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version} | _packages(),
        "commit": _commit(),
    }


def fdatasync() -> float:
    """Median microseconds to bring 4 kB to the disk: what every commit waits for."""
    sync = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync
    took = []
    with tempfile.TemporaryFile(dir=os.environ.get("TMPDIR", tempfile.gettempdir())) as file:
        for _ in range(SYNCS):
            os.pwrite(file.fileno(), b"x" * 4096, 0)
            began = time.perf_counter()
            sync(file.fileno())
            took.append(time.perf_counter() - began)
    return round(median(took) * 1e6, 1)


def memory(pid: int) -> float:
    """MiB of memory that a process has resident."""
    # ps, because /proc is Linux alone.
    told = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)  # noqa: S603 - a number of ours
    return round(int(told.stdout) / 1024, 1)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - words of ours
    return told.stdout.strip() or "unknown"
