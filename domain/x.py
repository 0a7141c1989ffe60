"""X's rules that decide what we may do: how long a reply may be, and whether its author let us answer by API."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from twitter_text import parse_tweet

from domain.outside import blank
from domain.posts import IncomingPost, ReplyOption

LIMIT = 280
"""Weighted characters of a post (X, counting characters)."""
PARSE_AT_MOST = 600
"""The parser is quadratic on dotted text; nothing longer can fit anyway, because every code point weighs at least 1."""


@dataclass(frozen=True)
class Length:
    """`used` of `limit` weighted characters; `fits` is False for a text with nothing to see as well."""

    used: int
    limit: int
    fits: bool


def weighted_length(text: str, limit: int = LIMIT) -> Length:
    """Count as X counts: most letters 1, emoji and CJK 2, each link 23, after NFC."""
    # Half a letter of two has no bytes of its own; it is counted as the sign that stands for such a fault.
    text = unicodedata.normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    if blank(text):
        return Length(0, limit, fits=False)
    if len(text) > PARSE_AT_MOST:
        # A link counts 23 however long it is, so long ones are cut before the parser sees them.
        text = _LINKS.sub(lambda found: found[0][:40], text)
    if len(text) > PARSE_AT_MOST:
        return Length(len(text), limit, fits=False)
    used = int(parse_tweet(text).weightedLength)
    return Length(used, limit, fits=used <= limit)


def reply_option(post: IncomingPost, account: str) -> ReplyOption:
    """Whether we may answer by API: since 2026-02-23 only if the author named or quoted us (X changelog)."""
    handle = account.lower()
    if post.protected:
        return ReplyOption("none", "The author's posts are protected.")
    if handle in post.mentions:
        return ReplyOption("api", f"The author mentioned @{account}.")
    if (post.quote_of_author or "").lower() == handle:
        return ReplyOption("api", f"The author quoted a post of @{account}.")
    return ReplyOption("intent", f"The post doesn't mention @{account}, so X takes a reply only from its own page.")


_LEADING_HANDLES = re.compile(r"^(?:@\w+\s+)+")
_LINKS = re.compile(r"https?://\S+")


def same_words(ours: str, theirs: str) -> bool:
    """Whether a post on our timeline says what we sent: X adds leading handles, and shortens links in its own way."""
    return _words(ours) == _words(theirs)


def same_to_the_letter(ours: str, theirs: str) -> bool:
    """The same, links included: what we wrote ourselves."""
    return _plain(ours) == _plain(theirs)


def _words(text: str) -> str:
    return _LINKS.sub("·", _plain(text))


def _plain(text: str) -> str:
    plain = _LEADING_HANDLES.sub("", unicodedata.normalize("NFC", text).strip())
    return " ".join(plain.split())


_X_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)


def snowflake_at(moment: datetime) -> str:
    """The smallest id a post of that moment can have: milliseconds since X's epoch, shifted by 22 bits."""
    milliseconds = max(0, (moment - _X_EPOCH) // timedelta(milliseconds=1))
    return str(milliseconds << 22)


def moment_of(post_id: str) -> datetime:
    """When an id was made."""
    return _X_EPOCH + timedelta(milliseconds=int(post_id) >> 22)


def intent_url(post_id: str, text: str = "", base: str = "https://x.com") -> str:
    """The page on X that opens with the reply already typed (X, Web Intents)."""
    return f"{base}/intent/tweet?in_reply_to={quote(post_id)}&text={quote(text)}"
