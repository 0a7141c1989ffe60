"""Unreached: a nag that Slack won't bring to its person goes to whoever is next in line, at once."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desk import nags
from desk.desk import Desk
from desk.escalation import nobody, tell
from desk.oncall import Call, calls
from domain.cases import Case
from domain.deliveries import Delivery
from domain.escalation import HOLDER, LADDER, MANAGER
from domain.nags import Ended, Why
from storage.store import Tx


def pass_on(desk: Desk, tx: Tx, delivery: Delivery, now: datetime) -> None:
    """Each case of the message; a holder's own stays: they will be asked, and without an answer it comes back."""
    person = str(delivery.recipient)
    for line in tx.nags.lines(int(delivery.payload["nag"])):
        why = Why.read(line.why)
        if line.stands and why.role != HOLDER:
            nags.step_aside(tx, line.case_id, person, Ended("unreached", person, now), now)
            _call_next(desk, tx, line, (person, why), now)


def _call_next(desk: Desk, tx: Tx, line: Any, missed: tuple[str, Why], now: datetime) -> None:
    case, clock = tx.cases.lock(line.case_id), tx.clocks.get(line.clock_id)
    run = tx.runs.of_clock(line.clock_id)
    if case is None or clock is None or run is None:
        return
    found = next(_others(desk, tx, case, missed, now), [])
    for call in found:
        tell(tx, case, (clock, run), call, now)
    if all(call.not_before is not None for call in found):
        nobody(desk, tx, case, clock, now)


def _others(desk: Desk, tx: Tx, case: Case, missed: tuple[str, Why], now: datetime) -> Iterator[list[Call]]:
    """For each role further up, whom it leads to besides the person who can't be reached."""
    person, why = missed
    further = LADDER[LADDER.index(why.role) + 1 :] if why.role in LADDER else (MANAGER,)
    for role in further:
        found = [one for one in calls(desk, tx, case.team, (role, case.severity), now) if one.person.slack_id != person]
        if found:
            yield [Call(one.person, Why(one.why.role, person, "gone"), one.not_before) for one in found]
