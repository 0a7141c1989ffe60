"""However long the queue is, finding what is due reads the head of each lane and no more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage.migrations import migrate
from storage.outbox import Promise
from storage.scope import Scope
from storage.store import Store, open_store
from tests.databases import Cluster, SQLite

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture
def store(databases: SQLite | Cluster) -> Iterator[Store]:
    """A fresh store."""
    url = databases.copy(migrate)
    opened = open_store(url, Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()
    databases.drop(url)


def promise(store: Store, channel: str, priority: int, at: datetime = AT) -> None:
    """A message to the channel."""
    with store.begin() as tx:
        tx.outbox.channel(channel, Promise(at, {"says": "refused", "text": channel}, priority=priority))


def take(store: Store, now: datetime = AT) -> str | None:
    """Whose turn it is: the channel of the taken delivery."""
    with store.begin() as tx:
        taken = tx.queue.take(now, now, LEASE, rates=1)
    return taken.channel if taken else None


def test_the_most_urgent_of_all_lanes_goes_first(store: Store) -> None:
    """Whichever lane it waits in, and whenever it came."""
    promise(store, "C0CALM", 3)
    promise(store, "C0HURRY", 1)

    assert [take(store), take(store), take(store)] == ["C0HURRY", "C0CALM", None]


def test_a_closed_lane_lets_others_pass(store: Store) -> None:
    """A channel that had its burst waits; another one doesn't."""
    for _ in range(3):
        promise(store, "C0BUSY", 1)
    promise(store, "C0QUIET", 3)

    assert [take(store) for _ in range(4)] == ["C0BUSY", "C0BUSY", "C0QUIET", None]


def test_the_next_moment_is_the_soonest_of_all_lanes(store: Store) -> None:
    """What is promised for later, and when a closed lane opens."""
    promise(store, "C0LATER", 3, AT + timedelta(hours=1))
    promise(store, "C0LATEST", 3, AT + timedelta(hours=2))

    with store.look() as tx:
        assert tx.queue.next_at() == AT + timedelta(hours=1)


def test_nothing_promised_is_due_never(store: Store) -> None:
    """No lane has a head."""
    with store.look() as tx:
        assert tx.queue.next_at() is None
    assert take(store) is None


def test_looking_for_what_is_due_never_walks_through_the_queue(sqlite: SQLite) -> None:
    """SQLite's own plan: deliveries are found by an index, every time."""
    store = open_store(sqlite.copy(migrate), Scope("tidewell", "tidewellgyms"))
    asked: list[tuple[str, Any]] = []
    for engine in (store.reader, store.writer):
        event.listen(engine, "before_cursor_execute", lambda *heard: asked.append((heard[2], heard[3])))
    promise(store, "C0CARE", 1)
    asked.clear()

    with store.look() as tx:
        tx.queue.next_at()
    take(store)

    questions = [(words, values) for words, values in asked if words.startswith("SELECT")]
    with store.look() as tx:
        steps = [
            row[3]
            for words, values in questions
            for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        ]
    store.close()
    assert any("ix_deliveries_soonest" in step for step in steps)
    assert any("ix_deliveries_wanted" in step for step in steps)
    assert [step for step in steps if "SCAN" in step and ("head" in step or "deliveries" in step)] == []
