"""What every network can do for us, in the desk's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.posts import IncomingPost, RefusedPost
from domain.replies import SendOutcome


@dataclass(frozen=True)
class Batch:
    """What a poll brought, oldest first. `complete` is False when older posts than these may have been missed."""

    posts: tuple[IncomingPost, ...] = ()
    refused: tuple[RefusedPost, ...] = ()
    newest_id: str | None = None
    complete: bool = True


@dataclass(frozen=True)
class Lookup:
    """Posts that are there, and why others are not, by id; what the network kept silent about is in neither."""

    found: dict[str, IncomingPost] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """The account we speak for."""

    user_id: str
    username: str


class Network(Protocol):
    """A network's account. Every call but `send` may raise errors.NetworkTrouble; none raises a library's exception.

    `since_id` is exclusive; asking with an overlap is the caller's affair, because ids are only roughly in order.
    """

    def mentions(self, since_id: str | None) -> Batch:
        """Posts about us: naming, answering or quoting the account."""

    def own_posts(self, since_id: str | None) -> Batch:
        """What the account published, by whatever hand."""

    def search(self, query: str, since_id: str | None) -> Batch:
        """Posts the network's search finds."""

    def look_up(self, ids: Sequence[str]) -> Lookup:
        """Whether posts are still there."""

    def send(self, text: str, in_reply_to: str | None) -> SendOutcome:
        """Publish once. Never raises, never tries twice."""

    def find_sent(self, text: str, in_reply_to: str | None, since: datetime) -> str | None:
        """The id of our own post with these words since that moment; None when it surely isn't there."""

    def identity(self) -> Identity:
        """Who we are there."""
