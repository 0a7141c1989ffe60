"""What people are told of a request for cover: who asked whom, who took it, and what they take over."""

from datetime import datetime, timedelta

from desk.cards import line
from desk.desk import Desk
from desk.oncall import rests_until
from domain.covers import TAKEN, Cover, Duty
from domain.deadlines import PROMISE
from domain.staff import By
from storage.outbox import Promise
from storage.store import Tx

SOON = timedelta(hours=24)
"""A change this close is worth a line in the team's channel."""
BRIEFED = 8
"""Open cases in a hand-over brief: ten lines are read, thirty aren't."""
Payload = dict[str, object]


def facts(desk: Desk, tx: Tx, cover: Cover, says: str) -> Payload:
    """What every word about a request carries: which hours of whose, in which team's channel."""
    return {
        "says": says, "cover": cover.id, "team": cover.team, "role": cover.role, "asker": cover.asker,
        "channel": desk.channel_of(tx, cover.team), "from": cover.from_at.isoformat(),
        "until": cover.until_at.isoformat(), "count": len(cover.asked), "note": cover.note, "taker": cover.taker,
    }  # fmt: skip


def ask(desk: Desk, tx: Tx, cover: Cover, at: datetime) -> None:
    """Each colleague is asked, whoever rests when their quiet hours end; the asker sees how many were."""
    told = facts(desk, tx, cover, "cover_asked")
    for person in cover.asked:
        rests = rests_until(tx, person, at)
        tx.outbox.direct(person, Promise(at, told, key=asked_key(cover, person), not_before=rests))
    tx.outbox.direct(cover.asker, Promise(at, {**told, "says": "cover_sent"}, key=own_key(cover)))


def taken(desk: Desk, tx: Tx, cover: Cover, gave: Duty | None, at: datetime) -> None:
    """Nobody else is asked any more, both are told, and the taker gets the state of things."""
    ended(desk, tx, cover, at)
    told = {**facts(desk, tx, cover, "cover_taken"), **_in_return(gave)}
    tx.outbox.direct(cover.asker, Promise(at, told, key=f"{own_key(cover)}:taken"))
    yours = {**told, "says": "cover_yours", "brief": _brief(desk, tx, cover.team)}
    tx.outbox.direct(str(cover.taker), Promise(at, yours, key=f"{own_key(cover)}:yours"))
    if cover.from_at - at <= SOON:
        promise = Promise(at, {**told, "says": "cover_line"}, key=f"{own_key(cover)}:line")
        tx.outbox.channel(desk.channel_of(tx, cover.team), promise)


def _in_return(gave: Duty | None) -> Payload:
    if gave is None:
        return {}
    return {
        "gave_role": gave.role, "gave_from": gave.from_at.isoformat(), "gave_until": gave.until_at.isoformat(),
    }  # fmt: skip


def ended(desk: Desk, tx: Tx, cover: Cover, at: datetime) -> None:
    """Every message that asked says how it ended, and has no buttons any more."""
    told = facts(desk, tx, cover, "cover_over")
    for person in cover.asked:
        how = "yours" if cover.state == TAKEN and person == cover.taker else cover.state
        tx.outbox.rewrite(asked_key(cover, person), {**told, "how": how}, at)
    for key in (own_key(cover), *(offer_key(cover, person) for person in cover.gives)):
        tx.outbox.rewrite(key, {**told, "how": cover.state, "mine": True}, at)


def declined(desk: Desk, tx: Tx, cover: Cover, by: By) -> None:
    """Their message asks no more."""
    told = {**facts(desk, tx, cover, "cover_over"), "how": "declined"}
    tx.outbox.rewrite(asked_key(cover, by.staff), told, by.at)


def nobody_yet(desk: Desk, tx: Tx, cover: Cover, at: datetime) -> None:
    """The manager hears of it, once."""
    _tell_manager(desk, tx, cover, at, begun=False)


def unmet(desk: Desk, tx: Tx, cover: Cover, at: datetime) -> None:
    """The hours begin and nobody took them: the asker is still on call, and the manager hears it if they haven't."""
    told = facts(desk, tx, cover, "cover_unmet")
    tx.outbox.direct(cover.asker, Promise(at, told, key=f"{own_key(cover)}:unmet"))
    _tell_manager(desk, tx, cover, at, begun=True)


def _tell_manager(desk: Desk, tx: Tx, cover: Cover, at: datetime, *, begun: bool) -> None:
    told = {**facts(desk, tx, cover, "cover_nobody"), "begun": begun}
    promise = Promise(at, told, key=f"{own_key(cover)}:manager")
    manager = tx.directory.named(desk.policy.brand.manager)
    if manager is not None and manager.active and manager.slack_id != cover.asker:
        tx.outbox.direct(manager.slack_id, promise)
    else:
        tx.outbox.channel(desk.ops_channel(tx), promise)


def swap_offered(desk: Desk, tx: Tx, cover: Cover, offer: tuple[str, Duty], at: datetime) -> None:
    """The asker decides; whoever offers reads that they wait."""
    told = _of_swap(desk, tx, cover, offer)
    promise = Promise(at, {**told, "says": "swap_offered"}, key=offer_key(cover, offer[0]))
    tx.outbox.afresh(cover.asker, promise)
    tx.outbox.rewrite(asked_key(cover, offer[0]), {**told, "says": "swap_sent"}, at)


def swap_declined(desk: Desk, tx: Tx, cover: Cover, offer: tuple[str, Duty], at: datetime) -> None:
    """The offer is off the table, the request stands: whoever offered may still take it as it is."""
    told = {**_of_swap(desk, tx, cover, offer), "says": "swap_refused"}
    tx.outbox.rewrite(offer_key(cover, offer[0]), {**told, "mine": True}, at)
    tx.outbox.direct(offer[0], Promise(at, told))
    tx.outbox.rewrite(asked_key(cover, offer[0]), facts(desk, tx, cover, "cover_asked"), at)


def _of_swap(desk: Desk, tx: Tx, cover: Cover, offer: tuple[str, Duty]) -> Payload:
    return {**facts(desk, tx, cover, "swap_offered"), "taker": offer[0], **_in_return(offer[1])}


def _brief(desk: Desk, tx: Tx, team: str) -> list[Payload]:
    """Open cases by the time they are due, each with its card, its promise, and the newest words."""
    return [found for number in tx.rotas.covers.open_cases(team, BRIEFED) if (found := _case(desk, tx, number))]


def _case(desk: Desk, tx: Tx, case_id: int) -> Payload | None:
    case = tx.cases.get(case_id)
    if case is None:
        return None
    row, clocks = line(desk, tx, case), [one for one in tx.clocks.open_of(case_id) if one.paused_at is None]
    due_at = min((one.due_at for one in clocks), default=None)
    promised = next((one.said for one in clocks if one.target == PROMISE and one.said), None)
    return {
        "case": case_id, "link": row.link, "due": due_at.isoformat() if due_at else None, "holder": case.holder,
        "promised": promised, "text": (row.text or "")[:200],
    }  # fmt: skip


def own_key(cover: Cover) -> str:
    """The key of the asker's own message."""
    return f"cover:{cover.id}"


def asked_key(cover: Cover, person: str) -> str:
    """The key of the message that asks this colleague."""
    return f"cover:{cover.id}:{person}"


def offer_key(cover: Cover, person: str) -> str:
    """The key of the message in which this colleague offers a swap."""
    return f"swap:{cover.id}:{person}"
