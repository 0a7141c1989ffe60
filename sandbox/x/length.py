"""How long a post is, as X counts."""

import unicodedata

from twitter_text import parse_tweet

LIMIT = 280
PARSE_AT_MOST = 600
"""The parser is quadratic on dotted text; a longer text can't fit anyway."""


def too_long(text: str, lead: list[str]) -> bool:
    """Whether X refuses the text; the handles a reply begins with on its own don't count."""
    text = unicodedata.normalize("NFC", text)
    while lead and text.lstrip().lower().startswith("@" + lead[0]):
        text, lead = text.lstrip()[len(lead[0]) + 1 :].lstrip(), lead[1:]
    if len(text) > PARSE_AT_MOST:
        return True
    return bool(text) and int(parse_tweet(text).weightedLength) > LIMIT
