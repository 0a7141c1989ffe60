"""What stands beside a case: words to colleagues, and the offer to hand it over."""

from dataclasses import dataclass
from datetime import datetime

NOTE, SUGGESTION = "note", "suggestion"
STANDING, ACCEPTED, DECLINED, LAPSED, WITHDRAWN = "standing", "accepted", "declined", "lapsed", "withdrawn"


@dataclass(frozen=True)
class Note:
    """A word to colleagues: `kind` is NOTE or SUGGESTION."""

    staff: str
    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Offer:
    """A hand-over waiting for `taker` until `lapses_at`."""

    id: int
    case_id: int
    giver: str
    taker: str
    epoch: int
    status: str
    lapses_at: datetime
