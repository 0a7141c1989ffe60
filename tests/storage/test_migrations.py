"""Migrations: up, down and up again, on both databases, to exactly the schema in the code."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, make_url, select
from sqlalchemy.pool import NullPool

from storage.migrations import is_current, migrate
from storage.schema import contents, metadata, posts
from storage.types import EPOCH

OURS = "alembic_version"
A_POST = {
    "id": 1, "network": "x", "post_id": "1", "latest_id": "1", "author_id": "7", "conversation_id": "1",
    "created_at": EPOCH, "seen_at": EPOCH, "ours": False, "images": 0, "option_kind": "api", "option_reason": "",
    "digest": "",
}  # fmt: skip


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names()) - {OURS}


def columns(url: str, table: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return {column["name"] for column in inspect(connection).get_columns(table)}


def differences(url: str) -> list[object]:
    engine = create_engine(make_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def test_up_gives_the_schema_of_the_code(empty_database_url: str) -> None:
    migrate(empty_database_url)

    assert tables(empty_database_url) == set(metadata.tables)
    assert differences(empty_database_url) == []


def test_down_leaves_nothing_and_up_again_gives_the_same(empty_database_url: str) -> None:
    migrate(empty_database_url)

    migrate(empty_database_url, "base")
    assert tables(empty_database_url) == set()
    migrate(empty_database_url)

    assert differences(empty_database_url) == []


def test_what_a_network_counted_comes_and_goes_and_the_words_stay(empty_database_url: str) -> None:
    migrate(empty_database_url, "0005")
    whose = {"brand": "tidewell", "account": "tidewellgyms"}
    engine = create_engine(empty_database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(insert(posts).values(A_POST | whose))
        connection.execute(insert(contents).values(post=1, text="hello", **whose))

    migrate(empty_database_url, "0006")
    assert {"followers", "views", "shares"} <= columns(empty_database_url, "contents")
    migrate(empty_database_url, "-1")

    assert {"followers", "views", "shares"}.isdisjoint(columns(empty_database_url, "contents"))
    with engine.connect() as connection:
        assert connection.execute(select(contents.c.text)).scalar_one() == "hello"


def test_a_second_run_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    migrate(empty_database_url)

    engine = create_engine(empty_database_url, poolclass=NullPool)
    with engine.connect() as connection:
        assert is_current(connection)


def test_every_table_says_whose_rows_they_are() -> None:
    without = [name for name, table in metadata.tables.items() if not {"brand", "account"} <= set(table.c.keys())]

    assert without == []
