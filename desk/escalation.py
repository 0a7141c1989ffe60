"""The ladder: what is due is done once per run, whoever ticks and however late, and never about what is settled."""

from datetime import datetime, timedelta
from typing import Any

from desk import nags, promises
from desk.desk import Desk
from desk.nags import Place
from desk.oncall import Call, calls, rests_until
from domain.audit import DIBS
from domain.cases import Case
from domain.deadlines import PROMISE, RUNNING, SNOOZED, WORDS, Deadline, Run
from domain.escalation import (
    CHANNEL,
    HOLDER,
    PHONE,
    Circumstances,
    Due,
    anchor_of,
    chosen,
    come_due,
    first_step,
    planned,
)
from domain.nags import Why
from domain.triage import EMERGENCY
from storage.outbox import Promise
from storage.runs import HELD
from storage.store import Tx

MOST = 200
"""Runs looked at in one tick; a backlog takes several, each a moment apart."""
FAILURES = (LookupError, ValueError, ArithmeticError, AttributeError, TypeError, OSError)
"""What one case's rows, or what the directory says of somebody, may make of a step. Busy is none of these."""
AGAIN = timedelta(minutes=5)
"""After a step that failed, before it is tried again."""


def begin_run(desk: Desk, tx: Tx, case: Case, clock: Deadline, now: datetime) -> Run:
    """A new run of the clock, on the policy as it is now; what has passed counts from this moment."""
    tx.runs.end(clock.id, "anew")
    anchor = anchor_of(clock.due_at, now)
    plan = planned(desk.escalation_of(case.team), weekend=desk.is_weekend(case.team, anchor))
    first = first_step(plan, anchor, now)
    next_at = min(plan.at_of(first, anchor), anchor)
    return tx.runs.begin(clock, plan, (first, anchor, next_at), now)


def tick(desk: Desk, now: datetime) -> int:
    """Take every step whose time has come; how many runs were looked at."""
    with desk.store.look() as tx:
        due = tx.runs.due(now, MOST)
    for row in due:
        try:
            with desk.store.begin() as tx:
                _look_at(desk, tx, row, now)
        except FAILURES as error:
            _put_off(desk, row, error, now)
    return len(due)


def _look_at(desk: Desk, tx: Tx, row: Any, now: datetime) -> None:
    case = tx.cases.lock(row.case_id)
    run = tx.runs.take(row.id, row.next_at)
    clock = tx.clocks.get(run.clock_id) if run else None
    if run is not None and clock is not None and case is not None:
        _climb(desk, tx, case, (clock, run), now)


def _put_off(desk: Desk, row: Any, error: Exception, now: datetime) -> None:
    """One case that can't be looked at must not keep the others waiting; a person hears of it."""
    with desk.store.begin() as tx:
        tx.runs.postpone(row.id, row.next_at, now + AGAIN)
        report_failure(desk, tx, row.case_id, error, now)


def report_failure(desk: Desk, tx: Tx, case_id: int, error: Exception, now: datetime) -> None:
    """The people who run Dibs hear of it, once an hour and case."""
    payload = {"says": "step_failed", "case": case_id, "error": type(error).__name__}
    key = f"step_failed:{case_id}:{now:%Y-%m-%dT%H}"
    tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, case_id, key=key))


def next_at(desk: Desk) -> datetime | None:
    """When the next step, or the next word about silent lines, is due."""
    with desk.store.look() as tx:
        moments = [at for at in (tx.runs.next_at(), tx.nags.next_bump()) if at is not None]
    return min(moments, default=None)


def _climb(desk: Desk, tx: Tx, case: Case, about: tuple[Deadline, Run], now: datetime) -> None:
    clock, run = about
    if clock.state != RUNNING or not (case.live or clock.target == PROMISE):
        tx.runs.end(clock.id, "over")
        return
    if clock.due_at <= now and clock.breached_at is None and tx.clocks.breach(clock.id) is not None:
        _note_breach(tx, clock, now)
    if run.state == HELD:
        _tell_holder(tx, case, about, now)
        return
    due_steps = come_due(run.plan, run.next_step, run.anchor_at, now)
    pick = promises.chosen if clock.target == PROMISE else chosen
    carried, noted = pick([one for one in due_steps if _fits(desk, case, one)])
    for one in noted:
        tx.runs.step(run, one, now, ("collapsed", None))
    for one in carried:
        _take_step(desk, tx, case, (clock, run, one), now)
    following = run.plan.step_after(due_steps[-1].number, run.anchor_at, now) if due_steps else run.next_step
    _go_on(desk, tx, case, about, (following, now))


def _go_on(desk: Desk, tx: Tx, case: Case, about: tuple[Deadline, Run], then: tuple[int, datetime]) -> None:
    (clock, run), (following, now) = about, then
    if run.plan.is_over(following):
        tx.runs.end(clock.id, "told often enough")
    else:
        tx.runs.go_on(run.id, following, _comes_at(desk, case, about, following, now))


def _note_breach(tx: Tx, clock: Deadline, now: datetime) -> None:
    due = clock.due_at.isoformat()
    tx.audit.record(clock.case_id, "breached", DIBS, now, target=clock.target, due=due, follows=clock.follows)
    if clock.target == PROMISE:
        tx.audit.record(clock.case_id, "promise_broken", DIBS, now, person=clock.person, due=due)
        tx.outbox.refresh_card(clock.case_id, now)


