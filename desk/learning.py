"""Learning: corrections and answers become the workspace's own layer, at most once an hour; and suggested terms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desk.desk import Desk
from domain import sorting
from domain.audit import digest_of
from domain.champion import does_no_harm
from domain.complaint import Layer
from domain.layers import Labelled, labelled, layer_of, written
from domain.lessons import IS_ONE, TEAM, labels, teams
from domain.shipped import shipped
from domain.sorting import Sorted, does_better
from domain.suggestions import Suggestion, suggested
from domain.verdicts import Triage
from storage.outbox import Promise
from storage.store import Tx

EVERY = timedelta(hours=1)
FEWEST = 40
"""Lessons below which nothing is learnt: a handful of presses would swing everything."""
LATEST = 300
"""Posts colleagues judged last, on which a new layer has to hold its own."""
MOST = 2_000
"""Posts it learns from at most, the latest: an hour's learning stays within seconds."""
PAST = 5_000
"""Stored posts a suggested term is tried on."""
LOOKED, IN_VAIN = "learning:looked", "learning:in-vain"
"""Cursors: when it was looked for something new, and the digest of what taught nothing worth keeping."""


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
    """The same lessons over the same weights and terms give the same layer; it is kept under a digest of all.

    What taught nothing worth keeping isn't gone through again either, until something changes.
    """
    with desk.store.look() as tx:
        standing = tx.lessons.standing()
        taught = labels(standing, tx.lessons.found())[-MOST:]
        whose = teams(standing, tx.lessons.answered(MOST))[-MOST:]
        live, in_vain = tx.lessons.live_basis(), tx.ledger.cursor(IN_VAIN)
    terms = [(key, team.default, team.terms) for key, team in desk.policy.team.items()]
    basis = digest_of(repr((shipped().revision, terms, taught, whose)))
    made = None if basis in (live, in_vain) else _made(desk, taught, whose)
    with desk.store.begin() as tx:
        tx.ledger.advance(LOOKED, now.isoformat(), now)
        if made is not None and (live or made[1]["live"]):
            tx.lessons.put_layer(basis, *made, now)
        elif made is not None:
            tx.ledger.advance(IN_VAIN, basis, now)


def _made(
    desk: Desk, taught: Sequence[tuple[str, float, bool]], whose: Sequence[tuple[str, str]]
) -> tuple[str, dict[str, Any]]:
    """A layer of these posts and how it did; the parts that would do harm are left out."""
    triage = Triage(desk.policy)
    judging, figures = _of_complaints([labelled(text, label, addressed=ours) for text, label, ours in taught])
    places, sorted_figures = _of_teams([triage.sorted_by(text, team) for text, team in whose])
    live = figures.pop("live") or bool(places)
    return written(replace(judging, teams=places)), {"live": live, **figures, **sorted_figures}


def _of_complaints(posts: Sequence[Labelled]) -> tuple[Layer, dict[str, Any]]:
    if len(posts) < FEWEST or len({post.label for post in posts}) < 2:
        return Layer(), {"posts": len(posts), "live": False}
    better, figures = does_no_harm(posts[-LATEST:])
    return layer_of(posts) if better else Layer(), {"posts": len(posts), "live": better, **figures}


def _of_teams(posts: Sequence[Sorted]) -> tuple[dict[str, dict[int, float]], dict[str, float]]:
    """What posts teach of the teams there are; one of a team that is gone would teach that it is nobody's."""
    known = [post for post in posts if post.team in post.fits]
    better, figures = does_better(known[-LATEST:])
    return sorting.taught(known) if better else {}, figures


def suggestions(desk: Desk, person: str) -> dict[str, Any]:
    """What corrections suggest, for a colleague who asks."""
    with desk.store.look() as tx:
        known = tx.directory.get(person)
        found = _found(desk, tx) if known is not None and known.active else []
    return _payload(found)


def _suggest(desk: Desk, now: datetime) -> None:
    """Once a week, to the people who run Dibs; nothing when there is nothing."""
    year, week, _ = now.isocalendar()
    key = f"suggestions:{year}-{week}"
    with desk.store.look() as tx:
        found = _found(desk, tx) if tx.outbox.message(key) is None else []
    if found:
        with desk.store.begin() as tx:
            tx.outbox.channel(desk.ops_channel(tx), Promise(now, _payload(found), key=key))


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
