"""Batches: in a storm several new cases of a channel share one message, until one of them needs its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from domain.deliveries import BATCH, BATCH_AT_MOST, CARD, FREE, FRESH, REPAINT, STORM
from storage.due import IS_WANTED
from storage.schema import deliveries
from storage.scope import Rows, b

BATCHED = "batched"
_cards = deliveries.c.kind == CARD
_WAITING = (
    select(deliveries.c.id)
    .where(_cards, IS_WANTED, deliveries.c.ts.is_(None), deliveries.c.lane == b("lane"))
    .where(deliveries.c.batch.is_(None))
    .where(deliveries.c.priority == FRESH, deliveries.c.attempts == 0, deliveries.c.not_before <= b("now"))
    .where(or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= b("machine_now")))
    .order_by(deliveries.c.id)
    .limit(STORM + 1)
    .with_for_update(skip_locked=True)
)
_OPEN = insert(deliveries).returning(deliveries)
_GATHER = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("v_ids", expanding=True)))
    .values(state=BATCHED, batch=b("batch"))
)
_CASES = select(deliveries.c.case_id).where(_cards, deliveries.c.batch == b("batch")).order_by(deliveries.c.id)
_REPAINT = (
    update(deliveries)
    .where(deliveries.c.id == b("batch"), deliveries.c.ts.is_not(None))
    .values(
        wanted=deliveries.c.wanted + 1,
        state="wanted",
        not_before=b("now"),
        priority=REPAINT,
        lane="update:*",
        wide=FREE,
    )
)
_BATCH_OF = select(deliveries.c.batch).where(deliveries.c.id == b("id"))


class Batches(Rows):
    """Statements on batch messages and the cards that stand in them."""

    def gather(self, card: Any, now: datetime, machine_now: datetime) -> Any:
        """When a storm's worth of new cards waits on this card's lane, the row of a batch that takes some; or None."""
        rows = self._all(_WAITING, v_lane=card.lane, v_now=now, v_machine_now=machine_now)
        if len(rows) <= STORM:
            return None
        copied = {name: getattr(card, name) for name in ("priority", "lane", "wide", "channel")}
        fresh = {"state": "wanted", "wanted": 1, "painted": 0, "attempts": 0, "look_up": False, "click_uses": 0}
        batch = self._insert(_OPEN, kind=BATCH, not_before=now, made_at=now, payload={}, **copied, **fresh).one()
        self._run(_GATHER, v_ids=[row.id for row in rows[:BATCH_AT_MOST]], v_batch=batch.id)
        return batch

    def cases(self, batch: int) -> list[int]:
        """The cases of a batch, in the order they came."""
        return [int(row.case_id) for row in self._all(_CASES, v_batch=batch)]

    def repaint(self, batch: int, now: datetime) -> None:
        """One of its cases has moved to a message of its own: its line becomes a link."""
        self._run(_REPAINT, v_batch=batch, v_now=now)

    def repaint_of(self, card: int, now: datetime) -> None:
        """The same, for a card that has just got its own message; nothing for one that never stood in a batch."""
        row = self._one(_BATCH_OF, v_id=card)
        if row is not None and row.batch is not None:
            self.repaint(row.batch, now)
