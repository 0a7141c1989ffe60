"""Lanes: the outbox spends Slack's budgets exactly, and never starves what is urgent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.deliveries import EMERGENCY, Delivery
from storage.outbox import Promise
from storage.scope import Scope
from storage.store import Store, open_store

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database of each kind."""
    opened = open_store(database_url, Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()


def promise(store: Store, count: int, channel: str = "C0CARE", priority: int = 3) -> None:
    with store.begin() as tx:
        for n in range(count):
            tx.outbox.channel(channel, Promise(AT, {"says": "done", "n": n}, priority=priority))


def taken(store: Store, at: datetime) -> list[Delivery]:
    """Everything the lanes let through at this moment."""
    found: list[Delivery] = []
    while True:
        with store.begin() as tx:
            delivery = tx.queue.take(at, at, LEASE, 1.0)
            if delivery is None:
                return found
            tx.queue.tell(delivery, (delivery.channel, f"1.{delivery.id}"), at, folded=False)
        found.append(delivery)


def test_a_channel_gets_its_burst_and_then_one_a_second(store: Store) -> None:
    promise(store, 10)

    counts = [len(taken(store, AT + timedelta(seconds=1.05 * n))) for n in range(5)]

    assert counts == [2, 1, 1, 1, 1]


def test_a_rested_channel_saves_no_more_than_its_burst(store: Store) -> None:
    promise(store, 10)
    taken(store, AT)

    assert len(taken(store, AT + timedelta(hours=1))) == 2


def test_channels_do_not_wait_for_each_other(store: Store) -> None:
    for channel in ("C0CARE", "C0PRESS", "C0BILLING"):
        promise(store, 3, channel)

    assert len(taken(store, AT)) == 6


def test_the_workspace_has_a_budget_of_its_own(store: Store) -> None:
    for n in range(20):
        promise(store, 1, f"C{n}")

    assert len(taken(store, AT)) == 10


def test_what_is_urgent_goes_first(store: Store) -> None:
    promise(store, 5)
    promise(store, 1, priority=EMERGENCY)

    assert [delivery.id for delivery in taken(store, AT)] == [6, 1]


def test_next_at_says_when_the_lane_is_free_again(store: Store) -> None:
    promise(store, 3)
    taken(store, AT)

    with store.look() as tx:
        due = tx.queue.next_at()

    assert due is not None
    assert AT < due <= AT + timedelta(seconds=1.05)
    assert len(taken(store, due)) == 1


def test_a_paused_lane_lets_nothing_through(store: Store) -> None:
    promise(store, 1)
    with store.begin() as tx:
        tx.queue.pause("post:C0CARE", AT + timedelta(seconds=30))

    assert taken(store, AT + timedelta(seconds=29)) == []
    assert len(taken(store, AT + timedelta(seconds=30))) == 1


def test_what_is_leased_is_nobody_elses_until_the_lease_is_over(store: Store) -> None:
    promise(store, 1)
    with store.begin() as tx:
        assert tx.queue.take(AT, AT, LEASE, 1.0) is not None
    later = AT + timedelta(seconds=10)

    with store.begin() as tx:
        assert tx.queue.take(later, later, LEASE, 1.0) is None


def test_a_message_whose_courier_died_is_looked_up_before_it_is_sent_again(store: Store) -> None:
    promise(store, 1)
    with store.begin() as tx:
        first = tx.queue.take(AT, AT, LEASE, 1.0)
    assert first is not None
    assert not first.look_up
    later = AT + timedelta(minutes=1)

    with store.begin() as tx:
        second = tx.queue.take(later, later, LEASE, 1.0)

    assert second is not None
    assert second.look_up


def test_a_key_is_promised_once(store: Store) -> None:
    with store.begin() as tx:
        tx.outbox.channel("C0OPS", Promise(AT, {}, key="x_auth:today"))
        tx.outbox.channel("C0OPS", Promise(AT, {}, key="x_auth:today"))

    assert len(taken(store, AT)) == 1
