"""What Slack adds to blocks before it keeps them: ids where the app gave none, and the defaults of text objects."""

import random
import string
from typing import Any

Json = dict[str, Any]

ALPHABET = string.ascii_letters + string.digits + "+/"
TEXT_DEFAULTS = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
INTERACTIVE = ("button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker")
_dice = random.Random()  # noqa: S311 - short ids, not secrets


def new_id() -> str:
    """Five characters, as Slack makes them for blocks and actions."""
    return "".join(_dice.choices(ALPHABET, k=5))


def decorated(blocks: list[Any]) -> list[Any]:
    """A deep copy of the blocks with every block_id and action_id filled in."""
    copies = [_copy(block) for block in blocks]
    return [{"block_id": new_id()} | copy if isinstance(copy, dict) else copy for copy in copies]


def _copy(value: Any) -> Any:
    if isinstance(value, list):
        return [_copy(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _copy(item) for key, item in value.items()}
    return _with_defaults(copy)


def _with_defaults(item: Json) -> Json:
    kind = item.get("type")
    if kind in TEXT_DEFAULTS and isinstance(item.get("text"), str):
        key, default = TEXT_DEFAULTS[kind]
        item.setdefault(key, default)
    elif isinstance(kind, str) and (kind in INTERACTIVE or kind.endswith(("_select", "_input"))):
        item.setdefault("action_id", new_id())
    return item
