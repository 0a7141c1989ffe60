"""`python -m bot COMMAND`: run, up, migrate, check and the rest."""

import argparse
import importlib
import os
import sys

from bot import logs
from bot.settings import BadSettings
from domain.parts import BadPolicy

BAD_CONFIGURATION = 2

COMMANDS = {
    "run": "bot.running:run",
    "web": "bot.running:web",
    "worker": "bot.running:worker",
    "clock": "bot.running:clock",
    "migrate": "bot.running:migrate_only",
    "up": "bot.up:main",
    "check": "bot.check:main",
    "replay": "bot.replay:main",
    "sla": "bot.sla:main",
    "rota": "bot.rota:main",
    "triage": "bot.triage:main",
    "rules": "bot.rules:main",
}
"""Where each command is written. It is imported when it is asked for, so that a small one starts at once."""

WITHOUT_WISHES = ("run", "web", "worker", "clock", "migrate")
"""Commands that take nothing after their name."""


def main(words: list[str]) -> int:
    """The exit status of the named command."""
    parser = argparse.ArgumentParser(prog="python -m bot", add_help=len(words) <= 1)
    parser.add_argument("command", choices=sorted(COMMANDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    wishes = parser.parse_args(words)
    if wishes.rest and wishes.command in WITHOUT_WISHES:
        parser.error(f"{wishes.command} takes no arguments, not {' '.join(wishes.rest)!r}")
    logs.set_up()
    module, name = COMMANDS[wishes.command].split(":")
    try:
        return int(getattr(importlib.import_module(module), name)(wishes.rest))
    except (BadSettings, BadPolicy) as faults:
        print(f"dibs can't start:\n{faults}", file=sys.stderr)
        return BAD_CONFIGURATION
    except BrokenPipeError:  # whoever read us has heard enough; Python would complain once more when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
