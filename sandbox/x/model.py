"""People and posts on X, as documents the shelf keeps."""

from dataclasses import dataclass


@dataclass
class Member:
    """Somebody with an account on X; `username` keeps its capitals, and is compared without them."""

    id: str
    username: str
    name: str
    protected: bool = False
    suspended: bool = False
    created_at: float = 0.0


@dataclass
class Post:
    """One version of a post. `chain` is the id of its first version; only the newest version stands in timelines.

    `natively` marks a post written on X's own pages.
    """

    id: str
    author_id: str
    text: str
    at: float
    chain: str
    conversation_id: str
    in_reply_to: str | None = None
    quote_of: str | None = None
    reply_settings: str = "everyone"
    images: int = 0
    natively: bool = True
    deleted: bool = False
    replaced: bool = False
    lead: str = ""
    """The handles X put before a reply's text, with a space at the end."""

    @property
    def number(self) -> int:
        """The id as a number: ids sort by it."""
        return int(self.id)

    @property
    def stands(self) -> bool:
        """Whether timelines show this version."""
        return not self.deleted and not self.replaced
