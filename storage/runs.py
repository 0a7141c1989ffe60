"""Runs of the escalation and the steps they took: unique rows, so that a doubled or late clock tells nobody twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, literal_column, select, update

from domain.deadlines import PROMISE, Deadline, Run
from domain.escalation import Due, Plan, kept, read
from storage.schema import cases
from storage.schema_time import clocks, runs, steps
from storage.scope import Rows, b, insert_once

ENDED, HELD, CLIMBING = "ended", "held", "running"
_STANDS = runs.c.state != literal_column("'ended'")
_LAST = select(func.max(runs.c.run)).where(runs.c.clock_id == b("clock"))
_BEGIN = insert(runs).returning(runs)
_DUE = (
    select(runs.c.id, runs.c.case_id, runs.c.next_at)
    .where(runs.c.next_at.is_not(None), runs.c.next_at <= b("now"))
    .order_by(runs.c.next_at)
    .limit(b("most"))
)
_TEAMS_DUE = (
    select(cases.c.team)
    .join(runs, runs.c.case_id == cases.c.id)
    .where(runs.c.next_at.is_not(None), runs.c.next_at <= b("now"))
    .distinct()
)
_KEEPERS_DUE = (
    select(func.coalesce(clocks.c.person, cases.c.holder).label("staff"))
    .join(runs, runs.c.clock_id == clocks.c.id)
    .join(cases, cases.c.id == runs.c.case_id)
    .where(runs.c.next_at.is_not(None), runs.c.next_at <= b("now"))
    .distinct()
)
_NEXT = select(func.min(runs.c.next_at)).where(runs.c.next_at.is_not(None))
_TAKE = (
    update(runs)
    .where(runs.c.id == b("id"), runs.c.next_at == b("seen"))
    .values(next_at=None)
    .returning(runs)
)  # fmt: skip
_POSTPONE = update(runs).where(runs.c.id == b("id"), runs.c.next_at == b("seen")).values(next_at=b("at"))
_GO_ON = update(runs).where(runs.c.id == b("id"), _STANDS).values(next_step=b("step"), next_at=b("at"))
_PROMISES = select(clocks.c.id).where(clocks.c.case_id == b("case"), clocks.c.target == PROMISE)
"""A promise has a keeper of its own: whoever holds the case doesn't silence it."""
_HOLD = (
    update(runs)
    .where(runs.c.case_id == b("case"), runs.c.state == CLIMBING, runs.c.clock_id.not_in(_PROMISES))
    .values(state=HELD, next_at=None)
    .returning(runs)
)
_REMIND = update(runs).where(runs.c.id == b("id"), runs.c.state == HELD).values(next_at=b("at"))
_END = update(runs).where(runs.c.clock_id == b("clock"), _STANDS).values(state=ENDED, next_at=None, ended=b("why"))
_STANDING = select(runs).where(runs.c.case_id == b("case"), _STANDS)
_OF_CLOCK = select(runs).where(runs.c.clock_id == b("clock"), _STANDS)
_STEP = insert_once(steps, "clock_id", "run", "step", returning=steps.c.id)
_STEPS = select(steps).where(steps.c.case_id == b("case")).order_by(steps.c.id)


def _run(row: Row[Any]) -> Run:
    return Run(
        row.id, row.case_id, row.clock_id, row.run, row.state, row.anchor_at, row.due_at, read(row.plan),
        row.next_step, row.next_at,
    )  # fmt: skip


class Runs(Rows):
    """Statements on runs and steps."""

    def begin(self, clock: Deadline, plan: Plan, first: tuple[int, datetime, datetime], at: datetime) -> Run:
        """A new run of the clock; `first` is (number of the first step, anchor, when to look at it)."""
        last = self._one(_LAST, v_clock=clock.id)
        number, anchor, next_at = first
        row = self._insert(
            _BEGIN, case_id=clock.case_id, clock_id=clock.id, run=(last[0] or 0 if last else 0) + 1, state=CLIMBING,
            anchor_at=anchor, due_at=clock.due_at, plan=kept(plan), next_step=number, next_at=next_at, started_at=at,
        ).one()  # fmt: skip
        return _run(row)

    def due(self, now: datetime, most: int) -> list[Row[Any]]:
        """(id, case_id, next_at) of the runs whose time has come, the longest waiting first."""
        return self._all(_DUE, v_now=now, v_most=most)

    def teams_due(self, now: datetime) -> list[str]:
        """Teams with a run whose time has come."""
        return [row.team for row in self._all(_TEAMS_DUE, v_now=now)]

    def keepers_due(self, now: datetime) -> list[str]:
        """Slack ids of those in whose hands such a run's case or promise is."""
        return [row.staff for row in self._all(_KEEPERS_DUE, v_now=now) if row.staff]

    def next_at(self) -> datetime | None:
        """When the next run has something to do."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def take(self, run_id: int, seen: datetime) -> Run | None:
        """Take a due run; None when another clock was faster or somebody claimed meanwhile."""
        row = self._one(_TAKE, v_id=run_id, v_seen=seen)
        return _run(row) if row else None

    def postpone(self, run_id: int, seen: datetime, at: datetime) -> None:
        """It couldn't be looked at: try again at `at`."""
        self._run(_POSTPONE, v_id=run_id, v_seen=seen, v_at=at)

    def go_on(self, run_id: int, step: int, at: datetime | None) -> None:
        """What comes next, and when."""
        self._run(_GO_ON, v_id=run_id, v_step=step, v_at=at)

    def hold(self, case_id: int) -> list[Run]:
        """Somebody looks after the case: its runs climb no further."""
        return [_run(row) for row in self._all(_HOLD, v_case=case_id)]

    def remind(self, run_id: int, at: datetime | None) -> None:
        """When whoever holds the case is to hear that it is late."""
        self._run(_REMIND, v_id=run_id, v_at=at)

    def end(self, clock_id: int, why: str) -> None:
        """The clock's run is over."""
        self._run(_END, v_clock=clock_id, v_why=why[:40])

    def standing(self, case_id: int) -> list[Run]:
        """The case's runs that are not over."""
        return [_run(row) for row in self._all(_STANDING, v_case=case_id)]

    def of_clock(self, clock_id: int) -> Run | None:
        """The clock's run that is not over."""
        row = self._one(_OF_CLOCK, v_clock=clock_id)
        return _run(row) if row else None

    def step(self, run: Run, due: Due, at: datetime, said: tuple[str, str | None]) -> bool:
        """Note a step with its (outcome, person); False when it was taken before."""
        row = self._insert(
            _STEP, case_id=run.case_id, clock_id=run.clock_id, run=run.run, step=due.number, due_at=due.at, at=at,
            tells=due.step.tell, outcome=said[0], person=said[1],
        ).first()  # fmt: skip
        return row is not None

    def steps(self, case_id: int) -> list[Row[Any]]:
        """The steps taken in the case, in order."""
        return self._all(_STEPS, v_case=case_id)
