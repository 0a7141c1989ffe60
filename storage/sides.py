"""What stands beside a case: notes and suggestions, who watches it, and the offer to hand it over."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.sides import Note, Offer
from storage.schema import cases, notes, offers, watches
from storage.scope import Rows, b, insert_once

_NOTE = insert(notes)
_NOTES = select(notes).where(notes.c.case_id == b("case")).order_by(notes.c.id)
_WATCH = insert_once(watches, "case_id", "staff", returning=watches.c.staff)
_WATCHERS = select(watches.c.staff).where(watches.c.case_id == b("case")).order_by(watches.c.staff)
_OFFER = insert(offers).returning(offers)
_STANDING = select(offers).where(offers.c.case_id == b("case"), offers.c.status == "standing")
_END = (
    update(offers)
    .where(offers.c.case_id == b("case"), offers.c.status == "standing")
    .values(status=b("status"))
    .returning(offers)
)
_ACCEPT = (
    update(offers)
    .where(offers.c.id == b("id"), offers.c.status == "standing", offers.c.lapses_at > b("now"))
    .where(offers.c.taker == b("taker"))
    .values(status="accepted")
    .returning(offers)
)
_DECLINE = (
    update(offers)
    .where(offers.c.id == b("id"), offers.c.status == "standing", offers.c.taker == b("taker"))
    .values(status="declined")
    .returning(offers)
)
_LAPSE = (
    update(offers)
    .where(offers.c.id == b("id"), offers.c.status == "standing")
    .values(status="lapsed")
    .returning(offers)
)
_GET = select(offers).where(offers.c.id == b("id"))
_LAPSED = select(offers).where(offers.c.status == "standing", offers.c.lapses_at <= b("now")).limit(20)
_NEXT = select(func.min(offers.c.lapses_at)).where(offers.c.status == "standing")
_TO_ME = (
    select(offers)
    .join(cases, cases.c.id == offers.c.case_id)
    .where(offers.c.taker == b("taker"), offers.c.status == "standing", offers.c.lapses_at > b("now"))
)


class Sides(Rows):
    """Statements on notes, watches and offers."""

    def note(self, case_id: int, staff: str, kind: str, written: tuple[str, datetime]) -> None:
        """Keep a note or a suggestion: (text, moment)."""
        self._insert(_NOTE, case_id=case_id, staff=staff, kind=kind, text=written[0], at=written[1])

    def notes(self, case_id: int) -> list[Note]:
        """All notes of the case, oldest first."""
        return [Note(row.staff, row.kind, row.text, row.at) for row in self._all(_NOTES, v_case=case_id)]

    def watch(self, case_id: int, staff: str) -> bool:
        """Watch the case; False when they did already."""
        return self._insert(_WATCH, case_id=case_id, staff=staff).first() is not None

    def watchers(self, case_id: int) -> list[str]:
        """Slack ids of those who watch."""
        return [row.staff for row in self._all(_WATCHERS, v_case=case_id)]

    def offer(self, case_id: int, people: tuple[str, str], epoch: int, lapses_at: datetime) -> Offer:
        """Offer the case: (giver, taker). The partial unique index allows one standing offer a case."""
        values = {"case_id": case_id, "giver": people[0], "taker": people[1], "epoch": epoch}
        return _offer(self._insert(_OFFER, **values, status="standing", lapses_at=lapses_at).one())

    def standing(self, case_id: int) -> Offer | None:
        """The case's offer that nobody has answered."""
        return self._maybe(_STANDING, v_case=case_id)

    def end_offer(self, case_id: int, status: str) -> Offer | None:
        """End a standing offer as lapsed or withdrawn."""
        return self._maybe(_END, v_case=case_id, v_status=status)

    def accept(self, offer_id: int, taker: str, now: datetime) -> Offer | None:
        """Accept it, if it still stands and is theirs."""
        return self._maybe(_ACCEPT, v_id=offer_id, v_taker=taker, v_now=now)

    def decline(self, offer_id: int, taker: str) -> Offer | None:
        """Decline it, if it still stands and is theirs."""
        return self._maybe(_DECLINE, v_id=offer_id, v_taker=taker)

    def lapse(self, offer_id: int) -> Offer | None:
        """Its time is over; None when it was answered meanwhile."""
        return self._maybe(_LAPSE, v_id=offer_id)

    def get_offer(self, offer_id: int) -> Offer | None:
        """The offer."""
        return self._maybe(_GET, v_id=offer_id)

    def lapsed(self, now: datetime) -> list[Offer]:
        """Standing offers whose time is over."""
        return [_offer(row) for row in self._all(_LAPSED, v_now=now)]

    def next_lapse(self) -> datetime | None:
        """When the next standing offer lapses."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def offers_to(self, taker: str, now: datetime) -> list[Offer]:
        """What waits for this person to accept."""
        return [_offer(row) for row in self._all(_TO_ME, v_taker=taker, v_now=now)]

    def _maybe(self, statement: Any, **values: Any) -> Offer | None:
        row = self._one(statement, **values)
        return _offer(row) if row else None


def _offer(row: Row[Any]) -> Offer:
    return Offer(row.id, row.case_id, row.giver, row.taker, row.epoch, row.status, row.lapses_at)
