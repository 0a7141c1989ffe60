"""Whose rows these are, and how prebuilt statements are run on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Insert, Row, Table, bindparam, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from storage.types import Moment

AT_ONCE = 1_000
"""Rows that are let go of at a time: what has piled up never keeps a batch of posts waiting."""


@dataclass(frozen=True)
class Scope:
    """The brand's key and the account it answers from, such as ("tidewell", "tidewellgyms")."""

    brand: str
    account: str

    @property
    def columns(self) -> dict[str, str]:
        """What every inserted row carries."""
        return {"brand": self.brand, "account": self.account}


@dataclass(frozen=True)
class Either:
    """One meaning in two dialects, because ON CONFLICT has no common form in SQLAlchemy Core."""

    sqlite: Insert
    postgresql: Insert


def insert_once(table: Table, *keys: str, returning: Column[Any] | None = None) -> Either:
    """INSERT … ON CONFLICT (keys) DO NOTHING [RETURNING column]: a row comes back only from the first insert."""
    forms = [kind.insert(table).on_conflict_do_nothing(index_elements=list(keys)) for kind in (sqlite, postgresql)]
    if returning is not None:
        forms = [form.returning(returning) for form in forms]
    return Either(*forms)


def upsert(table: Table, keys: Sequence[str], changed: Sequence[str]) -> Either:
    """INSERT … ON CONFLICT (keys) DO UPDATE SET the changed columns to the new values."""
    forms = []
    for kind in (sqlite, postgresql):
        form = kind.insert(table)
        forms.append(
            form.on_conflict_do_update(index_elements=list(keys), set_={name: form.excluded[name] for name in changed})
        )
    return Either(*forms)


class Rows:
    """Statements of one table group on one connection; subclasses keep them prebuilt and say what they mean."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self._connection, self._scope = connection, scope

    def _run(self, statement: Any, **values: Any) -> Any:
        return self._connection.execute(statement, values)

    def _one(self, statement: Any, **values: Any) -> Row[Any] | None:
        row: Row[Any] | None = self._connection.execute(statement, values).first()
        return row

    def _all(self, statement: Any, **values: Any) -> list[Row[Any]]:
        return list(self._connection.execute(statement, values).all())

    def _insert(self, statement: Any, **values: Any) -> Any:
        return self._connection.execute(self._form(statement), {**self._scope.columns, **values})

    def _insert_all(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(self._form(statement), [{**self._scope.columns, **row} for row in rows])

    def _form(self, statement: Any) -> Any:
        if not isinstance(statement, Either):
            return statement
        return statement.sqlite if self._connection.dialect.name == "sqlite" else statement.postgresql


def b(name: str) -> Any:
    """A bound value, named apart from its column so that UPDATE … SET never takes it for one."""
    return bindparam(f"v_{name}")


def written(word: str) -> Any:
    """A word of ours that stands in the statement: with a bound one SQLite plans anew at each run, to use an index on
    part of a table.
    """
    return literal_column(f"'{word}'")


def moment(name: str) -> Any:
    """A bound moment inside an expression, where SQLAlchemy can't take its type from a column."""
    return bindparam(f"v_{name}", type_=Moment())
