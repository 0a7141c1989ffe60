"""B1: intake of a storm, against the same rows in bare batches and against a bot that never thought of storms."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from bench import ground, naive
from bench.rows import Compared, Row, Sample, spent
from desk import intake
from desk.desk import Desk
from domain.posts import IncomingPost
from storage.migrations import migrate
from tests.databases import Cluster, Unavailable, running

SOURCE = intake.Source("x:mentions", "2026-11-23T09:00:00+00:00")
BATCH = 50
DOUBLED, AUTHORS_OF_TEN = 0.05, 6
OURS, BARE, NAIVE = "desk.intake.store", "bare executemany of the same rows", "naive ORM loop, a tenth of them"
TABLES = (
    *("cases", "authors", "posts", "contents", "audit", "deliveries", "lanes", "cursors"),
    *("sketches", "bands", "resemblances", "volumes", "spikes"),
)
"""What intake writes, parents first."""
Table = tuple[str, list[tuple[object, ...]]]
"""A statement and its rows."""


def measure(*, quick: bool) -> list[Row]:
    """SQLite always; PostgreSQL where it starts, but not in a hurry."""
    if quick:
        return _on_sqlite(1_000, 3)
    count, rounds = 10_000, 3
    rows = _on_sqlite(count, rounds)
    try:
        with running() as cluster:
            rows += _on_postgresql(cluster, count, rounds)
    except Unavailable as why:
        print(f"PostgreSQL is left out: {why}", file=sys.stderr)
    return rows


def _on_sqlite(count: int, rounds: int) -> list[Row]:
    with ground.folder() as folder:
        taken = [_sqlite_round(folder / str(number), count) for number in range(rounds)]
    compared = Compared("intake, SQLite", count, [one[0] for one in taken])
    rows = [*compared.rows(OURS, BARE), *compared.rows(NAIVE, OURS), *compared.rows(BARE)]
    return [*rows, _second("intake, SQLite", count, taken[0][1])]


def _second(workload: str, count: int, stored: int) -> Row:
    return Row(workload, count, "stored by a second pass", stored, "posts")


def _sqlite_round(place: Path, count: int) -> tuple[dict[str, Sample], int]:
    place.mkdir()
    posts = ground.posts(count, authors=count * AUTHORS_OF_TEN // 10, doubled=DOUBLED)
    desk = ground.desk_on(f"sqlite:///{place / 'ours.db'}")
    took = {OURS: spent(partial(_store, desk, posts), count)}
    again = _store(desk, posts)
    desk.store.close()
    migrate(f"sqlite:///{place / 'bare.db'}")
    with closing(sqlite3.connect(place / "ours.db")) as ours, closing(_bare(place / "bare.db")) as bare:
        batches = list(_batches(_tables(ours.execute, "?"), count))
        took[BARE] = spent(lambda: _fill_sqlite(bare, batches), count)
    tenth, engine = posts[::10], naive.prepared(f"sqlite:///{place / 'naive.db'}")
    took[NAIVE] = spent(partial(naive.take_in, engine, tenth, desk.policy), len(tenth))
    return took, again


def _store(desk: Desk, posts: list[IncomingPost]) -> int:
    stored = 0
    for start in range(0, len(posts), BATCH):
        stored += intake.store(desk, posts[start : start + BATCH], SOURCE, ground.BEGAN_AT).stored
    return stored


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _tables(ask: Callable[[str], object], mark: str) -> list[Table]:
    """Everything intake has written, table by table."""
    found = []
    for name in TABLES:
        cursor: object = ask(f"SELECT * FROM {name} ORDER BY 1")  # noqa: S608 - names of ours
        rows = list(cursor.fetchall())  # type: ignore[attr-defined] # both drivers' cursors have it, without a common type
        if rows:
            found.append((f"INSERT INTO {name} VALUES ({', '.join([mark] * len(rows[0]))})", rows))  # noqa: S608 - as above
    return found


def _batches(tables: list[Table], count: int) -> Iterator[list[Table]]:
    """Cut into as many transactions as ours were."""
    parts = count // BATCH
    for part in range(parts):
        yield [
            (statement, rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]) for statement, rows in tables
        ]


def _fill_sqlite(connection: sqlite3.Connection, batches: list[list[Table]]) -> None:
    for batch in batches:
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in batch:
            connection.executemany(statement, rows)
        connection.execute("COMMIT")


def _on_postgresql(cluster: Cluster, count: int, rounds: int) -> list[Row]:
    taken = [_postgresql_round(cluster, count) for _ in range(rounds)]
    compared = Compared("intake, PostgreSQL", count, [one[0] for one in taken])
    return [*compared.rows(OURS, BARE), *compared.rows(BARE), _second("intake, PostgreSQL", count, taken[0][1])]


def _postgresql_round(cluster: Cluster, count: int) -> tuple[dict[str, Sample], int]:
    posts = ground.posts(count, authors=count * AUTHORS_OF_TEN // 10, doubled=DOUBLED)
    url, copy = cluster.create(), cluster.create()
    desk = ground.desk_on(url)
    took = {OURS: spent(partial(_store, desk, posts), count)}
    again = _store(desk, posts)
    desk.store.close()
    migrate(copy)
    with psycopg.connect(_plain(url)) as ours, psycopg.connect(_plain(copy), autocommit=True) as bare:
        batches = list(_batches(_tables(ours.execute, "%s"), count))
        bare.execute("SET session_replication_role = replica")  # no keys are checked, as in SQLite's bare filling
        took[BARE] = spent(lambda: _fill_postgresql(bare, batches), count)
    cluster.drop(url)
    cluster.drop(copy)
    return took, again


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _fill_postgresql(connection: "psycopg.Connection[tuple[object, ...]]", batches: list[list[Table]]) -> None:
    for batch in batches:
        with connection.transaction(), connection.cursor() as cursor:
            for statement, rows in batch:
                cursor.executemany(statement.encode(), rows)
