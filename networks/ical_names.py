"""Whom an event of a calendar puts on call, however the calendar's program writes that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from icalendar import Event

LONGEST = 80
LONGEST_TEXT = 300
"""A summary is read no further: nobody's name is longer, and patterns take their time over endless ones."""
_LEVEL = re.compile(r"^\s*\[L(\d)\]\s*", re.IGNORECASE)
_LEAD = re.compile(r"^\s*on[\s-]?call\b[\s:–—-]*", re.IGNORECASE)
_TAIL = re.compile(r"\s*[(\s](is\s+)?on[\s-]?call\)?\s*$|['’]s shift\s*$", re.IGNORECASE)
_BACKUP = re.compile(r"[\s,;(–—-]*\bback[\s-]?up\b\s*[:=–—-]?\s*([^)]+?)\)?\s*$", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:[,/&+;]|\band\b)\s*")
_DASH = re.compile(r"\s+[–—-]\s+")


@dataclass(frozen=True)
class Named:
    """Who is on call by an event; `level` ranks events that run at once, as Grafana OnCall's "[L2]" does."""

    primary: str | None
    backup: str | None
    level: int = 0


def named(event: Event, known: Mapping[str, str]) -> Named:
    """The people an event names, by its summary, else by those invited; `known` leads from what is written to names."""
    summary = " ".join(_text(event, "SUMMARY")[:LONGEST_TEXT].split())
    level = _LEVEL.match(summary)
    lead, backup = _parted(_LEVEL.sub("", summary))
    names = [name for text in _SEVERAL.split(lead) if (name := _name(text, known))] or _invited(event, known)
    second = _name(backup, known) if backup else _described(event, known)
    if backup and not lead:
        return Named(None, second, int(level[1]) if level else 0)
    second = second or next((name for name in names[1:] if name != names[0]), None)
    primary = names[0] if names else None
    return Named(primary, second if second != primary else None, int(level[1]) if level else 0)


def _parted(summary: str) -> tuple[str, str | None]:
    """Who leads and who is backup: "On call: Maya – backup: Tom", "On Call - Maya Ruiz - care", "Backup: Tom"."""
    found = _BACKUP.search(summary)
    rest = summary[: found.start()] if found else summary
    # PagerDuty names the schedule after the person.
    lead = _DASH.split(_TAIL.sub("", _LEAD.sub("", rest)))[0]
    return lead.strip(), found[1] if found else None


def _name(text: str, known: Mapping[str, str]) -> str | None:
    """The name known by what is written, else an address's part before the @; a single word in lower case."""
    written = text.strip().strip("@\"'").strip()[:LONGEST]
    if written.casefold() in known:
        return known[written.casefold()]
    local = written.split("@")[0].strip()
    return (known.get(local.casefold()) or (local if " " in local else local.lower())) or None


def _invited(event: Event, known: Mapping[str, str]) -> list[str]:
    found = event.get("ATTENDEE", [])
    texts = []
    for one in found if isinstance(found, list) else [found]:
        address = re.sub(r"^mailto:", "", str(one), flags=re.IGNORECASE)
        common = str(getattr(one, "params", {}).get("CN", ""))
        texts.append(address if address.casefold() in known or not common else common)
    return [name for text in texts if (name := _name(text, known))]


def _described(event: Event, known: Mapping[str, str]) -> str | None:
    """A backup named on a line of the description, as our own feed has it."""
    lines = _text(event, "DESCRIPTION")[:LONGEST_TEXT].splitlines()
    found = next((line.strip() for line in lines if line.strip().lower().startswith("backup:")), None)
    return _name(found.partition(":")[2], known) if found else None


def _text(event: Event, key: str) -> str:
    found = event.get(key, "")
    return str(found[0] if isinstance(found, list) else found)
