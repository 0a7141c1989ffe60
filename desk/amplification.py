"""Amplification: how far each post may carry as far as we know, and what happens when a known one carries further."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk import deadlines, likeness
from desk.desk import Desk
from domain.amplification import (
    CARRIES,
    FEWEST_SHARES,
    Amplification,
    Reach,
    Seen,
    Velocity,
    amplification,
    has_spread,
    shared_lately,
    usual_shares,
)
from domain.audit import DIBS
from domain.posts import IncomingPost
from domain.sheets import CardSheet
from domain.triage import NORMAL, URGENT, Judged, Placement
from storage.sightings import Sighted
from storage.store import Tx


def of(tx: Tx, posts: Sequence[IncomingPost], now: datetime) -> dict[str, Amplification]:
    """How far each may carry, by its id, from what is known before any of them is stored."""
    before = last_seen(tx, posts)
    return {post.post_id: _of(tx, post, before.get(post.first_id), now) for post in posts}


def last_seen(tx: Tx, posts: Sequence[IncomingPost]) -> dict[str, Sighted]:
    """How those that are worth a look were seen last, by first id; of the others nobody asks."""
    worth = [post for post in posts if has_spread(None, post.carried)]
    found = tx.sightings.of({post.first_id for post in worth})
    return {post_id: sighted for (network, post_id), sighted in found.items() if network == worth[0].network}


def _of(tx: Tx, post: IncomingPost, before: Sighted | None, now: datetime) -> Amplification:
    seen = before.seen.then(post.carried, now) if before else Seen(post.carried, now)
    return _amplification(tx, post, seen, likeness.voices(tx, post))


def _amplification(tx: Tx, post: IncomingPost | Sighted, seen: Seen, voices: int) -> Amplification:
    counted, shares = seen.carried, shared_lately(seen, post.created_at)
    usual = usual_shares(_firsts(tx, post)) if (shares or 0) >= FEWEST_SHARES else None
    reach = Reach(counted.followers, counted.views, counted.organisation)
    return amplification(reach, Velocity(shares, usual, voices))


def _firsts(tx: Tx, post: IncomingPost | Sighted) -> list[int | None]:
    return [shared_lately(one.seen, one.created_at) for one in tx.sightings.earlier(post)]


def shown(tx: Tx, card: CardSheet) -> CardSheet:
    """The sheet with how far the post that led here carries, as it was seen last; nothing when it is gone."""
    sighted = tx.sightings.one(card.verdict.post) if card.verdict else None
    if sighted is None:
        return card
    voices = tx.likeness.voices(card.case.id, sighted.author_id)
    return replace(card, far=_amplification(tx, sighted, sighted.seen, voices))


def spread(desk: Desk, tx: Tx, wrote: tuple[IncomingPost, Judged], now: datetime) -> None:
    """A known post came again: if it carries further, that is kept, and a case that is urgent by it rises."""
    post, said = wrote
    known = last_seen(tx, [post]).get(post.first_id)
    if known is None or not has_spread(known.seen.carried, post.carried):
        return
    tx.sightings.note(known.post, known.seen.then(post.carried, now))
    if known.case_id is not None and said.placement.severity == URGENT and _carries(said):
        _rise(desk, tx, (known.post, known.case_id), said, now)


def _carries(said: Judged) -> bool:
    return not set(CARRIES.values()).isdisjoint(said.reasons.get("severity", ()))


def _rise(desk: Desk, tx: Tx, where: tuple[int, int], said: Judged, now: datetime) -> None:
    """Shorter promises, as for any graver case; nobody is called, for nothing new was said."""
    post, case_id = where
    case = tx.cases.get(case_id)
    if case is None or case.severity != NORMAL:
        return
    risen = tx.cases.worsen(case, Placement(case.team, URGENT, case.why, case.person))
    if risen is None:
        return
    tx.verdicts.change(post, said)
    tx.audit.record(case_id, "spread", DIBS, now, old=case.severity, new=risen.severity)
    deadlines.retargeted(desk, tx, risen, now)
    tx.outbox.refresh_card(case_id, now)
