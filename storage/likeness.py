"""Sketches and resemblances: what was said before in nearly the same words, found by keys and bands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, union_all

from domain.likeness import Sketch
from storage.schema import cases, contents, posts
from storage.schema_likeness import bands, resemblances, sketches
from storage.scope import AT_ONCE, Rows, b, insert_once

NEWEST = 8
"""Posts that are looked at under one key or band: the newest of a family lead to its first case as well as all do."""
_KEEP = insert(sketches)
_BANDS = insert(bands)
_ERASE = delete(sketches).where(sketches.c.post == b("post")).returning(sketches.c.post)
_OLD = select(sketches.c.post).where(sketches.c.at < b("before")).order_by(sketches.c.at).limit(AT_ONCE)
_FORGET = delete(sketches).where(sketches.c.post.in_(_OLD))


def _newest(column: Any, post: Any, value: str) -> Any:
    found = select(post.label("post")).where(column == b(value)).order_by(post.desc()).limit(NEWEST).subquery()
    return select(found.c.post)


def _near(names: Sequence[str]) -> Any:
    parts = [_newest(sketches.c.key, sketches.c.post, "key")]
    parts += [_newest(bands.c.band, bands.c.post, name) for name in names]
    near = union_all(*parts).subquery()
    return (
        select(posts.c.case_id, posts.c.author_id, sketches.c.key, contents.c.text)
        .join(sketches, sketches.c.post == posts.c.id)
        .join(contents, contents.c.post == posts.c.id)
        .where(posts.c.id.in_(select(near.c.post)), sketches.c.at > b("since"), posts.c.case_id.is_not(None))
        .order_by((sketches.c.key == b("key")).desc(), posts.c.id.desc())
    )


_BY_KEY = _near(())
_BY_BANDS = _near([f"band{place}" for place in range(8)])
_FIRST = select(resemblances.c.first).where(resemblances.c.case_id == b("case"))
_LINK = insert_once(resemblances, "case_id", returning=resemblances.c.case_id)
_GROUP = select(resemblances.c.case_id).where(resemblances.c.first == b("first"))
_OF_FIRST = select(func.coalesce(_FIRST.scalar_subquery(), b("case")).label("first")).cte("beginning")
_SAME = union_all(
    select(_OF_FIRST.c.first),
    select(resemblances.c.case_id).join(_OF_FIRST, resemblances.c.first == _OF_FIRST.c.first),
).subquery()
_VOICES = (
    select(func.count(cases.c.author_id.distinct()))
    .join(_SAME, _SAME.c.first == cases.c.id)
    .where(cases.c.author_id != b("author"))
)


class Likeness(Rows):
    """Statements on sketches and on cases that say the same."""

    def keep(self, post: int, drawn: Sketch, at: datetime) -> None:
        """Keep the sketch of a stored post."""
        self._insert(_KEEP, post=post, key=drawn.key, at=at)
        self._insert_all(_BANDS, [{"band": band, "post": post} for band in drawn.bands])

    def near(self, drawn: Sketch, since: datetime) -> list[Row[Any]]:
        """Posts that may say the same: rows (case_id, author_id, key, text), the same words first, then the newest."""
        named = {f"v_band{place}": band for place, band in enumerate(drawn.bands)}
        return self._all(_BY_BANDS if named else _BY_KEY, v_key=drawn.key, v_since=since, **named)

    def erase(self, post: int) -> bool:
        """Let go of one sketch; False when there is none."""
        return self._one(_ERASE, v_post=post) is not None

    def forget(self, before: datetime) -> None:
        """Let go of sketches too old to be compared, the oldest first."""
        self._run(_FORGET, v_before=before)

    def first_of(self, case_id: int) -> int:
        """The earliest case that says the same as this one; itself when it is the first."""
        row = self._one(_FIRST, v_case=case_id)
        return int(row[0]) if row else case_id

    def link(self, case_id: int, first: int, at: datetime) -> bool:
        """Put a case beside the first that said the same; False when it stands beside one already."""
        return self._insert(_LINK, case_id=case_id, first=first, at=at).first() is not None

    def voices(self, case_id: int, author: str) -> int:
        """How many people other than the author have a case that says the same as this one, its own included."""
        row = self._one(_VOICES, v_case=case_id, v_author=author)
        return int(row[0]) if row else 0

    def others(self, case_id: int) -> list[int]:
        """The other cases that say the same, oldest first."""
        first = self.first_of(case_id)
        found = [int(row[0]) for row in self._all(_GROUP, v_first=first)]
        return sorted({first, *found} - {case_id})
