"""Sheets: everything a view needs to draw one thing, gathered in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.amplification import Amplification
from domain.audit import Entry
from domain.cases import Case
from domain.deadlines import Deadline, Tending
from domain.lessons import Lesson
from domain.likeness import repeats
from domain.posts import StoredPost
from domain.promises import Pledge
from domain.replies import Reply
from domain.sides import Note, Offer
from domain.triage import Kept
from domain.x import Length

VOICES_NAMED = 5
"""How many of the other cases that say the same a card names."""


@dataclass(frozen=True)
class CardSheet:
    """A case as its card shows it. `posts` is the whole conversation, oldest first, ours included.

    `person` is the Slack id an emergency names. `reply` is the newest reply somebody confirmed. `network_page` is the
    address X's own pages start with. `verdict` is what brought the case here. `voices` are the other cases that say the
    same, oldest first, and `voice_links` lead to the cards of the first few. `far` is how far the verdict's post
    carries, where somebody asks why the case is here.
    """

    case: Case
    posts: tuple[StoredPost, ...]
    account: str
    network_page: str
    reply: Reply | None = None
    person: str | None = None
    offer: Offer | None = None
    watchers: int = 0
    voices: tuple[int, ...] = ()
    voice_links: Mapping[int, str] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    tending: Tending | None = None
    verdict: Kept | None = None
    far: Amplification | None = None

    @property
    def newest(self) -> StoredPost:
        """The customer's newest post."""
        return [post for post in self.posts if not post.ours][-1]

    @property
    def repeats(self) -> int:
        """How many of the customer's earlier posts the newest says again in nearly the same words."""
        return repeats([post.text for post in self.posts if not post.ours])

    @property
    def target(self) -> StoredPost:
        """The post an answer goes to: the newest that may be answered by API, else the newest."""
        answerable = [post for post in self.posts if not post.ours and post.option.kind == "api"]
        return answerable[-1] if answerable else self.newest


@dataclass(frozen=True)
class ReplySheet:
    """What the reply modal shows. `changed` says, in a sentence, why it is shown again; None the first time.

    `pledge` is what the reply promises, when its author is to say by when and who keeps it.
    """

    card: CardSheet
    draft: Reply
    told_before: tuple[StoredPost, ...]
    suggestions: tuple[Note, ...]
    length: Length
    changed: str | None = None
    pledge: Pledge | None = None


@dataclass(frozen=True)
class WhySheet:
    """A case, whether its reader may say otherwise, and the correction that can still be taken back."""

    card: CardSheet
    may_act: bool
    undo: Lesson | None = None


@dataclass(frozen=True)
class TrailSheet:
    """A case and everything that was done in it. `broken_at` names the first entry that doesn't verify.

    `undo` is the correction that can still be taken back.
    """

    card: CardSheet
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    broken_at: int | None
    actor_may_act: bool = False
    undo: Lesson | None = None


@dataclass(frozen=True)
class Line:
    """One case in a list: enough to recognise it and a link to its card."""

    case: Case
    handle: str | None
    text: str | None
    link: str | None


@dataclass(frozen=True)
class HomeSheet:
    """A person's desk: what they hold and promised, what waits in their teams, what they are asked to accept."""

    now: datetime
    mine: tuple[Line, ...] = ()
    waiting: tuple[Line, ...] = ()
    offered: tuple[tuple[Offer, Line], ...] = ()
    promised: tuple[tuple[Deadline, Line], ...] = ()
    refused: str | None = None


@dataclass(frozen=True)
class FoundSheet:
    """What `/dibs find` found, newest first."""

    words: str
    lines: tuple[Line, ...] = field(default=())
