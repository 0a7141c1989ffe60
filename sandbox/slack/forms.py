"""What Slack's own client refuses before it sends a form: missing, too short, too long, out of range."""

import re
from collections.abc import Callable
from typing import Any

from sandbox.slack.inputs import FIELDS, Place, State, places

Json = dict[str, Any]
LONGEST = 3000
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def complaints(view: Json) -> dict[str, str]:
    """What stands under which input, by action id; empty when the form may be sent."""
    found: dict[str, str] = {}
    for place in places(view["blocks"]):
        if place.is_input and place.kind in FIELDS:
            text = _complaint(place, _value(view["state"]["values"], place))
            if text is not None:
                found[place.ids[1]] = text
    return found


def _value(state: State, place: Place) -> Any:
    block_id, action_id = place.ids
    return state.get(block_id, {}).get(action_id, {}).get(FIELDS[place.kind])


def _complaint(place: Place, value: Any) -> str | None:
    if value in (None, "", []):
        return None if place.block.get("optional") else "Please complete this required field."
    rule = RULES.get(place.kind)
    if rule is not None:
        return rule(place.element, str(value))
    most = place.element.get("max_selected_items")
    return f"You can select up to {most} items." if most and len(value) > most else None


def _text(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", LONGEST)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"This must be {most} characters or fewer; it is {len(value)}." if len(value) > most else None


def _number(element: Json, value: str) -> str | None:
    if not NUMBER.fullmatch(value):
        return "Please enter a number."
    if "." in value and not element.get("is_decimal_allowed"):
        return "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Please enter a number of at least {low}."
    return f"Please enter a number of at most {high}." if high is not None and float(value) > float(high) else None


def _email(_element: Json, value: str) -> str | None:
    return None if EMAIL.fullmatch(value) else "Please enter an email address."


def _url(_element: Json, value: str) -> str | None:
    return None if URL.fullmatch(value) else "Please enter a URL."


RULES: dict[str, Callable[[Json, str], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
