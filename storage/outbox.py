"""Promises to tell Slack something, made in the transaction of the act they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, insert, select, update

from domain.deliveries import (
    ANSWER,
    CARD,
    CHANNEL,
    CLICK_LASTS,
    CLICK_USES,
    DIRECT,
    FOLD,
    FREE,
    FRESH,
    NAG,
    NOTICE,
    PHONE,
    REPAINT,
    THREAD,
    WORD,
    post_lane,
)
from storage.batches import BATCHED
from storage.schema import deliveries, lanes
from storage.scope import Rows, Scope, b, insert_once, moment, written
from storage.types import EPOCH

WANTED, TOLD, PARKED, BURIED, FOLDED = "wanted", "told", "parked", "buried", "folded"
EVERY_POST, EVERY_UPDATE = "post:*", "update:*"

_SHOWN = (deliveries.c.kind == written(CARD), deliveries.c.state != written(FOLDED))
"""A case's card: the index on these is found without asking for their values at each run."""
_LANE = insert_once(lanes, "name")
_PROMISE = insert(deliveries).returning(deliveries.c.id)
_PROMISE_ONCE = insert_once(deliveries, "key", returning=deliveries.c.id)
_batch = deliveries.alias("batch")
_LIVE_CARD = (
    select(
        deliveries.c.id,
        deliveries.c.channel,
        func.coalesce(deliveries.c.ts, _batch.c.ts).label("ts"),
        deliveries.c.state,
    )
    .select_from(deliveries.outerjoin(_batch, _batch.c.id == deliveries.c.batch))
    .where(deliveries.c.case_id == b("case"), *_SHOWN)
)
_CLICKABLE = and_(
    deliveries.c.click_url.is_not(None), deliveries.c.click_until > b("now"), deliveries.c.click_uses < CLICK_USES
)
_REFRESH = (
    update(deliveries)
    .where(deliveries.c.case_id == b("case"), *_SHOWN)
    .values(
        wanted=deliveries.c.wanted + 1,
        state=case((deliveries.c.state == PARKED, PARKED), else_=WANTED),
        priority=case((deliveries.c.priority < b("priority"), deliveries.c.priority), else_=b("priority")),
        not_before=case((deliveries.c.state == WANTED, deliveries.c.not_before), else_=moment("now")),
        lane=case((deliveries.c.ts.is_(None), deliveries.c.lane), (_CLICKABLE, FREE), else_=EVERY_UPDATE),
        wide=case((deliveries.c.ts.is_(None), deliveries.c.wide), else_=FREE),
    )
    .returning(deliveries.c.id)
)
_CLICKED = (
    update(deliveries)
    .where(deliveries.c.case_id == b("case"), *_SHOWN)
    .where(deliveries.c.channel == b("channel"), deliveries.c.ts == b("ts"))
    .values(click_url=b("url"), click_until=b("until"), click_uses=0)
)
_FOLD = (
    update(deliveries)
    .where(deliveries.c.case_id == b("case"), *_SHOWN)
    .values(kind=FOLD, state=case((deliveries.c.ts.is_(None), FOLDED), else_=WANTED), wanted=deliveries.c.wanted + 1)
    .returning(deliveries.c.id)
)
_REWRITE = (
    update(deliveries)
    .where(deliveries.c.key == b("key"), deliveries.c.state.in_((WANTED, TOLD)))
    .values(
        payload=b("payload"),
        wanted=deliveries.c.wanted + 1,
        state=WANTED,
        # What waits unsent for the end of somebody's quiet hours goes on waiting.
        not_before=case(
            (and_(deliveries.c.ts.is_(None), deliveries.c.not_before > b("now")), deliveries.c.not_before),
            else_=moment("now"),
        ),
        lane=case((deliveries.c.ts.is_(None), deliveries.c.lane), else_=EVERY_UPDATE),
        wide=case((deliveries.c.ts.is_(None), deliveries.c.wide), else_=FREE),
    )
)
_REPAINT_KEYED = (
    update(deliveries)
    .where(deliveries.c.key == b("key"), deliveries.c.state.in_((WANTED, TOLD)))
    .values(
        wanted=deliveries.c.wanted + 1,
        state=WANTED,
        not_before=case((deliveries.c.state == WANTED, deliveries.c.not_before), else_=moment("now")),
        lane=case((deliveries.c.ts.is_(None), deliveries.c.lane), else_=EVERY_UPDATE),
        wide=case((deliveries.c.ts.is_(None), deliveries.c.wide), else_=FREE),
    )
)
_RETIRE = update(deliveries).where(deliveries.c.key == b("key")).values(key=None)
_MESSAGE = select(deliveries.c.channel, deliveries.c.ts).where(deliveries.c.key == b("key"))
_ADOPT = update(deliveries).where(deliveries.c.id == b("old")).values(
    parent=b("new"), lane=EVERY_UPDATE, wide=FREE, not_before=b("now"), priority=REPAINT, attempts=0
)  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """What is promised: `payload` says what, by name and facts; `key` makes it once-only; `not_before` may delay it."""

    at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    case_id: int | None = None
    key: str | None = None
    priority: int = WORD
    not_before: datetime | None = None


