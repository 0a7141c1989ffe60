"""Lessons: what a colleague's correction says of a post, and for how long it can be taken back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NOT_ONE, IS_ONE, TEAM, WORSE = "not_one", "is_one", "team", "worse"
"""Not a complaint · it is one · whose it is · how bad it is."""
UNDO_FOR = timedelta(minutes=10)
LABELS = {NOT_ONE: 0.0, IS_ONE: 1.0, TEAM: 1.0, WORSE: 1.0}
"""What each says of whether the post complains: nobody passes praise on to another team or calls it urgent."""


@dataclass(frozen=True)
class Lesson:
    """A correction: `value` is what it should have been, `old` what it was; `undone_at` when it was taken back."""

    id: int
    post: int
    case_id: int
    kind: str
    value: str
    old: str
    staff: str
    at: datetime
    undone_at: datetime | None = None


def can_undo(lesson: Lesson | None, now: datetime) -> bool:
    """Whether it can still be taken back."""
    return lesson is not None and lesson.undone_at is None and now - lesson.at <= UNDO_FOR


_OTHER_WAY = {
    NOT_ONE: "Reopen on its card brings it back.",
    IS_ONE: "Not a complaint on its card puts it away.",
    TEAM: "Wrong team on its card passes it on.",
    WORSE: "It stays as urgent as it is until it is resolved.",
}


def too_late(lesson: Lesson) -> str:
    """Why it can't be taken back any more, and what can be done instead."""
    if lesson.undone_at is not None:
        return "This has been taken back already."
    return f"The ten minutes in which this could be taken back are over. {_OTHER_WAY.get(lesson.kind, '')}".strip()


def labels(taught: Iterable[tuple[Lesson, str | None]], found: Collection[int] = ()) -> list[tuple[str, float, bool]]:
    """Each post's text, whether it complains by the last lesson about it, and whether it was addressed to us.

    `found` are the posts a search found. Forgotten texts teach nothing.
    """
    latest = {lesson.post: (text, LABELS[lesson.kind]) for lesson, text in taught if lesson.kind in LABELS}
    return [(text, label, post not in found) for post, (text, label) in latest.items() if text]


def teams(
    taught: Iterable[tuple[Lesson, str | None]], answered: Iterable[tuple[int, str, str]]
) -> list[tuple[str, str]]:
    """Texts with the team whose they were: who answered, unless a colleague passed that very post on later."""
    whose = {post: (text, team) for post, text, team in answered}
    whose |= {lesson.post: (text, lesson.value) for lesson, text in taught if lesson.kind == TEAM and text}
    return list(whose.values())
