"""Promises to customers: they start with the public reply, are told to their keeper, and end in the trail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from desk.acts import Act
from desk.cards import sheet
from desk.desk import Desk
from desk.oncall import Call, calls, rests_until
from domain.audit import DIBS
from domain.cases import Case
from domain.deadlines import CUSTOMER, PROMISE, Deadline, NewDeadline, Run
from domain.errors import Invalid, NoSuchCase, NotAllowed, Repeated, Stale
from domain.escalation import KEEPER, Due, anchor_of, first_step
from domain.promises import AHEAD_AT_MOST, PLAN, Pledge
from domain.sheets import CardSheet
from domain.staff import By, may
from storage.outbox import Promise
from storage.store import Tx

MOST_TOLD = 4
"""People a step may tell: whoever it names, and those in line after them who don't rest."""
_SETTLED = "This promise is settled already. Its card and its trail say how."


def start(tx: Tx, case: Case, made: tuple[Pledge, str], moments: tuple[datetime, datetime]) -> None:
    """A promise (and who made it) is public since moments[0], as we know at moments[1]: its clock starts."""
    (pledge, author), (public_at, now) = made, moments
    if pledge.due_at is None:
        return
    clock = _begin(tx, case, pledge, (min(public_at, pledge.due_at), now))
    tx.audit.record(case.id, "promised", author, now, person=clock.person, due=clock.due_at.isoformat())
    if pledge.keeper != author:
        payload = {**_facts(clock, case), "says": "promise_given", "by": author}
        tx.outbox.direct(pledge.keeper, Promise(now, payload, case.id, not_before=rests_until(tx, pledge.keeper, now)))


def _begin(tx: Tx, case: Case, pledge: Pledge, moments: tuple[datetime, datetime]) -> Deadline:
    since, now = moments
    due_at = pledge.due_at or now
    clock = tx.clocks.start(
        case.id,
        NewDeadline(
            target=PROMISE,
            follows=CUSTOMER,
            started_at=since,
            length=due_at - since,
            customer_due_at=due_at,
            service_due_at=due_at,
            severity=case.severity,
            person=pledge.keeper,
            said=pledge.said,
        ),
    )
    anchor = anchor_of(clock.due_at, now)
    first = first_step(PLAN, anchor, now)
    tx.runs.begin(clock, PLAN, (first, anchor, min(PLAN.at_of(first, anchor), anchor)), now)
    return clock


def chosen(due: Sequence[Due]) -> tuple[list[Due], list[Due]]:
    """Of several steps that come due together the latest for each person; the others are only noted."""
    latest = {one.step.tell: one for one in due}
    carried = list(latest.values())
    return carried, [one for one in due if one not in carried]


def tell(desk: Desk, tx: Tx, case: Case, what: tuple[Deadline, Run, Due], now: datetime) -> None:
    """A step of a promise: a private message to its keeper, or to the manager; who rests is told later, others now."""
    clock, run, due = what
    found = calls(desk, tx, case.team, (_role(tx, clock, due), case.severity), now)
    told = next((call for call in found if call.not_before is None), None)
    outcome = "told" if told else "held" if found else "nobody"
    if not tx.runs.step(run, due, now, (outcome, told.person.slack_id if told else None)):
        return
    for n, call in enumerate(found):
        _message(tx, case, (clock, f"{_key(clock, run.run, due.number)}:{n}"), call, now)
    if not found:
        payload = {**_facts(clock, case), "says": "promise_alone"}
        key = f"promise_alone:{clock.id}"
        tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, case.id, key=key))


def _role(tx: Tx, clock: Deadline, due: Due) -> str:
    if due.step.tell != KEEPER:
        return due.step.tell
    keeper = tx.directory.get(clock.person or "")
    return f"person:{keeper.name if keeper else clock.person}"


def _message(tx: Tx, case: Case, about: tuple[Deadline, str], call: Call, now: datetime) -> None:
    clock, key = about
    who = call.person.slack_id
    payload = {
        **_facts(clock, case), "says": "promise_due", "late": clock.due_at <= now, "because": call.why.because,
        "yours": who == clock.person,
    }  # fmt: skip
    tx.outbox.direct(who, Promise(now, payload, case.id, key=key, not_before=call.not_before))
    tx.audit.record(case.id, "nagged", DIBS, now, person=who, role=call.why.role, target=PROMISE)


def _facts(clock: Deadline, case: Case) -> dict[str, object]:
    return {
        "case": case.id, "epoch": case.epoch, "clock": clock.id, "said": clock.said, "keeper": clock.person,
        "due": clock.due_at.isoformat(),
    }  # fmt: skip


