"""How a modal is put together: its frame, questions with a hint, and the fields they ask with."""

from datetime import datetime

from views.kit import Json, plain


def modal(title: str, submit: str, callback: str, ids: str, blocks: list[Json]) -> Json:
    """A modal that can be submitted; `ids` is its private metadata."""
    return {
        "type": "modal",
        "callback_id": callback,
        "private_metadata": ids,
        "title": plain(title, 24),
        "submit": plain(submit, 24),
        "close": plain("Cancel", 24),
        "blocks": blocks,
    }


def question(block_id: str, label: str, field: Json, hint: str = "") -> Json:
    """A field with its label and a hint under it."""
    asked = {"type": "input", "block_id": block_id, "label": plain(label), "element": field}
    return {**asked, "hint": plain(hint, 300)} if hint else asked


def text_field(action: str, longest: int) -> Json:
    """Several lines of text."""
    return {"type": "plain_text_input", "action_id": action, "multiline": True, "max_length": longest}


def select(action: str, placeholder: str, options: list[Json]) -> Json:
    """One of a list."""
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(placeholder, 150),
        "options": options,
    }


def option(label: str, value: str) -> Json:
    """An option of a list."""
    return {"text": plain(label), "value": value}


def optional(asked: Json) -> Json:
    """A question that may be left open."""
    return {**asked, "optional": True}


def day_and_time(action: str, at: datetime | None) -> Json:
    """A moment, with one suggested."""
    field: Json = {"type": "datetimepicker", "action_id": action}
    return {**field, "initial_date_time": int(at.timestamp())} if at else field


def colleague(action: str, slack_id: str | None) -> Json:
    """Somebody of the workspace, with one suggested."""
    field: Json = {"type": "users_select", "action_id": action, "placeholder": plain("Choose a colleague", 150)}
    return {**field, "initial_user": slack_id} if slack_id else field
