"""What can be switched on this X while it runs."""

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]


class Settings(BaseModel):
    """The switches; their defaults are X as it is documented today, read strictly."""

    model_config = ConfigDict(extra="forbid")

    naming: Literal["tweet", "post", "post_only"] = "tweet"
    """Field names on the wire: today's, the coming ones (old parameters still taken), the coming ones alone."""
    credits: bool = True
    """Whether prepaid credits are left; without, every call is refused with 402."""
    lag: float = 30.0
    """Business seconds after which search finds a post."""
    summoned: Literal["strict", "replies"] = "strict"
    """Who may be answered by API: authors who named or quoted the account; `replies`: also those who replied to it."""
    duplicates: Literal["recipient", "text"] = "recipient"
    """What counts as the same text again: the same words to the same person, or the same words to anybody."""
    implied_mentions: bool = False
    """Whether a reply's text begins with the handles it answers, as it does for replies written in X's own apps."""
    suspended: bool = False
    """Whether the brand's account is suspended: it may read, not write."""
    revoked: list[str] = Field(default_factory=list)
    """Access tokens that no longer work."""


@dataclass
class Mangled:
    """Changes made to posts on the wire: a field's new value, None to leave it out. For testing tolerant readers."""

    by_id: dict[str, Json] = field(default_factory=dict)

    def apply(self, post_id: str, shown: Json) -> Json:
        """The post as it goes out."""
        changes = self.by_id.get(post_id)
        if changes is None:
            return shown
        changed = shown | changes
        return {key: value for key, value in changed.items() if value is not None}
