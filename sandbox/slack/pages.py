"""Cursors: a long list in pages."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from sandbox.slack.calls import Call, Refused

Json = dict[str, Any]
Item = TypeVar("Item")
WORD = "next:"


def limit_of(call: Call, usual: int, most: int) -> int:
    """The page's length as the call wants it; Refused for one that is no number or too big."""
    text = call.text("limit")
    if text is None or text == "0":
        return usual
    if not text.isdigit() or int(text) > most:
        raise Refused("invalid_limit")
    return int(text)


def cursor_for(mark: str) -> str:
    """An opaque cursor that stands for a mark."""
    return base64.b64encode(f"{WORD}{mark}".encode()).decode()


def mark_of(call: Call) -> str | None:
    """The mark behind the call's cursor, None without one; Refused for a made-up one."""
    cursor = call.text("cursor")
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_cursor") from None
    if not text.startswith(WORD):
        raise Refused("invalid_cursor")
    return text.removeprefix(WORD)


def page(call: Call, items: Sequence[Item], usual: int, most: int = 1000) -> tuple[list[Item], Json]:
    """One page of the items, and the response_metadata with the next cursor."""
    mark, limit = mark_of(call), limit_of(call, usual, most)
    if mark is not None and not mark.isdigit():
        raise Refused("invalid_cursor")
    start = int(mark or 0)
    end = start + limit
    return list(items[start:end]), {"next_cursor": cursor_for(str(end)) if end < len(items) else ""}
