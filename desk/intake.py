"""Intake: what a network gave us becomes cases, each post once, and the cursor moves in the same transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk import deadlines, likeness, spikes
from desk.desk import Desk
from desk.native import credit
from desk.opening import call_person, open_case
from domain.audit import DIBS
from domain.cases import OPEN, Case, Joining, after_post, joining
from domain.deliveries import EMERGENCY as FIRST
from domain.deliveries import FRESH, REPAINT
from domain.errors import NotAllowed
from domain.posts import IncomingPost
from domain.staff import may
from domain.triage import EMERGENCY, Verdict, failed, judge
from domain.x import reply_option
from storage.outbox import Promise
from storage.store import Tx

Judge = Callable[[str], Verdict]


@dataclass(frozen=True)
class Taken:
    """What became of a batch: stored for the first time, known before, edited."""

    stored: int
    known: int
    edited: int


@dataclass(frozen=True)
class Source:
    """Where a batch came from, and how far it has been read once the batch is stored."""

    name: str
    newest: str | None
    complete: bool = True


def store(desk: Desk, posts: Sequence[IncomingPost], source: Source, now: datetime) -> Taken:
    """Store a batch, oldest first, each post exactly once, and advance the source's cursor."""
    tally = {"stored": 0, "known": 0, "edited": 0}
    with desk.store.begin() as tx:
        heard: list[spikes.Heard] = []
        for post in sorted(posts, key=lambda post: (post.created_at, post.post_id)):
            tally[_store_one(desk, tx, post, now, heard)] += 1
        spikes.count(desk, tx, heard, now)
        likeness.forget(tx, now)
        if source.newest is not None:
            tx.ledger.advance(source.name, source.newest, now)
        if not source.complete:
            _report_gap(desk, tx, source, now)
    return Taken(**tally)


def _store_one(desk: Desk, tx: Tx, post: IncomingPost, now: datetime, heard: list[spikes.Heard]) -> str:
    ours = post.author_handle.lower() == desk.account.lower()
    option = reply_option(post, desk.account)
    stored = tx.posts.store(post, option, ours=ours, at=now)
    if stored is None:
        return _known(desk, tx, post, now)
    if ours:
        credit(tx, post, stored, now)
    else:
        heard.append((_take_in(desk, tx, post, stored, now).team, post))
    return "stored"


def _take_in(desk: Desk, tx: Tx, post: IncomingPost, stored: int, now: datetime) -> Case:
    verdict = _judge(desk, post)
    found = _joining(desk, tx, post)
    drawn = likeness.remember(tx, post, stored)
    if found.case is not None:
        tx.posts.attach(stored, found.case.id)
        _join(desk, tx, (post, verdict), found, now)
        return found.case
    case = open_case(desk, tx, post, verdict, now)
    tx.posts.attach(stored, case.id)
    likeness.link(tx, post, drawn, case, now)
    return case


def _joining(desk: Desk, tx: Tx, post: IncomingPost) -> Joining:
    candidates = tx.cases.candidates(post)
    found = joining(post, candidates, desk.policy.cases)
    return found if found.case is not None else Joining(likeness.said_before(tx, post, candidates))


def _judge(desk: Desk, post: IncomingPost) -> Verdict:
    try:
        return judge(post.text, desk.policy)
    except (ValueError, RuntimeError, LookupError):
        return failed(desk.policy)


def _join(desk: Desk, tx: Tx, wrote: tuple[IncomingPost, Verdict], found: Joining, now: datetime) -> None:
    post, verdict = wrote
    before = found.case
    if before is None:
        return
    status = after_post(before, reopens=found.reopens, holder_eligible=_holder_eligible(desk, tx, before))
    case = tx.cases.posted(before, post, verdict, status) or before
    act = "reopened_by_customer" if found.reopens else "customer_wrote"
    tx.audit.record(case.id, act, DIBS, now, post=post.post_id, status=case.status)
    deadlines.customer_wrote(desk, tx, (before, case), (post.created_at, now))
    if case.severity == EMERGENCY and before.severity != EMERGENCY:
        call_person(tx, case, post.text, now)
    if likeness.only_repeats(tx, post, before, case):
        tx.outbox.refresh_card(case.id, now)
    else:
        _call_for_somebody(desk, tx, before, case, now)


def _holder_eligible(desk: Desk, tx: Tx, case: Case) -> bool:
    if case.holder is None:
        return False
    try:
        may(tx.directory.actor(case.holder, desk.channel_of(tx, case.team)), "claim", case)
    except NotAllowed:
        return False
    return True


def _call_for_somebody(desk: Desk, tx: Tx, before: Case, case: Case, now: datetime) -> None:
    """Edits alert nobody: the holder is named in the thread; without one the card comes anew (rule 14)."""
    rises = case.severity == EMERGENCY and before.severity != EMERGENCY
    if case.holder is not None:
        tx.outbox.refresh_card(case.id, now)
        tx.outbox.thread(Promise(now, {"says": "wrote_again", "holder": case.holder, "case": case.id}, case.id))
    elif rises or before.status != OPEN:
        tx.outbox.repost_card(case.id, desk.channel_of(tx, case.team), now, FIRST if rises else FRESH)
    else:
        tx.outbox.refresh_card(case.id, now, REPAINT)


def _known(desk: Desk, tx: Tx, post: IncomingPost, now: datetime) -> str:
    case_id = tx.posts.edit(post)
    if case_id is None:
        return "known"
    tx.audit.record(case_id, "post_edited", DIBS, now, post=post.post_id)
    case = tx.cases.get(case_id)
    verdict = _judge(desk, post)
    if case is not None and verdict.severity == EMERGENCY and case.severity != EMERGENCY:
        _became_emergency(desk, tx, case, (post, verdict), now)
    tx.outbox.refresh_card(case_id, now)
    return "edited"


def _became_emergency(desk: Desk, tx: Tx, before: Case, edited: tuple[IncomingPost, Verdict], now: datetime) -> None:
    """An edit made it one: it comes first, its person is called, and what had ended is open again."""
    status = after_post(before, reopens=not before.live, holder_eligible=_holder_eligible(desk, tx, before))
    case = tx.cases.posted(before, *edited, status) or before
    deadlines.customer_wrote(desk, tx, (before, case), (now, now))
    call_person(tx, case, edited[0].text, now)
    _call_for_somebody(desk, tx, before, case, now)


def _report_gap(desk: Desk, tx: Tx, source: Source, now: datetime) -> None:
    payload = {"says": "sources_gap", "source": source.name, "to": now.isoformat()}
    tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, key=f"gap:{source.name}:{now:%Y-%m-%dT%H}"))


def cursor(desk: Desk, source: str) -> datetime | None:
    """Up to when the source has been read."""
    with desk.store.look() as tx:
        newest = tx.ledger.cursor(source)
    return datetime.fromisoformat(newest) if newest else None


def unknown(desk: Desk, posts: Sequence[IncomingPost]) -> list[IncomingPost]:
    """Those we don't have yet in this version; overlapping polls bring the others again and again."""
    with desk.store.look() as tx:
        known = tx.posts.versions({post.first_id for post in posts})
    return [post for post in posts if known.get((post.network, post.first_id)) != post.post_id]
