"""People and posts on X, as documents the shelf keeps."""

from dataclasses import dataclass, field

PUBLIC_METRICS = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")
"""What X counts of a post (X, fields)."""
VERIFIED = ("none", "blue", "business", "government")
"""The kinds of verification X documents."""


@dataclass
class Member:
    """Somebody with an account on X; `username` keeps its capitals, and is compared without them."""

    id: str
    username: str
    name: str
    protected: bool = False
    suspended: bool = False
    created_at: float = 0.0
    followers: int = 0
    verified_type: str = "none"


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
    lang: str = ""
    """What X says of its language; empty: guessed from the text."""
    metrics: dict[str, int] = field(default_factory=dict)
    """Those of PUBLIC_METRICS that are above zero, as somebody has set them: nothing is counted here."""
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
