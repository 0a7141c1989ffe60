"""Letting go of a case and taking it over: release, hand over, accept, decline, ask, take over."""

from desk import deadlines, offers
from desk.acts import Act, acting
from desk.desk import Desk
from domain.cases import AWAITING, CLAIMED, check_epoch
from domain.errors import Invalid, NotAllowed, Stale
from domain.sides import ACCEPTED, DECLINED, Offer
from domain.staff import By, may
from storage.outbox import Promise

REASON_AT_LEAST = 10
"""Characters a take-over's reason needs: a person is losing their case and deserves a sentence."""
_MOVED = "The case changed hands before this was sent."
_UNDERWAY = "A reply is on its way to the customer right now. Wait until it has arrived, then try again."


def release(desk: Desk, case_id: int, epoch: int, by: By) -> None:
    """Give the case back to the queue; the service clock keeps running."""
    with acting(desk, by, "release", case_id) as act:
        _nothing_underway(act)
        act.changed(act.tx.cases.release(case_id, epoch, by.staff))
        _call_off(act)
        act.record("released", epoch=act.case.epoch)
        deadlines.unheld(desk, act.tx, act.case, by.at)
        act.repost()


def hand_over(desk: Desk, case_id: int, taker: str, by: By) -> Offer:
    """Offer the case to a colleague; it stays with its holder until they accept."""
    with acting(desk, by, "hand_over", case_id) as act:
        if taker == by.staff:
            raise Invalid("to", "You hold this case already. Pick a colleague.")
        try:
            may(act.tx.directory.actor(taker, desk.channel_of(act.tx, act.case.team)), "claim", act.case)
        except NotAllowed as refusal:
            raise Invalid("to", "They can't take this case: they need to be a colleague in its channel.") from refusal
        offers.withdraw(act.tx, case_id, act.by.at)
        lapses_at = by.at + desk.policy.cases.hand_over_within
        offer = act.tx.sides.offer(case_id, (by.staff, taker), act.case.epoch, lapses_at)
        act.record("offered", to=taker)
        newest = act.tx.posts.newest_of(case_id)
        summary = newest.text[:300] if newest and newest.text else None
        payload = {
            "says": "offered", "case": case_id, "link": act.link(), "offer": offer.id, "giver": by.staff,
            "lapses_at": lapses_at.isoformat(), "summary": summary,
        }  # fmt: skip
        act.tx.outbox.direct(taker, Promise(by.at, payload, case_id, key=offers.key_of(offer)))
        act.repaint()
        return offer


def accept(desk: Desk, offer_id: int, by: By) -> None:
    """Take a case that was offered, while the offer stands."""
    with acting(desk, by, "claim", _case_of(desk, offer_id)) as act:
        offer = act.tx.sides.accept(offer_id, by.staff, by.at)
        if offer is None:
            raise Stale("This offer no longer stands. The case stayed where it was.")
        _nothing_underway(act)
        act.tx.replies.hold_queued(act.case.id, _MOVED)
        act.changed(act.tx.cases.pass_on(act.case.id, offer.epoch, by.staff, by.at))
        act.record("handed_over", giver=offer.giver, epoch=act.case.epoch)
        deadlines.held(desk, act.tx, act.case, by.staff, by.at)
        offers.over(act.tx, offer, ACCEPTED, by.at)
        act.direct(offer.giver, "offer_accepted", taker=by.staff)
        act.thread("handed_over", holder=by.staff)
        act.repaint()


def decline(desk: Desk, offer_id: int, by: By) -> None:
    """Say no to an offer; the giver keeps the case and is told."""
    with acting(desk, by, "claim", _case_of(desk, offer_id)) as act:
        offer = act.tx.sides.decline(offer_id, by.staff)
        if offer is None:
            raise Stale("This offer no longer stands. The case stayed where it was.")
        act.record(DECLINED, giver=offer.giver)
        offers.over(act.tx, offer, DECLINED, by.at)
        act.direct(offer.giver, "offer_declined", taker=by.staff)
        act.repaint()


def ask(desk: Desk, case_id: int, by: By) -> None:
    """Ask the holder to hand the case over."""
    with acting(desk, by, "ask", case_id) as act:
        if act.case.holder is None:
            raise Stale("Nobody holds this case right now, so you can claim it yourself.")
        if act.case.holder == by.staff:
            raise Stale("You hold this case yourself.")
        act.record("asked", holder=act.case.holder)
        act.direct(act.case.holder, "ask_hand_over", asker=by.staff, epoch=act.case.epoch)
        act.tell("asked", holder=act.case.holder)


def take_over(desk: Desk, case_id: int, epoch: int, reason: str, by: By) -> None:
    """Take a case from its holder, with a reason they will read; never while a reply is on its way."""
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Invalid("reason", f"Please say why in at least {REASON_AT_LEAST} characters: the holder will read it.")
    with acting(desk, by, "take_over", case_id) as act:
        loser = act.case.holder
        if loser is None or act.case.status not in (CLAIMED, AWAITING):
            raise Stale("Nobody holds this case right now, so there is nothing to take over. You can claim it.")
        if loser == by.staff:
            raise Stale("You hold this case already.")
        check_epoch(act.case, epoch)
        _nothing_underway(act)
        _call_off(act)
        act.changed(act.tx.cases.pass_on(case_id, epoch, by.staff, by.at))
        act.record("taken_over", loser=loser, reason=reason.strip()[:500], epoch=act.case.epoch)
        deadlines.held(desk, act.tx, act.case, by.staff, by.at)
        act.direct(loser, "taken_over", by=by.staff, reason=reason.strip())
        act.thread("taken_over_line", by=by.staff, reason=reason.strip(), **{"from": loser})
        act.repaint()


def _nothing_underway(act: Act) -> None:
    if act.tx.replies.unstoppable(act.case.id):
        raise Stale(_UNDERWAY)


def _call_off(act: Act) -> None:
    act.tx.replies.hold_queued(act.case.id, _MOVED)
    offers.withdraw(act.tx, act.case.id, act.by.at)


def _case_of(desk: Desk, offer_id: int) -> int:
    with desk.store.look() as tx:
        offer = tx.sides.get_offer(offer_id)
    if offer is None:
        raise Stale("This offer no longer stands.")
    return offer.case_id
