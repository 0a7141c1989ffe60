"""Verdicts: what triage said of each post, which of them no digest has told of yet, and what the digests listed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from domain.cases import CLAIMED, OPEN
from domain.triage import Judged, Kept
from storage.schema import authors, cases, contents, posts
from storage.schema_triage import digests, verdicts
from storage.scope import Rows, b, insert_once

LATELY = timedelta(days=7)
_KEEP = insert(verdicts)
_CHANGE = (
    update(verdicts)
    .where(verdicts.c.post == b("post"))
    .values({name: b(name) for name in ("complaint", "severity", "language", "reasons", "model", "rules")})
)
_OF_CASE = (
    select(verdicts)
    .join(posts, posts.c.id == verdicts.c.post)
    .where(posts.c.case_id == b("case"))
    .order_by(verdicts.c.post)
)
_UNTOLD = (verdicts.c.put_away.is_(True), verdicts.c.digest.is_(None))
_WAITING = (
    select(verdicts.c.team, func.min(verdicts.c.at).label("since")).where(*_UNTOLD).group_by(verdicts.c.team)
)  # fmt: skip
_OPEN = insert_once(digests, "team", "day", returning=digests.c.id)
_FILL = (
    update(verdicts)
    .where(*_UNTOLD, verdicts.c.team == b("team"), verdicts.c.at <= b("at"))
    .values(digest=b("digest"))
)  # fmt: skip
_THERE = select(digests.c.id).where(digests.c.team == b("team"), digests.c.day == b("day"))
_COUNT = select(func.count()).where(verdicts.c.digest == b("digest"))
_LISTED = (
    select(
        verdicts, cases.c.id.label("case_id"), cases.c.epoch, cases.c.status, contents.c.text, authors.c.handle,
        posts.c.images,
    )
    .join(posts, posts.c.id == verdicts.c.post)
    .join(cases, cases.c.id == posts.c.case_id)
    .join(contents, contents.c.post == posts.c.id)
    .join(authors, (authors.c.network == posts.c.network) & (authors.c.author_id == posts.c.author_id))
    .where(verdicts.c.put_away.is_(True), verdicts.c.listed.is_(True))
)  # fmt: skip
_LINES = _LISTED.where(verdicts.c.digest == b("digest")).order_by(verdicts.c.complaint.desc(), verdicts.c.post)
_DISMISSED = (
    _LISTED.where(verdicts.c.team.in_(bindparam("v_teams", expanding=True)), cases.c.status == "dismissed")
    .order_by(verdicts.c.post.desc())
    .limit(b("most"))
)
_UNANSWERED = (
    select(posts.c.author_id, func.count().label("posts"))
    .join(cases, cases.c.id == posts.c.case_id)
    .where(
        cases.c.network.in_(bindparam("v_networks", expanding=True)),
        cases.c.author_id.in_(bindparam("v_authors", expanding=True)),
        cases.c.status.in_((OPEN, CLAIMED)),
        cases.c.last_post_at > b("since"),
        posts.c.ours.is_(False),
        posts.c.created_at > b("since"),
    )
    .group_by(posts.c.author_id)
)
_FIELDS = tuple(name for name in Kept.__dataclass_fields__ if name != "complaint")
_WHOLE = 10_000


def _kept(row: Row[Any]) -> Kept:
    at = row._mapping
    return Kept(complaint=at["complaint"] / _WHOLE, **{name: at[name] for name in _FIELDS})


class Verdicts(Rows):
    """Statements on verdicts and digests."""

    def keep(self, post: int, said: Judged, away: tuple[bool, bool], at: datetime) -> None:
        """Keep what was said of a stored post; `away` says whether its case was put away, and if a digest lists it."""
        put_away, listed = away
        self._insert(
            _KEEP,
            **self._said(post, said),
            tier=said.tier,
            source=said.source,
            team=said.placement.team,
            other=said.other,
            put_away=put_away,
            listed=listed,
            at=at,
        )

    def change(self, post: int, said: Judged) -> None:
        """The post says something else now; whether it was put away stays as it was."""
        self._run(_CHANGE, **{f"v_{name}": value for name, value in self._said(post, said).items()})

    @staticmethod
    def _said(post: int, said: Judged) -> dict[str, Any]:
        return {
            "post": post,
            "complaint": round(said.complaint * _WHOLE),
            "severity": said.placement.severity,
            "language": said.language[:8],
            "reasons": dict(said.reasons),
            "model": said.model[:64],
            "rules": said.rules[:64],
        }

    def of_case(self, case_id: int) -> list[Kept]:
        """The verdicts on a case's posts, oldest post first."""
        return [_kept(row) for row in self._all(_OF_CASE, v_case=case_id)]

    def waiting(self) -> dict[str, datetime]:
        """Since when something is put away that no digest has told of, by team."""
        return {row.team: row.since for row in self._all(_WAITING)}

    def tell(self, team: str, day: str, at: datetime) -> tuple[int, bool]:
        """A team's digest of a day, with all that is untold in it by now; and whether the day had none before."""
        new = self._insert(_OPEN, team=team, day=day, at=at).first()
        row = new or self._connection.execute(_THERE, {"v_team": team, "v_day": day}).one()
        self._run(_FILL, v_team=team, v_at=at, v_digest=row.id)
        return int(row.id), new is not None

    def told(self, digest_id: int) -> int:
        """How many posts it tells of, listed or not."""
        row = self._one(_COUNT, v_digest=digest_id)
        return int(row[0]) if row else 0

    def lines(self, digest_id: int) -> list[Row[Any]]:
        """What it lists, likeliest complaints first: verdicts with case_id, epoch, status, text, handle, images."""
        return self._all(_LINES, v_digest=digest_id)

    def dismissed(self, teams: Sequence[str], most: int) -> list[Row[Any]]:
        """The newest of what was put away for these teams and still is, as `lines` gives it."""
        return self._all(_DISMISSED, v_teams=list(teams), v_most=most) if teams else []

    def unanswered(self, authors_: set[tuple[str, str]], now: datetime) -> dict[str, int]:
        """Posts of seven days that wait for an answer of ours, by author; asked for by network and author."""
        if not authors_:
            return {}
        networks, names = {network for network, _ in authors_}, {author for _, author in authors_}
        rows = self._all(_UNANSWERED, v_networks=sorted(networks), v_authors=sorted(names), v_since=now - LATELY)
        return {row.author_id: int(row.posts) for row in rows}


def kept_of(row: Row[Any]) -> Kept:
    """The verdict in a row of `lines`."""
    return _kept(row)