class Outbox(Rows):
    """Statements that promise; storage.queue has those that keep the promises."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        super().__init__(connection, scope)
        self._opened: set[str] = set()
        """Lanes that this transaction knows to be there."""

    def card(self, case_id: int, channel: str, at: datetime, priority: int = FRESH) -> int:
        """Promise the case's one card in the channel."""
        promise = Promise(at, case_id=case_id, priority=priority)
        return self._promise(CARD, promise, post_lane(channel).name, channel=channel)

    def refresh_card(self, case_id: int, at: datetime, priority: int = REPAINT) -> None:
        """Promise that the card will show the case as it is then; a batched one moves to a message of its own."""
        self._run(_REFRESH, v_case=case_id, v_now=at, v_priority=priority)

    def clicked(self, case_id: int, where: tuple[str | None, str | None], url: str | None, at: datetime) -> None:
        """Repaint through this click for the next half hour, if it was made on the live card: (channel, ts)."""
        if url and where[0] and where[1]:
            self._run(_CLICKED, v_case=case_id, v_channel=where[0], v_ts=where[1], v_url=url, v_until=at + CLICK_LASTS)

    def repost_card(self, case_id: int, channel: str, at: datetime, priority: int = FRESH) -> int:
        """Promise a new card at the end of the channel; the old one becomes a link to it once the new one stands."""
        olds = [row.id for row in self._all(_FOLD, v_case=case_id)]
        new = self.card(case_id, channel, at, priority)
        for old in olds:
            self._run(_ADOPT, v_old=old, v_new=new, v_now=at)
        return new

    def live_card(self, case_id: int) -> Any:
        """The row (id, channel, ts, state) of the case's live card, or None; in a batch, ts is the batch's."""
        return self._one(_LIVE_CARD, v_case=case_id)

    def thread(self, promise: Promise) -> None:
        """Promise a line in the thread of the case's card as it stands now."""
        card = self._one(_LIVE_CARD, v_case=promise.case_id)
        if card is not None:
            if card.state == BATCHED:  # a batch has no thread of its own: the case moves to its own message first
                self.refresh_card(int(promise.case_id or 0), promise.at, WORD)
            self._promise(THREAD, promise, post_lane(card.channel).name, channel=card.channel, parent=card.id)

    def direct(self, person: str, promise: Promise) -> None:
        """Promise a direct message."""
        self._promise(DIRECT, promise, post_lane(person).name, recipient=person)

    def channel(self, channel: str, promise: Promise) -> None:
        """Promise a message to a channel."""
        self._promise(CHANNEL, promise, post_lane(channel).name, channel=channel)

    def rewrite(self, key: str, payload: Mapping[str, Any], at: datetime) -> None:
        """Let a message that was promised under this key say something else from now on."""
        self._run(_REWRITE, v_key=key, v_payload=dict(payload), v_now=at)

    def nag(self, place: str, promise: Promise, *, direct: bool) -> None:
        """Promise a nag, drawn as it is when it is sent."""
        where = {"recipient": place} if direct else {"channel": place}
        self._promise(NAG, promise, post_lane(place).name, **where)

    def repaint(self, key: str, at: datetime) -> None:
        """Let a message that was promised under this key be drawn anew."""
        self._run(_REPAINT_KEYED, v_key=key, v_now=at)

    def afresh(self, person: str, promise: Promise) -> None:
        """Promise a direct message under a key that an older message may have; the older one stays as it is."""
        self._run(_RETIRE, v_key=promise.key)
        self.direct(person, promise)

    def message(self, key: str) -> Any:
        """Where the message promised under this key stands: a row (channel, ts), or None."""
        return self._one(_MESSAGE, v_key=key)

    def phone(self, promise: Promise) -> None:
        """Promise a call by the phone system."""
        self._promise(PHONE, promise, post_lane("phone").name)

    def notice(self, person: str, url: str, promise: Promise) -> None:
        """Promise a word that only this person sees, through their own click."""
        more = {"click_url": url, "click_until": promise.at + CLICK_LASTS, "recipient": person, "priority": ANSWER}
        self._promise(NOTICE, promise, FREE, **more)

    def _promise(self, kind: str, promise: Promise, lane: str, **columns: Any) -> int:
        wide = FREE if lane == FREE else EVERY_POST
        self._open_lanes({lane, wide, EVERY_UPDATE, FREE})
        values = {
            "kind": kind,
            "state": WANTED,
            "case_id": promise.case_id,
            "key": promise.key,
            "priority": promise.priority,
            "lane": lane,
            "wide": wide,
            "wanted": 1,
            "painted": 0,
            "not_before": promise.not_before or promise.at,
            "attempts": 0,
            "look_up": False,
            "click_uses": 0,
            "payload": dict(promise.payload),
            "made_at": promise.at,
        }
        row = self._insert(_PROMISE_ONCE if promise.key else _PROMISE, **{**values, **columns}).first()
        return int(row.id) if row else 0

    def _open_lanes(self, names: set[str]) -> None:
        fresh = names - self._opened
        self._insert_all(_LANE, [{"name": name, "free_at": EPOCH} for name in fresh])
        self._opened |= fresh
