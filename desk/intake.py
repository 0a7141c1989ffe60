"""Intake: what a network gave us becomes cases, each post once, and the cursor moves in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desk import amplification, deadlines, judging, likeness, rescue, rules, spikes
from desk.desk import Desk
from desk.native import credit
from desk.opening import call_person, open_case, put_away
from desk.rotas import on_call
from domain.amplification import has_spread
from domain.audit import DIBS
from domain.cases import DISMISSED, OPEN, Case, Joining, after_post, joining
from domain.deliveries import EMERGENCY as FIRST
from domain.deliveries import FRESH, REPAINT
from domain.errors import NotAllowed
from domain.posts import IncomingPost
from domain.staff import may
from domain.triage import ARCHIVE, EMERGENCY, Judged, broken, is_sampled
from domain.x import reply_option
from storage.outbox import Promise
from storage.store import Tx


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


@dataclass
class _Round:
    """What a batch is taken in with: the verdicts by post, and what was heard so far."""

    said: Mapping[str, Judged]
    heard: list[spikes.Heard] = field(default_factory=list)


def store(desk: Desk, posts: Sequence[IncomingPost], source: Source, now: datetime) -> Taken:
    """Store a batch, oldest first, each post exactly once, and advance the source's cursor."""
    tally = {"stored": 0, "known": 0, "edited": 0}
    batch = _Round(judging.judge(desk, posts, source.name, now))
    with desk.store.begin() as tx:
        for post in sorted(posts, key=lambda post: (post.created_at, post.post_id)):
            tally[_store_one(desk, tx, post, now, batch)] += 1
        spikes.count(desk, tx, batch.heard, now)
        _forget(desk, tx, now)
        if source.newest is not None:
            tx.ledger.advance(source.name, source.newest, now)
        if not source.complete:
            _report_gap(desk, tx, source, now)
    return Taken(**tally)


def _forget(desk: Desk, tx: Tx, now: datetime) -> None:
    """Let go of what is kept to be compared and counted, so many rows at a time."""
    likeness.forget(tx, now)
    rules.forget(tx, now)
    spikes.forget(desk, tx, now)


def _store_one(desk: Desk, tx: Tx, post: IncomingPost, now: datetime, batch: _Round) -> str:
    ours = post.author_handle.lower() == desk.account.lower()
    option = reply_option(post, desk.account)
    stored = tx.posts.store(post, option, ours=ours, at=now)
    said = batch.said.get(post.post_id) or broken(desk.policy)
    if stored is None:
        return _known(desk, tx, (post, said), now)
    if ours:
        credit(tx, post, stored, now)
    else:
        batch.heard.append((_take_in(desk, tx, (post, said), stored, now).team, post))
    return "stored"


def _take_in(desk: Desk, tx: Tx, wrote: tuple[IncomingPost, Judged], stored: int, now: datetime) -> Case:
    post, said = wrote
    found = _joining(desk, tx, post)
    drawn = likeness.remember(tx, post, stored)
    if found.case is not None:
        tx.posts.attach(stored, found.case.id)
        _join(desk, tx, wrote, found, now)
        case = found.case
    elif said.put_away:
        case = put_away(tx, post, said, now)
        tx.posts.attach(stored, case.id)
    else:
        case = open_case(desk, tx, post, said.placement, now)
        tx.posts.attach(stored, case.id)
        likeness.link(tx, post, drawn, case, now)
    _keep(tx, (post, said), (stored, case.id), now, put_away=found.case is None and said.put_away)
    return case


def _keep(tx: Tx, wrote: tuple[IncomingPost, Judged], where: tuple[int, int], now: datetime, *, put_away: bool) -> None:
    """Keep the verdict, and which rules matched; `where` is the post's row and its case."""
    (post, said), (stored, case_id) = wrote, where
    listed = put_away and (said.tier != ARCHIVE or is_sampled(post.first_id))
    tx.verdicts.keep(stored, said, (put_away, listed), now)
    rules.noted(tx, said.ruling, stored, case_id, now)


def _joining(desk: Desk, tx: Tx, post: IncomingPost) -> Joining:
    candidates = tx.cases.candidates(post)
    found = joining(post, candidates, desk.policy.cases)
    return found if found.case is not None else Joining(likeness.said_before(tx, post, candidates))


