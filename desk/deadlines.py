"""Deadlines of a case: started with the post, met by an answer, paused while we wait for the customer, never lost."""

from dataclasses import replace
from datetime import datetime

from desk import nags, promises, rotas
from desk.desk import Desk
from desk.escalation import begin_run
from domain.audit import DIBS
from domain.cases import AWAITING, CLAIMED, OPEN, RESOLVED, Case
from domain.deadlines import (
    ANSWERS,
    HOLDS,
    MET,
    NEXT_RESPONSE,
    PAUSED,
    PROMISE,
    RESOLUTION,
    SNOOZED,
    STOPPED,
    Deadline,
    NewDeadline,
    Tending,
)
from domain.nags import Ended
from domain.sla import Target, after_pauses, resumed, targets
from domain.triage import EMERGENCY
from storage.clocks import open_ones
from storage.runs import HELD
from storage.store import Tx


def start(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """A new case: its clocks count from when the customer wrote, and its team's escalation stands ready."""
    for target in _targets(desk, tx, case, case.opened_at):
        if target.target != NEXT_RESPONSE:
            _begin(desk, tx, case, _new(desk, tx, case, (target, case.opened_at), now), now)


def answered(tx: Tx, case: Case, at: datetime, now: datetime) -> None:
    """The customer has our answer since `at`: what was promised is met, and we wait for them."""
    for clock in tx.clocks.open_of(case.id):
        if clock.target in ANSWERS:
            _end(tx, clock, MET, (at, now))
        elif clock.target == RESOLUTION and tx.clocks.pause(clock.id, at) is not None:
            tx.runs.end(clock.id, "paused")
            tx.audit.record(case.id, "clock_paused", DIBS, now, target=clock.target, since=at.isoformat())
    tx.tending.drop(case.id)
    nags.stand_down(tx, case.id, Ended("answered", case.holder, at), now)


def customer_wrote(desk: Desk, tx: Tx, cases: tuple[Case, Case], moments: tuple[datetime, datetime]) -> None:
    """The customer wrote at moments[0], as we know at moments[1]: what stood still runs again, an answer is due.

    `cases` is the case before and after.
    """
    (before, case), (wrote_at, now) = cases, moments
    clocks = tx.clocks.of_case(case.id)
    if not before.live:
        _ended_again(desk, tx, case, (wrote_at, now), anew=before.status == RESOLVED)
        if case.severity != before.severity:
            retargeted(desk, tx, case, now)
        return
    for clock in clocks:
        if clock.state == PAUSED:
            _resume(desk, tx, case, clock, (wrote_at, now))
    if not any(clock.open and clock.target in ANSWERS for clock in clocks):
        _start_one(desk, tx, case, NEXT_RESPONSE, (wrote_at, now))
    _after_change(desk, tx, before, case, now)


def reopened(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """A colleague opened it again; a rescued case keeps its first deadlines, late or not."""
    _ended_again(desk, tx, case, (now, now), anew=False)


def ended(tx: Tx, case: Case, by: tuple[str, str | None], now: datetime) -> None:
    """The case is closed: its clocks end with it, and whoever was nagged may put the telephone down."""
    how, person = by
    for clock in tx.clocks.open_of(case.id):
        if clock.target == RESOLUTION and how == "resolved":
            _end(tx, clock, MET, (now, now))
        elif clock.target in (*ANSWERS, RESOLUTION):
            _end(tx, clock, STOPPED, (now, now))
    if how != "resolved":
        promises.ended(tx, case, how, now)
    tx.tending.drop(case.id)
    nags.stand_down(tx, case.id, Ended(how, person, now), now)


def held(desk: Desk, tx: Tx, case: Case, staff: str, now: datetime) -> None:
    """Somebody claimed it: the ladder rests, they are looked in on, and the others are stood down."""
    hold(desk, tx, case, Tending(case.id, staff, HOLDS, now, now, None, None), Ended("claimed", staff, now))


def hold(desk: Desk, tx: Tx, case: Case, tends: Tending, how: Ended) -> None:
    """From now on somebody looks after the case; they hear when a deadline passes in their hands."""
    policy = desk.escalation_of(case.team)
    if tends.next_at is None and desk.has_sla(case.team):
        lease = policy.still_on_it if tends.kind == HOLDS else policy.on_it
        tends = Tending(**{**vars(tends), "next_at": desk.after(case, tends.alive_at, lease)})
    tx.tending.put(tends)
    _rest(tx, case.id, tends.since_at)
    nags.stand_down(tx, case.id, how, tends.since_at)


def _rest(tx: Tx, case_id: int, now: datetime) -> None:
    """The case's ladders climb no further, but a deadline that passes meanwhile is still noticed."""
    tx.runs.hold(case_id)
    ahead = {clock.id: max(clock.due_at, now) for clock in tx.clocks.open_of(case_id) if clock.breached_at is None}
    for run in tx.runs.standing(case_id):
        if run.state == HELD:
            tx.runs.remind(run.id, ahead.get(run.clock_id))


def unheld(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """Nobody looks after it any more: every open clock climbs its ladder anew."""
    tx.tending.drop(case.id)
    nags.stand_down(tx, case.id, Ended("back", None, now), now)
    for clock in [one for one in tx.clocks.open_of(case.id) if one.target != PROMISE]:
        tx.runs.end(clock.id, "unheld")
        if clock.state != PAUSED:
            begin_run(desk, tx, case, clock, now)


def rerouted(desk: Desk, tx: Tx, case: Case, staff: str, now: datetime) -> None:
    """Another team has it: their promises, their channel, their people; the customer's wait goes on."""
    tx.tending.drop(case.id)
    nags.stand_down(tx, case.id, Ended("rerouted", staff, now), now)
    retargeted(desk, tx, case, now)


def retargeted(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """Another team or a higher severity: new lengths from the same beginning; what nothing is said about stays."""
    for clock in tx.clocks.open_of(case.id):
        if clock.target == PROMISE:
            continue
        target = _target(desk, tx, case, clock.target, clock.started_at)
        moved = tx.clocks.retarget(clock.id, _again(desk, tx, case, (clock, target), now)) if target else clock
        tx.runs.end(clock.id, "retargeted")
        if moved is not None and moved.state != PAUSED:
            _begin(desk, tx, case, moved, now)


def _again(desk: Desk, tx: Tx, case: Case, what: tuple[Deadline, Target], now: datetime) -> NewDeadline:
    """The clock with another length; for as long as it has stood still it is due later."""
    clock, target = what
    closed = rotas.closed_days_of(desk, tx, case.team)
    customer, service = after_pauses(desk.policy, case.team, (clock, target), closed)
    new = _as_new(desk, tx, case, (target, clock.started_at), now)
    return replace(new, customer_due_at=customer, service_due_at=service)


def _after_change(desk: Desk, tx: Tx, before: Case, case: Case, now: datetime) -> None:
    if case.severity != before.severity:
        retargeted(desk, tx, case, now)
        _graver(desk, tx, case, now)
    if case.holder is not None and case.status == CLAIMED and before.status == AWAITING:
        held(desk, tx, case, case.holder, now)
    elif case.status == OPEN:
        _wake(desk, tx, case, now)


def _wake(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """A customer who writes again ends a snooze; somebody who is on it stays on it."""
    tends = tx.tending.get(case.id)
    if tends is not None and tends.kind == SNOOZED:
        unheld(desk, tx, case, now)


def _graver(desk: Desk, tx: Tx, case: Case, now: datetime) -> None:
    """Who looked after something milder is asked at once whether they still do; an On it or a snooze is over."""
    tends = tx.tending.get(case.id)
    if tends is None or case.severity != EMERGENCY or not desk.has_sla(case.team):
        return
    if tends.kind == HOLDS:
        tx.tending.put(replace(tends, asked_at=None, next_at=now, reason=EMERGENCY))
    else:
        unheld(desk, tx, case, now)


def _ended_again(desk: Desk, tx: Tx, case: Case, moments: tuple[datetime, datetime], *, anew: bool) -> None:
    """What had ended is open again: its clocks go on, or (`anew`) the customer waits for another answer."""
    if anew:
        _start_one(desk, tx, case, NEXT_RESPONSE, moments)
    for names, fresh in ((ANSWERS, NEXT_RESPONSE), ((RESOLUTION,), RESOLUTION)):
        _revive(desk, tx, case, names, moments)
        if not open_ones(tx.clocks.of_case(case.id), *names):
            _start_one(desk, tx, case, fresh, moments)
    if case.holder is not None and case.status == CLAIMED:
        held(desk, tx, case, case.holder, moments[1])


def _revive(desk: Desk, tx: Tx, case: Case, names: tuple[str, ...], moments: tuple[datetime, datetime]) -> None:
    """Clocks of these names that were stopped go on, unless one of them runs already."""
    found = [clock for clock in tx.clocks.of_case(case.id) if clock.target in names]
    for clock in [] if open_ones(found, *names) else found:
        revived = tx.clocks.revive(clock.id)
        if revived is not None and clock.paused_at is not None:
            _resume(desk, tx, case, clock, moments)
        elif revived is not None:
            _begin(desk, tx, case, revived, moments[1])


def _start_one(desk: Desk, tx: Tx, case: Case, name: str, moments: tuple[datetime, datetime]) -> None:
    since, now = moments
    target = _target(desk, tx, case, name, since)
    if target is not None:
        _begin(desk, tx, case, _new(desk, tx, case, (target, since), now), now)


def _target(desk: Desk, tx: Tx, case: Case, name: str, since: datetime) -> Target | None:
    return next((one for one in _targets(desk, tx, case, since) if one.target == name), None)


def _begin(desk: Desk, tx: Tx, case: Case, clock: Deadline, now: datetime) -> None:
    begin_run(desk, tx, case, clock, now)
    if tx.tending.get(case.id) is not None:
        _rest(tx, case.id, now)


def _end(tx: Tx, clock: Deadline, state: str, moments: tuple[datetime, datetime]) -> None:
    at, now = moments
    if at > clock.due_at and clock.breached_at is None and tx.clocks.breach(clock.id) is not None:
        tx.audit.record(clock.case_id, "breached", DIBS, now, target=clock.target, due=clock.due_at.isoformat())
    ended_clock = tx.clocks.meet(clock.id, at) if state == MET else tx.clocks.stop(clock.id, at)
    if ended_clock is not None:
        tx.runs.end(clock.id, state)


def _resume(desk: Desk, tx: Tx, case: Case, clock: Deadline, moments: tuple[datetime, datetime]) -> None:
    wrote_at, now = moments
    kept = desk.policy_of(tx, clock.policy)
    policy = kept if case.team in kept.team else desk.policy
    customer, service = resumed(policy, case.team, clock, wrote_at, rotas.closed_days_of(desk, tx, case.team))
    moved = tx.clocks.move(clock, customer, service)
    if moved is not None:
        tx.audit.record(case.id, "clock_resumed", DIBS, now, target=clock.target, due=moved.due_at.isoformat())
        _begin(desk, tx, case, moved, now)


def _targets(desk: Desk, tx: Tx, case: Case, since: datetime) -> tuple[Target, ...]:
    if not desk.has_sla(case.team):
        return ()
    return targets(desk.policy, case.team, case.severity, since, rotas.closed_days_of(desk, tx, case.team))


def _new(desk: Desk, tx: Tx, case: Case, what: tuple[Target, datetime], now: datetime) -> Deadline:
    return tx.clocks.start(case.id, _as_new(desk, tx, case, what, now))


def _as_new(desk: Desk, tx: Tx, case: Case, what: tuple[Target, datetime], now: datetime) -> NewDeadline:
    target, since = what
    tx.clocks.keep_policy(desk.version, desk.kept_policy, now)
    return NewDeadline(
        target=target.target,
        follows=target.clock,
        started_at=since,
        length=target.length,
        customer_due_at=target.customer_due_at,
        service_due_at=target.service_due_at,
        severity=case.severity,
        policy=desk.version,
    )
