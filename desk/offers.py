"""How an offer ends when nobody accepts it, and what its message says from then on."""

from datetime import datetime

from desk.desk import Desk
from domain.audit import DIBS
from domain.sides import LAPSED, WITHDRAWN, Offer
from storage.outbox import Promise
from storage.store import Tx


def lapse(desk: Desk, now: datetime) -> int:
    """End every offer whose time is over; how many there were."""
    with desk.store.look() as tx:
        due = tx.sides.lapsed(now)
    for offer in due:
        with desk.store.begin() as tx:
            if tx.sides.lapse(offer.id) is None:
                continue
            tx.audit.record(offer.case_id, "offer_lapsed", DIBS, now, taker=offer.taker)
            payload = {"says": "offer_lapsed", "case": offer.case_id, "taker": offer.taker}
            tx.outbox.direct(offer.giver, Promise(now, payload, offer.case_id, key=f"lapsed:{offer.id}"))
            over(tx, offer, LAPSED, now)
            tx.outbox.refresh_card(offer.case_id, now)
    return len(due)


def over(tx: Tx, offer: Offer, how: str, at: datetime) -> None:
    """The offer's message loses its buttons and says how it ended."""
    payload = {"says": "offer_over", "how": how, "case": offer.case_id, "giver": offer.giver}
    tx.outbox.rewrite(key_of(offer), payload, at)


def withdraw(tx: Tx, case_id: int, at: datetime) -> None:
    """End the case's standing offer, if there is one: what it offered has moved on."""
    ended = tx.sides.end_offer(case_id, WITHDRAWN)
    if ended is not None:
        over(tx, ended, WITHDRAWN, at)


def key_of(offer: Offer) -> str:
    """The key under which its message was promised."""
    return f"offer:{offer.id}"


def next_at(desk: Desk) -> datetime | None:
    """When the next offer lapses."""
    with desk.store.look() as tx:
        return tx.sides.next_lapse()
