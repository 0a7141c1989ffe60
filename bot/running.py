"""The commands that run the bot: everything in one process, one role of it, or only the migrations."""

import signal
import threading

from bot import app, lifeline
from bot.policy import load_policy
from bot.pulse import Pulse
from bot.settings import load
from storage.migrations import migrate


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


def web(words: list[str]) -> int:
    """Slack's side alone."""
    return run(words, frozenset({app.WEB}))


def worker(words: list[str]) -> int:
    """Watching and delivering alone."""
    return run(words, frozenset({app.WORKER}))


def clock(words: list[str]) -> int:
    """The clock alone."""
    return run(words, frozenset({app.CLOCK}))


def migrate_only(_words: list[str]) -> int:
    """Bring the database up to date."""
    migrate(load().database_url)
    return 0
