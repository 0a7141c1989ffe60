"""Deliveries to Slack: the next one with all its view needs, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from desk import digests, nags, occasions, spikes, unreached
from desk.cards import sheet
from desk.desk import Desk
from domain.audit import DIBS
from domain.deliveries import (
    BATCH,
    CARD,
    FOLD,
    GIVE_UP_AFTER,
    GONE,
    HOMELESS,
    LEASE,
    LOCKED_OUT,
    LOOK_UP_AFTER,
    NAG,
    NOTICE,
    Delivered,
    Delivery,
    No,
    NotThere,
    Outcome,
    Unsure,
    Wait,
    pause_after,
)
from domain.digests import DigestSheet
from domain.nags import NagSheet
from domain.occasions import Sheet
from domain.sheets import CardSheet
from storage.outbox import Promise
from storage.store import Tx


@dataclass(frozen=True)
class Parcel:
    """A taken delivery and what it is drawn from: the case's sheet for a card, the new card's address for a fold."""

    delivery: Delivery
    card: CardSheet | None = None
    link: str | None = None
    batch: tuple[tuple[CardSheet, str | None], ...] = ()
    """The cases of a batch, each with the address of its own message once it has one."""
    nag: NagSheet | None = None
    occasion: Sheet | None = None
    digest: DigestSheet | None = None


def take(desk: Desk, now: datetime, machine_now: datetime) -> Parcel | None:
    """The next delivery the lanes let through, leased; None when there is nothing to do yet."""
    with desk.store.begin() as tx:
        delivery = tx.queue.take(now, machine_now, LEASE, desk.rates)
        while delivery is not None:
            parcel = _packed(desk, tx, delivery)
            if not _settled_meanwhile(parcel, now):
                return parcel
            tx.queue.bury(delivery.id, "settled before it was sent")
            if parcel.nag is not None:
                nags.stands_now(tx, int(delivery.payload["nag"]), now)
            delivery = tx.queue.take(now, machine_now, LEASE, desk.rates)
        return None


def _settled_meanwhile(parcel: Parcel, now: datetime) -> bool:
    """A nag whose cases all found somebody before it was sent wakes nobody; nor does news of what is over."""
    if parcel.delivery.ts is not None:
        return False
    if parcel.occasion is not None and parcel.occasion.until_at is not None and parcel.occasion.until_at <= now:
        return True
    return bool(parcel.delivery.payload.get("settled")) or (parcel.nag is not None and not parcel.nag.standing)


def _packed(desk: Desk, tx: Tx, delivery: Delivery) -> Parcel:
    payload = delivery.payload
    if isinstance(payload.get("occasion"), str):
        return Parcel(delivery, occasion=occasions.sheet(desk, tx, str(payload.get("says")), payload["occasion"]))
    if payload.get("says") == digests.SAYS:
        return Parcel(delivery, digest=digests.sheet(desk, tx, int(payload["digest"])))
    if payload.get("says") == spikes.SAYS:
        return Parcel(replace(delivery, payload=spikes.linked(desk, tx, payload)))
    return _of_kind(desk, tx, delivery)


def _of_kind(desk: Desk, tx: Tx, delivery: Delivery) -> Parcel:
    if delivery.kind == CARD and delivery.case_id is not None:
        case = tx.cases.get(delivery.case_id)
        return Parcel(delivery, card=sheet(desk, tx, case) if case else None)
    if delivery.kind == BATCH:
        return Parcel(delivery, batch=tuple(_entries(desk, tx, delivery)))
    if delivery.kind == NAG:
        return Parcel(delivery, nag=nags.sheet(desk, tx, int(delivery.payload["nag"])))
    link = desk.link_to(delivery.payload.get("parent_channel"), delivery.thread_ts)
    if link is None and delivery.case_id is not None:
        live = tx.outbox.live_card(delivery.case_id)
        link = desk.link_to(live.channel, live.ts) if live else None
    return Parcel(delivery, link=link)


def _entries(desk: Desk, tx: Tx, delivery: Delivery) -> Iterator[tuple[CardSheet, str | None]]:
    for case_id in tx.batches.cases(delivery.id):
        case, card = tx.cases.get(case_id), tx.outbox.live_card(case_id)
        moved = card is not None and card.ts != delivery.ts and card.ts is not None
        if case is not None:
            yield sheet(desk, tx, case), desk.link_to(card.channel, card.ts) if moved else None


def settle(desk: Desk, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Write down how a delivery ended; what can't be delivered is parked or buried, and somebody is told."""
    with desk.store.begin() as tx:
        if isinstance(outcome, Delivered):
            told = (outcome.channel, outcome.ts)
            tx.queue.tell(delivery, told, now, folded=delivery.kind == FOLD)
            if delivery.kind == NAG and delivery.ts is None:
                nags.stands_now(tx, int(delivery.payload["nag"]), now)
        elif isinstance(outcome, Unsure):
            _unsure(tx, delivery, outcome, now)
        elif isinstance(outcome, NotThere):
            tx.queue.again(delivery.id, now, look_up=False, failure="looked up: not there")
        elif isinstance(outcome, Wait):
            _wait(desk, tx, delivery, outcome, now)
        else:
            _refused(desk, tx, delivery, outcome, now)


