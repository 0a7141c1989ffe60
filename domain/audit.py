"""The trail: entries of our acts, chained by hashes per case, with digests instead of customers' words."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64
DIBS = "dibs"
"""The actor of what nobody did by hand."""
Facts = dict[str, str | int | bool | None]


@dataclass(frozen=True)
class Entry:
    """Entry `n` (from 1) of a case's trail; `actor` is a Slack id or "dibs"; `facts` never hold customers' words."""

    case_id: int
    n: int
    at: datetime
    actor: str
    act: str
    facts: Facts
    previous: str
    digest: str


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hex: proves which words were meant without keeping them."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def seal(previous: str, case_id: int, n: int, act: tuple[datetime, str, str, Facts]) -> str:
    """The digest of an entry over canonical JSON of everything in it and the entry before."""
    at, actor, name, facts = act
    body = [previous, case_id, n, at.isoformat(), actor, name, facts]
    return digest_of(json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False))


def broken_at(entries: Sequence[Entry]) -> int | None:
    """The number of the first entry that doesn't follow from the one before it; None for a whole chain."""
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        sealed = seal(previous, entry.case_id, entry.n, (entry.at, entry.actor, entry.act, entry.facts))
        if entry.n != expected or entry.previous != previous or entry.digest != sealed:
            return expected
        previous = entry.digest
    return None
