"""Messages and views that Slack refuses as wholes, one constraint each."""

from tests.sandbox.blocks.pieces import (
    Json,
    Refused,
    actions,
    button,
    card,
    container,
    field,
    home,
    modal,
    mrkdwn,
    plain,
    section,
    table,
    typed,
)
from tests.sandbox.blocks.refused_blocks import CONSTRAINT, MISSING, TWICE, TYPE, UNKNOWN


def in_message(name: str, payload: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    return Refused(name, "message", payload, pointer, code)


def in_modal(name: str, payload: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    return Refused(name, "modal", payload, pointer, code)


def in_home(name: str, payload: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    return Refused(name, "home", payload, pointer, code)


def markdown(length: int) -> dict[str, Json]:
    return {"type": "markdown", "text": "x" * length}


DIVIDER = {"type": "divider"}
ALERT = {"type": "alert", "text": plain()}
FOCUSED = field(typed(focus_on_load=True))

REFUSED_WHOLES = [
    in_message("blocks that are an object", section(), "", TYPE),
    in_message("51 blocks", [DIVIDER] * 51, ""),
    in_message("one block_id twice", [section(block_id="a"), section(block_id="a")], "/1/block_id", TWICE),
    in_message(
        "a block_id taken inside a container",
        [section(block_id="a"), container(section(block_id="a"))],
        "/1/child_blocks/0/block_id",
        TWICE,
    ),
    in_message("one action_id twice", [actions(button(), button())], "/0/elements/1/action_id", TWICE),
    in_message("one action_id twice on a card", [card(actions=[button(), button()])], "/0/actions/1/action_id", TWICE),
    in_message("two tables", [table(), table()], "/1"),
    in_message("12001 characters of markdown", [markdown(6000), markdown(6000), markdown(1)], "/2/text"),
    in_message(
        "10001 characters in two kinds of table",
        [
            {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 5000}]]},
            {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "x" * 2501}]] * 2},
        ],
        "/1/rows",
    ),
    in_message("an alert in a message", [ALERT], "/0/type"),
    in_modal("markdown in a modal", modal(markdown(5)), "/blocks/0/type"),
    in_modal("a table in a modal", modal(table()), "/blocks/0/type"),
    in_modal("a container in a modal", modal(container()), "/blocks/0/type"),
    in_modal("a carousel in a modal", modal({"type": "carousel", "elements": [card()]}), "/blocks/0/type"),
    in_home("an alert at home", home(ALERT), "/blocks/0/type"),
    in_home("markdown at home", home(section(), markdown(5)), "/blocks/1/type"),
    in_home("a table at home", home(table()), "/blocks/0/type"),
    in_modal("an alert of 201", modal({"type": "alert", "text": plain("x" * 201)}), "/blocks/0/text/text"),
    in_modal("an alert of another level", modal(ALERT | {"level": "panic"}), "/blocks/0/level"),
    in_modal("inputs without submit", {"type": "modal", "title": plain(), "blocks": [field(typed())]}, "", MISSING),
    in_modal("a title of 25", modal(section(), title=plain("x" * 25)), "/title/text"),
    in_modal("a title in mrkdwn", modal(section(), title=mrkdwn()), "/title/type"),
    in_modal("no title", {"type": "modal", "blocks": [section()]}, "", MISSING),
    in_modal("an empty title", modal(section(), title=plain("")), "/title/text"),
    in_modal("submit of 25", modal(section(), submit=plain("x" * 25)), "/submit/text"),
    in_modal("close of 25", modal(section(), close=plain("x" * 25)), "/close/text"),
    in_modal("private_metadata of 3001", modal(section(), private_metadata="x" * 3001), "/private_metadata"),
    in_modal("a callback_id of 256", modal(section(), callback_id="x" * 256), "/callback_id"),
    in_modal("an external_id of 256", modal(section(), external_id="x" * 256), "/external_id"),
    in_modal("101 blocks", modal(*[DIVIDER] * 101), "/blocks"),
    in_modal("no blocks", modal(), "/blocks"),
    in_modal("no list of blocks", {"type": "modal", "title": plain()}, "", MISSING),
    in_modal("a view of another kind", home(section()), "/type"),
    in_modal("a view that is a list", [section()], "", TYPE),
    in_modal("a field nobody knows", modal(section(), colour="red"), "/colour", UNKNOWN),
    in_modal("two focuses", modal(FOCUSED, FOCUSED), "/blocks/1/element/focus_on_load"),
    in_modal("a label of 2001", modal(field(typed(), label=plain("x" * 2001))), "/blocks/0/label/text"),
    in_modal("a label in mrkdwn", modal(field(typed(), label=mrkdwn())), "/blocks/0/label/type"),
    in_modal("a hint of 2001", modal(field(typed(), hint=plain("x" * 2001))), "/blocks/0/hint/text"),
    in_modal("an input without an element", modal({"type": "input", "label": plain()}), "/blocks/0", MISSING),
    in_modal("optional that is a word", modal(field(typed(), optional="yes")), "/blocks/0/optional", TYPE),
    in_home("a home with a title", home(section(), title=plain()), "/title", UNKNOWN),
    in_home("a home with submit", home(section(), submit=plain()), "/submit", UNKNOWN),
    in_home("a home of 101 blocks", home(*[DIVIDER] * 101), "/blocks"),
]