def kept(desk: Desk, case_id: int, clock_id: int, by: By) -> None:
    """What was promised is done."""
    with _acting(desk, case_id, clock_id, by) as (act, clock):
        if act.tx.clocks.meet(clock.id, by.at) is None:
            raise Stale(_SETTLED)
        act.record("promise_kept", person=clock.person, late=by.at > clock.due_at)
        _over(act.tx, act.case, clock, {"how": "kept", "person": by.staff}, by.at)
        act.repaint()


def put_off(desk: Desk, case_id: int, clock_id: int, wish: tuple[datetime | None, str], by: By) -> None:
    """A new time, with a reason; the old one stays in the trail, and one that has passed stays broken."""
    due_at, reason = wish
    with _acting(desk, case_id, clock_id, by) as (act, clock):
        moment = ahead(due_at, by.at, "promise_due")
        if not reason.strip():
            raise Invalid("reason", "Please say why in a few words: your colleagues will read it.")
        if act.tx.clocks.stop(clock.id, by.at) is None:
            raise Stale(_SETTLED)
        pledge = Pledge(clock.said or "", moment, clock.person or by.staff)
        act.record(
            "promise_moved", person=clock.person, old=clock.due_at.isoformat(), new=moment.isoformat(),
            reason=reason.strip()[:300],
        )  # fmt: skip
        _over(act.tx, act.case, clock, {"how": "moved", "person": by.staff, "new": moment.isoformat()}, by.at)
        _begin(act.tx, act.case, pledge, (by.at, by.at))
        act.repaint()


def ahead(due_at: datetime | None, now: datetime, block: str) -> datetime:
    """The moment, if it can be promised; otherwise a sentence at its field."""
    if due_at is None:
        raise Invalid(block, "Say by when this will be done, so that it isn't forgotten.")
    if due_at <= now:
        raise Invalid(block, "That moment has passed already. Pick a later one.")
    if due_at > now + AHEAD_AT_MOST:
        raise Invalid(block, "That is more than a year away. Pick an earlier moment.")
    return due_at


def ended(tx: Tx, case: Case, why: str, now: datetime) -> None:
    """The case was put away or its author took the post back: nobody waits for what was promised."""
    for clock in tx.clocks.open_of(case.id):
        if clock.target == PROMISE and tx.clocks.stop(clock.id, now) is not None:
            tx.audit.record(case.id, "promise_ended", DIBS, now, person=clock.person, why=why)
            _over(tx, case, clock, {"how": why}, now)


def open_one(desk: Desk, case_id: int, clock_id: int, by: By) -> tuple[CardSheet, Deadline]:
    """The promise, for the modal that asks for a new time."""
    with desk.store.look() as tx:
        case = tx.cases.get(case_id)
        if case is None:
            raise NoSuchCase("That case isn't here any more.")
        return sheet(desk, tx, case), _theirs(desk, tx, case, clock_id, by)


def _over(tx: Tx, case: Case, clock: Deadline, how: dict[str, object], now: datetime) -> None:
    """Its run ends, and every message about it says what became of it."""
    tx.runs.end(clock.id, str(how["how"]))
    payload = {**_facts(clock, case), "says": "promise_over", "at": now.isoformat(), "settled": True, **how}
    for step in tx.runs.steps(case.id):
        if step.clock_id == clock.id:
            for n in range(MOST_TOLD):
                tx.outbox.rewrite(f"{_key(clock, step.run, step.step)}:{n}", payload, now)
    tx.outbox.refresh_card(case.id, now)


def _key(clock: Deadline, run: int, step: int) -> str:
    return f"promise:{clock.id}:{run}:{step}"


@contextmanager
def _acting(desk: Desk, case_id: int, clock_id: int, by: By) -> Iterator[tuple[Act, Deadline]]:
    """As any act on a case, but open to whoever keeps the promise, wherever they sit."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        case = tx.cases.lock(case_id)
        if case is None:
            raise NoSuchCase("That case isn't here any more.")
        clock = _theirs(desk, tx, case, clock_id, by)
        yield Act(desk, tx, by, case), clock


def _theirs(desk: Desk, tx: Tx, case: Case, clock_id: int, by: By) -> Deadline:
    clock = tx.clocks.get(clock_id)
    if clock is None or clock.case_id != case.id or clock.target != PROMISE or not clock.open:
        raise Stale(_SETTLED)
    known = tx.directory.get(by.staff)
    if known is None or not known.active:
        raise NotAllowed("Promises are for colleagues of this workspace.")
    if by.staff != clock.person and known.name != desk.policy.brand.manager:
        may(tx.directory.actor(by.staff, desk.channel_of(tx, case.team)), "promise", case)
    return clock
