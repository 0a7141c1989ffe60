"""Intake: each post once, whatever overlaps; the cursor only passes what is stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from desk import intake
from desk.desk import Desk
from desk.intake import Source
from storage.store import Store
from tests.desk.conftest import AT, a_post, acts_of, case_of, take_in


def test_a_post_is_stored_once_however_often_it_comes(desk: Desk, store: Store) -> None:
    first = take_in(desk, a_post(1), a_post(2))
    second = take_in(desk, a_post(1), a_post(2), a_post(3))

    assert (first.stored, first.known) == (2, 0)
    assert (second.stored, second.known) == (1, 2)
    with store.look() as tx:
        assert tx.posts.count() == 3


def test_two_watchers_at_once_store_each_post_once(desk: Desk, store: Store) -> None:
    posts = [a_post(n, author_id=str(n), author_handle=f"a_{n}") for n in range(1, 21)]

    with ThreadPoolExecutor(4) as watchers:
        tallies = list(watchers.map(lambda _: take_in(desk, *posts), range(4)))

    assert sum(tally.stored for tally in tallies) == 20
    with store.look() as tx:
        assert tx.posts.count() == 20
        assert tx.cases.get(21) is None


def test_two_posts_of_one_author_at_once_make_one_case(desk: Desk, store: Store) -> None:
    with ThreadPoolExecutor(8) as watchers:
        list(watchers.map(lambda n: take_in(desk, a_post(n)), range(1, 9)))

    with store.look() as tx:
        assert tx.posts.count() == 8
        assert len(tx.posts.of_case(1)) == 8


def test_posts_are_taken_in_by_their_age_not_by_their_place(desk: Desk) -> None:
    take_in(desk, a_post(3), a_post(1), a_post(2))

    assert case_of(desk).opened_at == AT + timedelta(seconds=1)
    assert acts_of(desk) == ["opened", "customer_wrote", "customer_wrote"]


def test_the_cursor_moves_with_what_was_stored_or_not_at_all(desk: Desk) -> None:
    broken = a_post(2, author_id=None)

    with pytest.raises(Exception, match=r"(?i)null"):
        intake.store(desk, [a_post(1), broken], Source("x:mentions", AT.isoformat()), AT)

    assert intake.cursor(desk, "x:mentions") is None
    assert intake.news(desk, [a_post(1)]) == [a_post(1)]


def test_an_edit_that_comes_before_its_first_version_is_the_post(desk: Desk, store: Store) -> None:
    newer = a_post(2, "@TidewellGyms new words", version_ids=("1", "2"))

    take_in(desk, newer)
    take_in(desk, a_post(1))

    with store.look() as tx:
        (post,) = tx.posts.of_case(1)
    assert post.text == "@TidewellGyms new words"


def test_a_gap_is_reported_once_an_hour(desk: Desk, store: Store) -> None:
    for _ in range(3):
        intake.store(desk, [], Source("x:mentions", AT.isoformat(), complete=False), AT)

    with store.begin() as tx:
        first = tx.queue.take(AT, AT, timedelta(seconds=30), 1.0)
        second = tx.queue.take(AT, AT, timedelta(seconds=30), 1.0)
    assert first is not None
    assert first.payload["says"] == "sources_gap"
    assert second is None
