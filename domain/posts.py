"""Posts: what anybody published on a network, as a value every ring understands."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Carried:
    """How far a post carries, as its network counts; None where it doesn't say. `shares` are reposts and quotes.

    `organisation`: the network has checked that the account is an organisation's. Nothing else is known of an author.
    """

    followers: int | None = None
    views: int | None = None
    shares: int | None = None
    organisation: bool = False


@dataclass(frozen=True)
class IncomingPost:
    """A post as its network gave it, already unescaped; ids are the network's own, as text.

    `version_ids` is the edit history, oldest first, this post's id included; `mentions` and handles are lower case
    without the @; `in_reply_to` and `quote_of` are post ids; `created_at` is aware UTC; `language` is the network's
    word for it, whatever that is worth.
    """

    network: str
    post_id: str
    author_id: str
    author_handle: str
    author_name: str
    text: str
    created_at: datetime
    conversation_id: str
    in_reply_to: str | None = None
    in_reply_to_author: str | None = None
    quote_of: str | None = None
    quote_of_author: str | None = None
    mentions: tuple[str, ...] = ()
    images: int = 0
    protected: bool = False
    reply_settings: str = "everyone"
    version_ids: tuple[str, ...] = ()
    url: str = ""
    language: str | None = None
    carried: Carried = Carried()

    @property
    def first_id(self) -> str:
        """The id of the first version: it names the post through all its edits."""
        return self.version_ids[0] if self.version_ids else self.post_id


@dataclass(frozen=True)
class RefusedPost:
    """Something a network sent that is no post we can read: its raw id if it had one, and what is wrong with it."""

    post_id: str | None
    reason: str


@dataclass(frozen=True)
class ReplyOption:
    """How a post may be answered: `api` from Slack, `intent` on the network's own page, `none` not at all; and why."""

    kind: str
    reason: str


@dataclass(frozen=True)
class StoredPost:
    """A post as we keep it. `text` is None once its author took it back; `ours` marks what the brand published."""

    id: int
    network: str
    post_id: str
    case_id: int | None
    author_id: str
    author_handle: str | None
    author_name: str | None
    text: str | None
    url: str | None
    created_at: datetime
    conversation_id: str
    in_reply_to: str | None
    images: int
    ours: bool
    option: ReplyOption = field(default_factory=lambda: ReplyOption("intent", ""))
