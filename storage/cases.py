"""Cases: every change is one guarded statement, and the row it returns decides who was first."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Update, exists, func, insert, select, update

from domain.cases import AWAITING, CLAIMED, DISMISSED, LIVE, OPEN, RESOLVED, Candidate, Case
from domain.posts import IncomingPost, StoredPost
from domain.triage import EMERGENCY, Placement, graver
from storage.schema import cases, posts
from storage.scope import Rows, b, moment

_OPEN = insert(cases).returning(cases)
_GET = select(cases).where(cases.c.id == b("case"))
_LOCK = _GET.with_for_update()
_SAME_CONVERSATION = exists().where(
    posts.c.case_id == cases.c.id,
    posts.c.network == b("network"),
    posts.c.conversation_id == b("conversation"),
)
_CANDIDATES = (
    select(cases, _SAME_CONVERSATION.label("same"))
    .where(cases.c.network == b("network"), cases.c.author_id == b("author"), cases.c.account == b("account"))
    .where(cases.c.status != DISMISSED)
    .order_by(cases.c.last_post_at.desc())
    .limit(25)
    .with_for_update(of=cases)
)


def _change(*guards: Any, **values: Any) -> Update:
    return update(cases).where(cases.c.id == b("case"), *guards).values(**values).returning(cases)


_EPOCH = cases.c.epoch == b("epoch")
_NEXT = cases.c.epoch + 1
_CLAIM = _change(
    cases.c.holder.is_(None),
    cases.c.status.in_((OPEN, AWAITING)),  # answered on the network itself while nobody held it
    holder=b("staff"),
    status=CLAIMED,
    epoch=_NEXT,
    claimed_at=b("at"),
)
_COLLIDE = _change(collisions=cases.c.collisions + 1)
_RELEASE = _change(
    _EPOCH,
    cases.c.holder == b("staff"),
    cases.c.status.in_((CLAIMED, AWAITING)),
    holder=None,
    status=OPEN,
    epoch=_NEXT,
    claimed_at=None,
)
_PASS_ON = _change(
    _EPOCH, cases.c.status.in_((CLAIMED, AWAITING)), holder=b("staff"), status=CLAIMED, epoch=_NEXT, claimed_at=b("at")
)
_RESOLVE = _change(
    _EPOCH, cases.c.holder == b("staff"), cases.c.status.in_((CLAIMED, AWAITING)), status=RESOLVED, ended_at=b("at")
)
_DISMISS = _change(_EPOCH, cases.c.status.in_(LIVE), status=DISMISSED, holder=None, epoch=_NEXT, ended_at=b("at"))
_WITHDRAW = _change(cases.c.status == OPEN, status=RESOLVED, ended_at=b("at"))
_RESCUE = _change(cases.c.status == DISMISSED, status=OPEN, holder=None, epoch=_NEXT, ended_at=None)
_WORSEN = _change(
    cases.c.severity == b("old"), cases.c.status.in_(LIVE), severity=b("severity"), person=b("person"), why=b("why")
)
_EASE = _change(cases.c.severity == b("old"), severity=b("severity"), why=b("why"))
_REOPEN = _change(
    cases.c.status.in_((RESOLVED, DISMISSED)),
    status=OPEN,
    holder=None,
    epoch=_NEXT,
    ended_at=None,
    reopened=cases.c.reopened + 1,
)
_ANSWERED = _change(
    cases.c.status.in_((OPEN, CLAIMED, AWAITING)),
    status=b("status"),
    first_response_at=func.coalesce(cases.c.first_response_at, moment("at")),
)
_REROUTE = _change(
    _EPOCH,
    cases.c.status.in_(LIVE),
    team=b("team"),
    why=b("why"),
    holder=None,
    status=OPEN,
    epoch=_NEXT,
    claimed_at=None,
)
_POSTED = _change(
    status=b("status"),
    holder=b("holder"),
    epoch=cases.c.epoch + b("step"),
    ended_at=None,
    reopened=cases.c.reopened + b("reopens"),
    last_post_at=b("at"),
    severity=b("severity"),
    person=b("person"),
    why=b("why"),
)
_MINE = (
    select(cases).where(cases.c.holder == b("staff"), cases.c.status.in_(LIVE)).order_by(cases.c.opened_at).limit(50)
)
_WAITING = select(cases).where(cases.c.status == OPEN, cases.c.team == b("team")).order_by(cases.c.opened_at).limit(50)


def _case(row: Row[Any]) -> Case:
    at = row._mapping
    return Case(**{name: at[name] for name in _FIELDS})


_FIELDS = (
    "id", "network", "account", "author_id", "status", "holder", "epoch", "team", "severity", "why", "person",
    "opened_at", "last_post_at", "claimed_at", "first_response_at", "ended_at", "collisions", "reopened",
)  # fmt: skip


class Cases(Rows):
    """Statements on cases. Each change answers the case as it is now, or None when its guard didn't hold."""

    def open(self, post: IncomingPost | StoredPost, placed: Placement, at: datetime) -> Case:
        """A new case from its first post."""
        return self._begin(post, placed, at, status=OPEN, ended_at=None)

    def open_dismissed(self, post: IncomingPost, placed: Placement, at: datetime) -> Case:
        """A new case that needs nobody, as far as triage can tell."""
        return self._begin(post, placed, at, status=DISMISSED, ended_at=at)

    def _begin(self, post: IncomingPost | StoredPost, placed: Placement, at: datetime, **how: Any) -> Case:
        row = self._insert(
            _OPEN,
            **how,
            network=post.network,
            author_id=post.author_id,
            epoch=0,
            team=placed.team,
            severity=placed.severity,
            why=placed.why,
            person=placed.person,
            opened_at=post.created_at,
            last_post_at=post.created_at,
            collisions=0,
            reopened=0,
            made_at=at,
        ).one()
        return _case(row)

    def get(self, case_id: int) -> Case | None:
        """The case."""
        return self._maybe(_GET, v_case=case_id)

    def lock(self, case_id: int) -> Case | None:
        """The case, held until the transaction ends."""
        return self._maybe(_LOCK, v_case=case_id)

    def candidates(self, post: IncomingPost) -> list[Candidate]:
        """This author's cases that a new post may join, newest first."""
        rows = self._all(
            _CANDIDATES,
            v_network=post.network,
            v_author=post.author_id,
            v_account=self._scope.account,
            v_conversation=post.conversation_id,
        )
        return [Candidate(_case(row), bool(row.same)) for row in rows]

    def claim(self, case_id: int, staff: str, at: datetime) -> Case | None:
        """Make `staff` the holder of an open case; None when somebody was faster or it isn't open."""
        return self._maybe(_CLAIM, v_case=case_id, v_staff=staff, v_at=at)

    def collide(self, case_id: int) -> None:
        """Count a claim that came too late."""
        self._run(_COLLIDE, v_case=case_id)

    def release(self, case_id: int, epoch: int, staff: str) -> Case | None:
        """Give it back to the queue."""
        return self._maybe(_RELEASE, v_case=case_id, v_epoch=epoch, v_staff=staff)

    def pass_on(self, case_id: int, epoch: int, staff: str, at: datetime) -> Case | None:
        """Make `staff` the holder of a case somebody else holds."""
        return self._maybe(_PASS_ON, v_case=case_id, v_epoch=epoch, v_staff=staff, v_at=at)

    def resolve(self, case_id: int, epoch: int, staff: str, at: datetime) -> Case | None:
        """End it; the holder stays on record, so that the customer's answer finds them again."""
        return self._maybe(_RESOLVE, v_case=case_id, v_epoch=epoch, v_staff=staff, v_at=at)

    def dismiss(self, case_id: int, epoch: int, at: datetime) -> Case | None:
        """It was no complaint."""
        return self._maybe(_DISMISS, v_case=case_id, v_epoch=epoch, v_at=at)

    def withdraw(self, case_id: int, at: datetime) -> Case | None:
        """End an unclaimed case whose post its author took back."""
        return self._maybe(_WITHDRAW, v_case=case_id, v_at=at)

    def rescue(self, case_id: int) -> Case | None:
        """It is a complaint after all: to the queue, as if it had never been put away."""
        return self._maybe(_RESCUE, v_case=case_id)

    def worsen(self, case: Case, placed: Placement) -> Case | None:
        """A live case is worse than it was thought; None when somebody else has just said so."""
        return self._maybe(
            _WORSEN,
            v_case=case.id,
            v_old=case.severity,
            v_severity=placed.severity,
            v_person=placed.person,
            v_why=placed.why,
        )

    def ease(self, case: Case, severity: str, why: str) -> Case | None:
        """It isn't that bad after all; None when its severity has changed meanwhile."""
        return self._maybe(_EASE, v_case=case.id, v_old=case.severity, v_severity=severity, v_why=why)

    def reopen(self, case_id: int) -> Case | None:
        """Back to the queue."""
        return self._maybe(_REOPEN, v_case=case_id)

    def answered(self, case_id: int, status: str, at: datetime) -> Case | None:
        """The customer has our answer, made public at `at`; the first one is remembered for good."""
        return self._maybe(_ANSWERED, v_case=case_id, v_status=status, v_at=at)

    def reroute(self, case_id: int, epoch: int, team: str, why: str) -> Case | None:
        """To another team's queue."""
        return self._maybe(_REROUTE, v_case=case_id, v_epoch=epoch, v_team=team, v_why=why)

    def posted(self, case: Case, post: IncomingPost, placed: Placement, status: str) -> Case | None:
        """The customer wrote again: `status` from domain.cases.after_post; severity rises and never falls."""
        rises = graver(case.severity, placed.severity) != case.severity
        keeps_holder = status != OPEN
        return self._maybe(
            _POSTED,
            v_case=case.id,
            v_status=status,
            v_holder=case.holder if keeps_holder else None,
            v_step=0 if keeps_holder or case.holder is None else 1,
            v_reopens=0 if case.live else 1,
            v_at=max(post.created_at, case.last_post_at),
            v_severity=placed.severity if rises else case.severity,
            v_person=placed.person if rises else case.person,
            v_why=placed.why if rises and placed.severity == EMERGENCY else case.why,
        )

    def mine(self, staff: str) -> list[Case]:
        """What this person holds, oldest first."""
        return [_case(row) for row in self._all(_MINE, v_staff=staff)]

    def waiting(self, team: str) -> list[Case]:
        """What nobody of the team has claimed yet, oldest first."""
        return [_case(row) for row in self._all(_WAITING, v_team=team)]

    def _maybe(self, statement: Any, **values: Any) -> Case | None:
        row = self._one(statement, **values)
        return _case(row) if row else None
