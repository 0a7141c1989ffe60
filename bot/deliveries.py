"""Delivering to Slack: take a parcel, draw it with a view, send it, write down how it ended."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot import slack
from bot.phone import Phone
from bot.pulse import Pulse
from desk import deliveries
from desk.deliveries import Parcel
from desk.desk import Desk
from domain.deliveries import BATCH, CARD, FOLD, NAG, NOTICE, PHONE, Delivered, Delivery, No, NotThere, Outcome, Unsure
from views import card as cards
from views import nags, notices, occasions
from views.batch import batch
from views.digest import digest

log = logging.getLogger("dibs.courier")


UNDRAWABLE = frozenset(
    {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "block_mismatch"}
)
"""Slack refuses the card's blocks: it is shown as plain text rather than not at all."""


TRUSTED = 0.9
"""Machine seconds for which a lull is believed: another process may promise something without our bell."""


@dataclass(frozen=True)
class Lull:
    """When the bell had been `heard` so often, nothing was due before `due`."""

    heard: int
    due: datetime | None
    until: float

    def holds(self, heard: int, now: datetime, machine: float) -> bool:
        """Whether there is still nothing to be had."""
        return self.heard == heard and machine < self.until and (self.due is None or self.due > now)


class Postman:
    """Takes one delivery at a time. Several may work side by side: leases keep them apart."""

    def __init__(self, desk: Desk, web: WebClient, pulse: Pulse, phone: Phone) -> None:
        self._desk, self._web, self._pulse, self._phone = desk, web, pulse, phone
        self._looking = threading.Lock()
        self._lull = Lull(-1, None, 0.0)

    def deliver_one(self) -> bool:
        """Deliver what is due; False when nothing was."""
        parcel = self._next_parcel()
        if parcel is None:
            return False
        outcome = self._carry(parcel)
        if not isinstance(outcome, Delivered | NotThere):
            log.info("delivery %s (%s): %s", parcel.delivery.id, parcel.delivery.kind, outcome)
        deliveries.settle(self._desk, parcel.delivery, outcome, self._pulse.now())
        return True

    def _next_parcel(self) -> Parcel | None:
        """One postman at a time looks, and while the bell is silent the others take its word that nothing is due."""
        with self._looking:
            heard, now, machine = self._pulse.heard(), self._pulse.now(), self._pulse.monotonic()
            if self._lull.holds(heard, now, machine):
                return None
            due = deliveries.next_at(self._desk)
            is_due = due is not None and due <= now
            parcel = deliveries.take(self._desk, now, self._pulse.machine_now()) if is_due else None
            if parcel is None:
                self._lull = Lull(heard, None if is_due else due, machine + TRUSTED)
            return parcel

    def _carry(self, parcel: Parcel) -> Outcome:
        if parcel.delivery.kind == PHONE:
            return self._phone.ring(parcel.delivery)
        return self._look_up(parcel) if parcel.delivery.look_up else self._send(parcel)

    def _send(self, parcel: Parcel) -> Outcome:
        outcome = self._put(parcel.delivery, self._draw(parcel))
        if isinstance(outcome, No) and outcome.code in UNDRAWABLE and parcel.card is not None:
            log.error("Slack refused the blocks of card %s: %s", parcel.delivery.id, outcome.code)
            return self._put(parcel.delivery, cards.degraded(parcel.card))
        return outcome

    def _put(self, delivery: Delivery, content: slack.Json) -> Outcome:
        if delivery.kind == NOTICE:
            return slack.answer(delivery.route, content, replace=False) if delivery.route else Delivered()
        if delivery.ts is None:
            where = str(delivery.recipient or delivery.payload.get("parent_channel") or delivery.channel)
            return slack.post(self._web, slack.Post(where, content, delivery.id, delivery.thread_ts))
        if delivery.route:
            return slack.answer(delivery.route, content, replace=True)
        return slack.update(self._web, str(delivery.channel), delivery.ts, content)

    def _draw(self, parcel: Parcel) -> slack.Json:
        delivery = parcel.delivery
        if delivery.kind == CARD and parcel.card is not None:
            if parcel.card.posts:
                return cards.card(parcel.card)
            return notices.message({"says": "refused", "text": "This case has no posts any more."})
        if parcel.digest is not None:
            return digest(parcel.digest)
        if parcel.occasion is not None:
            return occasions.message(parcel.occasion)
        return self._draw_together(parcel)

    def _draw_together(self, parcel: Parcel) -> slack.Json:
        delivery = parcel.delivery
        if delivery.kind == NAG and parcel.nag is not None:
            return nags.nag(parcel.nag)
        if delivery.kind == BATCH:
            return batch(parcel.batch)
        if delivery.kind == FOLD:
            return cards.fold(parcel.link or "", delivery.case_id or 0)
        return notices.message({**self._places(delivery), "link": delivery.payload.get("link") or parcel.link})

    def _places(self, delivery: Delivery) -> slack.Json:
        remote = delivery.payload.get("remote")
        url = {"url": f"{self._desk.network_page}/{self._desk.account}/status/{remote}"} if remote else {}
        return {**delivery.payload, **url}

    def _look_up(self, parcel: Parcel) -> Outcome:
        delivery = parcel.delivery
        try:
            channel = self._channel_of(delivery)
            ts = slack.find(self._web, (channel, delivery.thread_ts), delivery.id, self._since(delivery))
        except (SlackClientError, OSError) as error:
            return Unsure(f"could not look: {type(error).__name__}")
        return Delivered(ts, channel) if ts else NotThere()

    def _channel_of(self, delivery: Delivery) -> str:
        if delivery.recipient:
            opened = self._web.conversations_open(users=str(delivery.recipient))
            return str((opened.get("channel") or {}).get("id"))
        return str(delivery.payload.get("parent_channel") or delivery.channel)

    @staticmethod
    def _since(delivery: Delivery) -> datetime:
        return delivery.since
