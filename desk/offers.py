"""Offers that nobody accepted in time: the case stays where it was, and its giver hears so."""

from datetime import datetime

from desk.desk import Desk
from desk.opening import DIBS
from storage.outbox import Promise


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
            tx.outbox.refresh_card(offer.case_id, now)
    return len(due)


def next_at(desk: Desk) -> datetime | None:
    """When the next offer lapses."""
    with desk.store.look() as tx:
        return tx.sides.next_lapse()
