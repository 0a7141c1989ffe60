"""One person's act on one case: applied once, allowed or refused on rows, inside the transaction that changes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from desk.desk import Desk
from domain.audit import DIBS
from domain.cases import Case, overtaken
from domain.deliveries import ANSWER
from domain.errors import NoSuchCase, Repeated, Stale
from domain.staff import By, may
from storage.outbox import Promise
from storage.store import Tx


@dataclass
class Act:
    """A transaction with the case locked in it; `case` is as it stood when the act began."""

    desk: Desk
    tx: Tx
    by: By
    case: Case

    def record(self, act: str, **facts: str | int | bool | None) -> None:
        """An entry in the case's trail."""
        self.tx.audit.record(self.case.id, act, self.by.staff, self.by.at, **facts)

    def repaint(self) -> None:
        """The card will show it, through the click that was just made if it was made on the card."""
        self.tx.outbox.clicked(self.case.id, (self.by.channel, self.by.message_ts), self.by.response_url, self.by.at)
        self.tx.outbox.refresh_card(self.case.id, self.by.at, ANSWER)

    def repost(self) -> None:
        """The case needs somebody and nobody holds it: its card comes anew at the end of the team's channel."""
        self.tx.outbox.repost_card(self.case.id, self.desk.channel_of(self.tx, self.case.team), self.by.at)

    def tell(self, says: str, **facts: object) -> None:
        """A word to the person who acts, where only they see it; nothing when their click has no line back."""
        if self.by.response_url:
            promise = Promise(self.by.at, {"says": says, "case": self.case.id, **facts}, self.case.id)
            self.tx.outbox.notice(self.by.staff, self.by.response_url, promise)

    def direct(self, person: str, says: str, **facts: object) -> None:
        """A direct message about the case."""
        payload = {"says": says, "case": self.case.id, "link": self.link(), **facts}
        self.tx.outbox.direct(person, Promise(self.by.at, payload, self.case.id))

    def thread(self, says: str, **facts: object) -> None:
        """A line in the case's thread."""
        self.tx.outbox.thread(Promise(self.by.at, {"says": says, "case": self.case.id, **facts}, self.case.id))

    def link(self) -> str | None:
        """The address of the case's card."""
        card = self.tx.outbox.live_card(self.case.id)
        return self.desk.link_to(card.channel, card.ts) if card else None

    def changed(self, case: Case | None) -> Case:
        """The case after a guarded statement; Stale when the guard didn't hold."""
        if case is None:
            raise Stale(overtaken(self.case, self.by.staff, self._ended_by()))
        self.case = case
        return case

    def _ended_by(self) -> str | None:
        """The colleague who ended the case, if one did: the act is called as the state it leads to."""
        ended = [entry.actor for entry in self.tx.audit.trail(self.case.id) if entry.act == self.case.status]
        return next((actor for actor in ended[-1:] if actor != DIBS), None)


@contextmanager
def acting(desk: Desk, by: By, gesture: str, case_id: int) -> Iterator[Act]:
    """Begin an act: Repeated for a delivery already applied, NoSuchCase, or NotAllowed with the way out."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        case = tx.cases.lock(case_id)
        if case is None:
            raise NoSuchCase("That case isn't here any more.")
        may(tx.directory.actor(by.staff, desk.channel_of(tx, case.team)), gesture, case)
        sign_of_life(desk, tx, case, by)
        yield Act(desk, tx, by, case)


def sign_of_life(desk: Desk, tx: Tx, case: Case, by: By) -> None:
    """Whoever looks after the case has done something on it, typing included: the question whether can wait."""
    policy = desk.escalation_of(case.team)
    wait = policy.still_on_it if case.holder == by.staff else policy.on_it
    tx.tending.alive(case.id, by.staff, by.at, desk.after(case, by.at, wait))
