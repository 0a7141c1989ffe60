"""Replies on their way to customers: one underway per case, leased while an attempt runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select, update

from domain.replies import (
    CANCELLED,
    DRAFT,
    FAILED,
    NEEDS_HUMAN,
    QUEUED,
    SENDING,
    SENT,
    UNCERTAIN,
    UNDERWAY,
    UNSTOPPABLE,
    Reply,
)
from storage.schema import replies
from storage.scope import Rows, b, insert_once

_DRAFT = insert_once(replies, "id")
_GET = select(replies).where(replies.c.id == b("id"))
_OPEN_DRAFT = (
    select(replies)
    .where(replies.c.case_id == b("case"), replies.c.author == b("author"), replies.c.status == DRAFT)
    .order_by(replies.c.created_at.desc())
    .limit(1)
)
_BEGUN = (
    select(replies)
    .where(replies.c.case_id == b("case"), replies.c.author != b("author"), replies.c.status == DRAFT)
    .where(replies.c.text != "")
    .order_by(replies.c.created_at, replies.c.id)
)
_SAVE = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status == DRAFT, replies.c.author == b("author"))
    .values(text=b("text"))
    .returning(replies.c.id)
)
_SHOW = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status == DRAFT)
    .values(epoch=b("epoch"), seen=b("seen"), target=b("target"), failure=None)
)
_CONFIRM = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status == DRAFT, replies.c.author == b("author"))
    .values(
        text=b("text"), status=QUEUED, not_before=b("at"), failure=None,
    )
    .returning(replies)
)  # fmt: skip
_UNDERWAY = select(replies).where(replies.c.case_id == b("case"), replies.c.status.in_(UNDERWAY))
_LATEST = (
    select(replies)
    .where(replies.c.case_id == b("case"), replies.c.status.not_in((DRAFT, CANCELLED)))
    .order_by(replies.c.created_at.desc())
    .limit(1)
)
_SENT = select(replies.c.text).where(replies.c.case_id == b("case"), replies.c.status == SENT)
_DUE = (
    select(replies)
    .where(replies.c.not_before <= b("now"), replies.c.status.in_((QUEUED, UNCERTAIN, SENDING)))
    .where(or_(replies.c.lease_until.is_(None), replies.c.lease_until <= b("machine_now")))
    .order_by(replies.c.not_before)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(replies.c.not_before)).where(replies.c.not_before.is_not(None))
_TAKE = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status == QUEUED)
    .values(
        status=SENDING, attempts=replies.c.attempts + 1, look_ups=0, attempted_at=b("now"), lease_until=b("lease"),
    )
    .returning(replies)
)  # fmt: skip
_LEASE = update(replies).where(replies.c.id == b("id")).values(lease_until=b("lease"))
_SETTLE = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status.in_((SENDING, UNCERTAIN)))
    .values(
        status=b("status"), not_before=b("not_before"), lease_until=None, failure=b("failure"), look_ups=b("look_ups")
    )
    .returning(replies)
)
_HOLD = (
    update(replies)
    .where(replies.c.case_id == b("case"), replies.c.status == QUEUED)
    .values(status=DRAFT, not_before=None, lease_until=None, failure=b("why"))
    .returning(replies)
)
_ARRIVE = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status.in_((SENDING, UNCERTAIN, NEEDS_HUMAN)))
    .values(status=SENT, remote_id=b("remote"), sent_at=b("at"), not_before=None, lease_until=None, failure=None)
    .returning(replies)
)
_BACK_TO_DRAFT = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status.in_((QUEUED, FAILED)))
    .values(status=DRAFT, not_before=None, lease_until=None, failure=b("why"))
    .returning(replies)
)
_DECIDE = (
    update(replies)
    .where(replies.c.id == b("id"), replies.c.status == NEEDS_HUMAN)
    .values(status=b("status"), not_before=b("not_before"))
    .returning(replies)
)
_BY_REMOTE = select(replies).where(replies.c.remote_id == b("remote"))
_FIELDS = tuple(Reply.__dataclass_fields__)


def _reply(row: Row[Any]) -> Reply:
    at = row._mapping
    return Reply(**{name: at[name] for name in _FIELDS})


class Replies(Rows):
    """Statements on replies. A change answers the reply as it is now, or None when its guard didn't hold."""

    def draft(self, reply: Reply) -> None:
        """Keep a draft under the id its modal carries; a second delivery of the same changes nothing."""
        values = {name: getattr(reply, name) for name in _FIELDS}
        self._insert(_DRAFT, **values)

    def get(self, reply_id: str) -> Reply | None:
        """The reply."""
        return self._maybe(_GET, v_id=reply_id)

    def draft_of(self, case_id: int, author: str) -> Reply | None:
        """This person's newest unsent draft in the case."""
        return self._maybe(_OPEN_DRAFT, v_case=case_id, v_author=author)

    def begun_by_others(self, case_id: int, author: str) -> list[Reply]:
        """What others have begun to write in the case and not sent, oldest first."""
        return [_reply(row) for row in self._all(_BEGUN, v_case=case_id, v_author=author)]

    def save(self, reply_id: str, author: str, text: str) -> bool:
        """Keep what has been typed so far."""
        return self._one(_SAVE, v_id=reply_id, v_author=author, v_text=text) is not None

    def show(self, draft: Reply) -> None:
        """Note what its author has in front of them now: epoch, target and the newest post."""
        self._run(_SHOW, v_id=draft.id, v_epoch=draft.epoch, v_seen=draft.seen, v_target=draft.target)

    def confirm(self, reply: Reply, at: datetime) -> Reply | None:
        """Queue a draft with the text its author confirmed."""
        return self._maybe(
            _CONFIRM,
            v_id=reply.id,
            v_author=reply.author,
            v_text=reply.text,
            v_at=at,
        )

    def underway(self, case_id: int) -> Reply | None:
        """The one reply that is queued, sending, uncertain or waiting for a person."""
        return self._maybe(_UNDERWAY, v_case=case_id)

    def unstoppable(self, case_id: int) -> Reply | None:
        """The reply that may be public already."""
        reply = self.underway(case_id)
        return reply if reply and reply.status in UNSTOPPABLE else None

    def latest(self, case_id: int) -> Reply | None:
        """The newest reply that somebody confirmed."""
        return self._maybe(_LATEST, v_case=case_id)

    def said(self, case_id: int) -> list[str]:
        """What went out in this case through us, whether or not our own timeline has shown it yet."""
        return [row[0] for row in self._all(_SENT, v_case=case_id)]

    def due(self, now: datetime, machine_now: datetime) -> Reply | None:
        """The next reply to send, to look up, or whose attempt's lease has run out; locked."""
        return self._maybe(_DUE, v_now=now, v_machine_now=machine_now)

    def next_at(self) -> datetime | None:
        """When the next reply is due."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def take(self, reply_id: str, now: datetime, lease_until: datetime) -> Reply | None:
        """Start an attempt: from here on its outcome is unknown until it is settled."""
        return self._maybe(_TAKE, v_id=reply_id, v_now=now, v_lease=lease_until)

    def lease(self, reply_id: str, lease_until: datetime) -> None:
        """Keep others away while we look it up."""
        self._run(_LEASE, v_id=reply_id, v_lease=lease_until)

    def settle(self, reply: Reply, status: str, not_before: datetime | None = None) -> Reply | None:
        """Write down how an attempt or a look-up ended; failure and look-ups come from `reply`."""
        return self._maybe(
            _SETTLE,
            v_id=reply.id,
            v_status=status,
            v_not_before=not_before,
            v_failure=reply.failure,
            v_look_ups=reply.look_ups,
        )

    def hold_queued(self, case_id: int, why: str) -> Reply | None:
        """Give what has not started back to its author as a draft; impossible once it is sending."""
        return self._maybe(_HOLD, v_case=case_id, v_why=why)

    def arrive(self, reply_id: str, remote_id: str, at: datetime) -> Reply | None:
        """It is public under this id since `at`; None when that was settled already."""
        return self._maybe(_ARRIVE, v_id=reply_id, v_remote=remote_id, v_at=at)

    def back_to_draft(self, reply_id: str, why: str) -> Reply | None:
        """Give it back to its author, text and all."""
        return self._maybe(_BACK_TO_DRAFT, v_id=reply_id, v_why=why)

    def decide(self, reply_id: str, status: str, not_before: datetime | None) -> Reply | None:
        """A person said that an uncertain reply is not public: send it again, or drop it."""
        return self._maybe(_DECIDE, v_id=reply_id, v_status=status, v_not_before=not_before)

    def by_remote(self, remote_id: str) -> Reply | None:
        """The reply that became this public post."""
        return self._maybe(_BY_REMOTE, v_remote=remote_id)

    def _maybe(self, statement: Any, **values: Any) -> Reply | None:
        row = self._one(statement, **values)
        return _reply(row) if row else None
