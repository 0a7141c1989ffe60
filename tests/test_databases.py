"""The databases that tests stand on are what they promise: fresh, both kinds, gone afterwards."""

import socket
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.conftest import LeftThisMachine
from tests.databases import Cluster, SQLite, Unavailable, running


def _add_table(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE cases (id integer)"))
    engine.dispose()


def _tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    assert _tables(empty_database_url) == []


def test_a_database_comes_with_the_schema(database_url: str) -> None:
    assert "cases" in _tables(database_url)


def test_copies_of_a_prepared_database_do_not_see_each_other(databases: SQLite | Cluster) -> None:
    calls: list[str] = []

    def prepare(url: str) -> None:
        calls.append(url)
        _add_table(url)

    first, second = databases.copy(prepare), databases.copy(prepare)
    engine = create_engine(first)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE cases"))
    engine.dispose()

    assert len(calls) == 1
    assert _tables(first) == []
    assert _tables(second) == ["cases"]


def test_a_server_of_ours_leaves_nothing_behind() -> None:
    with running() as cluster:
        home = Path(cluster.admin.rpartition("host=")[2])
        assert _tables(cluster.admin) == []
        assert home.is_dir()

    assert not home.exists()


def test_a_server_that_cannot_start_is_unavailable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    with pytest.raises(Unavailable, match="initdb"), running():
        pass


def test_a_test_cannot_leave_this_machine() -> None:
    with socket.socket() as stranger, pytest.raises(LeftThisMachine):
        stranger.connect(("192.0.2.1", 80))
