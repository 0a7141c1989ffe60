"""What the small commands that answer a question share: moments, and faults as JSON with the exit status 2."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from domain.parts import BadPolicy, Fault
from domain.wall import YEARS

BAD_QUESTION = 2
"""The exit status when the question or the policy can't be used."""


def refused(faults: Iterable[Fault]) -> int:
    """Print every fault as {"errors": [{"path", "message"}]}; the exit status."""
    found = [{"path": fault.path, "message": fault.message} for fault in faults]
    print(json.dumps({"errors": found}, indent=2, ensure_ascii=False))
    return BAD_QUESTION


def moment(text: str, wish: str = "--at") -> datetime:
    """A moment with its offset, in UTC; without one nobody could say which moment is meant. Raises BadPolicy."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadPolicy([Fault(wish, f"{text!r} is no moment; {HINT}")]) from None
    if found.utcoffset() is None:
        raise BadPolicy([Fault(wish, f"{text!r} has no offset, so it could mean several moments; {HINT}")])
    if found.year not in YEARS:
        raise BadPolicy([Fault(wish, f"{text!r} lies outside the years {YEARS[0]} to {YEARS[-1]}")])
    return found.astimezone(UTC)


HINT = 'write one such as "2026-11-28T09:30:00+00:00" or "2026-11-28T09:30:00Z"'


def written(at: datetime) -> str:
    """A moment as the answers have it: UTC with a Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
