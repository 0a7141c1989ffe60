"""Deadlines on a card: by when on both clocks, who says they are on it, and what was promised."""

from domain.cases import CLAIMED, OPEN
from domain.deadlines import ANSWERS, ON_IT, PAUSED, PROMISE, RESOLUTION, RUNNING, SNOOZED, WORDS, Deadline, Tending
from domain.sheets import CardSheet
from views.blocks import context
from views.kit import Json, fallback, mention, when
from views.promises import promise_line


def clocks(sheet: CardSheet) -> list[Json]:
    """What is due next, and who looks after it; nothing when nobody waits for anything."""
    facts = [*_next_due(sheet), *(promise_line(one) for one in sheet.deadlines if one.target == PROMISE and one.open)]
    if sheet.tending is not None and sheet.case.status == OPEN:
        facts += _tended(sheet.tending)
    return [context(*facts)] if facts else []


def _next_due(sheet: CardSheet) -> list[str]:
    if sheet.case.status not in (OPEN, CLAIMED):
        waiting = [one for one in sheet.deadlines if one.state == PAUSED and one.target == RESOLUTION]
        return ["The clock stands still while we wait for the customer."] if waiting and sheet.case.live else []
    running = [one for one in sheet.deadlines if one.state == RUNNING and one.target != PROMISE]
    running.sort(key=lambda one: (one.target not in ANSWERS, one.due_at))
    return [_due(one) for one in running[:1]]


def _due(one: Deadline) -> str:
    what = WORDS.get(one.target, one.target).capitalize()
    if one.service_due_at == one.customer_due_at:
        return f":stopwatch: {what} due {when(one.due_at)}"
    ours, theirs = when(one.service_due_at), when(one.customer_due_at)
    if one.follows == "customer":
        return f":stopwatch: {what} due {theirs}, day or night (by our opening hours it would be {ours})"
    return f":stopwatch: {what} due {ours} by our opening hours; on the customer's clock {theirs}"


def _tended(tending: Tending) -> list[str]:
    if tending.kind == ON_IT:
        return [f":eyes: {mention(tending.staff)} is on it"]
    if tending.kind == SNOOZED and tending.next_at is not None:
        why = f": {fallback(tending.reason, 300)}" if tending.reason else ""
        return [f":zzz: Snoozed by {mention(tending.staff)} until {when(tending.next_at)}{why}"]
    return []
