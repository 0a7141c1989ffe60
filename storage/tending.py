"""Who looks after a case, when they last gave a sign of life, and when they are asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from domain.deadlines import Tending
from storage.schema_time import tending
from storage.scope import Rows, b, upsert

_PUT = upsert(tending, ("case_id",), ("staff", "kind", "since_at", "alive_at", "asked_at", "next_at", "reason"))
_GET = select(tending).where(tending.c.case_id == b("case"))
_ALIVE = (
    update(tending)
    .where(tending.c.case_id == b("case"), tending.c.staff == b("staff"), tending.c.kind != "snoozed")
    .where(tending.c.next_at.is_not(None))  # who is never asked needs no sign of life
    .values(alive_at=b("at"), asked_at=None, next_at=b("next"))
    .returning(tending.c.case_id)
)
_DUE = (
    select(tending)
    .where(tending.c.next_at.is_not(None), tending.c.next_at <= b("now"))
    .order_by(tending.c.next_at)
    .limit(200)
)
_ASK = (
    update(tending)
    .where(tending.c.case_id == b("case"), tending.c.next_at == b("seen"), tending.c.asked_at.is_(None))
    .values(asked_at=b("at"), next_at=b("next"))
    .returning(tending)
)
_LATER = update(tending).where(tending.c.case_id == b("case"), tending.c.next_at == b("seen")).values(next_at=b("at"))
_LAPSE = (
    delete(tending).where(tending.c.case_id == b("case"), tending.c.next_at == b("seen")).returning(tending.c.staff)
)
_DROP = delete(tending).where(tending.c.case_id == b("case")).returning(tending.c.staff)
_NEXT = select(func.min(tending.c.next_at)).where(tending.c.next_at.is_not(None))
_NOW = (
    update(tending)
    .where(tending.c.staff == b("staff"), tending.c.next_at > b("at"), tending.c.asked_at.is_(None))
    .values(next_at=b("at"), reason=b("reason"))
)
_GIVE_UP = (
    update(tending).where(tending.c.staff == b("staff")).values(next_at=b("at"), asked_at=b("at"), reason=b("reason"))
)
_ASK_SOON = (
    update(tending)
    .where(tending.c.case_id == b("case"), tending.c.staff == b("staff"), tending.c.asked_at.is_(None))
    .values(next_at=b("at"), reason=b("reason"))
)
_OF = select(tending).where(tending.c.staff == b("staff"))
_FIELDS = tuple(Tending.__dataclass_fields__)


def _tending(row: Row[Any]) -> Tending:
    return Tending(**{name: row._mapping[name] for name in _FIELDS})


class TendingRows(Rows):
    """Statements on tending."""

    def put(self, row: Tending) -> None:
        """From now on this person looks after the case, in this way."""
        self._insert(_PUT, **{name: getattr(row, name) for name in _FIELDS})

    def get(self, case_id: int) -> Tending | None:
        """Who looks after the case."""
        row = self._one(_GET, v_case=case_id)
        return _tending(row) if row else None

    def of(self, staff: str) -> list[Tending]:
        """What this person looks after."""
        return [_tending(row) for row in self._all(_OF, v_staff=staff)]

    def alive(self, case_id: int, staff: str, at: datetime, next_at: datetime) -> bool:
        """A sign of life; False when it isn't theirs."""
        return self._one(_ALIVE, v_case=case_id, v_staff=staff, v_at=at, v_next=next_at) is not None

    def due(self, now: datetime) -> list[Tending]:
        """Whose time has come."""
        return [_tending(row) for row in self._all(_DUE, v_now=now)]

    def ask(self, seen: Tending, at: datetime, next_at: datetime) -> Tending | None:
        """Ask; None when they gave a sign of life, or another clock asked."""
        row = self._one(_ASK, v_case=seen.case_id, v_seen=seen.next_at, v_at=at, v_next=next_at)
        return _tending(row) if row else None

    def later(self, seen: Tending, at: datetime) -> None:
        """They couldn't be looked after: once more at `at`."""
        self._run(_LATER, v_case=seen.case_id, v_seen=seen.next_at, v_at=at)

    def lapse(self, seen: Tending) -> bool:
        """Their time is over; False when they gave a sign of life meanwhile."""
        return self._one(_LAPSE, v_case=seen.case_id, v_seen=seen.next_at) is not None

    def drop(self, case_id: int) -> None:
        """Nobody needs to look after it."""
        self._run(_DROP, v_case=case_id)

    def hurry(self, staff: str, at: datetime, reason: str) -> None:
        """Ask this person at once about everything they look after."""
        self._run(_NOW, v_staff=staff, v_at=at, v_reason=reason)

    def give_up(self, staff: str, at: datetime, reason: str) -> None:
        """This person is gone: what they look after comes back without a question."""
        self._run(_GIVE_UP, v_staff=staff, v_at=at, v_reason=reason)

    def ask_soon(self, seen: Tending, at: datetime, reason: str) -> None:
        """Ask about this one case at once."""
        self._run(_ASK_SOON, v_case=seen.case_id, v_staff=seen.staff, v_at=at, v_reason=reason)

    def next_at(self) -> datetime | None:
        """When the next one is due."""
        row = self._one(_NEXT)
        return row[0] if row else None
