"""The trail: whoever changes, drops or reorders an entry in the database is found out."""

import pytest
from sqlalchemy import text

from desk import claims, endings, holding
from desk.desk import Desk
from domain.audit import broken_at
from domain.cases import Case
from tests.desk.conftest import ANN, BEN, by, case_of

TAMPERS: dict[str, tuple[str, int]] = {
    "an actor": ("UPDATE audit SET actor = 'U0BEN' WHERE n = 2", 2),
    "an act": ("UPDATE audit SET act = 'released' WHERE n = 2", 2),
    "a fact": ("UPDATE audit SET facts = '{}' WHERE n = 2", 2),
    "a moment": ("UPDATE audit SET at = at + 1 WHERE n = 3", 3),
    "a digest": ("UPDATE audit SET digest = 'somewhat else' WHERE n = 1", 1),
    "an entry in the middle": ("DELETE FROM audit WHERE n = 2", 2),
    "the first entry": ("DELETE FROM audit WHERE n = 1", 1),
}


@pytest.fixture
def lived(desk: Desk, case: Case) -> Desk:
    """A case with a history."""
    claims.claim(desk, case.id, by(ANN))
    holding.release(desk, case.id, 1, by(ANN))
    claims.claim(desk, case.id, by(BEN))
    endings.resolve(desk, case.id, case_of(desk).epoch, by(BEN))
    return desk


def broken(desk: Desk) -> int | None:
    with desk.store.look() as tx:
        return broken_at(tx.audit.trail(1))


def test_an_untouched_trail_verifies(lived: Desk) -> None:
    assert broken(lived) is None


@pytest.mark.parametrize("what", TAMPERS)
def test_a_changed_trail_is_found_out(lived: Desk, what: str) -> None:
    statement, at = TAMPERS[what]

    with lived.store.begin() as tx:
        assert tx.connection.execute(text(statement)).rowcount == 1

    assert broken(lived) == at


def test_the_trail_never_holds_the_customers_words(lived: Desk) -> None:
    with lived.store.look() as tx:
        kept = str(tx.audit.trail(1))

    assert "the man at the desk" not in kept
