"""Reading without changing: a person's home, their list, a search, and a case's trail."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from desk import amplification
from desk.acts import acting
from desk.cards import line, sheet
from desk.corrections import undoable
from desk.desk import Desk
from domain.audit import broken_at
from domain.deadlines import Deadline
from domain.errors import NoSuchCase, Refusal
from domain.sheets import CardSheet, FoundSheet, HomeSheet, Line, TrailSheet, WhySheet
from domain.staff import Actor, By, may
from storage.store import Tx

MOST = 20
"""Lines in a list; a longer one helps nobody."""


def home(desk: Desk, person: str, now: datetime) -> HomeSheet:
    """What this person holds, what waits in their teams, what they are asked to accept."""
    with desk.store.look() as tx:
        known = tx.directory.get(person)
        if known is None or not known.active:
            return HomeSheet(now, refused="Cases are for colleagues of this workspace.")
        mine = tuple(line(desk, tx, case) for case in tx.cases.mine(person)[:MOST])
        waiting = [case for team in _teams_of(desk, tx, person) for case in tx.cases.waiting(team)]
        waiting.sort(key=lambda case: (case.severity != "emergency", case.opened_at))
        offers = [(offer, tx.cases.get(offer.case_id)) for offer in tx.sides.offers_to(person, now)]
        offered = tuple((offer, line(desk, tx, case)) for offer, case in offers if case)
        return HomeSheet(
            now,
            mine,
            tuple(line(desk, tx, case) for case in waiting[:MOST]),
            offered,
            promised=tuple(promised(desk, tx, tx.occasions.promised_by(person))),
        )


def promised(desk: Desk, tx: Tx, found: Iterable[Deadline]) -> Iterator[tuple[Deadline, Line]]:
    """Promises with their cases, for a list."""
    for clock in found:
        case = tx.cases.get(clock.case_id)
        if case is not None:
            yield clock, line(desk, tx, case)


def _teams_of(desk: Desk, tx: Tx, person: str) -> list[str]:
    return [key for key in desk.policy.team if tx.directory.actor(person, desk.channel_of(tx, key)).in_channel]


def find(desk: Desk, words: str, person: str) -> FoundSheet:
    """Cases whose posts hold the words, newest first, from the channels this person sits in."""
    with desk.store.look() as tx:
        teams = set(_teams_of(desk, tx, person))
        lines: list[Line] = []
        seen: set[int | None] = set()
        for post in tx.posts.find(words):
            case = tx.cases.get(post.case_id) if post.case_id not in seen and post.case_id else None
            seen.add(post.case_id)
            if case is not None and case.team in teams and len(lines) < MOST:
                lines.append(line(desk, tx, case))
        return FoundSheet(words, tuple(lines))


def why(desk: Desk, case_id: int, person: str, now: datetime) -> WhySheet:
    """The case for the window that says why it is here, whether this person may say otherwise, and what was said."""
    with desk.store.look() as tx:
        card = _card(desk, tx, case_id)
        actor = tx.directory.actor(person, desk.channel_of(tx, card.case.team))
        may(actor, "why", card.case)
        return WhySheet(amplification.shown(tx, card), _may(actor, "dismiss", card), undoable(tx, case_id, now))


def trail(desk: Desk, case_id: int, person: str, now: datetime) -> TrailSheet:
    """Everything that was done in the case, and whether the chain of entries still verifies."""
    with desk.store.look() as tx:
        card = _card(desk, tx, case_id)
        actor = tx.directory.actor(person, desk.channel_of(tx, card.case.team))
        may(actor, "trail", card.case)
        entries = tuple(tx.audit.trail(case_id))
        may_act, undo = _may(actor, "dismiss", card), undoable(tx, case_id, now)
        return TrailSheet(card, entries, tuple(tx.sides.notes(case_id)), broken_at(entries), may_act, undo)


def _may(actor: Actor, gesture: str, card: CardSheet) -> bool:
    try:
        may(actor, gesture, card.case)
    except Refusal:
        return False
    return True


def card_for(desk: Desk, case_id: int, gesture: str, person: str) -> CardSheet:
    """The case for a modal about `gesture`, refused before the modal opens when it isn't theirs to make."""
    with desk.store.look() as tx:
        card = _card(desk, tx, case_id)
        may(tx.directory.actor(person, desk.channel_of(tx, card.case.team)), gesture, card.case)
        return card


def _card(desk: Desk, tx: Tx, case_id: int) -> CardSheet:
    case = tx.cases.get(case_id)
    if case is None:
        raise NoSuchCase("That case isn't here any more.")
    return sheet(desk, tx, case)


def watch(desk: Desk, case_id: int, by: By) -> None:
    """Hear of it when the case is answered or comes back."""
    with acting(desk, by, "watch", case_id) as act:
        if act.tx.sides.watch(case_id, by.staff):
            act.record("watched")
            act.repaint()
        act.tell("watching")


def suggest(desk: Desk, case_id: int, text: str, by: By) -> None:
    """Put words into the holder's hands; they decide."""
    with acting(desk, by, "suggest", case_id) as act:
        act.tx.sides.note(case_id, by.staff, "suggestion", (text, by.at))
        act.record("suggested")
        act.thread("suggestion", by=by.staff, text=text, holder=act.case.holder)
