"""Migrations: one tree for both databases, run by `migrate()` alone, safe when several processes start at once."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

from storage.gate import Gate

_ONE_AT_A_TIME = 7_420_117
"""The key of PostgreSQL's advisory lock around migrations."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to the revision."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        with create_engine(where, poolclass=NullPool).begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            _move(connection, revision)
        return
    path = Path(str(where.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    gate = Gate(path.with_name(path.name + ".lock"))
    with gate.passing():
        _migrate_sqlite(url, revision)
    gate.close()


def _migrate_sqlite(url: str, revision: str) -> None:
    engine = create_engine(url, poolclass=NullPool)

    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        # A batch migration copies and drops tables; with foreign keys on, the drop would empty their children.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA journal_mode=WAL")

    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        _move(connection, revision)
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"the migration would leave rows without their parents: {orphans[:3]}")


def _move(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    newest = ScriptDirectory.from_config(config).get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    if revision == "head" and current == newest:
        return
    goes_down = revision == "base" or (current is not None and revision.startswith("-"))
    (command.downgrade if goes_down else command.upgrade)(config, revision)


def is_current(connection: Connection) -> bool:
    """Whether the database is at the newest revision."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
