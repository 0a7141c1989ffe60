"""A reply that promises a call by five, and walking towards that; what the tests of pledges and promises share."""

from datetime import datetime, timedelta

import pytest

from desk import claims, deliveries, escalation, replies, sending
from desk.desk import Desk
from domain.cases import Case
from domain.deadlines import PROMISE, Deadline
from domain.deliveries import DIRECT, Delivered
from domain.policy import Policy
from domain.promises import Answer
from domain.replies import Done
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, by

MINUTE = timedelta(minutes=1)
WORDS = "So sorry, Harriet. We'll call you today by 5pm."
DUE = datetime.fromisoformat("2026-11-23T17:00:00+00:00")


@pytest.fixture
def policy() -> Policy:
    """Hours, a rota, and Eli as the manager."""
    return weekend.policy()


@pytest.fixture
def draft(desk: Desk, case: Case) -> str:
    """Ann's draft; she holds the case."""
    claims.claim(desk, case.id, by(ANN))
    return replies.open_reply(desk, case.id, by(ANN)).draft.id


@pytest.fixture
def promise(desk: Desk, draft: str) -> Deadline:
    """Ben is to call by five; the reply is public since two minutes past nine."""
    replies.confirm(desk, draft, WORDS, by(ANN), Answer(DUE, BEN))
    publish(desk)
    return promises_of(desk)[0]


def publish(desk: Desk, at: datetime = AT + 2 * MINUTE) -> None:
    errand = sending.take(desk, at, at)
    assert errand is not None
    sending.settle(desk, errand, Done("900"), at)


def promises_of(desk: Desk) -> list[Deadline]:
    with desk.store.look() as tx:
        return [clock for clock in tx.clocks.of_case(1) if clock.target == PROMISE]


def go(desk: Desk, start: datetime, until: datetime) -> list[tuple[str, int]]:
    """Walk minute by minute; (whom, minutes after the promise was due) of each new message about it."""
    told, now = [], start
    while now <= until:
        escalation.tick(desk, now)
        for person, says in deliver(desk, now):
            if says == "promise_due":
                told.append((person, round((now - DUE) / MINUTE)))
        now += MINUTE
    return told


def deliver(desk: Desk, now: datetime) -> list[tuple[str, str]]:
    """Take everything that is due and call it delivered; new direct messages as (whom, what they say)."""
    found = []
    while (parcel := deliveries.take(desk, now + timedelta(seconds=30), now)) is not None:
        one = parcel.delivery
        if one.kind == DIRECT and one.ts is None:
            found.append((str(one.recipient), str(one.payload["says"])))
        deliveries.settle(desk, one, Delivered(f"{one.id}.0", one.channel or one.recipient), now)
    return found
