"""Looking in on those who look after a case: asked now and then, and what nobody answers for comes back."""

from datetime import datetime

from desk import deadlines, escalation, offers
from desk.desk import Desk
from desk.oncall import rests_until
from domain.audit import DIBS
from domain.cases import CLAIMED, Case
from domain.deadlines import GONE, HOLDS, SNOOZED, Tending
from domain.triage import EMERGENCY
from storage.outbox import Promise
from storage.store import Tx

OVER, NO_ANSWER, RESTING = "over", "no_answer", "resting"


def tick(desk: Desk, now: datetime) -> int:
    """Ask those who were quiet for long, and bring back what nobody answered for; how many were looked at."""
    with desk.store.look() as tx:
        due = tx.tending.due(now)
    for tends in due:
        try:
            _look_at(desk, tends, now)
        except escalation.FAILURES as error:
            with desk.store.begin() as tx:
                tx.tending.later(tends, now + escalation.AGAIN)
                escalation.report_failure(desk, tx, tends.case_id, error, now)
    return len(due)


def _look_at(desk: Desk, tends: Tending, now: datetime) -> None:
    with desk.store.begin() as tx:
        case = tx.cases.lock(tends.case_id)
        if case is not None:
            _look_in(desk, tx, case, tends, now)


def _look_in(desk: Desk, tx: Tx, case: Case, tends: Tending, now: datetime) -> None:
    if tends.kind != SNOOZED and tends.asked_at is None:
        if _is_resting(desk, tx, case, tends, now):
            _bring_back(desk, tx, case, (tends, RESTING), now)
        else:
            _ask(desk, tx, case, tends, now)
    elif tends.kind == HOLDS and tx.replies.underway(case.id):
        again = desk.after(case, now, desk.escalation_of(case.team).still_on_it)
        tx.tending.alive(case.id, tends.staff, now, again)
    else:
        why = OVER if tends.kind == SNOOZED else GONE if tends.reason == GONE else NO_ANSWER
        _bring_back(desk, tx, case, (tends, why), now)


def _is_resting(desk: Desk, tx: Tx, case: Case, tends: Tending, now: datetime) -> bool:
    """Whether the question would wait in silence until its answer is overdue: somebody else should have the case."""
    if case.severity == EMERGENCY:
        return False
    rests = rests_until(tx, tends.staff, now)
    return rests is not None and rests > desk.after(case, now, desk.escalation_of(case.team).answer_within)


def _bring_back(desk: Desk, tx: Tx, case: Case, how: tuple[Tending, str], now: datetime) -> None:
    tends, why = how
    if tx.tending.lapse(tends):
        tx.outbox.rewrite(question(case.id, tends.staff), answer_of(case.id, why), now)
        come_back(desk, tx, case, how, now)


def _ask(desk: Desk, tx: Tx, case: Case, tends: Tending, now: datetime) -> None:
    until = desk.after(case, now, desk.escalation_of(case.team).answer_within)
    asked = tx.tending.ask(tends, now, until)
    if asked is None:
        return
    newest = tx.posts.newest_of(case.id)
    payload = {
        "says": "still_on_it", "case": case.id, "epoch": case.epoch, "kind": tends.kind, "reason": tends.reason,
        "since": tends.alive_at.isoformat(), "until": until.isoformat(),
        "summary": newest.text[:300] if newest and newest.text else None,
    }  # fmt: skip
    key = question(case.id, tends.staff)
    promise = Promise(now, payload, case.id, key=key)
    tx.outbox.afresh(tends.staff, promise)
    tx.audit.record(case.id, "asked_still_on_it", DIBS, now, person=tends.staff)


def come_back(desk: Desk, tx: Tx, case: Case, how: tuple[Tending, str], now: datetime) -> None:
    """The case needs somebody again: its card comes anew, its draft and notes stay, its ladder climbs from here."""
    tends, why = how
    if tends.kind == HOLDS and case.holder == tends.staff and case.status == CLAIMED:
        offers.withdraw(tx, case.id, now)
        tx.replies.hold_queued(case.id, "The case came back to the queue before this was sent.")
        case = tx.cases.release(case.id, case.epoch, tends.staff) or case
    if not case.live:
        tx.tending.drop(case.id)
        return
    tx.audit.record(case.id, "came_back", DIBS, now, person=tends.staff, why=why, epoch=case.epoch)
    deadlines.unheld(desk, tx, case, now)
    tx.outbox.repost_card(case.id, desk.channel_of(tx, case.team), now)
    facts = {"says": "came_back", "case": case.id, "person": tends.staff, "why": why, "kind": tends.kind}
    tx.outbox.thread(Promise(now, facts, case.id))


def question(case_id: int, staff: str) -> str:
    """The key of the question's message."""
    return f"still:{case_id}:{staff}"


def answer_of(case_id: int, how: str) -> dict[str, object]:
    """What the question says once it is settled."""
    return {"says": "still_answered", "case": case_id, "how": how}


def next_at(desk: Desk) -> datetime | None:
    """When the next person is due to be asked."""
    with desk.store.look() as tx:
        return tx.tending.next_at()