def _unsure(tx: Tx, delivery: Delivery, outcome: Unsure, now: datetime) -> None:
    """A repaint may be done twice and a lost notice is a lost notice; a new message is looked up before it is sent."""
    if delivery.kind == NOTICE:
        tx.queue.bury(delivery.id, outcome.reason)
        return
    if delivery.route:
        tx.queue.without_click(delivery.id)
    new_message = delivery.ts is None
    after = pause_after(delivery.attempts) if delivery.look_up else LOOK_UP_AFTER
    tx.queue.again(delivery.id, now + after, look_up=new_message, failure=outcome.reason)


def _wait(desk: Desk, tx: Tx, delivery: Delivery, outcome: Wait, now: datetime) -> None:
    if outcome.whole_lane:
        for lane in tx.queue.lanes_of(delivery.id):
            tx.queue.pause(lane, now + outcome.after)
    elif delivery.attempts >= GIVE_UP_AFTER:
        _give_up(desk, tx, delivery, outcome.reason, now)
        return
    wait = outcome.after if outcome.whole_lane else max(outcome.after, pause_after(delivery.attempts))
    tx.queue.again(delivery.id, now + wait, look_up=delivery.look_up, failure=outcome.reason)


def _refused(desk: Desk, tx: Tx, delivery: Delivery, outcome: No, now: datetime) -> None:
    if delivery.route and delivery.kind != NOTICE:
        tx.queue.without_click(delivery.id)
        tx.queue.again(delivery.id, now, look_up=False, failure=outcome.code)
    elif outcome.code in GONE and delivery.kind in (CARD, BATCH):
        tx.queue.afresh(delivery, now)
    elif outcome.code in LOCKED_OUT:
        tx.queue.again(delivery.id, now + pause_after(5), look_up=delivery.look_up, failure=outcome.code)
    elif outcome.code in HOMELESS and delivery.kind != NOTICE and delivery.channel is not None:
        tx.queue.park(delivery.id, outcome.code)
        _report(desk, tx, delivery, ("channel_unreachable", outcome.code), now)
    else:
        _give_up(desk, tx, delivery, outcome.code, now)


def _give_up(desk: Desk, tx: Tx, delivery: Delivery, why: str, now: datetime) -> None:
    tx.queue.bury(delivery.id, why)
    if delivery.case_id is not None and delivery.kind != NOTICE:
        tx.audit.record(delivery.case_id, "delivery_buried", DIBS, now, kind=delivery.kind, code=why[:60])
    if delivery.kind != NOTICE:
        _report(desk, tx, delivery, ("buried", why), now)
    if delivery.kind == NAG and delivery.recipient and delivery.ts is None:
        unreached.pass_on(desk, tx, delivery, now)


def _report(desk: Desk, tx: Tx, delivery: Delivery, trouble: tuple[str, str], now: datetime) -> None:
    """The ops channel hears of each trouble once an hour; if it is the troubled one itself, the manager does."""
    says, code = trouble
    ops = desk.ops_channel(tx)
    payload = {"says": says, "code": code, "what": delivery.kind, "channel": delivery.channel}
    promise = Promise(now, payload, key=f"{says}:{delivery.channel}:{code}:{now:%Y-%m-%dT%H}"[:160])
    manager = tx.directory.named(desk.policy.brand.manager)
    if delivery.channel != ops:
        tx.outbox.channel(ops, promise)
    elif manager is not None:
        tx.outbox.direct(manager.slack_id, promise)


def next_at(desk: Desk) -> datetime | None:
    """When the next delivery may go."""
    with desk.store.look() as tx:
        return tx.queue.next_at()
