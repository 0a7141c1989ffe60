"""Sending replies: one attempt at a time, a last look before each, and every outcome written down before the next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import deadlines
from desk.desk import Desk
from desk.native import arrived
from domain.audit import DIBS
from domain.cases import OPEN, Case
from domain.replies import (
    FAILED,
    LEASE,
    NEEDS_HUMAN,
    QUEUED,
    SENDING,
    UNCERTAIN,
    Done,
    Refused,
    Reply,
    SendOutcome,
    SurelyNot,
    Unknown,
    last_look,
    look_up_at,
    retry_at,
)
from storage.outbox import Promise
from storage.store import Tx

SEND, LOOK_UP = "send", "look_up"


@dataclass(frozen=True)
class Errand:
    """What the courier does next for a reply: send it, or look whether it is public already."""

    kind: str
    reply: Reply
    network: str


@dataclass(frozen=True)
class Found:
    """A look-up found it."""

    remote_id: str
    public_at: datetime


@dataclass(frozen=True)
class NotFound:
    """A look-up read the whole time line since the attempt and didn't find it."""


@dataclass(frozen=True)
class CouldNotLook:
    """The network couldn't be asked."""


@dataclass(frozen=True)
class Gone:
    """The post it answers is no longer there; nothing was sent."""

    reason: str


Result = SendOutcome | Found | NotFound | CouldNotLook | Gone
_LOOK_AGAIN = timedelta(seconds=10)


def take(desk: Desk, now: datetime, machine_now: datetime) -> Errand | None:
    """The next errand, leased; a reply that no longer fits its case goes back to its author instead."""
    with desk.store.begin() as tx:
        reply = tx.replies.due(now, machine_now)
        case = tx.cases.lock(reply.case_id) if reply else None
        if reply is None or case is None:
            return None
        if reply.status == QUEUED:
            return _start(tx, reply, case, (now, machine_now))
        if reply.status == SENDING:  # its lease has run out: whoever sent it died before writing down what happened
            _unknown(tx, replace(reply, failure="the attempt was cut off"), case, now)
            return None
        tx.replies.lease(reply.id, machine_now + LEASE)
        return Errand(LOOK_UP, reply, case.network)


def _start(tx: Tx, reply: Reply, case: Case, moments: tuple[datetime, datetime]) -> Errand | None:
    now, machine_now = moments
    newest = tx.posts.newest_of(case.id)
    target = tx.posts.by_id(case.network, reply.target)
    problem = last_look(reply, case, newest.id if newest else 0, target.post_id if target else reply.target)
    if problem is not None:
        tx.replies.back_to_draft(reply.id, problem)
        tx.audit.record(case.id, "reply_held", DIBS, now, reply=reply.id, why=problem)
        _say(tx, case, now, "reply_failed", holder=reply.author, reason=problem, can_open=False)
        return None
    taken = tx.replies.take(reply.id, now, machine_now + LEASE)
    if taken is None:
        return None
    tx.audit.record(case.id, "reply_attempted", DIBS, now, reply=reply.id, attempt=taken.attempts)
    return Errand(SEND, taken, case.network)


def settle(desk: Desk, errand: Errand, result: Result, now: datetime) -> None:
    """Write down what happened, and tell whoever needs to know."""
    reply = errand.reply
    with desk.store.begin() as tx:
        result = _unless_another(tx, result)
        case = tx.cases.lock(reply.case_id)
        if case is None:
            return
        if isinstance(result, Done):
            arrived(tx, case, reply.id, result.remote_id, (now, now))
        elif isinstance(result, Found):
            arrived(tx, case, reply.id, result.remote_id, (result.public_at, now))
        elif isinstance(result, Unknown):
            _unknown(tx, replace(reply, failure=result.reason), case, now)
        elif isinstance(result, NotFound | CouldNotLook):
            _not_found(tx, reply, case, result, now)
        else:
            _without_effect(desk, tx, (reply, case), result, now)


def _unless_another(tx: Tx, result: Result) -> Result:
    """A find that is an earlier reply of ours, in much the same words, says nothing about this one."""
    return NotFound() if isinstance(result, Found) and tx.replies.by_remote(result.remote_id) else result


