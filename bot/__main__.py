"""`python -m bot COMMAND`: run, up, migrate, check and the rest."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial

from bot import app, check, lifeline, logs, replay, up
from bot.policy import load_policy
from bot.pulse import Pulse
from bot.settings import BadSettings, load
from domain.policy import BadPolicy
from storage.migrations import migrate

BAD_CONFIGURATION = 2


def run(_words: list[str], roles: frozenset[str] = app.ALL) -> int:
    """Everything in one process, or the named roles of it."""
    told, pulse = threading.Event(), Pulse()

    def tell(*_: object) -> None:
        told.set()
        pulse.stop()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, tell)
    lifeline.watch()
    settings = load()
    policy = load_policy(settings.policy_path)
    migrate(settings.database_url)
    app.run_until_told(app.build(settings, policy, pulse), told, roles)
    return 0


def migrate_only(_words: list[str]) -> int:
    """Bring the database up to date."""
    migrate(load().database_url)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    **{role: partial(run, roles=frozenset({role})) for role in sorted(app.ALL)},
    "up": up.main,
    "migrate": migrate_only,
    "check": check.main,
    "replay": replay.main,
}


WITH_WISHES = ("up", "check", "replay")
"""Commands that read what follows them."""


def main(words: list[str]) -> int:
    """The exit status of the named command."""
    parser = argparse.ArgumentParser(prog="python -m bot", add_help=len(words) <= 1)
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    wishes = parser.parse_args(words)
    if wishes.rest and wishes.command not in WITH_WISHES:
        parser.error(f"{wishes.command} takes no arguments, not {' '.join(wishes.rest)!r}")
    logs.set_up()
    try:
        return COMMANDS[wishes.command](wishes.rest)
    except (BadSettings, BadPolicy, app.WrongAccount) as faults:
        print(f"dibs can't start:\n{faults}", file=sys.stderr)
        return BAD_CONFIGURATION


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
