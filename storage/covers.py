"""Wishes for cover: asked, taken by whoever is first, withdrawn, or over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.cases import LIVE
from domain.covers import OPEN, OVER, TAKEN, WITHDRAWN, Cover, Duty
from domain.deadlines import RUNNING
from storage.schema import cases
from storage.schema_time import clocks, covers
from storage.scope import Rows, b

_DUE_ROWS = 50
_STANDS = covers.c.state == OPEN
_ADD = insert(covers).returning(covers)
_GET = select(covers).where(covers.c.id == b("id"))
_OPEN_ONES = select(covers).where(_STANDS, covers.c.next_at.is_not(None)).order_by(covers.c.id)
_LOCK = _OPEN_ONES.where(covers.c.team == b("team")).with_for_update()
_OF_ASKER = _OPEN_ONES.where(covers.c.asker == b("staff"))


def _change(*guards: Any, **values: Any) -> Any:
    return update(covers).where(covers.c.id == b("id"), _STANDS, *guards).values(**values).returning(covers)


_TAKE = _change(state=TAKEN, taker=b("taker"), next_at=None)
_WITHDRAW = _change(covers.c.asker == b("asker"), state=WITHDRAWN, next_at=None)
_PUT_OFF = _change(covers.c.next_at == b("due"), next_at=b("next"))
_END = _change(covers.c.next_at == b("due"), state=OVER, next_at=None)
_GIVE = _change(gives=b("gives"))
_DUE = select(covers).where(covers.c.next_at <= b("now")).order_by(covers.c.next_at).limit(_DUE_ROWS)
_NEXT = select(func.min(covers.c.next_at)).where(covers.c.next_at.is_not(None))
_first_due = func.min(clocks.c.due_at)
_OPEN_CASES = (
    select(cases.c.id)
    .join(clocks, (clocks.c.case_id == cases.c.id) & (clocks.c.state == RUNNING))
    .where(cases.c.team == b("team"), cases.c.status.in_(LIVE))
    .group_by(cases.c.id)
    .order_by(_first_due, cases.c.id)
    .limit(b("most"))
)


class Covers(Rows):
    """Statements on covers. Each change answers the row as it is now, or None when it had moved on."""

    def ask(
        self, duty: Duty, by: tuple[str, tuple[str, ...]], note: str | None, at: tuple[datetime, datetime]
    ) -> Cover:
        """A new wish: by is (asker, those asked), at is (when, when somebody else must hear of it)."""
        row = self._insert(
            _ADD, team=duty.team, asker=by[0], role=duty.role, from_at=duty.from_at, until_at=duty.until_at, gives=None,
            state=OPEN, taker=None, note=note, asked=list(by[1]), made_at=at[0], next_at=at[1],
        ).one()  # fmt: skip
        return _cover(row)

    def get(self, cover_id: int) -> Cover | None:
        """The wish."""
        return self._maybe(_GET, v_id=cover_id)

    def lock(self, team: str) -> list[Cover]:
        """The team's open wishes, held until the transaction ends: whoever changes its rota does so in turn."""
        return [_cover(row) for row in self._all(_LOCK, v_team=team)]

    def of_asker(self, staff: str) -> list[Cover]:
        """What this person has asked for and nobody has taken."""
        return [_cover(row) for row in self._all(_OF_ASKER, v_staff=staff)]

    def take(self, cover_id: int, taker: str) -> Cover | None:
        """The first one wins."""
        return self._maybe(_TAKE, v_id=cover_id, v_taker=taker)

    def withdraw(self, cover_id: int, asker: str) -> Cover | None:
        """The asker takes it back."""
        return self._maybe(_WITHDRAW, v_id=cover_id, v_asker=asker)

    def put_off(self, cover: Cover, until_at: datetime) -> Cover | None:
        """What was due is done; the next thing is due then."""
        return self._maybe(_PUT_OFF, v_id=cover.id, v_due=cover.next_at, v_next=until_at)

    def end(self, cover: Cover) -> Cover | None:
        """Nobody took it."""
        return self._maybe(_END, v_id=cover.id, v_due=cover.next_at)

    def give(self, cover_id: int, gives: Mapping[str, Duty]) -> Cover | None:
        """Which duties are offered in return, and by whom."""
        return self._maybe(_GIVE, v_id=cover_id, v_gives={person: duty.kept() for person, duty in gives.items()})

    def due(self, now: datetime) -> list[Cover]:
        """Wishes of which somebody must hear, or whose time is over."""
        return [_cover(row) for row in self._all(_DUE, v_now=now)]

    def next_at(self) -> datetime | None:
        """When the next is due."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def open_cases(self, team: str, most: int) -> list[int]:
        """Numbers of the team's live cases with a running clock, the one due first at the head."""
        return [int(row.id) for row in self._all(_OPEN_CASES, v_team=team, v_most=most)]

    def _maybe(self, statement: Any, **values: Any) -> Cover | None:
        row = self._one(statement, **values)
        return _cover(row) if row else None


def _cover(row: Row[Any]) -> Cover:
    gives = {person: Duty.read(kept) for person, kept in (row.gives or {}).items()}
    return Cover(
        row.id, row.team, row.asker, row.role, row.from_at, row.until_at, row.state, row.taker, row.note,
        tuple(row.asked), row.next_at, row.made_at, gives,
    )  # fmt: skip
