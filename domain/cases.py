"""A case: one customer's matter, its states, and the rules by which posts join it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Stale
from domain.policy import CasePolicy
from domain.posts import IncomingPost

OPEN, CLAIMED, AWAITING, RESOLVED, DISMISSED = "open", "claimed", "awaiting_customer", "resolved", "dismissed"
LIVE = (OPEN, CLAIMED, AWAITING)
ENDED = (RESOLVED, DISMISSED)


@dataclass(frozen=True)
class Case:
    """A case as it stands. `epoch` rises with every change of holder; moments are aware UTC.

    `opened_at` is when the customer wrote, not when we saw it. `person` is the Slack name an emergency names.
    """

    id: int
    network: str
    account: str
    author_id: str
    status: str
    holder: str | None
    epoch: int
    team: str
    severity: str
    why: str
    person: str | None
    opened_at: datetime
    last_post_at: datetime
    claimed_at: datetime | None
    first_response_at: datetime | None
    ended_at: datetime | None
    collisions: int
    reopened: int
    channel: str | None = None

    @property
    def live(self) -> bool:
        """Whether somebody still owes this customer something."""
        return self.status in LIVE


@dataclass(frozen=True)
class Candidate:
    """A case of the post's author on this account, and whether it already has a post of the same conversation."""

    case: Case
    same_conversation: bool


@dataclass(frozen=True)
class Joining:
    """What a new post does: joins `case`, or opens one when it is None; `reopens` when the case had ended."""

    case: Case | None
    reopens: bool = False


def joining(post: IncomingPost, candidates: Sequence[Candidate], policy: CasePolicy) -> Joining:
    """Same conversation first, then the newest live case within the join window of its last post; else a new one."""
    newest_first = sorted(candidates, key=lambda c: c.case.last_post_at, reverse=True)
    kin = [c.case for c in newest_first if c.same_conversation]
    near = [c.case for c in newest_first if _within(post, c.case, policy)]
    live_kin = [case for case in kin if case.live]
    reopened = next((case for case in kin if _reopens(post, case, policy)), None)
    if reopened is not None and not live_kin:
        return Joining(reopened, reopens=True)
    return Joining(next(iter(live_kin or near), None))


def _within(post: IncomingPost, case: Case, policy: CasePolicy) -> bool:
    return case.live and abs(post.created_at - case.last_post_at) <= policy.join_window


def _reopens(post: IncomingPost, case: Case, policy: CasePolicy) -> bool:
    if case.status != RESOLVED or case.ended_at is None:
        return False
    return post.created_at - case.ended_at <= policy.reopen_window


def after_post(case: Case, *, reopens: bool, holder_eligible: bool) -> str:
    """The status once the customer has written again (T2, T11, T14)."""
    if case.status == AWAITING or reopens:
        return CLAIMED if case.holder and holder_eligible else OPEN
    return case.status


_CHANGED = "This card has changed since you opened it. Have a look at it as it is now, then try again."
_ENDED = {DISMISSED: "put this case away as no complaint", RESOLVED: "resolved this case"}


def check_epoch(case: Case, epoch: int) -> None:
    """Refuse a gesture made on a card that shows an older holder."""
    if case.epoch != epoch:
        raise Stale(_CHANGED)


def overtaken(case: Case, reader: str, ended_by: str | None) -> str:
    """What the reader is told whose gesture came too late: what became of the case meanwhile, and the way out."""
    if case.status in _ENDED:
        who = "You have" if ended_by == reader else f"<@{ended_by}> has" if ended_by else "Somebody has"
        return f"{who} {_ENDED[case.status]} already. Reopen on its card brings it back."
    if case.holder not in (None, reader):
        return f"<@{case.holder}> has this case now. Ask for a hand-over, or take it over with a reason."
    return _CHANGED
