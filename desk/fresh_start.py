"""A sandbox that began anew: what we remember belongs to a world that is no more."""

from datetime import datetime

from desk.desk import Desk

WORLD = "sandbox:world"


def keep_up(desk: Desk, world: str, now: datetime) -> bool:
    """Forget everything when the sandbox counts another world than the one we know; whether there was anything."""
    with desk.store.look() as tx:
        known = tx.ledger.cursor(WORLD)
    if known == world:
        return False
    with desk.store.begin() as tx:
        if known is not None:
            tx.ledger.forget_everything()
        tx.ledger.advance(WORLD, world, now)
    return known is not None
