"""Claiming: one statement decides, whatever interleaves."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk import claims
from desk.claims import Claimed, Lost
from desk.desk import Desk
from domain.cases import CLAIMED, Case
from domain.errors import Repeated, Stale
from storage.store import Store
from tests.desk.conftest import ANN, AT, BEN, TEAM, acts_of, by, case_of


def test_of_thirty_two_at_once_one_has_it(desk: Desk, case: Case) -> None:
    ready = threading.Barrier(len(TEAM))

    def press(person: str) -> Claimed | Lost:
        ready.wait()
        return claims.claim(desk, case.id, by(person))

    with ThreadPoolExecutor(len(TEAM)) as team:
        outcomes = list(team.map(press, TEAM))

    winners = [person for person, outcome in zip(TEAM, outcomes, strict=True) if isinstance(outcome, Claimed)]
    assert len(winners) == 1
    assert case_of(desk).holder == winners[0]
    assert case_of(desk).collisions == 31
    assert case_of(desk).epoch == 1
    assert sorted(acts_of(desk)) == ["claim_lost"] * 31 + ["claimed", "opened"]


def test_who_reads_before_and_writes_after_another_has_lost(desk: Desk, store: Store, case: Case) -> None:
    """The interleaving that a read-then-write claim gets wrong, forced: both have seen the case open."""
    with store.look() as tx:
        seen = tx.cases.get(case.id)
    assert seen is not None
    assert seen.holder is None

    with store.begin() as tx:
        first = tx.cases.claim(case.id, ANN, AT)
    with store.begin() as tx:
        second = tx.cases.claim(case.id, BEN, AT)

    assert first is not None
    assert second is None
    assert case_of(desk).holder == ANN


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_a_claim_waits_for_an_uncommitted_one_and_then_loses(desk: Desk, store: Store, case: Case) -> None:
    results: list[Case | None] = []

    def claim_second() -> None:
        with store.begin() as tx:
            results.append(tx.cases.claim(case.id, BEN, AT))

    with store.begin() as tx:
        tx.cases.claim(case.id, ANN, AT)
        late = threading.Thread(target=claim_second)
        late.start()
        late.join(0.2)
        assert results == []
    late.join(5)

    assert results == [None]
    assert case_of(desk).holder == ANN


def test_the_same_delivery_once_more_changes_nothing(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(ANN, key="trigger:same"))
    before = case_of(desk)

    with pytest.raises(Repeated):
        claims.claim(desk, case.id, by(ANN, key="trigger:same"))

    assert case_of(desk) == before
    assert acts_of(desk) == ["opened", "claimed"]


def test_a_claim_by_the_holder_leaves_no_second_entry(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(ANN))

    assert isinstance(claims.claim(desk, case.id, by(ANN)), Claimed)

    assert acts_of(desk) == ["opened", "claimed"]
    assert case_of(desk).epoch == 1


def test_a_lost_claim_changes_nothing_but_the_tally(desk: Desk, case: Case) -> None:
    claims.claim(desk, case.id, by(ANN))

    outcome = claims.claim(desk, case.id, by(BEN))

    assert isinstance(outcome, Lost)
    assert (case_of(desk).holder, case_of(desk).status, case_of(desk).collisions) == (ANN, CLAIMED, 1)


def test_nobody_claims_what_has_ended(desk: Desk, store: Store, case: Case) -> None:
    with store.begin() as tx:
        tx.cases.dismiss(case.id, case.epoch, AT)

    with pytest.raises(Stale, match="closed"):
        claims.claim(desk, case.id, by(ANN))

    assert case_of(desk).holder is None
