"""Promises in words: on the card, in private messages to whoever keeps them, and the modal that asks for a new time."""

from collections.abc import Sequence
from datetime import datetime

from domain.cases import Case
from domain.deadlines import PROMISE, Deadline
from views.blocks import actions, button, section
from views.forms import day_and_time, modal, question, text_field
from views.kit import AGO, Json, fallback, mention, when
from views.reply_modal import metadata
from views.telling import Payload, Says, aside, at, number, plainly, told

KEPT, NEW_TIME = "promise.kept", "promise.new_time"
ACTIONS = (KEPT, NEW_TIME)
MOVED = "promise.moved"
CALLBACKS = (MOVED,)
NEW_DUE, WHY = "moved.due", "moved.reason"
INPUTS = (NEW_DUE, WHY)
DUE_BLOCK, REASON_BLOCK = "promise_due", "reason"
ON_A_CARD = 3


def promise_line(one: Deadline, now: datetime | None = None) -> str:
    """A promise in one line."""
    said = f"“{fallback(one.said, 140)}” " if one.said else ""
    late = one.breached_at is not None or (now is not None and one.due_at < now)
    due = f"*was due {when(one.due_at)}*" if late else f"due {when(one.due_at)}"
    return f":handshake: Promised {said}· {mention(one.person)} keeps it, {due}"


def promise_rows(deadlines: Sequence[Deadline], case: Case) -> list[Json]:
    """The buttons of a case's open promises."""
    open_ones = [one for one in deadlines if one.target == PROMISE and one.open]
    return [promise_row(one, case) for one in open_ones[:ON_A_CARD]]


def promise_row(one: Deadline, case: Case) -> Json:
    """Done, or later."""
    return _row(f"{case.id}:{case.epoch}:{one.id}")


def _row(value: str) -> Json:
    return actions(f"promise-{value}", [button("Kept", KEPT, value, "primary"), button("New time", NEW_TIME, value)])


def new_time(case: Case, clock: Deadline) -> Json:
    """Asks by when instead, and why."""
    said = f"“{fallback(clock.said, 200)}”, due {when(clock.due_at)}. The old time stays in the trail."
    blocks = [
        section(f":handshake: You promised {said}"),
        question(DUE_BLOCK, "By when instead?", day_and_time(NEW_DUE, None)),
        question(REASON_BLOCK, "Why?", text_field(WHY, 300), "Does the customer know? Your colleagues see this."),
    ]
    return modal("New time", "Keep it by then", MOVED, metadata(case=case.id, epoch=case.epoch, clock=clock.id), blocks)


def promise_given(payload: Payload) -> Json:
    """To somebody a colleague named as keeper."""
    return told(
        f":handshake: {mention(_text(payload, 'by'))} promised a customer of case {number(payload)}{aside(payload)}:"
        f" “{plainly(payload, 'said', '…')}”. You keep it, by {at(payload, 'due')}. Dibs reminds you in time."
    )


def promise_due(payload: Payload) -> Json:
    """To the keeper before it is due and when it is, and to the manager when it stays open."""
    verb = "was due" if payload.get("late") else "is due"
    said = f"“{plainly(payload, 'said', '…')}”, said to the customer of case {number(payload)}{aside(payload)},"
    text = f":handshake: {_whose(payload)} {said} {verb} {at(payload, 'due')}."
    return told(text, _row(":".join(str(payload.get(key, 0)) for key in ("case", "epoch", "clock"))))


def _whose(payload: Payload) -> str:
    if payload.get("yours"):
        return "Your promise"
    keeper = mention(_text(payload, "keeper"))
    reasons = {
        "gone": f"{keeper} can't be reached any more, so you hear of this promise:",
        "quiet": f"{keeper} is not to be disturbed right now, so you hear of this promise:",
    }
    return reasons.get(str(payload.get("because")), f"Nobody has said that {keeper} kept this promise:")


def promise_over(payload: Payload) -> Json:
    """What the message becomes once the promise is settled."""
    who, said = mention(_text(payload, "person")), f"The promise “{plainly(payload, 'said', '…')}”"
    texts = {
        "kept": f"{said} was kept: {who} said so {at(payload, 'at', AGO)}.",
        "moved": f"{said} has a new time, {at(payload, 'new')}, set by {who}.",
        "dismissed": f"{said} is over: case {number(payload)} was put away.",
        "withdrawn": f"{said} is over: the author took the post back.",
    }
    return told(texts.get(str(payload.get("how")), f"{said} is settled{aside(payload)}."))


def promise_alone(payload: Payload) -> Json:
    """To ops: nobody is there to keep it."""
    return told(
        f":warning: A promise to the customer of case {number(payload)}{aside(payload)} needs somebody:"
        f" “{plainly(payload, 'said', '…')}”, due {at(payload, 'due')}. Neither its keeper nor the manager can be told."
    )


def _text(payload: Payload, key: str) -> str:
    return str(payload.get(key) or "")


PROMISES: dict[str, Says] = {
    "promise_given": promise_given,
    "promise_due": promise_due,
    "promise_over": promise_over,
    "promise_alone": promise_alone,
}
