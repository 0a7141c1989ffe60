"""Likeness: the same words again join the author's live case, and link the cases of different authors."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.cases import Candidate, Case
from domain.likeness import WINDOW, Sketch, alike, sketch
from domain.posts import IncomingPost
from storage.store import Tx

AT_ONCE = timedelta(hours=1)
"""The same words again this soon are for the card to count, and nobody is called for them."""


def said_before(tx: Tx, post: IncomingPost, candidates: Sequence[Candidate]) -> Case | None:
    """The author's newest live case in which they said nearly the same, however long ago."""
    live = [candidate.case for candidate in candidates if candidate.case.live]
    drawn = sketch(post.text) if live else None
    return next((case for case in live if drawn and _has(tx, case, drawn)), None)


def _has(tx: Tx, case: Case, drawn: Sketch) -> bool:
    theirs = [kept for kept in tx.posts.of_case(case.id) if not kept.ours and kept.text]
    return any(alike(drawn, sketch(kept.text or "")) for kept in theirs)


def only_repeats(tx: Tx, post: IncomingPost, before: Case, case: Case) -> bool:
    """Whether the post, already in its case, changes nothing there and only says again what was said just now."""
    if before.holder is None or (before.status, before.severity) != (case.status, case.severity):
        return False
    earlier = [kept for kept in tx.posts.of_case(case.id) if not kept.ours and kept.post_id != post.post_id]
    last = max(earlier, key=lambda kept: kept.created_at, default=None)
    if last is None or last.text is None or abs(post.created_at - last.created_at) > AT_ONCE:
        return False
    return alike(sketch(post.text), sketch(last.text))


def remember(tx: Tx, post: IncomingPost, stored: int) -> Sketch:
    """Keep the sketch of a post, so that later ones find it."""
    drawn = sketch(post.text)
    tx.likeness.keep(stored, drawn, post.created_at)
    return drawn


def voices(tx: Tx, post: IncomingPost) -> int:
    """How many others have said nearly the same lately, each in a case of their own."""
    case_id = _alike(tx, post, sketch(post.text), None)
    return tx.likeness.voices(case_id, post.author_id) if case_id is not None else 0


def redraw(tx: Tx, post: IncomingPost, stored: int) -> None:
    """An edited post is found by what it says now; one that isn't compared any more stays so."""
    if tx.likeness.erase(stored):
        remember(tx, post, stored)


def link(tx: Tx, post: IncomingPost, drawn: Sketch, case: Case, now: datetime) -> None:
    """Put a new case beside the first that said the same; the first one's card counts it, those between don't."""
    said = _alike(tx, post, drawn, case.id)
    first = tx.likeness.first_of(said) if said is not None else None
    if first is not None and tx.likeness.link(case.id, first, now):
        tx.outbox.refresh_card(first, now)


def _alike(tx: Tx, post: IncomingPost, drawn: Sketch, own: int | None) -> int | None:
    """Another person's case that says the same, other than `own`."""
    if not drawn.bands:  # "thank you" and "still waiting" are said by many who have nothing to do with each other
        return None
    for row in tx.likeness.near(drawn, post.created_at - WINDOW):
        another = row.case_id != own and row.author_id != post.author_id
        if another and row.text and (row.key == drawn.key or alike(drawn, sketch(row.text))):
            return int(row.case_id)
    return None


def forget(tx: Tx, now: datetime) -> None:
    """Let go of what is too old to be compared."""
    tx.likeness.forget(now - WINDOW)
