"""Words to one person: why a wish wasn't granted, told through their own click."""

import re

from desk.desk import Desk
from domain.staff import By, Staff
from storage.outbox import Promise

_PERSON = re.compile(r"<@(\w+)>")
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


def plainly(desk: Desk, text: str) -> str:
    """The text for a place where Slack draws no marks, as under a field: people by name, commands as they are typed."""
    with desk.store.look() as tx:
        known = {person: tx.directory.get(person) for person in _PERSON.findall(text)}
    named = _PERSON.sub(lambda found: _name(known[found[1]]), text)
    return named.replace("`", "")


def _name(person: Staff | None) -> str:
    return person.real_name or person.name if person else "A colleague"
