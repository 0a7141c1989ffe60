"""Reading Slack's payloads: who did it, on what, and under which key it counts once."""

import json
from datetime import UTC, datetime
from typing import Any

from domain.errors import Stale
from domain.outside import typed
from domain.staff import By

Json = dict[str, Any]


def by(body: Json, context: Any) -> By:
    """Who acted: the key is the trigger's for a click, and the view's state for a modal, which may be sent again."""
    container = body.get("container") or {}
    return By(
        staff=str((body.get("user") or {}).get("id") or body.get("user_id")),
        at=context["now"],
        key=key_of(body),
        response_url=body.get("response_url"),
        message_ts=container.get("message_ts"),
        channel=container.get("channel_id"),
    )


def key_of(body: Json) -> str:
    """What makes a repeated delivery of the same gesture recognisable."""
    view = body.get("view") or {}
    if body.get("type") == "view_submission":
        return f"view:{view.get('id')}:{view.get('hash')}"
    return f"trigger:{body.get('trigger_id')}"


def numbers(drawn: str) -> tuple[int, int]:
    """ "CASE:EPOCH" as drawn on a button."""
    parts = drawn.split(":")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        raise Stale("This button is from an older card. Have a look at the card as it is now.")
    return int(parts[0]), int(parts[1])


def grade(drawn: str) -> str | None:
    """The severity that "CASE:EPOCH:SEVERITY" was drawn with; None on a card from before it was."""
    return drawn.split(":")[2] if drawn.count(":") == 2 else None


def reply_and_case(drawn: str) -> tuple[str, int]:
    """ "REPLY:CASE:EPOCH" as drawn on a button."""
    reply, _, rest = drawn.partition(":")
    return reply, numbers(rest)[0]


def value(body: Json) -> str:
    """What the pressed button, or the picked option, carries."""
    action = body["actions"][0]
    return typed(str(action.get("value") or (action.get("selected_option") or {}).get("value") or ""))


def meant(body: Json) -> Json:
    """The ids a modal carries."""
    found: Json = json.loads(body["view"].get("private_metadata") or "{}")
    return found


def field(body: Json, block: str) -> str:
    """What was typed or picked in a modal's block: text, an option's value, a person's id, or a time of day."""
    element = _element(body, block)
    option = element.get("selected_option") or {}
    picked = element.get("selected_user") or element.get("selected_time")
    return typed(str(element.get("value") or option.get("value") or picked or ""))


def _element(body: Json, block: str) -> Json:
    """The block's element; a block's id may go on after a colon with what it is about."""
    values = (body["view"].get("state") or {}).get("values") or {}
    state = next((state for name, state in values.items() if block in (name, name.partition(":")[0])), None)
    found: Json = next(iter((state or {}).values()), {})
    return found


def picked_at(body: Json, block: str) -> datetime | None:
    """The moment picked in a modal's block."""
    seconds = _element(body, block).get("selected_date_time")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 <= seconds < 10**11 else None


def ticked(body: Json, block: str) -> bool:
    """Whether anything is ticked in a modal's block."""
    return bool(_element(body, block).get("selected_options"))


def is_asked(body: Json, block: str) -> bool:
    """Whether the modal has this block."""
    return bool(_element(body, block))
