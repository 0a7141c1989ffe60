"""How a notice is put together: its payload read without trust, a sentence, and what belongs under it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from views.blocks import section
from views.kit import AGO, MOMENT, Json, anchor, escape, fallback, outside, quote, rich, shown, when

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


def card_of(payload: Payload, label: str = "open its card") -> str:
    """The way to the case's card, in words when there is no link."""
    return anchor(_text(payload.get("link")), label)


def place(payload: Payload, key: str = "url", label: str = "see it on X") -> str:
    """A place on the network under a label of ours."""
    return anchor(_text(payload.get(key)), label)


def of_case(payload: Payload) -> str:
    """The button value that names a case as the person saw it."""
    return f"{payload.get('case', 0)}:{payload.get('epoch', 0)}"


def number(payload: Payload, key: str = "case") -> str:
    """A number of ours for a sentence."""
    return escape(str(payload.get(key, "?")))[:20]


def plainly(payload: Payload, key: str, otherwise: str) -> str:
    """A short text for the middle of a sentence, inert; `otherwise` when there is none."""
    value = payload.get(key)
    return fallback(str(value), 200) if value not in (None, "") else otherwise


def at(payload: Payload, key: str, form: str = MOMENT, otherwise: str = "a moment ago") -> str:
    """A moment of the payload, in the reader's zone."""
    moment = _moment(payload.get(key))
    return when(moment, form) if moment else otherwise


def ago(payload: Payload, key: str) -> str:
    """How long ago it was, counted by Slack."""
    return at(payload, key, AGO)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if moment is None or moment.year < 1970 or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)
