"""Judging: every post gets its verdict before anything is written, within two seconds, and never none."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread

from desk import amplification, rules
from desk.desk import Desk
from domain.amplification import Amplification
from domain.audit import digest_of
from domain.complaint import Layer
from domain.layers import layer_from
from domain.posts import IncomingPost
from domain.triage import FOUND, MENTION, Judged, broken, judged, source_of
from domain.verdicts import BROKEN, Facts, Triage
from storage.store import Tx

BUDGET = 2.0
"""Seconds a post may take; then it is a card, and a person reads it."""
SHORT = 16
Work = Callable[[], Judged]


@dataclass(frozen=True)
class Bench:
    """Who judges: triage made ready for a policy, and the versions of its model and its rules."""

    triage: Triage
    model: str
    rules: str


@dataclass
class _Hearing:
    """Work under way in a thread of its own; `over` tells it that nobody waits any more."""

    answers: SimpleQueue[Judged] = field(default_factory=SimpleQueue)
    over: Event = field(default_factory=Event)

    def hear(self, work: Sequence[Work], otherwise: Judged) -> None:
        for one in work:
            if self.over.is_set():
                return
            try:
                self.answers.put(one())
            except BROKEN:
                self.answers.put(otherwise)


def judge(desk: Desk, posts: Sequence[IncomingPost], watch: str, now: datetime) -> dict[str, Judged]:
    """The verdict on each post by its id; `watch` names where the posts were found."""
    theirs = [post for post in posts if post.author_handle.lower() != desk.account.lower()]
    if not theirs:
        return {}
    with desk.store.look() as tx:
        bench = bench_of(desk, tx)
        unanswered = tx.verdicts.unanswered({(post.network, post.author_id) for post in theirs if post.author_id}, now)
        far = amplification.of(tx, theirs, now)
    known = {post.post_id: (unanswered.get(post.author_id, 0), far[post.post_id]) for post in theirs}
    work = [_work(desk, bench, (post, watch), known[post.post_id]) for post in theirs]
    found = all_of(work, broken(desk.policy))
    return {post.post_id: one for post, one in zip(theirs, found, strict=True)}


def _work(desk: Desk, bench: Bench | None, found: tuple[IncomingPost, str], known: tuple[int, Amplification]) -> Work:
    (post, watch), (unanswered, far) = found, known
    source = source_of(post, desk.account)
    source = MENTION if source == FOUND and watch.endswith(":mentions") else source

    def work() -> Judged:
        if bench is None:
            return broken(desk.policy, source)
        facts = Facts(post.text, source != FOUND, post.language, unanswered, far)
        return judged(post, bench.triage.judge(facts), desk.policy, (source, bench.model, bench.rules))

    return work


def all_of(work: Sequence[Work], otherwise: Judged, budget: float = BUDGET) -> list[Judged]:
    """Every work's answer, in order; `otherwise` for one that breaks down or takes longer than its budget."""
    found: list[Judged] = []
    while len(found) < len(work):
        found += _some_of(work[len(found) :], otherwise, budget)
    return found


def _some_of(work: Sequence[Work], otherwise: Judged, budget: float) -> list[Judged]:
    """Answers up to the first that didn't come in time; a thread can't be stopped, so it is left behind."""
    hearing, found = _Hearing(), list[Judged]()
    Thread(target=hearing.hear, args=(work, otherwise), name="triage", daemon=True).start()
    for _ in work:
        try:
            found.append(hearing.answers.get(timeout=budget))
        except Empty:
            hearing.over.set()
            return [*found, otherwise]
    return found


def bench_of(desk: Desk, tx: Tx) -> Bench | None:
    """The bench for rules and layer as they are now; None when none can be made, and then every post is a card."""
    basis, version = tx.lessons.live_basis(), tx.rules.version()

    def made() -> Bench | None:
        try:
            return _bench(desk, tx, basis, version)
        except BROKEN:
            return None

    bench: Bench | None = desk.bench.at((basis, version), made)
    return bench


def _bench(desk: Desk, tx: Tx, basis: str, version: object) -> Bench:
    triage = Triage(desk.policy, rules.rule_set(desk, tx), layer=_layer(tx) if basis else None)
    parts = {"team", "emergency", "rule", "triage"}
    policy = desk.policy.model_dump(mode="json", include=parts, exclude_defaults=True)
    model = triage.revision + (f"+{basis[:SHORT]}" if basis else "")
    return Bench(triage, model, digest_of(json.dumps([policy, str(version)], sort_keys=True))[:SHORT])


def _layer(tx: Tx) -> Layer | None:
    row = tx.lessons.live_layer()
    return layer_from(row.body) if row else None
