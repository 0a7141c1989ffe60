"""Rules as rows: a statement decides whose change counts, and the version changes with every change."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.back_test import Figures
from domain.rulebook import MadeRule
from domain.rules import Rule
from storage.scope import Scope
from storage.store import Store, open_store

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RULE = Rule("dirty", "dirty", "care", mode="monitor", languages=("en",))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database of each kind, with one rule in it."""
    opened = open_store(database_url, Scope("tidewell", "tidewellgyms"))
    with opened.begin() as tx:
        assert tx.rules.make(RULE, "U0ELI", AT)
    yield opened
    opened.close()


def standing(store: Store) -> MadeRule:
    with store.look() as tx:
        found = tx.rules.get("dirty")
    assert found is not None
    return found


def test_of_two_who_saw_the_same_version_the_first_counts(store: Store) -> None:
    seen = standing(store)

    with store.begin() as tx:
        first = tx.rules.set_mode(seen, "off", "U0ELI", AT)
    with store.begin() as tx:
        late = (
            tx.rules.edit(seen, Rule("dirty", "filthy", "care"), "U0GUS", AT),
            tx.rules.set_mode(seen, "armed", "U0GUS", AT),
            tx.rules.delete(seen, "U0GUS", AT),
        )

    assert first is not None
    assert late == (None, None, False)
    assert standing(store).rule.mode == "off"


def test_a_change_that_didnt_count_leaves_no_trace(store: Store) -> None:
    seen = standing(store)
    with store.begin() as tx:
        tx.rules.set_mode(seen, "off", "U0ELI", AT)
        tx.rules.set_mode(seen, "armed", "U0GUS", AT)

    with store.look() as tx:
        assert [one.act for one in tx.rules.changes("dirty")] == ["off", "made"]


def test_a_rule_comes_back_as_it_was_kept(store: Store) -> None:
    assert standing(store).rule == RULE


def test_every_change_is_another_version_the_deletion_too(store: Store) -> None:
    versions = []
    for act in ("armed", "off"):
        with store.begin() as tx:
            versions.append(tx.rules.version())
            tx.rules.set_mode(standing(store), act, "U0ELI", AT)
    with store.begin() as tx:
        versions.append(tx.rules.version())
    with store.begin() as tx:
        tx.rules.delete(standing(store), "U0ELI", AT)
    with store.look() as tx:
        versions.append(tx.rules.version())

    assert len(set(versions)) == len(versions)


def test_figures_count_for_what_the_rule_means_not_for_its_name(store: Store) -> None:
    with store.begin() as tx:
        number = tx.rules.back_tests.ask(RULE, "U0ELI", AT)
        tx.rules.back_tests.done(number, Figures(100, 7, 2), AT)

    with store.look() as tx:
        fresh = tx.rules.back_tests.fresh
        assert fresh(Rule("other", "dirty", "care", languages=("en",), priority=9), AT - timedelta(1)) == Figures(
            100, 7, 2
        )
        assert fresh(Rule("dirty", "dirty", "care"), AT - timedelta(1)) is None
        assert fresh(RULE, AT) is None


def test_one_that_couldnt_be_done_proves_nothing(store: Store) -> None:
    with store.begin() as tx:
        number = tx.rules.back_tests.ask(RULE, "U0ELI", AT)
        tx.rules.back_tests.done(number, None, AT)

    with store.look() as tx:
        assert tx.rules.back_tests.fresh(RULE, AT - timedelta(1)) is None
