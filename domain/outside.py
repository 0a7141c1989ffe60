"""Text from outside: what customers wrote, made fit to be shown and compared, never trusted."""

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, direction marks, zero-width spaces, tags and lone surrogates. Joiners stay: emoji families need them."""
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Outside:
    """What somebody outside wrote. Only the views' kit draws it; it has no `__str__`, so it can't slip into markup."""

    raw: str

    def __str__(self) -> str:
        raise TypeError("text from outside is drawn by views.kit only")

    def __format__(self, _spec: str) -> str:
        raise TypeError("text from outside is drawn by views.kit only")

    @property
    def visible(self) -> str:
        """The text without characters that hide, reorder or fake other text."""
        return visible(self.raw)


def visible(text: str) -> str:
    """Normalise, drop what can't be seen, and keep at most one empty line in a row."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _MANY_LINES.sub("\n\n", plain).strip()


def blank(text: str) -> bool:
    """Whether a reader would see nothing at all."""
    return all(unicodedata.category(letter)[0] in "CZ" for letter in visible(text))


def fold(text: str) -> str:
    """For comparing: compatibility form, no case, no diacritics, no invisible characters."""
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def typed(text: str) -> str:
    """What staff typed, without what no database, JSON or network can hold: such text may become public as it is."""
    return re.sub("[\x00\ud800-\udfff]", "", text)


def storable(text: str) -> str:
    """Without what no database or JSON can hold: NUL and lone surrogates."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
