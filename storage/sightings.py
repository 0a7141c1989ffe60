"""Sightings: what a network counted of a post when we saw it last; kept with its content, and gone with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from domain.amplification import Seen
from domain.posts import Carried, IncomingPost
from storage.schema import cases, contents, posts
from storage.scope import Rows, b

EARLIER = 20
"""Cases of an author that are asked for what is usual."""
_NUMBERS = (
    contents.c.followers, contents.c.views, contents.c.shares, contents.c.organisation, contents.c.sighted_at,
    contents.c.from_shares, contents.c.from_at,
)  # fmt: skip
_SEEN = (
    select(
        posts.c.id.label("post"), posts.c.case_id, posts.c.network, posts.c.author_id, posts.c.post_id,
        posts.c.created_at, *_NUMBERS,
    )
    .join(contents, contents.c.post == posts.c.id)
    .where(posts.c.ours.is_(False), contents.c.text.is_not(None))
)  # fmt: skip
_OF = _SEEN.where(posts.c.post_id.in_(bindparam("v_ids", expanding=True)))
_ONE = _SEEN.where(posts.c.id == b("post"))
_NOTE = (
    update(contents)
    .where(contents.c.post == b("post"), contents.c.text.is_not(None))  # of what its author took back nothing is kept
    .values({column: b(column.name) for column in _NUMBERS})
)
_EARLIER = (
    select(cases.c.id)
    .where(cases.c.network == b("network"), cases.c.author_id == b("author"))
    .order_by(cases.c.last_post_at.desc())
    .limit(EARLIER)
)
_OF_AUTHOR = _SEEN.where(
    posts.c.case_id.in_(_EARLIER.scalar_subquery()),
    posts.c.author_id == b("author"),
    posts.c.post_id != b("id"),
    posts.c.created_at < b("before"),
    contents.c.shares.is_not(None),
)


@dataclass(frozen=True)
class Sighted:
    """A stored post and how it was seen last."""

    post: int
    case_id: int | None
    network: str
    author_id: str
    first_id: str
    created_at: datetime
    seen: Seen


def numbers_of(seen: Seen) -> dict[str, Any]:
    """A sighting as columns."""
    counted = seen.carried
    return {
        "followers": counted.followers, "views": counted.views, "shares": counted.shares,
        "organisation": counted.organisation, "sighted_at": seen.at, "from_shares": seen.from_shares,
        "from_at": seen.from_at,
    }  # fmt: skip


def _sighted(row: Row[Any]) -> Sighted:
    carried = Carried(row.followers, row.views, row.shares, organisation=bool(row.organisation))
    seen = Seen(carried, row.sighted_at or row.created_at, row.from_shares, row.from_at)
    return Sighted(int(row.post), row.case_id, row.network, row.author_id, row.post_id, row.created_at, seen)


class Sightings(Rows):
    """Statements on how far posts carry."""

    def of(self, first_ids: set[str]) -> dict[tuple[str, str], Sighted]:
        """How posts we know were seen last, by network and first id; nothing of those that are gone."""
        rows = self._all(_OF, v_ids=sorted(first_ids)) if first_ids else []
        return {(row.network, row.post_id): _sighted(row) for row in rows}

    def one(self, post: int) -> Sighted | None:
        """How a stored post was seen last; None when it is gone."""
        row = self._one(_ONE, v_post=post)
        return _sighted(row) if row else None

    def note(self, post: int, seen: Seen) -> None:
        """Keep the newest sighting of a stored post."""
        self._run(_NOTE, v_post=post, **{f"v_{name}": value for name, value in numbers_of(seen).items()})

    def earlier(self, post: IncomingPost | Sighted) -> list[Sighted]:
        """What the same author posted to us before it, as far as anything was counted."""
        rows = self._all(
            _OF_AUTHOR,
            v_network=post.network,
            v_author=post.author_id,
            v_id=post.first_id,
            v_before=post.created_at,
        )
        return [_sighted(row) for row in rows]
