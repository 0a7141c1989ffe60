"""Walking a desk through time: what is due is done and delivered, and the nags that were sent are told."""

from datetime import datetime, timedelta

from desk import deliveries, escalation, looking_in, nags
from desk.desk import Desk
from domain.deliveries import NAG, Delivered
from domain.nags import NagSheet
from tests.desk.conftest import AT

MINUTE = timedelta(minutes=1)
DUE = AT + timedelta(seconds=1) + timedelta(hours=1)
"""When the first response to the first post is due: a Monday, 10:00:01."""


def go(
    desk: Desk, until: datetime, start: datetime = AT + timedelta(seconds=1)
) -> list[tuple[str, NagSheet, datetime]]:
    """Walk minute by minute, ticking and delivering; the nags that were sent or repainted."""
    sent = []
    now = start
    while now <= until:
        looking_in.tick(desk, now)
        escalation.tick(desk, now)
        nags.say_aloud(desk, now)
        sent += deliver(desk, now)
        now += MINUTE
    return sent


def deliver(desk: Desk, now: datetime) -> list[tuple[str, NagSheet, datetime]]:
    """Take everything that is due and call it delivered; the nags among it as (place, sheet, when), new ones only."""
    sent = []
    while (parcel := deliveries.take(desk, now + timedelta(seconds=30), now)) is not None:
        delivery = parcel.delivery
        if delivery.kind == NAG and parcel.nag is not None and delivery.ts is None:
            sent.append((str(delivery.recipient or delivery.channel), parcel.nag, now))
        deliveries.settle(desk, delivery, Delivered(f"{delivery.id}.0", delivery.channel or delivery.recipient), now)
    return sent


def told(sent: list[tuple[str, NagSheet, datetime]]) -> list[tuple[str, int]]:
    """(whom, minutes after the deadline) of each new nag."""
    return [(place, round((at - DUE) / MINUTE)) for place, _sheet, at in sent]