def _join(desk: Desk, tx: Tx, wrote: tuple[IncomingPost, Judged], found: Joining, now: datetime) -> None:
    post, said = wrote
    before = found.case
    if before is None:
        return
    status = after_post(before, reopens=found.reopens, holder_eligible=_holder_eligible(desk, tx, before, now))
    case = tx.cases.posted(before, post, said.placement, status) or before
    act = "reopened_by_customer" if found.reopens else "customer_wrote"
    tx.audit.record(case.id, act, DIBS, now, post=post.post_id, status=case.status)
    deadlines.customer_wrote(desk, tx, (before, case), (post.created_at, now))
    if case.severity == EMERGENCY and before.severity != EMERGENCY:
        call_person(tx, case, post.text, now)
    if likeness.only_repeats(tx, post, before, case):
        tx.outbox.refresh_card(case.id, now)
    else:
        _call_for_somebody(desk, tx, before, case, now)


def _holder_eligible(desk: Desk, tx: Tx, case: Case, now: datetime) -> bool:
    if case.holder is None:
        return False
    try:
        may(tx.directory.actor(case.holder, desk.channel_of(tx, case.team)), "claim", case)
    except NotAllowed:
        return False
    return on_shift(desk, tx, case, now)


def on_shift(desk: Desk, tx: Tx, case: Case, now: datetime) -> bool:
    """Whether its holder can be expected to look: in the team's hours, or while the rota names them."""
    if not desk.has_sla(case.team) or desk.is_open(case.team, now):
        return True
    known, crew = tx.directory.get(case.holder or ""), on_call(desk, tx, case.team, now)
    return known is not None and known.name in (crew.primary, crew.backup)


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


def _known(desk: Desk, tx: Tx, wrote: tuple[IncomingPost, Judged], now: datetime) -> str:
    post, said = wrote
    amplification.spread(desk, tx, wrote, now)
    edited = tx.posts.edit(post)
    if edited is None:
        return "known"
    stored, case_id = edited
    tx.audit.record(case_id, "post_edited", DIBS, now, post=post.post_id)
    tx.verdicts.change(stored, said)
    likeness.redraw(tx, post, stored)
    case = tx.cases.get(case_id)
    if case is not None:
        _edited(desk, tx, case, wrote, now)
    tx.outbox.refresh_card(case_id, now)
    return "edited"


def _edited(desk: Desk, tx: Tx, case: Case, wrote: tuple[IncomingPost, Judged], now: datetime) -> None:
    """What an edit changes: what was put away may be a complaint now, and any case may be an emergency."""
    _, said = wrote
    if case.status == DISMISSED and not said.put_away and rescue.was_put_away(tx, case):
        rescue.bring_back(desk, tx, case, DIBS, now)
        case = tx.cases.get(case.id) or case
    if said.placement.severity == EMERGENCY and case.severity != EMERGENCY:
        _became_emergency(desk, tx, case, wrote, now)


def _became_emergency(desk: Desk, tx: Tx, before: Case, edited: tuple[IncomingPost, Judged], now: datetime) -> None:
    """An edit made it one: it comes first, its person is called, and what had ended is open again."""
    post, said = edited
    status = after_post(before, reopens=not before.live, holder_eligible=_holder_eligible(desk, tx, before, now))
    case = tx.cases.posted(before, post, said.placement, status) or before
    deadlines.customer_wrote(desk, tx, (before, case), (now, now))
    call_person(tx, case, post.text, now)
    _call_for_somebody(desk, tx, before, case, now)


def _report_gap(desk: Desk, tx: Tx, source: Source, now: datetime) -> None:
    payload = {"says": "sources_gap", "source": source.name, "to": now.isoformat()}
    tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, key=f"gap:{source.name}:{now:%Y-%m-%dT%H}"))


def cursor(desk: Desk, source: str) -> datetime | None:
    """Up to when the source has been read."""
    with desk.store.look() as tx:
        newest = tx.ledger.cursor(source)
    return datetime.fromisoformat(newest) if newest else None


def news(desk: Desk, posts: Sequence[IncomingPost]) -> list[IncomingPost]:
    """Those we don't have yet in this version or so far spread; overlapping polls bring the others again and again."""
    with desk.store.look() as tx:
        known = tx.posts.versions({post.first_id for post in posts})
        seen = {first_id: one.seen.carried for first_id, one in amplification.last_seen(tx, posts).items()}
    fresh = {post.post_id for post in posts if known.get((post.network, post.first_id)) != post.post_id}
    spread = {post.post_id for post in posts if post.first_id in seen and has_spread(seen[post.first_id], post.carried)}
    return [post for post in posts if post.post_id in fresh | spread]
