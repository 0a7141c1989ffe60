"""Reading what Slack shows: the words of a message, and what can be pressed in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Pressable:
    """A button or an option of a menu, as a person sees it."""

    label: str
    action_id: str
    block_id: str
    value: str | None = None
    """Only for an option: which one."""


def words(message: Json) -> str:
    """Everything a reader's eye meets in a message or a view, in order."""
    return " ".join(_texts(message.get("blocks") or message.get("text", "")))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, dict):
        yield from _of_dict(part)


def _of_dict(part: Json) -> Iterator[str]:
    if part.get("type") == "user":
        yield f"<@{part['user_id']}>"
        return
    for name in ("text", "elements", "fields", "accessory", "label", "hint", "title", "element", "initial_value"):
        yield from _texts(part.get(name))
    if part.get("type") == "rich_text_quote" or not part.get("blocks"):
        return
    yield from _texts(part["blocks"])


def pressables(message: Json) -> list[Pressable]:
    """Everything that can be pressed, options of menus included."""
    return [one for block in message.get("blocks", []) for element in _elements(block) for one in _of(block, element)]


def labels(message: Json) -> list[str]:
    """The labels of everything that can be pressed."""
    return [one.label for one in pressables(message)]


def _elements(block: Json) -> list[Json]:
    found = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
    return [element for element in found if element and "action_id" in element]


def _of(block: Json, element: Json) -> Iterator[Pressable]:
    ids = (element["action_id"], block["block_id"])
    if element["type"] == "button":
        yield Pressable(element["text"]["text"], *ids)
    for option in element.get("options", []):
        yield Pressable(option["text"]["text"], *ids, option["value"])


def is_card(message: Json) -> bool:
    """Whether this is a case's live card, not its fold or another message of the bot's."""
    return any(str(block.get("block_id", "")).startswith("case-") for block in message.get("blocks", []))
