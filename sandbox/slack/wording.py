"""What a message may say: reads text, blocks, attachments and metadata from a call and refuses what Slack refuses."""

import json
from typing import Any

from sandbox.blocks import faults_of, messages_of
from sandbox.slack.calls import Json, Refused
from sandbox.slack.messages import Content

LONGEST_TEXT = 40_000
"""Longer text is cut off without a word by chat.postMessage."""
LONGEST_MARKDOWN = 12_000
LONGEST_BLOCKS = 12_000
"""Characters of text in all blocks together. Slack names no figure; its staff speak of 12,000 and a margin."""
LARGEST_METADATA = 16_000
MOST_ATTACHMENTS = 100


def content_of(arguments: Json) -> Content:
    """The content of a call, or Refused."""
    text, blocks = _text(arguments), _blocks(arguments)
    markdown = arguments.get("markdown_text")
    if markdown:
        blocks = _markdown(str(markdown), text, blocks)
    attachments = _list(arguments.get("attachments"), "invalid_attachments")
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if attachments and len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")
    check_blocks(blocks)
    return Content(text, blocks, attachments, metadata_of(arguments))


def _text(arguments: Json) -> str:
    text = arguments.get("text")
    return "" if text is None else str(text)


def _blocks(arguments: Json) -> list[Any] | None:
    return _list(arguments.get("blocks"), "invalid_blocks_format")


def _list(value: Any, otherwise: str) -> list[Any] | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise Refused(otherwise) from None
    if not isinstance(value, list):
        raise Refused(otherwise)
    return value


def _markdown(markdown: str, text: str, blocks: list[Any] | None) -> list[Any]:
    if text or blocks:
        raise Refused("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise Refused("msg_too_long")
    return [{"type": "markdown", "text": markdown}]


def check_blocks(blocks: list[Any] | None) -> None:
    """Refuse blocks that break Block Kit's rules or are too long together."""
    if not blocks:
        return
    faults = faults_of(blocks, "message")
    if faults:
        lines = messages_of(faults)
        raise Refused("invalid_blocks", errors=lines, response_metadata={"messages": lines})
    if _letters(blocks) > LONGEST_BLOCKS:
        raise Refused("msg_blocks_too_long")


def _letters(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_letters, value))
    if not isinstance(value, dict):
        return 0
    return sum(
        len(item) if key == "text" and isinstance(item, str) else _letters(item)
        for key, item in value.items()
        if isinstance(item, (list, dict, str))
    )


def metadata_of(arguments: Json) -> Json | None:
    """The metadata, an empty object when the call removes it, or None when the call names none."""
    metadata = arguments.get("metadata")
    if metadata is None or metadata == "":
        return None
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    if metadata and not _is_event(metadata):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return metadata


def _is_event(metadata: Json) -> bool:
    return isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
