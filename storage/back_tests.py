"""Back-tests: asked for in Slack, run beside the bot's other work, remembered by their figures; and the stored past."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update

from domain.back_test import Asked, Figures, Past
from domain.rulebook import kept, meaning, of_kept
from domain.rules import Rule
from storage.schema import audit, cases, contents, posts
from storage.schema_rules import back_tests
from storage.scope import Rows, b

PAGE = 5_000
"""Posts read at a time: a long past never keeps one reading transaction open."""
MOST_ATTEMPTS = 3
_ASK = insert(back_tests).returning(back_tests.c.id)
_IS_DUE = (
    back_tests.c.next_at.is_not(None),
    or_(back_tests.c.lease_until.is_(None), back_tests.c.lease_until <= b("machine_now")),
)
_FIRST_DUE = select(func.min(back_tests.c.id)).where(*_IS_DUE).scalar_subquery()
_TAKE = (
    update(back_tests)
    .where(back_tests.c.id == _FIRST_DUE, *_IS_DUE)
    .values(lease_until=b("until"), attempts=back_tests.c.attempts + 1)
    .returning(back_tests)
)
_DONE = (
    update(back_tests)
    .where(back_tests.c.id == b("id"), back_tests.c.next_at.is_not(None))
    .values(done_at=b("at"), posts=b("posts"), caught=b("caught"), pages=b("pages"))
)
_OVER = (
    update(back_tests)
    .where(back_tests.c.id == b("id"), back_tests.c.next_at.is_not(None))
    .values(next_at=None, lease_until=None)
    .returning(back_tests.c.id)
)
_NEXT = select(func.min(back_tests.c.next_at)).where(back_tests.c.next_at.is_not(None))
_FRESH = (
    select(back_tests)
    .where(back_tests.c.meaning == b("meaning"), back_tests.c.done_at > b("since"), back_tests.c.posts.is_not(None))
    .order_by(back_tests.c.id.desc())
    .limit(1)
)
_THEIRS = (posts.c.ours.is_(False), posts.c.created_at >= b("since"), posts.c.created_at < b("until"))
_NEWEST = select(func.max(posts.c.created_at)).where(posts.c.ours.is_(False))
_COUNT = select(func.count()).select_from(posts).where(*_THEIRS)
_PAST = (
    select(
        posts.c.id, contents.c.text, posts.c.created_at, contents.c.url, posts.c.case_id, cases.c.team, cases.c.status
    )
    .join(contents, contents.c.post == posts.c.id)
    .join(cases, cases.c.id == posts.c.case_id, isouter=True)
    .where(*_THEIRS, posts.c.id > b("after"), contents.c.text.is_not(None))
    .order_by(posts.c.id)
    .limit(b("page"))
)
_MOVES = select(audit.c.case_id, audit.c.facts).where(audit.c.act == "rerouted").order_by(audit.c.id)


class BackTests(Rows):
    """Statements on back-tests and on the past they look through."""

    def ask(self, draft: Rule, staff: str, at: datetime) -> int:
        """Somebody wants to know."""
        row = self._insert(
            _ASK, rule=draft.name, draft=kept(draft), meaning=meaning(draft), staff=staff, asked_at=at, next_at=at,
            attempts=0,
        ).one()  # fmt: skip
        return int(row.id)

    def take(self, machine_now: datetime, length: timedelta) -> Asked | None:
        """The oldest that nobody is at; it is ours for a while of machine time."""
        row = self._one(_TAKE, v_machine_now=machine_now, v_until=machine_now + length)
        return _asked(row) if row else None

    def done(self, number: int, figures: Figures | None, at: datetime) -> None:
        """Keep what it found; without figures it couldn't be done."""
        found = figures or Figures(None, None, None)
        self._run(_DONE, v_id=number, v_at=at, v_posts=found.of, v_caught=found.caught, v_pages=found.pages)

    def over(self, number: int) -> bool:
        """It was told; False when somebody else was faster."""
        return self._one(_OVER, v_id=number) is not None

    def next_at(self) -> datetime | None:
        """When the oldest that is still to be run was asked for."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def fresh(self, rule: Rule, since: datetime) -> Figures | None:
        """What the newest back-test of a rule of this meaning found, if it was done since then."""
        row = self._one(_FRESH, v_meaning=meaning(rule), v_since=since)
        return Figures(int(row.posts), int(row.caught), int(row.pages)) if row else None

    def count(self, since: datetime, until: datetime) -> int:
        """How many posts of customers there are from then till then."""
        row = self._one(_COUNT, v_since=since, v_until=until)
        return int(row[0]) if row else 0

    def newest(self) -> datetime | None:
        """When the newest post was published."""
        row = self._one(_NEWEST)
        return row[0] if row else None

    def page(self, span: tuple[datetime, datetime], after: tuple[int, int], first: dict[int, str]) -> list[Past]:
        """The next posts: after is (row, how many at most); `first` has the first team of each case that moved."""
        rows = self._all(_PAST, v_since=span[0], v_until=span[1], v_after=after[0], v_page=after[1])
        found = []
        for row in rows:
            post, text, at, url, case, team, status = tuple(row)
            found.append(Past(post, text, at, url, case, first.get(case, team), team, status))
        return found

    def first_teams(self) -> dict[int, str]:
        """The team each case was opened for that colleagues passed on."""
        found: dict[int, str] = {}
        for row in self._all(_MOVES):
            found.setdefault(row.case_id, str(row.facts.get("old") or ""))
        return found


def _asked(row: Row[Any]) -> Asked:
    return Asked(row.id, of_kept(row.draft) or Rule(row.rule, "", ""), row.staff, row.attempts)
