"""Nags: what one message to a channel or a person says about several cases at once, most urgent first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cases import Case
from domain.deadlines import Deadline

SEVERITIES = ("emergency", "urgent", "normal")
SOON = timedelta(minutes=2)
"""Nags to one person within this time share a message: their telephone need not ring twice."""
GATHER = timedelta(seconds=2)
"""A nag that is no emergency waits this long for others that are due at the same time."""
MANY = 5
"""Lines above which a person, too, hears of more only as often as a channel does."""
PERSON_PER_HOUR = 12
IN_FULL = 8
"""Cases shown with their words and buttons; Slack takes 50 blocks, and nobody reads more."""


@dataclass(frozen=True)
class Why:
    """Why this place hears of it: a role, whose place they take and for what reason ("quiet", "gone", "nobody")."""

    role: str
    stands_in_for: str | None = None
    because: str | None = None

    def kept(self) -> str:
        """As a row keeps it."""
        return "|".join((self.role, self.stands_in_for or "", self.because or ""))

    @classmethod
    def read(cls, row: str) -> "Why":
        """As a row kept it."""
        role, person, because = [*row.split("|"), "", ""][:3]
        return cls(role, person or None, because or None)


@dataclass(frozen=True)
class Ended:
    """How a case left the nag: "claimed", "on_it", "answered" …, by whom, when."""

    how: str
    person: str | None
    at: datetime | None

    def kept(self) -> str:
        """As a row keeps it."""
        return "|".join((self.how, self.person or "", self.at.isoformat() if self.at else ""))

    @classmethod
    def read(cls, row: str | None) -> "Ended | None":
        """As a row kept it; None while it stands."""
        if row is None:
            return None
        how, person, at = [*row.split("|"), "", ""][:3]
        return cls(how, person or None, datetime.fromisoformat(at) if at else None)


@dataclass(frozen=True)
class NagEntry:
    """One case in a nag. `text` are the customer's newest words; `ended` says how it left, None while it stands."""

    case: Case
    deadline: Deadline
    why: Why
    at: datetime
    handle: str | None = None
    text: str | None = None
    link: str | None = None
    ended: Ended | None = None


@dataclass(frozen=True)
class NagSheet:
    """A nag as it stands: `more` are the numbers of cases that stand but aren't shown.

    `newer` is the address of the message that took its lines over.
    """

    direct: bool
    entries: tuple[NagEntry, ...]
    more: tuple[int, ...] = ()
    newer: str | None = None
    replaced: bool = False

    @property
    def standing(self) -> tuple[NagEntry, ...]:
        """Cases that still need somebody, in the order they are shown: most urgent first."""
        return tuple(entry for entry in self.entries if entry.ended is None)

    @property
    def over(self) -> tuple[NagEntry, ...]:
        """Cases that no longer do."""
        return tuple(entry for entry in self.entries if entry.ended is not None)


def urgency(severity: str, due_at: datetime, case_id: int) -> tuple[int, datetime, int]:
    """A key for sorting: by severity, then by deadline."""
    rank = SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
    return rank, due_at, case_id


def silent_for(made_at: datetime, now: datetime, window: timedelta) -> timedelta:
    """How long a line that joins now stays unheard of; zero when a new message may go at once."""
    return max(made_at + window - now, timedelta(0))
