"""Writers who queue share a commit, and none of them notices but by its speed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from domain.errors import Busy, NoSuchCase
from storage.gate import Gate
from storage.migrations import migrate
from storage.scope import Scope
from storage.store import Store, Tx, open_store

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh SQLite store."""
    url = f"sqlite:///{tmp_path / 'dibs.db'}"
    migrate(url)
    opened = open_store(url, Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()


@pytest.fixture
def commits(store: Store) -> list[object]:
    """Every commit of the writing engine."""
    seen: list[object] = []
    event.listen(store.writer, "commit", seen.append)
    return seen


def keep(key: str) -> Callable[[Tx], None]:
    """A writer's work: a receipt of this name."""

    def work(tx: Tx) -> None:
        assert tx.ledger.first_time(key, AT)

    return work


def queue_up(store: Store, works: list[Callable[[Tx], None]]) -> list[Future[None]]:
    """All of them queue, in this order, while somebody else has his turn; then they go."""

    def write(work: Callable[[Tx], None]) -> None:
        with store.begin() as tx:
            work(tx)

    gate = store.gate
    assert gate is not None
    with ThreadPoolExecutor(len(works)) as threads, gate.turn():
        futures = []
        for place, work in enumerate(works, 1):
            futures.append(threads.submit(write, work))
            _wait_for(gate, place)
    return futures


def _wait_for(gate: Gate, length: int) -> None:
    pause = threading.Event()
    for _ in range(1_000):
        if gate.queue_length == length:
            return
        pause.wait(0.002)
    pytest.fail(f"there never were {length} in the queue")


def kept(store: Store, key: str) -> bool:
    """Whether the receipt is there."""
    with store.begin() as tx:
        return not tx.ledger.first_time(key, AT)


def test_writers_who_queue_share_one_commit(store: Store, commits: list[object]) -> None:
    """Ten writers, one wait for the disk."""
    written = queue_up(store, [keep(f"writer {n}") for n in range(10)])

    assert [one.result() for one in written] == [None] * 10
    assert len(commits) == 1
    assert all(kept(store, f"writer {n}") for n in range(10))


def test_a_writer_alone_commits_at_once(store: Store, commits: list[object]) -> None:
    """Nobody queues, so there is nobody to wait for."""
    with store.begin() as tx:
        keep("alone")(tx)

    assert len(commits) == 1


def test_a_refused_writer_takes_back_its_own_part_only(store: Store) -> None:
    """Whoever shares the commit keeps theirs."""

    def refuse(tx: Tx) -> None:
        keep("refused")(tx)
        raise NoSuchCase("That case isn't here any more.")

    first, refused, last = queue_up(store, [keep("first"), refuse, keep("last")])

    assert first.result() is None
    assert last.result() is None
    with pytest.raises(NoSuchCase):
        refused.result()
    assert [kept(store, key) for key in ("first", "refused", "last")] == [True, False, True]


def test_a_refused_writer_at_the_front_or_the_end_changes_nothing_for_others(store: Store) -> None:
    """The first has no savepoint of its own, the last has to commit for the others."""

    def refuse(_tx: Tx) -> None:
        raise NoSuchCase("That case isn't here any more.")

    _, middle, _ = queue_up(store, [refuse, keep("middle"), refuse])

    assert middle.result() is None
    assert kept(store, "middle")


def test_when_the_disk_is_full_everybody_in_the_commit_is_told(store: Store) -> None:
    """SQLite takes back the whole transaction, so nobody may believe that theirs was kept."""

    def overfill(tx: Tx) -> None:
        pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for n in range(1_000):
            keep(f"{n} {'x' * 150}")(tx)

    first, full = queue_up(store, [keep("first"), overfill])

    for one in (first, full):
        with pytest.raises(Busy):
            one.result()
