"""The language X would say a post is in, guessed simply: by its script, else by a few English words, else nobody knows.

The real X weighs far more and is wrong in other places; what a test needs it says itself when it lets somebody post.
"""

import re

UNKNOWN, ENGLISH = "und", "en"
NO_TEXT, MENTIONS, HASHTAGS, LINKS = "zxx", "qam", "qht", "qme"
"""What X says of posts without words: nothing but a picture, handles, hashtags or links (X, search operators)."""
CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCRIPTS = (
    ("ja", "\u3040", "\u30ff"), ("zh", "\u4e00", "\u9fff"), ("ko", "\uac00", "\ud7a3"), ("ru", "\u0400", "\u04ff"),
    ("ar", "\u0600", "\u06ff"), ("iw", "\u0590", "\u05ff"), ("el", "\u0370", "\u03ff"), ("th", "\u0e00", "\u0e7f"),
    ("hi", "\u0900", "\u097f"),
)  # fmt: skip
"""The first script that a text holds decides: kana before the characters that Japanese shares with Chinese."""
_ENGLISH = frozenset({
    "a", "about", "again", "all", "am", "an", "and", "any", "are", "at", "be", "been", "but", "can", "cant", "did",
    "do", "dont", "for", "from", "get", "got", "had", "has", "have", "he", "her", "how", "i", "if", "in", "is", "it",
    "its", "just", "me", "my", "no", "not", "of", "off", "on", "one", "or", "our", "out", "please", "she", "so",
    "still", "thank", "thanks", "that", "the", "their", "there", "they", "this", "to", "up", "was", "we", "were",
    "what", "when", "where", "who", "why", "will", "with", "you", "your",
})  # fmt: skip
_LINK, _HANDLE, _HASHTAG = re.compile(r"https?://\S+"), re.compile(r"@\w+"), re.compile(r"#\w+")
_WORD = re.compile(r"[^\W\d_]+")


def tongue(text: str) -> str:
    """The code X would give."""
    words = _LINK.sub(" ", _HASHTAG.sub(" ", _HANDLE.sub(" ", text)))
    if not any(letter.isalpha() for letter in words):
        return _without_words(text)
    for code, first, last in _SCRIPTS:
        if any(first <= letter <= last for letter in words):
            return code
    return ENGLISH if _ENGLISH & set(_WORD.findall(words.lower().replace("'", ""))) else UNKNOWN


def _without_words(text: str) -> str:
    kinds = ((_LINK, LINKS), (_HASHTAG, HASHTAGS), (_HANDLE, MENTIONS))
    return next((code for kind, code in kinds if kind.search(text)), UNKNOWN if text.strip() else NO_TEXT)
