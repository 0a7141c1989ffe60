"""Looking after a case: On it, Snooze, Hand to backup; and asking whoever does so quietly whether they still do."""

from datetime import datetime, timedelta

from desk import deadlines, escalation, nags, offers
from desk.acts import Act, acting
from desk.desk import Desk
from desk.nags import Place
from desk.oncall import by_role, rests_until
from domain.audit import DIBS
from domain.cases import CLAIMED, OPEN, Case
from domain.deadlines import GONE, HOLDS, ON_IT, PROMISE, SNOOZED, Tending
from domain.errors import Invalid, NotAllowed, Stale
from domain.escalation import BACKUP, planned
from domain.nags import Ended, Why
from domain.staff import By
from domain.triage import EMERGENCY
from storage.outbox import Promise
from storage.store import Tx

_NOT_OPEN = "Nobody needs to look after this case right now. Have a look at its card."
SHORTEST = timedelta(minutes=5)
"""A shorter snooze would be over before it is read."""
OVER, NO_ANSWER = "over", "no_answer"


def on_it(desk: Desk, case_id: int, by: By) -> None:
    """The ladder rests; the case stays open to everybody, and whoever said so is asked after a while."""
    with acting(desk, by, "on_it", case_id) as act:
        _nobody_holds(act)
        _nobody_else_is_on_it(act)
        until = desk.after(act.case, by.at, desk.escalation_of(act.case.team).on_it)
        row = Tending(case_id, by.staff, ON_IT, by.at, by.at, None, until)
        deadlines.hold(desk, act.tx, act.case, row, Ended(ON_IT, by.staff, by.at))
        act.record("acknowledged", until=until.isoformat())
        act.repaint()


def snooze(desk: Desk, case_id: int, wish: tuple[timedelta, str], by: By) -> None:
    """Leave it for a while, with a reason; never an emergency, never longer than the policy allows."""
    length, reason = wish
    with acting(desk, by, "snooze", case_id) as act:
        _nobody_holds(act)
        _nobody_else_is_on_it(act)
        if act.case.severity == EMERGENCY:
            raise NotAllowed("An emergency can't be snoozed. Claim it, say On it, or hand it to the backup.")
        cap = desk.escalation_of(act.case.team).snooze_at_most
        if not SHORTEST <= length <= cap:
            raise Invalid("length", f"Pick between 5 minutes and {hours(cap)}: that is how long a case may rest.")
        if not reason.strip():
            raise Invalid("reason", "Please say why in a few words: your colleagues will read it.")
        row = Tending(case_id, by.staff, SNOOZED, by.at, by.at, None, by.at + length, reason.strip()[:300])
        deadlines.hold(desk, act.tx, act.case, row, Ended(SNOOZED, by.staff, by.at))
        act.record("snoozed", until=(by.at + length).isoformat(), reason=reason.strip()[:300])
        act.repaint()


def hours(length: timedelta) -> str:
    """ "24 hours", "30 minutes": a length as people say it."""
    minutes = int(length.total_seconds() // 60)
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 and minutes else (minutes, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def hand_to_backup(desk: Desk, case_id: int, by: By) -> None:
    """The next in line is told now; whoever passed it on may rest."""
    with acting(desk, by, "hand_to_backup", case_id) as act:
        _nobody_holds(act)
        name = by_role(desk, act.tx, act.case.team, BACKUP, by.at)
        backup = act.tx.directory.named(name) if name else None
        if backup is None or not backup.active:
            raise Stale("The rota names no backup for this moment. Claim it, or ask a colleague in the channel.")
        if backup.slack_id == by.staff:
            raise Stale("You are the backup yourself. Claim it, or say On it.")
        clock = next((one for one in act.tx.clocks.open_of(case_id) if one.target != PROMISE), None)
        if clock is None:
            raise Stale(_NOT_OPEN)
        plan = planned(desk.escalation_of(act.case.team), weekend=False)
        about = (act.case, clock, Why("handed", by.staff))
        rests = None if act.case.severity == EMERGENCY else rests_until(act.tx, backup.slack_id, by.at)
        if rests is not None:
            raise Stale(f"<@{backup.slack_id}> is not to be disturbed right now. Claim it, or ask a colleague.")
        nags.nag(act.tx, Place(backup.slack_id, direct=True), about, plan, by.at)
        nags.step_aside(act.tx, case_id, by.staff, Ended("handed", backup.slack_id, by.at), by.at)
        act.record("handed_to_backup", to=backup.slack_id)
        act.tell("done", text=f"<@{backup.slack_id}> has been told.")


def still(desk: Desk, case_id: int, by: By) -> None:
    """Yes, they are still on it."""
    with acting(desk, by, "still", case_id) as act:
        _theirs(act)
        act.record("still_on_it")
        act.tx.outbox.rewrite(_question(case_id, act.by.staff), _answered(case_id, "still"), by.at)


def give_back(desk: Desk, case_id: int, by: By) -> None:
    """No: it goes back to the queue, with its draft and notes."""
    with acting(desk, by, "give_back", case_id) as act:
        tends = _theirs(act)
        if act.tx.replies.unstoppable(case_id):
            raise Stale("A reply is on its way to the customer right now. Wait until it has arrived, then try again.")
        act.tx.outbox.rewrite(_question(case_id, act.by.staff), _answered(case_id, "given_back"), by.at)
        come_back(desk, act.tx, act.case, (tends, "given_back"), by.at)


def _nobody_holds(act: Act) -> None:
    if act.case.holder is not None and act.case.live:
        raise Stale(f"<@{act.case.holder}> holds this case. Ask for a hand-over, or take it over with a reason.")
    if act.case.status != OPEN:
        raise Stale(_NOT_OPEN)


def _nobody_else_is_on_it(act: Act) -> None:
    tends = act.tx.tending.get(act.case.id)
    if tends is not None and tends.kind == ON_IT and tends.staff != act.by.staff:
        raise Stale(f"<@{tends.staff}> is on it already. You can still claim it from the card.")


def _theirs(act: Act) -> Tending:
    tends = act.tx.tending.get(act.case.id)
    if tends is None or tends.staff != act.by.staff:
        raise Stale("You don't look after this case any more. Have a look at its card.")
    return tends


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
        _ask(desk, tx, case, tends, now)
    elif tends.kind == HOLDS and tx.replies.underway(case.id):
        again = desk.after(case, now, desk.escalation_of(case.team).still_on_it)
        tx.tending.alive(case.id, tends.staff, now, again)
    elif tx.tending.lapse(tends):
        why = OVER if tends.kind == SNOOZED else GONE if tends.reason == GONE else NO_ANSWER
        tx.outbox.rewrite(_question(case.id, tends.staff), _answered(case.id, why), now)
        come_back(desk, tx, case, (tends, why), now)


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
    key = _question(case.id, tends.staff)
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


def _question(case_id: int, staff: str) -> str:
    return f"still:{case_id}:{staff}"


def _answered(case_id: int, how: str) -> dict[str, object]:
    return {"says": "still_answered", "case": case_id, "how": how}


def next_at(desk: Desk) -> datetime | None:
    """When the next person is due to be asked."""
    with desk.store.look() as tx:
        return tx.tending.next_at()
