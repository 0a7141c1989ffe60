"""Nags: one message per place at a time, its lines, and when lines nobody was alerted to need a new message."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import cases
from storage.schema_time import clocks, nag_lines, nags
from storage.scope import Either, Rows, b, upsert

_NEWEST = select(nags).where(nags.c.place == b("place"), nags.c.newest.is_(True))
_CURRENT = _NEWEST.with_for_update()
_NEW = Either(*(form.insert(nags).on_conflict_do_nothing().returning(nags.c.id) for form in (sqlite, postgresql)))
_OLD = update(nags).where(nags.c.place == b("place"), nags.c.newest.is_(True)).values(newest=False, bump_at=None)
_SINCE = select(func.count()).where(nags.c.place == b("place"), nags.c.made_at > b("since"))
_BUMP = (
    update(nags)
    .where(nags.c.id == b("id"), or_(nags.c.bump_at.is_(None), nags.c.bump_at < b("at")))
    .values(bump_at=b("at"))
)
_BUMPS = select(nags).where(nags.c.bump_at.is_not(None), nags.c.bump_at <= b("now")).order_by(nags.c.bump_at).limit(20)
_NO_BUMP = (
    update(nags).where(nags.c.id == b("id"), nags.c.bump_at.is_not(None)).values(bump_at=None).returning(nags.c.id)
)
_NEXT_BUMP = select(func.min(nags.c.bump_at)).where(nags.c.bump_at.is_not(None))
_LINE = upsert(nag_lines, ("nag", "case_id"), ("clock_id", "why", "stands", "ended", "at"))
_MOVE = update(nag_lines).where(nag_lines.c.nag == b("old"), nag_lines.c.stands.is_(True)).values(nag=b("new"))
_LINES = (
    select(nag_lines, cases.c.severity, clocks.c.due_at)
    .join(cases, cases.c.id == nag_lines.c.case_id)
    .join(clocks, clocks.c.id == nag_lines.c.clock_id)
    .where(nag_lines.c.nag == b("nag"))
    .order_by(nag_lines.c.at)
)
_PREVIOUS = select(nags.c.id).where(nags.c.place == b("place"), nags.c.id < b("id")).order_by(nags.c.id.desc()).limit(1)
_GET = select(nags).where(nags.c.id == b("id"))
_END = (
    update(nag_lines)
    .where(nag_lines.c.case_id == b("case"), nag_lines.c.stands.is_(True))
    .values(stands=False, ended=b("ended"))
    .returning(nag_lines.c.nag)
)
_END_AT = (
    update(nag_lines)
    .where(nag_lines.c.case_id == b("case"), nag_lines.c.stands.is_(True))
    .where(nag_lines.c.nag.in_(select(nags.c.id).where(nags.c.place == b("place"))))
    .values(stands=False, ended=b("ended"))
    .returning(nag_lines.c.nag)
)
_STANDING = select(func.count()).where(nag_lines.c.nag == b("nag"), nag_lines.c.stands.is_(True))
_PLACES = (
    select(nags.c.place)
    .join(nag_lines, nag_lines.c.nag == nags.c.id)
    .where(nag_lines.c.case_id == b("case"), nag_lines.c.stands.is_(True))
)


class Nags(Rows):
    """Statements on nags and their lines."""

    def newest(self, place: str) -> Row[Any] | None:
        """The message new lines may join: (id, made_at, bump_at, urgent)."""
        return self._one(_NEWEST, v_place=place)

    def current(self, place: str) -> Row[Any] | None:
        """The same, held until the transaction ends; None too when another transaction has just replaced it."""
        return self._one(_CURRENT, v_place=place)

    def get(self, nag_id: int) -> Row[Any] | None:
        """The message."""
        return self._one(_GET, v_id=nag_id)

    def anew(self, place: str, at: datetime, *, direct: bool, urgent: bool) -> int:
        """A new message for the place, which takes over the standing lines: its id, or that of one just made."""
        old = self.current(place)
        self._run(_OLD, v_place=place)
        row = self._insert(_NEW, place=place, direct=direct, urgent=urgent, made_at=at, newest=True).first()
        if row is None:
            found = self.newest(place)
            return int(found.id) if found else 0
        if old is not None:
            self._run(_MOVE, v_old=old.id, v_new=row.id)
        return int(row.id)

    def previous(self, nag_id: int) -> int | None:
        """The place's message before this one."""
        row = self.get(nag_id)
        found = self._one(_PREVIOUS, v_place=row.place, v_id=nag_id) if row else None
        return found.id if found else None

    def count_since(self, place: str, since: datetime) -> int:
        """How many messages the place got since then."""
        row = self._one(_SINCE, v_place=place, v_since=since)
        return int(row[0]) if row else 0

    def line(self, nag_id: int, clock: tuple[int, int], why: str, at: datetime) -> None:
        """The case's line in the message: clock is (case id, clock id)."""
        case_id, clock_id = clock
        self._insert(
            _LINE, nag=nag_id, case_id=case_id, clock_id=clock_id, why=why, stands=True, ended=None, at=at
        )  # fmt: skip

    def lines(self, nag_id: int) -> list[Row[Any]]:
        """The message's lines with their cases' severity and deadline, oldest first."""
        return self._all(_LINES, v_nag=nag_id)

    def standing(self, nag_id: int) -> int:
        """How many of its lines stand."""
        row = self._one(_STANDING, v_nag=nag_id)
        return int(row[0]) if row else 0

    def places(self, case_id: int) -> list[str]:
        """Where the case stands in a nag."""
        return [row.place for row in self._all(_PLACES, v_case=case_id)]

    def end(self, case_id: int, ended: str) -> set[int]:
        """The case needs nobody any more: the messages that have to change."""
        return {row.nag for row in self._all(_END, v_case=case_id, v_ended=ended)}

    def end_at(self, case_id: int, place: str, ended: str) -> set[int]:
        """The same in one place."""
        return {row.nag for row in self._all(_END_AT, v_case=case_id, v_place=place, v_ended=ended)}

    def bump(self, nag_id: int, at: datetime) -> None:
        """A line joined in silence: say it aloud at `at`, or later if that is planned already."""
        self._run(_BUMP, v_id=nag_id, v_at=at)

    def bumps(self, now: datetime) -> list[Row[Any]]:
        """Messages whose silent lines have waited long enough."""
        return self._all(_BUMPS, v_now=now)

    def bumped(self, nag_id: int) -> bool:
        """Take the bump; False when another clock was faster."""
        return self._one(_NO_BUMP, v_id=nag_id) is not None

    def next_bump(self) -> datetime | None:
        """When the next one is due."""
        row = self._one(_NEXT_BUMP)
        return row[0] if row else None