def _comes_at(desk: Desk, case: Case, about: tuple[Deadline, Run], step: int, now: datetime) -> datetime:
    """When to look at the run again; what comes again and again does so while somebody is there."""
    clock, run = about
    at = run.plan.at_of(step, run.anchor_at)
    if step >= len(run.plan.steps):
        at = desk.not_before(case, at)
    return min(at, clock.due_at) if clock.due_at > now else at


def _fits(desk: Desk, case: Case, due: Due) -> bool:
    weekend, open_now = desk.is_weekend(case.team, due.at), desk.is_open(case.team, due.at)
    return due.step.fits(Circumstances(case.severity, weekend, open_now))


def _take_step(desk: Desk, tx: Tx, case: Case, what: tuple[Deadline, Run, Due], now: datetime) -> None:
    clock, run, due = what
    if clock.target == PROMISE:
        promises.tell(desk, tx, case, what, now)
    elif due.step.tell == CHANNEL:
        if tx.runs.step(run, due, now, ("told", None)):
            place = Place(desk.channel_of(tx, case.team), direct=False)
            nags.nag(tx, place, (case, clock, Why(CHANNEL)), run.plan, now)
    elif due.step.tell == PHONE:
        if tx.runs.step(run, due, now, ("told", None)):
            _ring(desk, tx, case, (clock, run, due), now)
    else:
        _tell_people(desk, tx, case, what, now)


def _tell_people(desk: Desk, tx: Tx, case: Case, what: tuple[Deadline, Run, Due], now: datetime) -> None:
    clock, run, due = what
    found = calls(desk, tx, case.team, (due.step.tell, case.severity), now)
    told = next((call for call in found if call.not_before is None), None)
    outcome = "told" if told else "held" if found else "nobody"
    if not tx.runs.step(run, due, now, (outcome, told.person.slack_id if told else None)):
        return
    for call in found:
        tell(tx, case, (clock, run), call, now)
        if call.why.because == "gone":
            _report_gone(desk, tx, case, call, now)
    if told is None and due.step.tell != "awake":
        nobody(desk, tx, case, clock, now)


def tell(tx: Tx, case: Case, about: tuple[Deadline, Run], call: Call, now: datetime) -> None:
    """Let this person know of the case."""
    clock, run = about
    place = Place(call.person.slack_id, direct=True, not_before=call.not_before)
    nags.nag(tx, place, (case, clock, call.why), run.plan, now)
    rests = call.not_before.isoformat() if call.not_before else None
    tx.audit.record(
        case.id, "nagged", DIBS, now, person=call.person.slack_id, role=call.why.role, target=clock.target, rests=rests
    )


def _report_gone(desk: Desk, tx: Tx, case: Case, call: Call, now: datetime) -> None:
    """The rota names somebody who has left: the manager hears it, once a day and name."""
    manager = tx.directory.named(desk.policy.brand.manager)
    name = call.why.stands_in_for
    if manager is not None:
        payload = {"says": "on_call_gone", "team": case.team, "case": case.id, "name": name}
        tx.outbox.direct(
            manager.slack_id, Promise(now, payload, case.id, key=f"gone:{case.team}:{name}:{now:%Y-%m-%d}")
        )


def nobody(desk: Desk, tx: Tx, case: Case, clock: Deadline, now: datetime) -> None:
    """Nobody could be told: the people who run Dibs hear it, once an hour and team."""
    payload = {"says": "nobody_on_call", "team": case.team, "case": case.id}
    key = f"nobody:{case.team}:{now:%Y-%m-%dT%H}"
    tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, case.id, key=key))
    tx.audit.record(case.id, "nobody_reached", DIBS, now, target=clock.target)


def _ring(desk: Desk, tx: Tx, case: Case, what: tuple[Deadline, Run, Due], now: datetime) -> None:
    clock, run, due = what
    card, brand = tx.outbox.live_card(case.id), desk.policy.brand
    owed, due_at = WORDS.get(clock.target, clock.target), f"{clock.due_at:%a %H:%M} UTC"
    text = f"{brand.name}: case {case.id} of {case.team} ({case.severity}), {owed} was due {due_at}. Claim it in Slack."
    payload = {
        "text": text,
        "case": case.id, "team": case.team, "severity": case.severity, "target": clock.target,
        "due_at": clock.due_at.isoformat(), "link": desk.link_to(card.channel, card.ts) if card else None,
        "dedup_key": f"dibs:{brand.key}:{case.id}",
    }  # fmt: skip
    tx.outbox.phone(Promise(now, payload, case.id, key=f"phone:{clock.id}:{run.run}:{due.number}"))
    tx.audit.record(case.id, "phone_rung", DIBS, now, target=clock.target)


def _tell_holder(tx: Tx, case: Case, about: tuple[Deadline, Run], now: datetime) -> None:
    """A deadline has passed in somebody's hands: they hear of it once, and nobody else is woken.

    Not who snoozed it, nor who took the case when it was late already: they knew.
    """
    clock, run = about
    tends = tx.tending.get(case.id)
    knew = tends is not None and (tends.kind == SNOOZED or clock.due_at <= tends.since_at)
    staff = case.holder or (tends.staff if tends else None)
    if staff is not None and not knew:
        rests = None if case.severity == EMERGENCY else rests_until(tx, staff, now)
        place = Place(staff, direct=True, not_before=rests)
        nags.nag(tx, place, (case, clock, Why(HOLDER)), run.plan, now)
        tx.audit.record(case.id, "nagged", DIBS, now, person=staff, role=HOLDER, target=clock.target)
