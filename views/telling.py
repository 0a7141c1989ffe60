"""How a notice is put together: its payload read without trust, a sentence, and what belongs under it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from views.blocks import section
from views.kit import AGO, MOMENT, Json, address, anchor, fallback, outside, quote, rich, shown, when

Payload = Mapping[str, Any]
Says = Callable[[Payload], Json]
QUOTED = 600


def told(text: str, *under: Json) -> Json:
    """A message of one paragraph of ours, and what stands under it."""
    return {"text": text, "blocks": [section(text), *under]}


def quoting(text: str, words: object, *under: Json) -> Json:
    """A paragraph of ours with somebody's words under it, spoken as well as drawn."""
    said = words if isinstance(words, str) and shown(words) else None
    if said is None:
        return told(text, *under)
    blocks = [section(text), rich(quote(outside(said, QUOTED, 10))), *under]
    return {"text": f"{text}\n{fallback(said, QUOTED)}", "blocks": blocks}


def aside(payload: Payload) -> str:
    """The way to the case's card, in brackets; nothing when there is no link."""
    link = address(_text(payload.get("link")))
    return f" ({anchor(link, 'open its card')})" if link else ""


def place(payload: Payload) -> str:
    """Where it stands on the network; nothing when we don't know."""
    url = address(_text(payload.get("url")))
    return f" · {anchor(url, 'see it on X')}" if url else ""


def of_case(payload: Payload) -> str:
    """The button value that names a case as the person saw it."""
    return f"{payload.get('case', 0)}:{payload.get('epoch', 0)}"


def number(payload: Payload, key: str = "case") -> str:
    """A number of ours for a sentence."""
    return fallback(str(payload.get(key, "?")), 60) or "?"


def plainly(payload: Payload, key: str, otherwise: str) -> str:
    """A short text for the middle of a sentence, inert; `otherwise` when there is none."""
    value = payload.get(key)
    return fallback(str(value), 200) if value not in (None, "") else otherwise


def at(payload: Payload, key: str, form: str = MOMENT, otherwise: str = "a moment ago") -> str:
    """A moment of the payload, in the reader's zone."""
    moment = moment_of(payload.get(key))
    return when(moment, form) if moment else otherwise


def ago(payload: Payload, key: str, until: str) -> str:
    """How long ago it was at the moment `until`; without that moment, or after an hour, Slack counts."""
    then, now = moment_of(payload.get(key)), moment_of(payload.get(until))
    seconds = int((now - then).total_seconds()) if then and now else -1
    if not 0 <= seconds < 3600:
        return at(payload, key, AGO)
    if seconds < 1:
        return "less than a second ago"
    count, unit = (seconds, "second") if seconds < 60 else (seconds // 60, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def moment_of(value: object) -> datetime | None:
    """The moment a payload's value spells; None when it is none."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
