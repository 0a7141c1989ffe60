"""Learning: corrections become the workspace's own layer, at most once an hour, and terms that are suggested."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desk.desk import Desk
from domain.audit import digest_of
from domain.champion import judged_better
from domain.layers import Labelled, labelled, layer_from, layer_of, written
from domain.lessons import IS_ONE, TEAM, labels
from domain.shipped import shipped
from domain.suggestions import Suggestion, suggested
from storage.outbox import Promise
from storage.store import Tx

EVERY = timedelta(hours=1)
FEWEST = 20
"""Lessons below which nothing is learnt: a handful of presses would swing everything."""
LATEST = 300
"""Posts colleagues judged last, on which a new layer has to hold its own."""
PAST = 5_000
"""Stored posts a suggested term is tried on."""
LOOKED = "learning:looked"


def tick(desk: Desk, now: datetime) -> bool:
    """Learn anew if corrections changed since the last time, and an hour has passed; whether it did."""
    with desk.store.look() as tx:
        looked = tx.ledger.cursor(LOOKED)
        if looked and now - datetime.fromisoformat(looked) < EVERY:
            return False
        given, *_ = tx.lessons.changed()
    if not given:
        return False
    _learn(desk, now)
    _suggest(desk, now)
    return True


def _learn(desk: Desk, now: datetime) -> None:
    """The same lessons over the same weights give the same layer; it is kept under a digest of both."""
    with desk.store.look() as tx:
        taught = labels(tx.lessons.standing())
        champion = tx.lessons.live_layer()
    basis = digest_of(repr((shipped().revision, taught)))
    posts = [labelled(text, label) for text, label in taught]
    made = _made(posts, champion) if champion is None or champion.basis != basis else None
    with desk.store.begin() as tx:
        tx.ledger.advance(LOOKED, now.isoformat(), now)
        if made is not None:
            body, live, figures = made
            tx.lessons.put_layer(basis, body, (live, figures), now)


def _made(posts: list[Labelled], champion: Any) -> tuple[str, bool, Mapping[str, Any]] | None:
    """A layer of these posts, and whether it may take the champion's place; None of too few."""
    if len(posts) < FEWEST or len({post.label for post in posts}) < 2:
        return None
    challenger = layer_of(posts)
    before = layer_from(champion.body) if champion is not None else None
    live, figures = judged_better(posts[-LATEST:], before)
    return written(challenger), live, {"posts": len(posts), **figures}


def suggestions(desk: Desk, person: str) -> dict[str, Any]:
    """What corrections suggest, for a colleague who asks."""
    with desk.store.look() as tx:
        known = tx.directory.get(person)
        found = _found(desk, tx) if known is not None and known.active else []
    return _payload(found)


def _suggest(desk: Desk, now: datetime) -> None:
    """Once a week, to the people who run Dibs; nothing when there is nothing."""
    year, week, _ = now.isocalendar()
    with desk.store.look() as tx:
        found = _found(desk, tx)
    if found:
        with desk.store.begin() as tx:
            promise = Promise(now, _payload(found), key=f"suggestions:{year}-{week}")
            tx.outbox.channel(desk.ops_channel(tx), promise)


def _payload(found: list[Suggestion]) -> dict[str, Any]:
    return {"says": "suggestions", "rows": [vars(one) for one in found]}


def _found(desk: Desk, tx: Tx) -> list[Suggestion]:
    taught = []
    for lesson, text in tx.lessons.standing():
        case = tx.cases.get(lesson.case_id) if lesson.kind in (TEAM, IS_ONE) and text else None
        if case is not None and text:
            taught.append((lesson, text, lesson.value if lesson.kind == TEAM else case.team))
    known = {term for team in desk.policy.team.values() for term in team.terms}
    return suggested(taught, tx.lessons.past(PAST), {*known, desk.account, desk.policy.brand.name}) if taught else []
