"""What the brand published: our own replies recognised, and replies typed on the network credited to the holder."""

from datetime import datetime

from desk import deadlines, pledges
from domain.audit import DIBS, digest_of
from domain.cases import AWAITING, Case
from domain.posts import IncomingPost
from domain.replies import UNSTOPPABLE
from domain.x import same_words
from storage.outbox import Promise
from storage.store import Tx


def credit(tx: Tx, post: IncomingPost, stored: int, now: datetime) -> None:
    """A post of our own account: it answers a case when it replies to one of its posts (T19), else it is only kept."""
    answered = tx.posts.by_id(post.network, post.in_reply_to) if post.in_reply_to else None
    case = tx.cases.lock(answered.case_id) if answered and answered.case_id else None
    if answered is None or case is None:
        return
    tx.posts.attach(stored, case.id)
    tx.outbox.refresh_card(case.id, now)
    if not answered.ours and not _is_ours_underway(tx, case, post, now):
        _typed_natively(tx, case, post, now)


def _is_ours_underway(tx: Tx, case: Case, post: IncomingPost, now: datetime) -> bool:
    """Whether this is the reply we are just sending or looking for; an uncertain one is then known to be public."""
    if tx.replies.by_remote(post.post_id):
        return True
    reply = tx.replies.underway(case.id)
    if reply is None or reply.status not in UNSTOPPABLE or not same_words(reply.text, post.text):
        return False
    arrived(tx, case, reply.id, post.post_id, (post.created_at, now))
    return True


def arrived(tx: Tx, case: Case, reply_id: str, remote_id: str, moments: tuple[datetime, datetime]) -> bool:
    """The reply is public since moments[0], as we know at moments[1]; False when that was settled already."""
    public_at, now = moments
    reply = tx.replies.arrive(reply_id, remote_id, public_at)
    if reply is None:
        return False
    tx.cases.answered(case.id, AWAITING, public_at)
    deadlines.answered(tx, case, public_at, now)
    tx.audit.record(
        case.id, "reply_sent", reply.author, now, remote=remote_id, text=digest_of(reply.text), reply=reply.id
    )
    payload = {
        "says": "replied", "case": case.id, "by": reply.author, "text": reply.text, "at": public_at.isoformat(),
        "remote": remote_id, "found": reply.look_ups > 0,
    }  # fmt: skip
    tx.outbox.thread(Promise(now, payload, case.id, key=f"replied:{reply.id}"))
    pledges.public(tx, case, reply, moments)
    tell_watchers(tx, case, "answered", now)
    tx.outbox.refresh_card(case.id, now)
    return True


def tell_watchers(tx: Tx, case: Case, what: str, now: datetime) -> None:
    """A direct message to those who asked to hear of it, the holder excepted."""
    for person in tx.sides.watchers(case.id):
        if person != case.holder:
            tx.outbox.direct(person, Promise(now, {"says": "watch_news", "case": case.id, "what": what}, case.id))


def _typed_natively(tx: Tx, case: Case, post: IncomingPost, now: datetime) -> None:
    held = tx.replies.hold_queued(case.id, "Somebody answered on the network meanwhile, so nothing was sent.")
    tx.audit.record(
        case.id, "answered_natively", case.holder or DIBS, now, remote=post.post_id, text=digest_of(post.text),
        held=held.id if held else None,
    )  # fmt: skip
    if not case.live:
        tx.outbox.refresh_card(case.id, now)
        return
    tx.cases.answered(case.id, AWAITING, post.created_at)
    deadlines.answered(tx, case, post.created_at, now)
    payload = {"says": "answered_natively", "case": case.id, "holder": case.holder, "text": post.text, "url": post.url}
    tx.outbox.thread(Promise(now, payload, case.id, key=f"native:{post.post_id}"))
    tell_watchers(tx, case, "answered", now)
    tx.outbox.refresh_card(case.id, now)
