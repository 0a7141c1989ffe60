"""`python -m sandbox --world FILE --port N`: a Slack and an X on this machine."""

import argparse
import fcntl
import os
import signal
import sys
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from socket import socket

from pydantic import ValidationError

from sandbox import lifeline, serving
from sandbox.app import Options, build
from sandbox.shelf import Shelf
from sandbox.world import World, read

USAGE = 2
"""Exit status of a start that can't be."""
REAL = ("xoxb-", "xoxp-", "xoxa-", "xoxe", "xoxr-", "xapp-", "xwfp-")
"""How real tokens of Slack begin."""


class Impossible(Exception):
    """The sandbox can't start; the text says why and what to change."""


def main(words: list[str]) -> int:
    """Run until told to stop."""
    wishes = _wishes(words)
    lifeline.watch()
    try:
        world = _world(wishes.world)
        lock = _lock(wishes.state)
        listening = _listen(wishes.port)
    except Impossible as why:
        print(f"sandbox: {why}", file=sys.stderr)  # noqa: T201 - this is a command
        return USAGE
    options = Options(listening.getsockname()[1], wishes.rates, wishes.demo, wishes.start_at, wishes.state)
    # The server stops in good order at these and then raises them anew: for us that is the end, and a good one.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    with closing(Shelf(wishes.state)) as shelf, lock:
        serving.server_for(build(world, shelf, options)).run([listening])
    return 0


def _end(_number: int, _frame: object) -> None:
    sys.exit(0)


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Slack and an X on this machine.")
    parser.add_argument("--world", type=Path, required=True, help="the file that describes workspace, people and brand")
    parser.add_argument("--port", type=int, required=True, help="where to listen on 127.0.0.1; 0 takes a free port")
    parser.add_argument("--state", type=Path, help="the folder that remembers everything; without it nothing is kept")
    parser.add_argument("--rates", type=_positive, default=1.0, help="how many times the real rate limits")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="let no demo posts trickle in")
    parser.add_argument("--start-at", type=_moment, help="business time of a first start, ISO 8601")
    return parser.parse_args(words)


def _positive(text: str) -> float:
    number = float(text)
    if number <= 0:
        raise argparse.ArgumentTypeError("must be greater than 0")
    return number


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a moment such as 2026-11-23T09:00:00Z") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _world(path: Path) -> World:
    try:
        world = read(path)
    except (OSError, ValueError, ValidationError) as why:
        raise Impossible(f"{path} can't be read as a world: {why}") from None
    app = world.app
    for name, token in (("bot_token", app.bot_token), ("app_token", app.app_token)):
        if token.lower().startswith(REAL):
            raise Impossible(
                f"app.{name} in {path} looks like a real Slack token; the sandbox takes made-up words only"
            )
    return world


def _lock(folder: Path | None) -> AbstractContextManager[object]:
    """Hold the folder, so that no second sandbox writes into it."""
    if folder is None:
        return nullcontext()
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "sandbox.pid").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise Impossible(f"{folder} is in use by the sandbox with pid {lock.read().strip() or 'unknown'}") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _listen(port: int) -> socket:
    try:
        return serving.listen(port)
    except OSError as why:
        raise Impossible(f"port {port} on 127.0.0.1 can't be had: {why.strerror}") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
