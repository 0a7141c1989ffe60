"""How a case ends, comes back, changes team or splits: resolve, dismiss, reopen, reroute, split."""

from desk import corrections, deadlines, offers
from desk.acts import acting
from desk.desk import Desk
from desk.opening import open_case
from domain.errors import Invalid, Stale
from domain.lessons import NOT_ONE, TEAM
from domain.staff import By
from domain.triage import Placement

_UNDERWAY = "A reply is still on its way, so the case stays open until we know it has arrived."


def resolve(desk: Desk, case_id: int, epoch: int, by: By) -> None:
    """End a case; its holder stays on record for the day the customer writes again."""
    with acting(desk, by, "resolve", case_id) as act:
        if act.tx.replies.underway(case_id):
            raise Stale(_UNDERWAY)
        act.changed(act.tx.cases.resolve(case_id, epoch, by.staff, by.at))
        offers.withdraw(act.tx, case_id, act.by.at)
        act.record("resolved")
        deadlines.ended(act.tx, act.case, ("resolved", by.staff), by.at)
        act.repaint()


def dismiss(desk: Desk, case_id: int, epoch: int, by: By) -> None:
    """It was no complaint."""
    with acting(desk, by, "dismiss", case_id) as act:
        if act.tx.replies.underway(case_id):
            raise Stale(_UNDERWAY)
        act.changed(act.tx.cases.dismiss(case_id, epoch, by.at))
        offers.withdraw(act.tx, case_id, act.by.at)
        act.record("dismissed")
        deadlines.ended(act.tx, act.case, ("dismissed", by.staff), by.at)
        corrections.teach(act, NOT_ONE, "none", "complaint")
        act.repaint()


def reopen(desk: Desk, case_id: int, by: By) -> None:
    """Back to the queue, at the end of the channel where it is seen; that it was no complaint teaches nothing."""
    with acting(desk, by, "reopen", case_id) as act:
        act.changed(act.tx.cases.reopen(case_id))
        act.record("reopened", epoch=act.case.epoch)
        deadlines.reopened(desk, act.tx, act.case, by.at)
        act.tx.lessons.withdraw(case_id, NOT_ONE, by.at)
        act.repost()


def reroute(desk: Desk, case_id: int, epoch: int, team: str, by: By) -> None:
    """Pass the case on to the team it belongs to; its card leaves a link behind."""
    if team not in desk.policy.team:
        raise Invalid("team", "That team isn't in the policy any more. Pick another.")
    with acting(desk, by, "reroute", case_id) as act:
        if team == act.case.team:
            raise Invalid("team", "The case is with this team already. Pick another.")
        if act.tx.replies.underway(case_id):
            raise Stale(_UNDERWAY)
        old = act.case.team
        why = f"passed on from {old} by a colleague"
        act.changed(act.tx.cases.reroute(case_id, epoch, team, why))
        offers.withdraw(act.tx, case_id, act.by.at)
        act.record("rerouted", old=old, new=team, epoch=act.case.epoch)
        deadlines.rerouted(desk, act.tx, act.case, by.staff, by.at)
        corrections.teach(act, TEAM, team, old)
        act.repost()


def split(desk: Desk, case_id: int, first_post: int, by: By) -> int:
    """Make a case of its own from a post on; the new case's number."""
    with acting(desk, by, "split", case_id) as act:
        theirs = [post for post in act.tx.posts.of_case(case_id) if not post.ours]
        moved = [post for post in theirs if post.id >= first_post]
        if not moved or len(moved) == len(theirs):
            raise Invalid("post", "A split needs at least one post on each side. Pick a later one.")
        placed = Placement(act.case.team, act.case.severity, f"split off from case {case_id}")
        new = open_case(desk, act.tx, moved[0], placed, by.at)
        act.tx.posts.move_from(first_post, case_id, new.id)
        act.record("split", into=new.id, posts=len(moved))
        act.tx.audit.record(new.id, "split_off", by.staff, by.at, origin=case_id, posts=len(moved))
        act.thread("split", to=new.id)
        act.repaint()
        return new.id
