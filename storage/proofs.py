"""Questions that must have no answer: rows that would break a promise of ours, found on live data."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, literal_column, or_, select

from domain.cases import AWAITING, CLAIMED, LIVE, OPEN
from storage.schema import audit, cases, deliveries, replies
from storage.schema_time import clocks, runs, tending
from storage.scope import Rows, b

MOST = 20
"""Rows of one kind that are told apart; more of them are the same trouble."""
_STANDS = runs.c.state != literal_column("'ended'")
_RUNNING = clocks.c.state == literal_column("'running'")
_PROMISED = and_(cases.c.id == clocks.c.case_id, or_(cases.c.status.in_(LIVE), clocks.c.target == "promise"))


def _of_clocks(*conditions: ColumnElement[bool]) -> Any:
    return select(clocks.c.case_id).join(cases, _PROMISED).where(_RUNNING, *conditions).limit(MOST)


_has_run = exists().where(runs.c.clock_id == clocks.c.id, _STANDS)
_is_tended = exists().where(tending.c.case_id == runs.c.case_id)
_is_kept = exists().where(cases.c.id == runs.c.case_id, cases.c.holder.is_not(None))
_has_card = exists().where(
    deliveries.c.case_id == cases.c.id, deliveries.c.kind == "card", deliveries.c.state != "folded"
)
_told_often = and_(clocks.c.target == "promise", clocks.c.breached_at.is_not(None))
"""A broken promise whose manager was told often enough is on record; nobody is told for ever."""
_WITHOUT_RUN = _of_clocks(~_has_run, ~_told_often)
_WITHOUT_NEXT = (
    select(runs.c.case_id)
    .where(runs.c.state == "running", runs.c.next_at.is_(None))
    .limit(MOST)
)  # fmt: skip
_HELD_BY_NOBODY = select(runs.c.case_id).where(runs.c.state == "held", ~_is_tended, ~_is_kept).limit(MOST)
_OVERDUE_STEPS = select(runs.c.case_id).where(runs.c.next_at.is_not(None), runs.c.next_at < b("late")).limit(MOST)
_UNNOTICED = _of_clocks(clocks.c.breached_at.is_(None), clocks.c.due_at < b("late"))
_BACKWARDS = _of_clocks(or_(clocks.c.customer_due_at < clocks.c.started_at, clocks.c.due_at < clocks.c.started_at))
_HOLDERS = (
    select(cases.c.id.label("case_id"))
    .where(
        or_(
            and_(cases.c.status == CLAIMED, cases.c.holder.is_(None)),
            and_(cases.c.status == OPEN, cases.c.holder.is_not(None)),
        )
    )
    .limit(MOST)
)
_WITHOUT_CARD = (
    select(cases.c.id.label("case_id")).where(cases.c.status.in_((OPEN, CLAIMED, AWAITING)), ~_has_card).limit(MOST)
)
_STUCK_REPLIES = (
    select(replies.c.case_id)
    .where(replies.c.status.in_(("queued", "sending", "uncertain")), replies.c.created_at < b("stuck"))
    .where(or_(replies.c.not_before.is_(None), replies.c.not_before < b("stuck")))
    .limit(MOST)
)
_STUCK_DELIVERIES = (
    select(func.coalesce(deliveries.c.case_id, 0).label("case_id"))
    .where(deliveries.c.state == "wanted", deliveries.c.priority <= 1, deliveries.c.not_before < b("stuck"))
    .limit(MOST)
)
_NEWEST = select(audit.c.case_id, audit.c.id).order_by(audit.c.id.desc()).limit(b("entries")).subquery()
"""The newest entries: to group the whole trail by case would take seconds once it is long."""
_LATEST = select(_NEWEST.c.case_id).group_by(_NEWEST.c.case_id).order_by(func.max(_NEWEST.c.id).desc()).limit(b("most"))
QUESTIONS: dict[str, Any] = {
    "a deadline has no escalation": _WITHOUT_RUN,
    "an escalation has no next step": _WITHOUT_NEXT,
    "an escalation rests though nobody looks after the case": _HELD_BY_NOBODY,
    "an escalation step is overdue": _OVERDUE_STEPS,
    "a missed deadline went unnoticed": _UNNOTICED,
    "a deadline lies before its beginning": _BACKWARDS,
    "a case and its holder disagree": _HOLDERS,
    "a case has no card": _WITHOUT_CARD,
    "a reply is stuck": _STUCK_REPLIES,
    "an urgent message is stuck": _STUCK_DELIVERIES,
}


class Proofs(Rows):
    """Statements that look for broken promises."""

    def broken(self, late: datetime, stuck: datetime) -> dict[str, list[int]]:
        """Case numbers by what is wrong with them; empty when all is well."""
        found = {}
        for what, question in QUESTIONS.items():
            rows: list[Row[Any]] = self._all(question, v_late=late, v_stuck=stuck)
            if rows:
                found[what] = sorted({row.case_id for row in rows})
        return found

    def latest_trails(self, most: int) -> list[int]:
        """Cases in which something was done last."""
        return [row.case_id for row in self._all(_LATEST, v_most=most, v_entries=10 * most)]
