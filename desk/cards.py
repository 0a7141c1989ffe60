"""Cards: the sheet a card is drawn from, read as the case is now."""

from collections.abc import Iterable

from desk.desk import Desk
from domain.cases import Case
from domain.sheets import VOICES_NAMED, CardSheet, Line
from domain.triage import EMERGENCY, Kept
from storage.store import Tx


def sheet(desk: Desk, tx: Tx, case: Case) -> CardSheet:
    """Everything the card of this case shows."""
    person = tx.directory.named(case.person) if case.person else None
    voices = tuple(tx.likeness.others(case.id))
    return CardSheet(
        case=case,
        posts=tuple(tx.posts.of_case(case.id)),
        account=desk.account,
        network_page=desk.network_page,
        reply=tx.replies.latest(case.id),
        person=person.slack_id if person else None,
        offer=tx.sides.standing(case.id),
        watchers=len(tx.sides.watchers(case.id)),
        voices=voices,
        voice_links=links(desk, tx, voices[:VOICES_NAMED]),
        deadlines=tuple(tx.clocks.open_of(case.id)),
        tending=tx.tending.get(case.id),
        verdict=_verdict(tx, case),
    )


def _verdict(tx: Tx, case: Case) -> Kept | None:
    """What brought the case here: of its first post; of an emergency, the post that made it one."""
    kept = tx.verdicts.of_case(case.id)
    grave = next((one for one in kept if one.severity == case.severity), None)
    return grave if grave is not None and case.severity == EMERGENCY else next(iter(kept), None)


def links(desk: Desk, tx: Tx, cases: Iterable[int]) -> dict[int, str]:
    """The addresses of the cards of those cases that have one already."""
    cards = {case: tx.outbox.live_card(case) for case in cases}
    found = {case: desk.link_to(card.channel, card.ts) for case, card in cards.items() if card}
    return {case: link for case, link in found.items() if link}


def line(desk: Desk, tx: Tx, case: Case) -> Line:
    """One line of a list: the newest words and a link to the card."""
    newest = tx.posts.newest_of(case.id)
    card = tx.outbox.live_card(case.id)
    link = desk.link_to(card.channel, card.ts) if card else None
    return Line(case, newest.author_handle if newest else None, newest.text if newest else None, link)
