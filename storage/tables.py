"""How tables are made: one set of names, brand and account on each, and one key both databases count by themselves."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String, Table, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEY = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts by itself only for INTEGER PRIMARY KEY


def table(name: str, *columns: Any) -> Table:
    whose = (Column("brand", String(41), nullable=False), Column("account", String(64), nullable=False))
    return Table(name, metadata, *columns, *whose)


def only(condition: str) -> dict[str, Any]:
    """A partial index, in both dialects."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def key_column() -> Column[int]:
    return Column("id", KEY, primary_key=True, autoincrement=True)


def case_column(*, nullable: bool = False) -> Column[int]:
    return Column("case_id", KEY, ForeignKey("cases.id"), nullable=nullable)
