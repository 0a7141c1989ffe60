"""Every block element, as a table; which block takes which is said beside the blocks."""

from collections.abc import Mapping

from sandbox.blocks.parts import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ID,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    SLACK_FILE,
    STYLE,
    TICK_OPTION,
    URL,
    plain,
)
from sandbox.blocks.richtext import RICH_TEXT
from sandbox.blocks.rules import distinct_values, fits, initial_among_options, one_of, ordered, whole_numbers, within
from sandbox.blocks.shapes import Flag, Kinds, Many, Number, Rule, Shape, Spec, String

DATE = String(pattern=r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", form="a date as YYYY-MM-DD")
TIME = String(pattern=r"([01]\d|2[0-3]):[0-5]\d", form="a time as HH:mm")
DECIMAL = String(pattern=r"-?\d+(\.\d+)?", form="a number")
CONFIRMED: Mapping[str, Spec] = {"confirm": CONFIRM}
FOCUSED: Mapping[str, Spec] = {"focus_on_load": Flag()}
PICKED: Mapping[str, Spec] = {**CONFIRMED, **FOCUSED}
CHOSEN: Mapping[str, Spec] = {**PICKED, "placeholder": plain(150)}
SEVERAL: Mapping[str, Spec] = {**CHOSEN, "max_selected_items": Number(1)}
TYPED: Mapping[str, Spec] = {**FOCUSED, "placeholder": plain(150), "dispatch_action_config": DISPATCH}
WORKFLOW = Shape(
    {
        "trigger": Shape(
            {"url": URL},
            {"customizable_input_parameters": Many(Shape({"name": String(shortest=1), "value": String()}), least=0)},
        )
    }
)


def element(needed: Mapping[str, Spec] | None = None, allowed: Mapping[str, Spec] | None = None, *rules: Rule) -> Shape:
    """An interactive element: every one may bear an action_id."""
    return Shape(needed or {}, {"action_id": ID, **(allowed or {})}, rules)


def static_select(several: Mapping[str, Spec]) -> Shape:
    """A menu whose options, or groups of options, come with it."""
    lists = {"options": Many(SELECT_OPTION, 100), "option_groups": Many(OPTION_GROUP, 100)}
    rules = (one_of("options", "option_groups"), distinct_values, initial_among_options)
    return element({}, {**lists, **several}, *rules)


def feedback() -> Shape:
    """One of the two halves of feedback_buttons."""
    return Shape({"text": plain(75), "value": String(2000)}, {"accessibility_label": String(75)})


ELEMENTS: dict[str, Shape] = {
    "button": element(
        {"text": plain(75)},
        {
            **CONFIRMED,
            "value": String(2000),
            "url": URL,
            "style": STYLE,
            "accessibility_label": String(75),
            "agent_prompt": String(4000),
        },
    ),
    "workflow_button": element(
        {"text": plain(75), "workflow": WORKFLOW},
        {**CONFIRMED, "style": STYLE, "accessibility_label": String(75)},
    ),
    "checkboxes": element(
        {"options": Many(TICK_OPTION, 10)},
        {**PICKED, "initial_options": Many(TICK_OPTION, 10)},
        distinct_values,
        initial_among_options,
    ),
    "radio_buttons": element(
        {"options": Many(TICK_OPTION, 10)},
        {**PICKED, "initial_option": TICK_OPTION},
        distinct_values,
        initial_among_options,
    ),
    "overflow": element({"options": Many(OVERFLOW_OPTION, 5)}, CONFIRMED, distinct_values),
    "datepicker": element({}, {**CHOSEN, "initial_date": DATE}),
    "datetimepicker": element({}, {**PICKED, "initial_date_time": Number(1_000_000_000, 9_999_999_999)}),
    "timepicker": element({}, {**CHOSEN, "initial_time": TIME, "timezone": String(shortest=1)}),
    "email_text_input": element({}, {**TYPED, "initial_value": String()}),
    "url_text_input": element({}, {**TYPED, "initial_value": String()}),
    "number_input": element(
        {"is_decimal_allowed": Flag()},
        {**TYPED, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
        whole_numbers,
        ordered("min_value", "max_value"),
        within("initial_value", "min_value", "max_value"),
    ),
    "plain_text_input": element(
        {},
        {
            **TYPED,
            "initial_value": String(3000),
            "multiline": Flag(),
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),
        },
        ordered("min_length", "max_length"),
        fits("initial_value", "min_length", "max_length"),
    ),
    "rich_text_input": element(
        {},
        {
            **TYPED,
            "initial_value": Kinds({"rich_text": RICH_TEXT}, ("rich_text",)),
            "min_lines": Number(1, 100),
            "max_lines": Number(1, 100),
        },
        ordered("min_lines", "max_lines"),
    ),
    "file_input": element({}, {"filetypes": Many(String(shortest=1)), "max_files": Number(1, 10)}),
    "image": Shape(
        {"alt_text": String(2000, 1)},
        {"image_url": URL, "slack_file": SLACK_FILE},
        (one_of("image_url", "slack_file"),),
    ),
    "static_select": static_select({**CHOSEN, "initial_option": SELECT_OPTION}),
    "multi_static_select": static_select({**SEVERAL, "initial_options": Many(SELECT_OPTION, 100)}),
    "external_select": element({}, {**CHOSEN, "initial_option": SELECT_OPTION, "min_query_length": Number(0)}),
    "multi_external_select": element(
        {}, {**SEVERAL, "initial_options": Many(SELECT_OPTION, 100), "min_query_length": Number(0)}
    ),
    "users_select": element({}, {**CHOSEN, "initial_user": ID}),
    "multi_users_select": element({}, {**SEVERAL, "initial_users": Many(ID)}),
    "conversations_select": element(
        {},
        {
            **CHOSEN,
            "initial_conversation": ID,
            "default_to_current_conversation": Flag(),
            "response_url_enabled": Flag(),
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_conversations_select": element(
        {},
        {
            **SEVERAL,
            "initial_conversations": Many(ID),
            "default_to_current_conversation": Flag(),
            "filter": CONVERSATION_FILTER,
        },
    ),
    "channels_select": element({}, {**CHOSEN, "initial_channel": ID, "response_url_enabled": Flag()}),
    "multi_channels_select": element({}, {**SEVERAL, "initial_channels": Many(ID)}),
    "feedback_buttons": element({"positive_button": feedback(), "negative_button": feedback()}),
    "icon_button": element(
        {"icon": String(among=("trash",)), "text": plain(75)},
        {
            **CONFIRMED,
            "value": String(2000),
            "accessibility_label": String(75),
            "visible_to_user_ids": Many(ID, 10),
        },
    ),
    "url": Shape({"url": URL, "text": String(shortest=1)}),
}

SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
MENUS = (*SELECTS, *(f"multi_{name}" for name in SELECTS))
PICKERS = ("datepicker", "timepicker")
TICKS = ("checkboxes", "radio_buttons")


def elements(*names: str) -> Kinds:
    """One of these elements."""
    return Kinds(ELEMENTS, names)
