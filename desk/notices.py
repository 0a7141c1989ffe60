"""Words to one person: why a wish wasn't granted, told through their own click."""

from desk.desk import Desk
from domain.staff import By
from storage.outbox import Promise

ASKED_FOR = "directory:wanted"
"""The cursor that asks the clock for a fresh look at Slack's directory."""


def tell(desk: Desk, by: By, text: str) -> None:
    """Say it where only they see it; without a line back from their click, as a direct message."""
    payload = {"says": "refused", "text": text}
    with desk.store.begin() as tx:
        if tx.directory.get(by.staff) is None:
            tx.ledger.advance(ASKED_FOR, by.staff, by.at)
        if by.response_url:
            tx.outbox.notice(by.staff, by.response_url, Promise(by.at, payload, key=f"told:{by.key}"))
        else:
            tx.outbox.direct(by.staff, Promise(by.at, payload, key=f"told:{by.key}"))
