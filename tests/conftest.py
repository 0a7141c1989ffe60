"""What every test may ask for: databases of both kinds. And what none may do: leave this machine."""

import os
import sys
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from storage.migrations import migrate
from tests.databases import Cluster, Prepare, SQLite, Unavailable, running

MISSING = "PostgreSQL could not be started"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class LeftThisMachine(Exception):
    """A test tried to reach another machine."""


def _stay_here(event: str, facts: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(facts[1], tuple) and facts[1][0] not in LOOPBACK:
        raise LeftThisMachine(f"a test tried to connect to {facts[1][0]}")
    if event == "socket.getaddrinfo" and facts[0] not in (*LOOPBACK, None, b"127.0.0.1"):
        raise LeftThisMachine(f"a test asked for the address of {facts[0]}")


sys.addaudithook(_stay_here)
# A busy machine is slow; that is no fault of the code's.
hypothesis.settings.register_profile("whole", deadline=None)
hypothesis.settings.register_profile("fast", deadline=None, max_examples=20)
hypothesis.settings.load_profile("whole")


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """Where SQLite databases of this run are made."""
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """PostgreSQL, started when the first test asks for it; without one, skip loudly, or fail where CI is set."""
    try:
        with running() as cluster:
            yield cluster
    except Unavailable as why:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{MISSING}: {why}", pytrace=False)
        pytest.skip(f"{MISSING}: {why}")


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SQLite | Cluster:
    """Runs the test once per kind of database; makes as many of them as a test wants."""
    maker: SQLite | Cluster = request.getfixturevalue(request.param)
    return maker


@pytest.fixture
def empty_database_url(databases: SQLite | Cluster) -> Iterator[str]:
    """A fresh database without any table."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture
def make_template() -> Prepare:
    """What brings an empty database to the schema; a test of something older may override it."""
    return migrate


@pytest.fixture
def database_url(databases: SQLite | Cluster, make_template: Prepare) -> Iterator[str]:
    """A fresh database with the schema in it."""
    url = databases.copy(make_template)
    yield url
    databases.drop(url)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nobody may overlook that half of the storage tests were left out."""
    left_out = [one for one in terminalreporter.stats.get("skipped", []) if MISSING in str(one.longrepr)]
    if left_out:
        terminalreporter.write_line(f"!!! {len(left_out)} TESTS WERE LEFT OUT: {MISSING}", red=True, bold=True)
        terminalreporter.write_line(str(left_out[0].longrepr))


WIRED = ("tests/sandbox/", "tests/networks/", "tests/stories/", "tests/bot/")
"""What starts servers: a quick look takes only what stands in QUICK of it."""
QUICK = (
    "tests/sandbox/blocks/",
    "tests/stories/test_the_loop.py",
    "tests/bot/test_settings.py",
    "tests/bot/test_check.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow, for --fast, what talks over the wire or to PostgreSQL."""
    for item in items:
        wired = item.nodeid.startswith(WIRED) and not item.nodeid.startswith(QUICK)
        if wired or "postgresql" in item.nodeid:
            item.add_marker(pytest.mark.slow)
