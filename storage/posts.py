"""Posts as they were published, their content kept apart, and who wrote them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, or_, select, update

from domain.amplification import Seen
from domain.audit import digest_of
from domain.outside import fold, storable
from domain.posts import IncomingPost, ReplyOption, StoredPost
from storage.schema import authors, contents, posts
from storage.scope import Rows, b, insert_once, upsert
from storage.sightings import numbers_of

_AUTHOR = upsert(authors, ("network", "author_id"), ("handle", "name", "seen_at"))
_STORE = insert_once(posts, "network", "post_id", returning=posts.c.id)
_CONTENT = insert(contents)
_ATTACH = update(posts).where(posts.c.id == b("post")).values(case_id=b("case"))
_ATTACH_LATER = (
    update(posts)
    .where(posts.c.case_id == b("old"), posts.c.id >= b("first"), posts.c.ours.is_(False))
    .values(case_id=b("new"))
)
_NEWER_VERSION = (
    update(posts)
    .where(posts.c.network == b("network"), posts.c.post_id == b("first"), posts.c.latest_id < b("latest"))
    .where(posts.c.gone_at.is_(None))  # of what its author took back nothing is kept
    .values(latest_id=b("latest"), digest=b("digest"))
    .returning(posts.c.id, posts.c.case_id)
)
_NEWER_TEXT = update(contents).where(contents.c.post == b("post")).values(text=b("text"), folded=b("folded"))
_GONE = (
    update(posts)
    .where(posts.c.network == b("network"), or_(posts.c.post_id == b("id"), posts.c.latest_id == b("id")))
    .where(posts.c.gone_at.is_(None))
    .values(gone_at=b("at"), option_kind="none", option_reason=b("why"))
    .returning(posts.c.id, posts.c.case_id)
)
_FORGET = update(contents).where(contents.c.post == b("post")).values({
    column: None for column in contents.c if column.name not in ("post", "brand", "account")
})  # fmt: skip
_ALL = (
    select(posts, contents.c.text, contents.c.url, authors.c.handle, authors.c.name)
    .join(contents, contents.c.post == posts.c.id)
    .join(authors, (authors.c.network == posts.c.network) & (authors.c.author_id == posts.c.author_id))
)
_OF_CASE = _ALL.where(posts.c.case_id == b("case")).order_by(posts.c.created_at, posts.c.id)
_BY_ID = _ALL.where(posts.c.network == b("network"), or_(posts.c.post_id == b("id"), posts.c.latest_id == b("id")))
_NEWEST = _ALL.where(posts.c.case_id == b("case"), posts.c.ours.is_(False)).order_by(posts.c.id.desc()).limit(1)
_TOLD = (
    _ALL.where(
        posts.c.ours.is_(True),
        posts.c.case_id.in_(
            select(posts.c.case_id).where(posts.c.network == b("network"), posts.c.author_id == b("author"))
        ),
    )
    .where(posts.c.case_id != b("case"))
    .order_by(posts.c.created_at.desc())
    .limit(5)
)
_VERSIONS = select(posts.c.network, posts.c.post_id, posts.c.latest_id).where(
    posts.c.post_id.in_(bindparam("v_ids", expanding=True))
)
_FOUND = (
    _ALL.where(
        or_(
            contents.c.folded.like(b("pattern"), escape="\\"),
            func.lower(authors.c.handle).like(b("handle"), escape="\\"),
        ),
        posts.c.case_id.is_not(None),
    )
    .order_by(posts.c.id.desc())
    .limit(40)
)
_COUNT = select(func.count()).select_from(posts).where(posts.c.ours.is_(False))


def _stored(row: Row[Any]) -> StoredPost:
    at = row._mapping
    return StoredPost(
        id=at["id"],
        network=at["network"],
        post_id=at["latest_id"],
        case_id=at["case_id"],
        author_id=at["author_id"],
        author_handle=at["handle"],
        author_name=at["name"],
        text=at["text"],
        url=at["url"],
        created_at=at["created_at"],
        conversation_id=at["conversation_id"],
        in_reply_to=at["in_reply_to"],
        images=at["images"],
        ours=bool(at["ours"]),
        option=ReplyOption(at["option_kind"], at["option_reason"]),
    )


class Posts(Rows):
    """Statements on posts, contents and authors."""

    def store(self, post: IncomingPost, option: ReplyOption, *, ours: bool, at: datetime) -> int | None:
        """Keep the post once; its row's id, or None when we had it already. The author's row is locked meanwhile."""
        author = {"network": post.network, "author_id": post.author_id}
        self._insert(
            _AUTHOR, **author, handle=storable(post.author_handle), name=storable(post.author_name), seen_at=at
        )
        text = storable(post.text)
        row = self._insert(
            _STORE,
            **author,
            post_id=post.first_id,
            latest_id=post.post_id,
            conversation_id=post.conversation_id,
            in_reply_to=post.in_reply_to,
            created_at=post.created_at,
            seen_at=at,
            ours=ours,
            images=post.images,
            option_kind=option.kind,
            option_reason=option.reason,
            digest=digest_of(text),
        ).first()
        if row is None:
            return None
        numbers = numbers_of(Seen(post.carried, at))
        self._insert(_CONTENT, post=row.id, text=text, url=post.url, folded=fold(text), **numbers)
        return int(row.id)

    def versions(self, first_ids: set[str]) -> dict[tuple[str, str], str]:
        """The version we have of each post we know, by network and first id."""
        rows = self._all(_VERSIONS, v_ids=list(first_ids)) if first_ids else []
        return {(row.network, row.post_id): row.latest_id for row in rows}

    def edit(self, post: IncomingPost) -> tuple[int, int] | None:
        """Keep a newer version of a stored post; its row's and its case's id when it is newer and has a case."""
        text = storable(post.text)
        row = self._one(
            _NEWER_VERSION,
            v_network=post.network,
            v_first=post.first_id,
            v_latest=post.post_id,
            v_digest=digest_of(text),
        )
        if row is None:
            return None
        self._run(_NEWER_TEXT, v_post=row.id, v_text=text, v_folded=fold(text))
        return None if row.case_id is None else (int(row.id), int(row.case_id))

    def attach(self, post: int, case: int) -> None:
        """Put the post into the case."""
        self._run(_ATTACH, v_post=post, v_case=case)

    def move_from(self, first: int, old: int, new: int) -> None:
        """Move the customer's posts from `first` on out of one case into another."""
        self._run(_ATTACH_LATER, v_first=first, v_old=old, v_new=new)

    def tombstone(self, network: str, post_id: str, why: str, at: datetime) -> int | None:
        """Forget the content of a post its author took back; its case's id when it was still there."""
        row = self._one(_GONE, v_network=network, v_id=post_id, v_at=at, v_why=why)
        if row is None:
            return None
        self._run(_FORGET, v_post=row.id)
        return None if row.case_id is None else int(row.case_id)

    def of_case(self, case: int) -> list[StoredPost]:
        """Everything said in the case, oldest first, ours included."""
        return [_stored(row) for row in self._all(_OF_CASE, v_case=case)]

    def newest_of(self, case: int) -> StoredPost | None:
        """The customer's newest post in the case by order of arrival."""
        row = self._one(_NEWEST, v_case=case)
        return _stored(row) if row else None

    def by_id(self, network: str, post_id: str) -> StoredPost | None:
        """The post by its network id, whichever version is meant."""
        row = self._one(_BY_ID, v_network=network, v_id=post_id)
        return _stored(row) if row else None

    def told_before(self, network: str, author: str, case: int) -> list[StoredPost]:
        """What we told this customer in other cases, newest first, five at most."""
        return [_stored(row) for row in self._all(_TOLD, v_network=network, v_author=author, v_case=case)]

    def find(self, words: str) -> list[StoredPost]:
        """Posts whose text holds the words, or whose author's handle does; case, diacritics, wildcards don't matter."""
        escaped = fold(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        handle = escaped.removeprefix("@")
        return [_stored(row) for row in self._all(_FOUND, v_pattern=f"%{escaped}%", v_handle=f"%{handle}%")]

    def count(self) -> int:
        """How many posts of customers are stored."""
        row = self._one(_COUNT)
        return int(row[0]) if row else 0
