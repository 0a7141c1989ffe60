"""Clocks of cases, and the policies they were started under."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.deadlines import MET, PAUSED, RUNNING, STOPPED, Deadline, NewDeadline
from storage.schema_time import clocks, policies
from storage.scope import Rows, b, insert_once

_KEEP = insert_once(policies, "digest")
_POLICY = select(policies.c.body).where(policies.c.digest == b("digest"))
_START = insert(clocks).returning(clocks)
_COUNT = select(func.count()).where(clocks.c.case_id == b("case"), clocks.c.target == b("target"))
_GET = select(clocks).where(clocks.c.id == b("id"))
_OF_CASE = select(clocks).where(clocks.c.case_id == b("case")).order_by(clocks.c.id)
_OPEN = _OF_CASE.where(clocks.c.state.in_((RUNNING, PAUSED)))


def _change(*guards: Any, **values: Any) -> Any:
    return update(clocks).where(clocks.c.id == b("id"), *guards).values(**values).returning(clocks)


_END = _change(clocks.c.state.in_((RUNNING, PAUSED)), state=b("state"), ended_at=b("at"))
_PAUSE = _change(clocks.c.state == RUNNING, state=PAUSED, paused_at=b("at"))
_MOVE = _change(
    clocks.c.state.in_((RUNNING, PAUSED)),
    state=RUNNING,
    paused_at=None,
    customer_due_at=b("customer"),
    service_due_at=b("service"),
    due_at=b("due"),
)
_RETARGET = _change(
    clocks.c.state.in_((RUNNING, PAUSED)),
    follows=b("follows"),
    length_s=b("length"),
    customer_due_at=b("customer"),
    service_due_at=b("service"),
    due_at=b("due"),
    severity=b("severity"),
    policy=b("policy"),
)
_REVIVE = _change(clocks.c.state == STOPPED, state=RUNNING, ended_at=None, paused_at=None)
_BREACH = _change(clocks.c.breached_at.is_(None), clocks.c.state == RUNNING, breached_at=clocks.c.due_at)
_SAME = tuple(name for name in Deadline.__dataclass_fields__ if name != "length")


def deadline_of(row: Row[Any]) -> Deadline:
    """The clock that a row of `clocks` keeps."""
    at = row._mapping
    return Deadline(length=timedelta(seconds=row.length_s), **{name: at[name] for name in _SAME})


class Clocks(Rows):
    """Statements on clocks. Each change answers the clock as it is now, or None when its guard didn't hold."""

    def keep_policy(self, digest: str, body: Any, at: datetime) -> None:
        """Remember a version of the policy; a known one stays as it is."""
        self._insert(_KEEP, digest=digest, body=body, at=at)

    def policy(self, digest: str) -> Any:
        """A version of the policy as it was kept, or None."""
        row = self._one(_POLICY, v_digest=digest)
        return row.body if row else None

    def start(self, case_id: int, new: NewDeadline) -> Deadline:
        """A new clock of the case; clocks with the same target are numbered."""
        count = self._one(_COUNT, v_case=case_id, v_target=new.target)
        row = self._insert(
            _START,
            case_id=case_id,
            target=new.target,
            n=(count[0] if count else 0) + 1,
            state=RUNNING,
            follows=new.follows,
            started_at=new.started_at,
            length_s=int(new.length.total_seconds()),
            customer_due_at=new.customer_due_at,
            service_due_at=new.service_due_at,
            due_at=new.due_at,
            policy=new.policy,
            severity=new.severity,
            person=new.person,
            said=new.said,
        ).one()
        return deadline_of(row)

    def get(self, clock_id: int) -> Deadline | None:
        """The clock."""
        return self._maybe(_GET, v_id=clock_id)

    def of_case(self, case_id: int) -> list[Deadline]:
        """All clocks of the case, in the order they were started."""
        return [deadline_of(row) for row in self._all(_OF_CASE, v_case=case_id)]

    def open_of(self, case_id: int) -> list[Deadline]:
        """Those that run or stand still."""
        return [deadline_of(row) for row in self._all(_OPEN, v_case=case_id)]

    def meet(self, clock_id: int, at: datetime) -> Deadline | None:
        """What was promised is done."""
        return self._maybe(_END, v_id=clock_id, v_state=MET, v_at=at)

    def stop(self, clock_id: int, at: datetime) -> Deadline | None:
        """Nobody waits for it any more."""
        return self._maybe(_END, v_id=clock_id, v_state=STOPPED, v_at=at)

    def pause(self, clock_id: int, at: datetime) -> Deadline | None:
        """We wait for the customer."""
        return self._maybe(_PAUSE, v_id=clock_id, v_at=at)

    def move(self, clock: Deadline, customer: datetime, service: datetime) -> Deadline | None:
        """Let it run (again) towards these moments."""
        due = service if clock.follows == "service" else customer
        return self._maybe(_MOVE, v_id=clock.id, v_customer=customer, v_service=service, v_due=due)

    def retarget(self, clock_id: int, new: NewDeadline) -> Deadline | None:
        """Another team's or severity's promise, from the same beginning."""
        return self._maybe(
            _RETARGET,
            v_id=clock_id,
            v_follows=new.follows,
            v_length=int(new.length.total_seconds()),
            v_customer=new.customer_due_at,
            v_service=new.service_due_at,
            v_due=new.due_at,
            v_severity=new.severity,
            v_policy=new.policy,
        )

    def revive(self, clock_id: int) -> Deadline | None:
        """It was stopped too early."""
        return self._maybe(_REVIVE, v_id=clock_id)

    def breach(self, clock_id: int) -> Deadline | None:
        """Its time has passed; None when that was known."""
        return self._maybe(_BREACH, v_id=clock_id)

    def _maybe(self, statement: Any, **values: Any) -> Deadline | None:
        row = self._one(statement, **values)
        return deadline_of(row) if row else None


def open_ones(found: Iterable[Deadline], *targets: str) -> list[Deadline]:
    """Those of these targets that run or stand still."""
    return [one for one in found if one.open and one.target in targets]
