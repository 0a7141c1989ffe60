"""Reads a drawn payload back as Slack would: its words, its control sequences, its buttons."""

import json
import re
from collections.abc import Iterator
from typing import Any

CONTROL = re.compile(r"<([^<>]*)>")
INERT = {"plain_text", "text"}
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\ud800-\udfff\x00]")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a payload."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from objects(item)


def parsed_texts(payload: dict[str, Any]) -> Iterator[str]:
    """Every string of it that Slack parses for control sequences."""
    if isinstance(payload.get("text"), str):
        yield payload["text"]
    yield from (found["text"] for found in objects(payload.get("blocks")) if found.get("type") == "mrkdwn")


def controls(payload: dict[str, Any]) -> list[str]:
    """What stands between angle brackets wherever Slack parses, besides dates."""
    return [
        inner for text in parsed_texts(payload) for inner in CONTROL.findall(text) if not inner.startswith("!date^")
    ]


def alarms(payload: dict[str, Any]) -> set[str]:
    """Everything that pings or leads somewhere, whichever way it is drawn, the addresses of buttons left out."""
    drawn = set(controls(payload))
    for found in objects(payload.get("blocks")):
        if found.get("type") in ("user", "channel", "usergroup", "broadcast", "link"):
            drawn.add(f"{found['type']}:{found.get('user_id') or found.get('url') or found}")
    return drawn


def shouts(payload: dict[str, Any]) -> list[str]:
    """Plain @here and its kind where Slack would still turn them into pings."""
    top = [payload["text"]] if isinstance(payload.get("text"), str) else []
    loose = [o["text"] for o in objects(payload.get("blocks")) if o.get("type") == "mrkdwn" and not o.get("verbatim")]
    return [text for text in top + loose if re.search(r"@(here|channel|everyone)\b", text, re.IGNORECASE)]


def words(payload: Any) -> str:
    """Everything a reader reads, in order."""
    return "\n".join(
        str(found["text"])
        for found in objects(payload.get("blocks"))
        if isinstance(found.get("text"), str) and found.get("type") in ("mrkdwn", "plain_text", "text", "link")
    )


def pressables(payload: Any) -> dict[str, dict[str, Any]]:
    """Everything that can be pressed or filled in, by action id."""
    return {found["action_id"]: found for found in objects(payload.get("blocks")) if "action_id" in found}


def sendable(payload: Any) -> bool:
    """Whether it survives the wire: JSON in UTF-8, nothing hidden in it."""
    return not HIDDEN.search(json.dumps(payload, ensure_ascii=False)) and bool(
        json.dumps(payload, ensure_ascii=False).encode()
    )
