"""The courier's side of the outbox: the next delivery a lane lets through, and how it ended."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Row, and_, bindparam, case, func, select, type_coerce, update

from domain.deliveries import (
    CARD,
    CLICK_USES,
    FREE,
    FRESH,
    NOTICE,
    REPAINT,
    Delivery,
    Lane,
    post_lane,
    update_lane,
    workspace_lane,
)
from storage.batches import Batches
from storage.due import NEXT, SOONEST, SOONEST_ON_POSTGRESQL
from storage.outbox import BURIED, EVERY_POST, EVERY_UPDATE, FOLDED, PARKED, TOLD, WANTED
from storage.schema import deliveries, lanes
from storage.scope import Rows, b
from storage.types import microseconds

_free_at = type_coerce(lanes.c.free_at, BigInteger)
_floor, _every = bindparam("v_floor", type_=BigInteger), bindparam("v_every", type_=BigInteger)
_SPEND = (
    update(lanes)
    .where(lanes.c.name == b("name"), lanes.c.free_at <= b("now"))
    .values(free_at=type_coerce(case((_free_at > _floor, _free_at), else_=_floor) + _every, BigInteger))
    .returning(lanes.c.name)
)
_LEASE = (
    update(deliveries)
    .where(deliveries.c.id == b("id"))
    .values(lease_until=b("lease"), attempts=deliveries.c.attempts + 1)
)
_FRESH_CLICK = and_(
    deliveries.c.click_url.is_not(None), deliveries.c.click_until > b("now"), deliveries.c.click_uses < CLICK_USES
)
_TELL = (
    update(deliveries)
    .where(deliveries.c.id == b("id"))
    .values(
        painted=case((deliveries.c.painted > b("version"), deliveries.c.painted), else_=b("version")),
        state=case((deliveries.c.wanted > b("version"), WANTED), else_=b("end_state")),
        ts=func.coalesce(b("ts"), deliveries.c.ts),
        channel=func.coalesce(b("channel"), deliveries.c.channel),
        lane=case((_FRESH_CLICK, FREE), else_=EVERY_UPDATE),
        wide=FREE,
        priority=REPAINT,
        click_uses=deliveries.c.click_uses + b("uses"),
        lease_until=None,
        attempts=0,
        look_up=False,
        failure=None,
    )
)
_AGAIN = (
    update(deliveries)
    .where(deliveries.c.id == b("id"))
    .values(not_before=b("at"), lease_until=None, look_up=b("look_up"), failure=b("failure"))
)
_NO_CLICK = update(deliveries).where(deliveries.c.id == b("id")).values(click_url=None, lane=EVERY_UPDATE)
_AFRESH = (
    update(deliveries)
    .where(deliveries.c.id == b("id"))
    .values(
        ts=None, lane=b("lane"), wide=EVERY_POST, lease_until=None, not_before=b("at"), click_url=None, look_up=False
    )
)
_END = (
    update(deliveries)
    .where(deliveries.c.id == b("id"))
    .values(state=b("state"), lease_until=None, failure=b("failure"))
)
_PAUSE = update(lanes).where(lanes.c.name == b("name"), lanes.c.free_at < b("until")).values(free_at=b("until"))
_UNPARK = (
    update(deliveries)
    .where(deliveries.c.state == PARKED, deliveries.c.channel == b("channel"))
    .values(state=WANTED, attempts=0, not_before=b("at"), lease_until=None)
)
_LANES_OF = select(deliveries.c.lane, deliveries.c.wide).where(deliveries.c.id == b("id"))


class Queue(Rows):
    """Statements for taking and settling deliveries."""

    def take(self, now: datetime, machine_now: datetime, lease: timedelta, rates: float) -> Delivery | None:
        """The most urgent delivery that is due and whose lanes are free, leased and paid for, or None."""
        row = self._one(NEXT, v_now=now, v_machine_now=machine_now)
        if row is not None and row.kind == CARD and row.ts is None and row.priority == FRESH:
            row = Batches(self._connection, self._scope).gather(row, now, machine_now) or row
        if row is None or not self._pay(row.lane, now, rates) or not self._pay(row.wide, now, rates):
            return None
        self._run(_LEASE, v_id=row.id, v_lease=machine_now + lease)
        return _delivery(row, now)

    def next_at(self) -> datetime | None:
        """When the next delivery may go, lanes included; a leased one counts as due."""
        row = self._one(SOONEST if self._connection.dialect.name == "sqlite" else SOONEST_ON_POSTGRESQL)
        return row[0] if row else None

    def tell(self, delivery: Delivery, outcome: tuple[str | None, str | None], now: datetime, *, folded: bool) -> None:
        """It is told: (channel, ts) as Slack answered; newer wishes keep it wanted."""
        self._run(
            _TELL,
            v_id=delivery.id,
            v_version=delivery.version,
            v_end_state=FOLDED if folded else TOLD,
            v_channel=outcome[0],
            v_ts=outcome[1],
            v_now=now,
            v_uses=1 if delivery.route else 0,
        )
        if delivery.kind == CARD and delivery.ts is None:
            Batches(self._connection, self._scope).repaint_of(delivery.id, now)

    def again(self, delivery_id: int, at: datetime, *, look_up: bool, failure: str) -> None:
        """Try, or look it up, at `at`."""
        self._run(_AGAIN, v_id=delivery_id, v_at=at, v_look_up=look_up, v_failure=failure[:80])

    def without_click(self, delivery_id: int) -> None:
        """The click's line is used up: paint by chat.update from now on."""
        self._run(_NO_CLICK, v_id=delivery_id)

    def afresh(self, delivery: Delivery, at: datetime) -> None:
        """Its message is gone: post it anew."""
        self._run(_AFRESH, v_id=delivery.id, v_lane=post_lane(str(delivery.channel)).name, v_at=at)

    def bury(self, delivery_id: int, failure: str) -> None:
        """It can't be delivered; somebody is told by the caller."""
        self._run(_END, v_id=delivery_id, v_state=BURIED, v_failure=failure[:80])

    def park(self, delivery_id: int, failure: str) -> None:
        """Its channel can't be reached; it waits there until it can."""
        self._run(_END, v_id=delivery_id, v_state=PARKED, v_failure=failure[:80])

    def unpark(self, channel: str, at: datetime) -> None:
        """The channel can be reached again."""
        self._run(_UNPARK, v_channel=channel, v_at=at)

    def lanes_of(self, delivery_id: int) -> list[str]:
        """The budgets this delivery draws on."""
        row = self._one(_LANES_OF, v_id=delivery_id)
        return [name for name in (row.lane, row.wide) if name != FREE] if row else []

    def pause(self, lane: str, until: datetime) -> None:
        """Slack asked everybody on this lane to wait."""
        self._run(_PAUSE, v_name=lane, v_until=until)

    def _pay(self, name: str, now: datetime, rates: float) -> bool:
        if name == FREE:
            return True
        lane = _lane_named(name, rates)
        floor = microseconds(now - lane.every * (lane.burst - 1))
        every = lane.every // timedelta(microseconds=1)
        return self._one(_SPEND, v_name=name, v_now=now, v_floor=floor, v_every=every) is not None


def _lane_named(name: str, rates: float) -> Lane:
    if name == EVERY_POST:
        return workspace_lane(rates)
    if name == EVERY_UPDATE:
        return update_lane(rates)
    return post_lane(name.removeprefix("post:"), rates)


def _delivery(row: Row[Any], now: datetime) -> Delivery:
    at = row._mapping  # a batch that has just been gathered has no parent's columns
    # Whoever had it died before writing down what happened: a new message may stand already.
    cut_off = row.lease_until is not None and row.ts is None and row.kind != NOTICE
    fresh = row.click_url and row.click_until and row.click_until > now and row.click_uses < CLICK_USES
    return Delivery(
        id=row.id,
        kind=row.kind,
        case_id=row.case_id,
        channel=row.channel,
        recipient=row.recipient,
        ts=row.ts,
        thread_ts=at.get("parent_ts"),
        version=row.wanted,
        attempts=row.attempts + 1,
        look_up=bool(row.look_up) or cut_off,
        route=row.click_url if fresh else None,
        since=row.made_at,
        payload={**row.payload, "parent_channel": at.get("parent_channel")},
    )
