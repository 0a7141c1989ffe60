"""Looking after a case: On it, Snooze, Hand to backup; and asking whoever does so quietly whether they still do."""

from datetime import timedelta

from desk import deadlines, nags
from desk.acts import Act, acting
from desk.desk import Desk
from desk.looking_in import answer_of, come_back, question
from desk.nags import Place
from desk.oncall import by_role, rests_until
from domain.cases import OPEN
from domain.deadlines import ON_IT, PROMISE, SNOOZED, Tending
from domain.errors import Invalid, NotAllowed, Stale
from domain.escalation import BACKUP, planned
from domain.nags import Ended, Why
from domain.staff import By
from domain.triage import EMERGENCY

_NOT_OPEN = "Nobody needs to look after this case right now. Have a look at its card."
SHORTEST = timedelta(minutes=5)
"""A shorter snooze would be over before it is read."""


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
        act.tx.outbox.rewrite(question(case_id, act.by.staff), answer_of(case_id, "still"), by.at)


def give_back(desk: Desk, case_id: int, by: By) -> None:
    """No: it goes back to the queue, with its draft and notes."""
    with acting(desk, by, "give_back", case_id) as act:
        tends = _theirs(act)
        if act.tx.replies.unstoppable(case_id):
            raise Stale("A reply is on its way to the customer right now. Wait until it has arrived, then try again.")
        act.tx.outbox.rewrite(question(case_id, act.by.staff), answer_of(case_id, "given_back"), by.at)
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
