"""Occasions: rows that come due once, whoever ticks; and what a shift's brief is read from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from domain.cases import CLAIMED, OPEN
from domain.deadlines import PROMISE, RUNNING, Deadline
from domain.occasions import Occasion
from domain.replies import DRAFT
from storage.clocks import deadline_of
from storage.schema import cases, replies
from storage.schema_time import clocks, occasions
from storage.scope import Rows, b, insert_once, upsert

_FIELDS = tuple(Occasion.__dataclass_fields__)
_PLAN = insert_once(occasions, "key", returning=occasions.c.key)
_PUT = upsert(occasions, ("key",), tuple(name for name in _FIELDS if name != "key"))
_GET = select(occasions).where(occasions.c.key == b("key"))
_FORGET = delete(occasions).where(occasions.c.key == b("key"))
_DUE = (
    select(occasions)
    .where(occasions.c.next_at.is_not(None), occasions.c.next_at <= b("now"))
    .order_by(occasions.c.next_at)
    .limit(50)
)
_NEXT = select(func.min(occasions.c.next_at)).where(occasions.c.next_at.is_not(None))
_TAKE = (
    update(occasions)
    .where(occasions.c.key == b("key"), occasions.c.next_at == b("seen"))
    .values(next_at=None)
    .returning(occasions)
)
_POSTPONE = (
    update(occasions)
    .where(occasions.c.key == b("key"), occasions.c.next_at == b("seen"))
    .values(next_at=b("until"))
    .returning(occasions)
)
_TOLD = (
    update(occasions)
    .where(occasions.c.key == b("key"))
    .values(told_at=b("at"), next_at=b("next"), facts=b("facts"))
)  # fmt: skip
_SEEN = (
    update(occasions)
    .where(occasions.c.key == b("key"), occasions.c.seen_at.is_(None))
    .values(seen_by=b("staff"), seen_at=b("at"), next_at=None)
    .returning(occasions)
)
_OF_KIND = (
    select(occasions)
    .where(occasions.c.kind == b("kind"), occasions.c.key.startswith(b("prefix")))
    .order_by(occasions.c.key)
)
_STANDING = (
    select(occasions).where(occasions.c.kind == b("kind"), occasions.c.due_at > b("since")).order_by(occasions.c.key)
)
_IN_HAND = (cases.c.team == b("team"), cases.c.status.in_((OPEN, CLAIMED)))
_SOONEST = (
    select(cases.c.id, func.min(clocks.c.due_at).label("due_at"))
    .outerjoin(clocks, (clocks.c.case_id == cases.c.id) & (clocks.c.state == RUNNING) & (clocks.c.target != PROMISE))
    .where(*_IN_HAND)
    .group_by(cases.c.id)
    .order_by(func.min(clocks.c.due_at).is_(None), func.min(clocks.c.due_at), cases.c.id)
    .limit(b("most"))
)
_COUNT = select(func.count()).select_from(cases).where(*_IN_HAND)
_PROMISED = (
    select(clocks)
    .join(cases, cases.c.id == clocks.c.case_id)
    .where(clocks.c.target == PROMISE, clocks.c.state == RUNNING, cases.c.team == b("team"))
    .where(clocks.c.due_at < b("until"))
    .order_by(clocks.c.due_at)
    .limit(20)
)
_MINE = (
    select(clocks)
    .where(clocks.c.target == PROMISE, clocks.c.state == RUNNING, clocks.c.person == b("staff"))
    .order_by(clocks.c.due_at)
    .limit(20)
)
_DRAFTS = (
    select(replies.c.case_id, replies.c.author)
    .join(cases, cases.c.id == replies.c.case_id)
    .where(replies.c.status == DRAFT, replies.c.text != "", replies.c.author != b("but"), *_IN_HAND)
    .order_by(replies.c.created_at)
    .limit(20)
)


def _occasion(row: Row[Any]) -> Occasion:
    return Occasion(**{name: row._mapping[name] for name in _FIELDS})


class Occasions(Rows):
    """Statements on occasions."""

    def plan(self, new: Occasion) -> bool:
        """Make sure the row is there; False when it was."""
        return self._insert(_PLAN, **vars(new)).first() is not None

    def put(self, row: Occasion) -> None:
        """Keep it as it is given, whatever was there."""
        self._insert(_PUT, **vars(row))

    def forget(self, key: str) -> None:
        """It isn't to be any more."""
        self._run(_FORGET, v_key=key)

    def get(self, key: str) -> Occasion | None:
        """The occasion."""
        return self._maybe(_GET, v_key=key)

    def due(self, now: datetime) -> list[Occasion]:
        """Those whose time has come."""
        return [_occasion(row) for row in self._all(_DUE, v_now=now)]

    def next_at(self) -> datetime | None:
        """When the next one is due."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def take(self, seen: Occasion) -> Occasion | None:
        """Take a due one; None when another clock was faster or somebody answered meanwhile."""
        return self._maybe(_TAKE, v_key=seen.key, v_seen=seen.next_at)

    def postpone(self, seen: Occasion, until: datetime) -> Occasion | None:
        """Try it again then, should this try fail; None when another clock was faster."""
        return self._maybe(_POSTPONE, v_key=seen.key, v_seen=seen.next_at, v_until=until)

    def told(self, key: str, at: datetime, next_at: datetime | None, facts: Mapping[str, Any]) -> None:
        """People were told; when it is looked at again."""
        self._run(_TOLD, v_key=key, v_at=at, v_next=next_at, v_facts=dict(facts))

    def seen(self, key: str, staff: str, at: datetime) -> Occasion | None:
        """Somebody answered; None when somebody had."""
        return self._maybe(_SEEN, v_key=key, v_staff=staff, v_at=at)

    def of(self, kind: str, prefix: str) -> list[Occasion]:
        """Those of a kind whose keys begin like this."""
        return [_occasion(row) for row in self._all(_OF_KIND, v_kind=kind, v_prefix=prefix)]

    def since(self, kind: str, since: datetime) -> list[Occasion]:
        """Those of a kind that came, or come, after a moment."""
        return [_occasion(row) for row in self._all(_STANDING, v_kind=kind, v_since=since)]

    def soonest(self, team: str, most: int) -> list[tuple[int, datetime | None]]:
        """The team's cases that somebody owes an answer, by what is due first: (case, due)."""
        return [(row.id, row.due_at) for row in self._all(_SOONEST, v_team=team, v_most=most)]

    def in_hand(self, team: str) -> int:
        """How many there are."""
        row = self._one(_COUNT, v_team=team)
        return int(row[0]) if row else 0

    def promised(self, team: str, until: datetime) -> list[Deadline]:
        """The team's promises that are due before a moment, late ones too."""
        return [deadline_of(row) for row in self._all(_PROMISED, v_team=team, v_until=until)]

    def promised_by(self, staff: str) -> list[Deadline]:
        """Promises this person keeps."""
        return [deadline_of(row) for row in self._all(_MINE, v_staff=staff)]

    def drafts(self, team: str, but: str) -> list[tuple[int, str]]:
        """Replies of others that wait to be sent: (case, author)."""
        return [(row.case_id, row.author) for row in self._all(_DRAFTS, v_team=team, v_but=but)]

    def _maybe(self, statement: Any, **values: Any) -> Occasion | None:
        row = self._one(statement, **values)
        return _occasion(row) if row else None
