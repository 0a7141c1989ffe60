"""Lessons: what colleagues said triage should have said, and the layers that were learnt of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.lessons import Lesson
from domain.triage import FOUND
from storage.schema import cases, contents, posts, replies
from storage.schema_triage import layers, lessons, verdicts
from storage.scope import Rows, b, upsert

_TEACH = insert(lessons).returning(lessons.c.id)
_GET = select(lessons).where(lessons.c.id == b("lesson"))
_UNDO = (
    update(lessons)
    .where(lessons.c.id == b("lesson"), lessons.c.undone_at.is_(None), lessons.c.at >= b("since"))
    .values(undone_at=b("at"))
    .returning(lessons)
)
_WITHDRAW = (
    update(lessons)
    .where(lessons.c.case_id == b("case"), lessons.c.kind == b("kind"), lessons.c.undone_at.is_(None))
    .values(undone_at=b("at"))
)
_LATEST = select(lessons).where(lessons.c.case_id == b("case")).order_by(lessons.c.id.desc()).limit(1)
_LATEST_OF = (
    select(lessons)
    .where(lessons.c.case_id == b("case"), lessons.c.kind == b("kind"), lessons.c.undone_at.is_(None))
    .order_by(lessons.c.id.desc())
    .limit(1)
)
_STANDING = (
    select(lessons, contents.c.text)
    .join(contents, contents.c.post == lessons.c.post)
    .where(lessons.c.undone_at.is_(None))
    .order_by(lessons.c.id)
)
_FOUND = (
    select(lessons.c.post)
    .join(verdicts, verdicts.c.post == lessons.c.post)
    .where(lessons.c.undone_at.is_(None), verdicts.c.source == FOUND)
)
_CHANGED = select(
    func.count(lessons.c.id).label("given"),
    func.max(lessons.c.at).label("given_at"),
    func.max(lessons.c.undone_at).label("undone_at"),
)
_LIVE = select(layers).where(layers.c.live.is_(True)).order_by(layers.c.id.desc()).limit(1)
_LIVE_BASIS = select(layers.c.basis).where(layers.c.live.is_(True)).order_by(layers.c.id.desc()).limit(1)
_PUT = upsert(layers, ("basis",), ("live", "body", "figures", "at"))
_LET_GO = update(layers).where(layers.c.basis != b("basis"), layers.c.body != "").values(live=False, body="")
_PAST = select(contents.c.text).where(contents.c.text.is_not(None)).order_by(contents.c.post.desc()).limit(b("most"))
_FIRST_OF = (
    select(func.min(posts.c.id).label("post"), posts.c.case_id)
    .where(
        posts.c.ours.is_(False), posts.c.case_id.in_(select(replies.c.case_id).where(replies.c.sent_at.is_not(None)))
    )
    .group_by(posts.c.case_id)
    .order_by(posts.c.case_id.desc())
    .limit(b("most"))
    .subquery()
)
_ANSWERED = (
    select(_FIRST_OF.c.post, contents.c.text, cases.c.team)
    .join(contents, contents.c.post == _FIRST_OF.c.post)
    .join(cases, cases.c.id == _FIRST_OF.c.case_id)
    .where(contents.c.text.is_not(None))
    .order_by(_FIRST_OF.c.post)
)
_FIELDS = tuple(Lesson.__dataclass_fields__)


def _lesson(row: Row[Any]) -> Lesson:
    return Lesson(**{name: row._mapping[name] for name in _FIELDS})


class Lessons(Rows):
    """Statements on lessons and layers."""

    def teach(self, new: Mapping[str, Any]) -> int:
        """Keep a lesson: post, case_id, kind, value, old, staff, at; its id."""
        return int(self._insert(_TEACH, **new).one().id)

    def get(self, lesson: int) -> Lesson | None:
        """The lesson."""
        return self._maybe(_GET, v_lesson=lesson)

    def undo(self, lesson: int, since: datetime, at: datetime) -> Lesson | None:
        """Take a lesson back; None when it was taken back already, or is older than `since`."""
        return self._maybe(_UNDO, v_lesson=lesson, v_since=since, v_at=at)

    def withdraw(self, case_id: int, kind: str, at: datetime) -> None:
        """What was said of that kind about the case doesn't stand any more, however long ago it was said."""
        self._run(_WITHDRAW, v_case=case_id, v_kind=kind, v_at=at)

    def latest(self, case_id: int) -> Lesson | None:
        """The case's newest lesson, undone or not."""
        return self._maybe(_LATEST, v_case=case_id)

    def latest_of(self, case_id: int, kind: str) -> Lesson | None:
        """The case's newest standing lesson of a kind."""
        return self._maybe(_LATEST_OF, v_case=case_id, v_kind=kind)

    def standing(self) -> list[tuple[Lesson, str | None]]:
        """Every lesson that stands, oldest first, with its post's text while we have it."""
        return [(_lesson(row), row.text) for row in self._all(_STANDING)]

    def found(self) -> frozenset[int]:
        """Posts of standing lessons that a search found."""
        return frozenset(int(row.post) for row in self._all(_FOUND))

    def changed(self) -> tuple[int, datetime | None, datetime | None]:
        """How many lessons there are, and when one was last given and taken back."""
        row = self._one(_CHANGED)
        return (int(row.given), row.given_at, row.undone_at) if row else (0, None, None)

    def live_layer(self) -> Row[Any] | None:
        """The layer that counts: (id, basis, body, figures, at)."""
        return self._one(_LIVE)

    def live_basis(self) -> str:
        """The digest of what it was learnt from; empty when there is none."""
        row = self._one(_LIVE_BASIS)
        return str(row.basis) if row else ""

    def put_layer(self, basis: str, body: str, figures: Mapping[str, Any], at: datetime) -> None:
        """From now on this layer counts and no other; of the others only the figures stay.

        A layer is megabytes, and what posts taught that are forgotten since goes with it.
        """
        self._run(_LET_GO, v_basis=basis)
        self._insert(_PUT, basis=basis, body=body, live=True, figures=dict(figures), at=at)

    def past(self, most: int) -> list[str]:
        """The newest stored texts, ours too."""
        return [row.text for row in self._all(_PAST, v_most=most)]

    def answered(self, most: int) -> list[tuple[int, str, str]]:
        """First posts of the cases answered last, oldest first: post, text, and the team that answered."""
        return [(int(row.post), row.text, row.team) for row in self._all(_ANSWERED, v_most=most)]

    def _maybe(self, statement: Any, **values: Any) -> Lesson | None:
        row = self._one(statement, **values)
        return _lesson(row) if row else None
