"""Opening a case: the row, its first entry, its card, and the word to the person an emergency names."""

from datetime import datetime, timedelta

from desk import deadlines
from desk.desk import Desk
from domain.audit import DIBS
from domain.cases import Case
from domain.deliveries import EMERGENCY as FIRST
from domain.deliveries import FRESH
from domain.posts import IncomingPost, StoredPost
from domain.triage import EMERGENCY, Judged, Placement
from storage.outbox import Promise
from storage.store import Tx

CARD_FIRST = timedelta(seconds=2)
"""An emergency's direct message waits this long for the card, so that it can lead there."""


def open_case(desk: Desk, tx: Tx, post: IncomingPost | StoredPost, placed: Placement, at: datetime) -> Case:
    """Open a case from its first post and promise its card."""
    case = tx.cases.open(post, placed, at)
    tx.audit.begin(case.id, "opened", DIBS, at, post=post.post_id, team=case.team, why=placed.why)
    deadlines.start(desk, tx, case, at)
    urgent = placed.severity == EMERGENCY
    tx.outbox.card(case.id, desk.channel_of(tx, case.team), at, FIRST if urgent else FRESH)
    if urgent:
        call_person(tx, case, post.text, at)
    return case


def put_away(tx: Tx, post: IncomingPost, said: Judged, at: datetime) -> Case:
    """Open a case that needs nobody, as far as triage can tell; the digest will tell of it."""
    case = tx.cases.open_dismissed(post, said.placement, at)
    tx.audit.begin(
        case.id, "put_away", DIBS, at, post=post.post_id, team=case.team, tier=said.tier, model=said.model,
        rules=said.rules, score=f"{said.complaint:.2f}",
    )  # fmt: skip
    return case


def call_person(tx: Tx, case: Case, text: str | None, at: datetime) -> None:
    """Tell the person the policy names for emergencies, once per case."""
    person = tx.directory.named(case.person or "")
    if person is None:
        return
    payload = {"says": "emergency", "case": case.id, "why": case.why, "summary": (text or "")[:300], "link": None}
    key = f"emergency:{case.id}"
    promise = Promise(at, payload, case.id, key=key, priority=FIRST, not_before=at + CARD_FIRST)
    tx.outbox.direct(person.slack_id, promise)
    tx.audit.record(case.id, "emergency_called", DIBS, at, person=person.slack_id)
