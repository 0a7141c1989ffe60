"""Elements that Slack refuses, one constraint each."""

from tests.sandbox.blocks.pieces import (
    Json,
    Refused,
    actions,
    button,
    confirm,
    field,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    section,
    typed,
)
from tests.sandbox.blocks.refused_blocks import CONSTRAINT, MISSING, TWICE, TYPE, UNKNOWN


def in_actions(name: str, element: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    """A message with this one element in an actions block."""
    return Refused(name, "message", [actions(element)], f"/0/elements/0{pointer}", code)


def in_input(name: str, element: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    """A modal that asks with this one element."""
    return Refused(name, "modal", modal(field(element)), f"/blocks/0/element{pointer}", code)


def select(**more: Json) -> dict[str, Json]:
    return {"type": "static_select", "action_id": "card.team", **more}


def ticks(**more: Json) -> dict[str, Json]:
    return {"type": "checkboxes", "action_id": "card.ticks", **more}


def overflow(*offered: Json) -> dict[str, Json]:
    return {"type": "overflow", "action_id": "card.more", "options": list(offered)}


def numbered(**more: Json) -> dict[str, Json]:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def icon(**more: Json) -> Refused:
    element = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}
    pointer = f"/0/elements/0/{next(iter(more))}"
    return Refused(
        f"an icon button with {pointer}",
        "message",
        [{"type": "context_actions", "elements": [element]}],
        pointer,
        CONSTRAINT,
    )


FEEDBACK = {"type": "feedback_buttons", "positive_button": {"text": plain(), "value": "+"}}
GROUP = {"label": plain("Teams"), "options": options(1)}

REFUSED_ELEMENTS = [
    # buttons
    in_actions("a button of 76", button(text=plain("x" * 76)), "/text/text"),
    in_actions("an empty button", button(text=plain("")), "/text/text"),
    in_actions("a button in mrkdwn", button(text=mrkdwn()), "/text/type"),
    in_actions("a button without text", {"type": "button", "action_id": "a"}, "", MISSING),
    in_actions("a value of 2001", button(value="x" * 2001), "/value"),
    in_actions("a value that is a number", button(value=7), "/value", TYPE),
    in_actions("a url of 3001", button(url="https://example.com/" + "x" * 2981), "/url"),
    in_actions("a button in green", button(style="success"), "/style"),
    in_actions("a disabled button", button(disabled=True), "/disabled", UNKNOWN),
    in_actions("an action_id of 256", button("x" * 256), "/action_id"),
    in_actions("a label of 76", button(accessibility_label="x" * 76), "/accessibility_label"),
    in_actions("a prompt of 4001", button(agent_prompt="x" * 4001), "/agent_prompt"),
    in_actions("a workflow button without a workflow", {"type": "workflow_button", "text": plain()}, "", MISSING),
    # confirmation
    in_actions(
        "a confirmation titled with 101", button(confirm=confirm(title=plain("x" * 101))), "/confirm/title/text"
    ),
    in_actions("a confirmation of 301", button(confirm=confirm(text=plain("x" * 301))), "/confirm/text/text"),
    in_actions("a yes of 31", button(confirm=confirm(confirm=plain("x" * 31))), "/confirm/confirm/text"),
    in_actions("a no of 31", button(confirm=confirm(deny=plain("x" * 31))), "/confirm/deny/text"),
    in_actions(
        "a confirmation without a title",
        button(confirm={k: v for k, v in confirm().items() if k != "title"}),
        "/confirm",
        MISSING,
    ),
    in_actions("a confirmation in blue", button(confirm=confirm(style="blue")), "/confirm/style"),
    # options
    in_actions("six in an overflow menu", overflow(*options(6)), "/options"),
    in_actions("an empty overflow menu", overflow(), "/options"),
    in_actions("an overflow menu in mrkdwn", overflow(option(text=mrkdwn())), "/options/0/text/type"),
    in_actions("101 options", select(options=options(101)), "/options"),
    in_actions("101 groups", select(option_groups=[GROUP] * 101), "/option_groups"),
    in_actions(
        "101 options in a group", select(option_groups=[GROUP | {"options": options(101)}]), "/option_groups/0/options"
    ),
    in_actions(
        "a group called by 76",
        select(option_groups=[GROUP | {"label": plain("x" * 76)}]),
        "/option_groups/0/label/text",
    ),
    in_actions("options and groups", select(options=options(1), option_groups=[GROUP]), ""),
    in_actions("neither options nor groups", select(), ""),
    in_actions("an option of 76", select(options=[option(text=plain("x" * 76))]), "/options/0/text/text"),
    in_actions("an option valued 151", select(options=[option("a") | {"value": "x" * 151}]), "/options/0/value"),
    in_actions("an option without a value", select(options=[{"text": plain()}]), "/options/0", MISSING),
    in_actions(
        "an option described with 76",
        select(options=[option(description=plain("x" * 76))]),
        "/options/0/description/text",
    ),
    in_actions("a link in a select", select(options=[option(url="https://example.com")]), "/options/0/url", UNKNOWN),
    in_actions("mrkdwn in a select", select(options=[option(text=mrkdwn())]), "/options/0/text/type"),
    in_actions("two options of one value", select(options=[option(), option()]), "/options/1/value", TWICE),
    in_actions(
        "selected but not offered", select(options=options(2), initial_option=option("other")), "/initial_option"
    ),
    in_actions("eleven checkboxes", ticks(options=options(11)), "/options"),
    in_actions("ticked but not offered", ticks(options=options(1), initial_options=options(2)), "/initial_options/1"),
    in_actions("eleven radio buttons", {"type": "radio_buttons", "options": options(11)}, "/options"),
    in_actions("a placeholder of 151", select(options=options(1), placeholder=plain("x" * 151)), "/placeholder/text"),
    in_actions("two checkboxes of one value", ticks(options=[option(), option()]), "/options/1/value", TWICE),
    in_actions("two overflowing of one value", overflow(option(), option()), "/options/1/value", TWICE),
    in_actions(
        "two of one value in a group",
        select(option_groups=[GROUP | {"options": [option(), option()]}]),
        "/option_groups/0/options/1/value",
        TWICE,
    ),
    in_actions(
        "two radio buttons of one value",
        {"type": "radio_buttons", "options": [option(), option()]},
        "/options/1/value",
        TWICE,
    ),
    in_actions(
        "a radio button that isn't there",
        {"type": "radio_buttons", "options": options(1), "initial_option": option()},
        "/initial_option",
    ),
    in_actions("a placeholder in mrkdwn", select(options=options(1), placeholder=mrkdwn()), "/placeholder/type"),
    in_actions("a filter of nothing", {"type": "conversations_select", "filter": {}}, "/filter"),
    in_actions(
        "a filter for rooms", {"type": "conversations_select", "filter": {"include": ["room"]}}, "/filter/include/0"
    ),
    in_actions("no selection at all", {"type": "multi_users_select", "max_selected_items": 0}, "/max_selected_items"),
    in_actions(
        "a query of less than nothing", {"type": "external_select", "min_query_length": -1}, "/min_query_length"
    ),
    # pickers
    in_actions("the 31st, American style", {"type": "datepicker", "initial_date": "12/31/2026"}, "/initial_date"),
    in_actions("a quarter past 24", {"type": "timepicker", "initial_time": "24:15"}, "/initial_time"),
    in_actions(
        "a moment of nine digits", {"type": "datetimepicker", "initial_date_time": 999_999_999}, "/initial_date_time"
    ),
    in_actions(
        "a moment with a placeholder", {"type": "datetimepicker", "placeholder": plain()}, "/placeholder", UNKNOWN
    ),
    # inputs
    in_input("a button as an input", button(), "/type"),
    in_input("a max_length of 3001", typed(max_length=3001), "/max_length"),
    in_input("a max_length of 0", typed(max_length=0), "/max_length"),
    in_input("a min_length of 3001", typed(min_length=3001), "/min_length"),
    in_input("more at least than at most", typed(min_length=10, max_length=9), "/min_length"),
    in_input("an initial value that is too long", typed(initial_value="x" * 281, max_length=280), "/initial_value"),
    in_input(
        "dispatch on a whim",
        typed(dispatch_action_config={"trigger_actions_on": ["whim"]}),
        "/dispatch_action_config/trigger_actions_on/0",
    ),
    in_input("multiline that is a word", typed(multiline="yes"), "/multiline", TYPE),
    in_input("a number without is_decimal_allowed", {"type": "number_input"}, "", MISSING),
    in_input("a number in words", numbered(initial_value="seven"), "/initial_value"),
    in_input("a number that is one", numbered(min_value=1), "/min_value", TYPE),
    in_input("half of a whole number", numbered(max_value="2.5"), "/max_value"),
    in_input("a least above the most", numbered(min_value="10", max_value="9"), "/min_value"),
    in_input("a number out of bounds", numbered(initial_value="11", max_value="10"), "/initial_value"),
    in_input("eleven files", {"type": "file_input", "max_files": 11}, "/max_files"),
    in_input("no files", {"type": "file_input", "max_files": 0}, "/max_files"),
    in_input("101 lines", {"type": "rich_text_input", "max_lines": 101}, "/max_lines"),
    in_input(
        "more lines at least than at most", {"type": "rich_text_input", "min_lines": 5, "max_lines": 4}, "/min_lines"
    ),
    # others
    icon(icon="rocket"),
    icon(visible_to_user_ids=["U1"] * 11),
    Refused(
        "half a feedback", "message", [{"type": "context_actions", "elements": [FEEDBACK]}], "/0/elements/0", MISSING
    ),
    Refused(
        "a picture's element from two places",
        "message",
        [section(accessory=picture(slack_file={"id": "F1"}))],
        "/0/accessory",
        CONSTRAINT,
    ),
    Refused(
        "a picture's element without words",
        "message",
        [section(accessory={"type": "image", "image_url": "https://e.com"})],
        "/0/accessory",
        MISSING,
    ),
]
