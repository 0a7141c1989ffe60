"""Small pieces of Block Kit from which the corpus is put together."""

from dataclasses import dataclass
from typing import Any

from sandbox.blocks import Surface

Json = Any
PICTURE = "https://files.example.com/parcel.png"


@dataclass(frozen=True)
class Refused:
    """A payload with one thing wrong, and where and what that is."""

    name: str
    surface: Surface
    payload: Json
    pointer: str
    code: str


def plain(words: str = "Claim", **more: Json) -> dict[str, Json]:
    return {"type": "plain_text", "text": words, **more}


def mrkdwn(words: str = "*Late parcel*", **more: Json) -> dict[str, Json]:
    return {"type": "mrkdwn", "text": words, **more}


def option(value: str = "billing", **more: Json) -> dict[str, Json]:
    return {"text": plain(value.title() or "None"), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"team-{number}") for number in range(count)]


def button(action_id: str = "card.claim", **more: Json) -> dict[str, Json]:
    return {"type": "button", "action_id": action_id, "text": plain(), **more}


def picture(**more: Json) -> dict[str, Json]:
    return {"type": "image", "image_url": PICTURE, "alt_text": "a torn parcel", **more}


def section(**more: Json) -> dict[str, Json]:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json, **more: Json) -> dict[str, Json]:
    return {"type": "actions", "elements": list(elements), **more}


def field(element: Json, **more: Json) -> dict[str, Json]:
    return {"type": "input", "label": plain("Reply"), "element": element, **more}


def typed(**more: Json) -> dict[str, Json]:
    return {"type": "plain_text_input", "action_id": "reply.text", **more}


def rich(*runs: Json, **more: Json) -> dict[str, Json]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(runs)}], **more}


def run(words: str = "Where is my parcel?", **more: Json) -> dict[str, Json]:
    return {"type": "text", "text": words, **more}


def confirm(**more: Json) -> dict[str, Json]:
    return {
        "title": plain("Sure?"),
        "text": plain("It goes out."),
        "confirm": plain("Send"),
        "deny": plain("No"),
        **more,
    }


def cell(words: str = "42") -> dict[str, Json]:
    return {"type": "raw_text", "text": words}


def table(rows: int = 2, columns: int = 2, **more: Json) -> dict[str, Json]:
    return {"type": "table", "rows": [[cell()] * columns for _ in range(rows)], **more}


def data_table(*rows: list[Json], **more: Json) -> dict[str, Json]:
    return {"type": "data_table", "caption": "Cases a day", "rows": list(rows) or [[cell()], [cell()]], **more}


def task(**more: Json) -> dict[str, Json]:
    return {"type": "task_card", "task_id": "t1", "title": "Look up the order", "status": "pending", **more}


def card(**more: Json) -> dict[str, Json]:
    return {"type": "card", "title": mrkdwn(), **more}


def container(*blocks: Json, **more: Json) -> dict[str, Json]:
    return {"type": "container", "title": plain("Two cases"), "child_blocks": list(blocks) or [section()], **more}


def video(**more: Json) -> dict[str, Json]:
    return {
        "type": "video",
        "alt_text": "how a claim works",
        "title": plain("Claiming"),
        "thumbnail_url": PICTURE,
        "video_url": "https://video.example.com/embed/1",
        **more,
    }


def series(name: str = "Mentions", *labels: str) -> dict[str, Json]:
    return {"name": name, "data": [{"label": label, "value": 3} for label in labels or ("Mon", "Tue")]}


def chart(*lines: Json, **more: Json) -> dict[str, Json]:
    plot = {"type": "line", "series": list(lines) or [series()], "axis_config": {"categories": ["Mon", "Tue"]}, **more}
    return {"type": "data_visualization", "title": "Mentions a day", "chart": plot}


def pie(*values: float, **more: Json) -> dict[str, Json]:
    slices = [{"label": f"team {number}", "value": value} for number, value in enumerate(values)]
    return {"type": "data_visualization", "title": "By team", "chart": {"type": "pie", "segments": slices}, **more}


def provider(**more: Json) -> dict[str, Json]:
    return {"type": "auth_provider", "value": "crm", "name": plain("CRM"), "is_connected": False, **more}


def modal(*blocks: Json, **more: Json) -> dict[str, Json]:
    return {"type": "modal", "title": plain("Reply"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Json) -> dict[str, Json]:
    return {"type": "home", "blocks": list(blocks), **more}
