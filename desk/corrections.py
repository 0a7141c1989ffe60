"""Corrections: what a colleague says of triage moves the case, is on the trail, teaches, and can be taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from desk import deadlines, rescue
from desk.acts import Act, acting
from desk.desk import Desk
from desk.opening import call_person
from domain.cases import OPEN, Case
from domain.deliveries import EMERGENCY as FIRST
from domain.errors import NoSuchCase, Refusal, Repeated, Stale
from domain.lessons import IS_ONE, NOT_ONE, TEAM, UNDO_FOR, WORSE, Lesson, can_undo, too_late
from domain.staff import By, may
from domain.triage import EMERGENCY, Placement, next_grade
from storage.outbox import Promise
from storage.store import Tx

TILL_IT_STANDS = timedelta(seconds=3)
"""How long the news of a case that was passed on waits, so that it can lead to the new card."""


class AlreadyRescued(Refusal):
    """Somebody was faster, or the case was put away by a colleague since."""


class AsGraveAsCanBe(Refusal):
    """There is nothing above an emergency."""


def teach(act: Act, kind: str, value: str, old: str) -> None:
    """Keep what the act says of the case's first post, and offer to take it back."""
    first = next((post for post in act.tx.posts.of_case(act.case.id) if not post.ours), None)
    if first is None:
        return
    lesson = act.tx.lessons.teach({
        "post": first.id, "case_id": act.case.id, "kind": kind, "value": value, "old": old, "staff": act.by.staff,
        "at": act.by.at,
    })  # fmt: skip
    facts = {"kind": kind, "value": value, "lesson": lesson, "until": (act.by.at + UNDO_FOR).isoformat()}
    if act.by.response_url:
        act.tell("corrected", **facts)
    elif kind == TEAM:  # said in a window that closes, and the card is gone from here: the way back must reach them
        payload = {"says": "corrected", "case": act.case.id, **facts}
        promise = Promise(act.by.at, payload, act.case.id, not_before=act.by.at + TILL_IT_STANDS)
        act.tx.outbox.direct(act.by.staff, promise)


def it_is_one(desk: Desk, case_id: int, by: By) -> None:
    """From the digest: the case opens, its card is posted, and its promises count from when the customer wrote."""
    with acting(desk, by, "rescue", case_id) as act:
        rescued = rescue.bring_back(desk, act.tx, act.case, by.staff, by.at)
        if rescued is None:
            raise AlreadyRescued("This one isn't put away any more. Look for its card in the channel.")
        act.changed(rescued)
        teach(act, IS_ONE, "complaint", "none")


def worse(desk: Desk, case_id: int, by: By, seen: str | None = None) -> None:
    """One step worse than was `seen`: the promises get shorter, and for an emergency somebody is called."""
    with acting(desk, by, "worsen", case_id) as act:
        before = act.case
        if before.severity == EMERGENCY:
            raise AsGraveAsCanBe("This counts as an emergency already. There is nothing above it.")
        if seen not in (None, before.severity):  # two presses, of one person or of two, are one step
            raise Stale(f"This counts as {before.severity} already. To go a step further, press More urgent once more.")
        severity = next_grade(before.severity)
        person = desk.policy.emergency.person if severity == EMERGENCY else before.person
        case = act.changed(act.tx.cases.worsen(before, Placement(before.team, severity, before.why, person)))
        act.record("worsened", old=before.severity, new=severity)
        deadlines.retargeted(desk, act.tx, case, by.at)
        if severity == EMERGENCY:
            _alarm(act, case)
        act.repaint()
        teach(act, WORSE, severity, before.severity)


def _alarm(act: Act, case: Case) -> None:
    newest = act.tx.posts.newest_of(case.id)
    call_person(act.tx, case, newest.text if newest else None, act.by.at)
    if case.holder is None:
        act.tx.outbox.repost_card(case.id, act.desk.channel_of(act.tx, case.team), act.by.at, FIRST)


def undo(desk: Desk, lesson_id: int, by: By) -> None:
    """Take a correction back within ten minutes: the case is again where it was, and nothing is learnt of it."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        seen = tx.lessons.get(lesson_id)
        case = tx.cases.lock(seen.case_id) if seen else None
        if seen is None or case is None:
            raise NoSuchCase("That case isn't here any more.")
        if seen.staff != by.staff:  # whoever passed it on may take it back, though it isn't theirs any more
            may(tx.directory.actor(by.staff, desk.channel_of(tx, case.team)), "undo", case)
        lesson = tx.lessons.undo(lesson_id, by.at - UNDO_FOR, by.at)
        if lesson is None:
            raise Stale(too_late(seen))
        act = Act(desk, tx, by, case)
        _BACK[lesson.kind](act, lesson)
        act.record("taken_back", kind=lesson.kind, was=lesson.value)
        act.tell("taken_back", kind=lesson.kind)


def _not_one_after_all(act: Act, _lesson: Lesson) -> None:
    act.changed(act.tx.cases.rescue(act.case.id))
    deadlines.reopened(act.desk, act.tx, act.case, act.by.at)
    act.repost()


def _put_away_again(act: Act, _lesson: Lesson) -> None:
    if act.case.status != OPEN:
        raise Stale("Somebody has it by now, so it can't be put away from here. They can, on its card.")
    act.changed(act.tx.cases.dismiss(act.case.id, act.case.epoch, act.by.at))
    deadlines.ended(act.tx, act.case, ("dismissed", act.by.staff), act.by.at)
    rescue.repaint_digests(act.tx, act.tx.verdicts.of_case(act.case.id), act.by.at)
    act.repaint()


def _back_to_its_team(act: Act, lesson: Lesson) -> None:
    if lesson.old not in act.desk.policy.team:
        raise Stale("The team it came from isn't in the policy any more.")
    if act.case.team != lesson.value:
        raise Stale("It has been passed on again since. Its card says where it is.")
    why = f"passed back to {lesson.old} by a colleague"
    act.changed(act.tx.cases.reroute(act.case.id, act.case.epoch, lesson.old, why))
    deadlines.rerouted(act.desk, act.tx, act.case, act.by.staff, act.by.at)
    act.repost()


def _not_so_grave(act: Act, lesson: Lesson) -> None:
    if act.case.severity != lesson.value:
        raise Stale("It has become graver since, so this can't be taken back.")
    act.changed(act.tx.cases.ease(act.case, lesson.old, act.case.why))
    deadlines.retargeted(act.desk, act.tx, act.case, act.by.at)
    act.repaint()


_BACK: dict[str, Callable[[Act, Lesson], None]] = {
    NOT_ONE: _not_one_after_all,
    IS_ONE: _put_away_again,
    TEAM: _back_to_its_team,
    WORSE: _not_so_grave,
}


def undoable(tx: Tx, case_id: int, now: datetime) -> Lesson | None:
    """The case's newest lesson if it can still be taken back, else None."""
    lesson = tx.lessons.latest(case_id)
    return lesson if can_undo(lesson, now) else None