def _unknown(tx: Tx, reply: Reply, case: Case, now: datetime) -> None:
    look_at = look_up_at(replace(reply, attempted_at=now, look_ups=0), now)
    if tx.replies.settle(replace(reply, look_ups=0), UNCERTAIN, look_at):
        tx.audit.record(case.id, "reply_uncertain", DIBS, now, reply=reply.id, why=(reply.failure or "")[:200])
        tx.outbox.refresh_card(case.id, now)


def _not_found(tx: Tx, reply: Reply, case: Case, result: NotFound | CouldNotLook, now: datetime) -> None:
    looked = replace(reply, look_ups=reply.look_ups + 1) if isinstance(result, NotFound) else reply
    at = look_up_at(looked, now)
    if at is not None and isinstance(result, CouldNotLook):
        at = now + _LOOK_AGAIN
    started = reply.attempted_at or now
    if at is not None and now - started <= timedelta(minutes=5):
        tx.replies.settle(looked, UNCERTAIN, at)
        return
    if tx.replies.settle(looked, NEEDS_HUMAN):
        tx.audit.record(case.id, "reply_needs_human", DIBS, now, reply=reply.id)
        _say(tx, case, now, "needs_human", holder=case.holder or reply.author, reply=reply.id)


def _without_effect(
    desk: Desk, tx: Tx, whose: tuple[Reply, Case], result: SurelyNot | Refused | Gone, now: datetime
) -> None:
    reply, case = whose
    if isinstance(result, SurelyNot):
        at = retry_at(reply, result, now)
        if at is not None:
            tx.replies.settle(replace(reply, failure=result.reason), QUEUED, at)
            tx.audit.record(case.id, "reply_waits", DIBS, now, reply=reply.id, why=result.kind)
            _raise_alarm(desk, tx, result.kind, now)
            tx.outbox.refresh_card(case.id, now)
            return
    reason = result.message if isinstance(result, Refused) else result.reason
    if isinstance(result, Gone) or (isinstance(result, Refused) and result.code == "target_gone"):
        withdraw(tx, case, reply.target, reason, now)
    if tx.replies.settle(replace(reply, failure=reason), FAILED):
        code = result.code if isinstance(result, Refused) else "gone"
        _raise_alarm(desk, tx, code, now)
        tx.audit.record(case.id, "reply_failed", DIBS, now, reply=reply.id, code=code)
        can_open = code in ("not_summoned", "reply_settings")
        facts = {"holder": reply.author, "reason": reason, "can_open": can_open}
        _say(tx, case, now, "reply_failed", **facts, gone=code in ("gone", "target_gone"))


def withdraw(tx: Tx, case: Case, post_id: str, why: str, now: datetime) -> None:
    """The customer took their post back: its words go from our store, an unclaimed case ends, a held one is told."""
    tx.posts.tombstone(case.network, post_id, why, now)
    tx.audit.record(case.id, "post_gone", DIBS, now, post=post_id)
    if case.status == OPEN:
        tx.cases.withdraw(case.id, now)
        deadlines.ended(tx, case, ("withdrawn", None), now)
    tx.outbox.refresh_card(case.id, now)


def _say(tx: Tx, case: Case, now: datetime, says: str, **facts: object) -> None:
    tx.outbox.thread(Promise(now, {"says": says, "case": case.id, **facts}, case.id))
    tx.outbox.refresh_card(case.id, now)


def _raise_alarm(desk: Desk, tx: Tx, kind: str, now: datetime) -> None:
    """Somebody who can act hears once an hour that no reply gets out."""
    if kind in ("auth", "credits", "suspended"):
        key = f"alarm:x_{kind}:{now:%Y-%m-%dT%H}"
        tx.outbox.channel(desk.ops_channel(tx), Promise(now, {"says": f"x_{kind}"}, key=key))


def next_at(desk: Desk) -> datetime | None:
    """When the next errand is due."""
    with desk.store.look() as tx:
        return tx.replies.next_at()
