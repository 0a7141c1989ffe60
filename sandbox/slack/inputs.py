"""Interactive elements: where they stand in blocks, and their values in the types Slack gives them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
State = dict[str, dict[str, Json]]
FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Under which key each kind of element carries its value."""
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
MANY = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


@dataclass(frozen=True)
class Place:
    """An element and the block it stands in."""

    block: Json
    element: Json

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def ids(self) -> tuple[str, str]:
        """Block id and action id."""
        return str(self.block.get("block_id", "")), str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        """Whether it waits for a submit: what happens in it is told at once only with dispatch_action."""
        return self.block.get("type") == "input"


def places(blocks: Any, block: Json | None = None) -> Iterator[Place]:
    """Every element with an action id, in reading order, those of blocks within blocks included."""
    if isinstance(blocks, list):
        for item in blocks:
            yield from places(item, block)
    elif isinstance(blocks, dict):
        block = blocks if "block_id" in blocks else block
        if "action_id" in blocks and block is not None:
            yield Place(block, blocks)
            return
        for item in blocks.values():
            yield from places(item, block)


def find(blocks: Any, action_id: str, block_id: str | None) -> Place:
    """The element with this action id, the first one when no block is named."""
    for place in places(blocks):
        if place.ids[1] == action_id and block_id in (None, place.ids[0]):
            return place
    where = f" in block {block_id!r}" if block_id else ""
    raise Wrong(f"there is nothing with action_id {action_id!r}{where} (any more)", 404)


def empty(kind: str) -> Any:
    """The value of an untouched element without an initial one."""
    return [] if FIELDS[kind] in MANY else None


def typed(place: Place, value: Any) -> Json:
    """A value as state.values has it."""
    return {"type": place.kind, FIELDS[place.kind]: value}


def initial(place: Place) -> Json:
    """What an element holds before anybody touches it."""
    key = "initial_value" if place.kind in TEXTS else FIELDS[place.kind].replace("selected", "initial")
    value = place.element.get(key)
    return typed(place, empty(place.kind) if value is None else value)


def state_of(blocks: Any) -> State:
    """state.values of blocks nobody has touched."""
    state: State = {}
    for place in places(blocks):
        if place.kind in FIELDS and place.kind != "overflow":
            block_id, action_id = place.ids
            state.setdefault(block_id, {})[action_id] = initial(place)
    return state


def carried_over(blocks: Any, old: State) -> State:
    """state.values of changed blocks: what was entered stays where block id, action id and type stay."""
    state = state_of(blocks)
    for block_id, values in state.items():
        for action_id, value in values.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == value["type"]:
                values[action_id] = before
    return state


def chosen(side: "SlackSide", place: Place, value: Any, offered: list[Json]) -> Any:
    """The person's choice in the element's own type: an option for its value, a date for its text, and so on.

    `offered` are options the app gave this person while they typed; the element's own come first.
    """
    if value is None or value == "":
        return empty(place.kind)
    options = [*_own_options(place), *offered]
    if FIELDS[place.kind] in MANY:
        return [_single(side, place, item, options) for item in (value if isinstance(value, list) else [value])]
    return _single(side, place, value, options)


def _single(side: "SlackSide", place: Place, value: Any, options: list[Json]) -> Any:
    field = FIELDS[place.kind]
    if field.startswith("selected_option"):
        return _option(place, value, options)
    if field.startswith("selected_user"):
        return _known(side.directory.person(str(value)), f"nobody has the id {value!r}")
    if field.startswith(("selected_channel", "selected_conversation")):
        return _known(side.directory.channel(str(value)), f"there is no channel {value!r}")
    if place.kind == "rich_text_input":
        return value if isinstance(value, dict) else _rich(str(value))
    if isinstance(value, list | dict):
        raise Wrong(f"{place.ids[1]} takes a text, not {value!r}")
    return _moment(place.kind, value)


def _own_options(place: Place) -> list[Json]:
    element = place.element
    first = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    groups = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *groups, *first]


def _known(found: Json | None, otherwise: str) -> str:
    if found is None:
        raise Wrong(otherwise, 404)
    return str(found["id"])


def _option(place: Place, value: Any, options: list[Json]) -> Json:
    wanted = value.get("value") if isinstance(value, dict) else str(value)
    for option in options:
        if option.get("value") == wanted:
            return dict(option)
    raise Wrong(f"{place.ids[1]} has no option with the value {wanted!r}", 404)


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _moment(kind: str, value: Any) -> Any:
    try:
        if kind == "datepicker":
            return date.fromisoformat(str(value)).isoformat()
        if kind == "timepicker":
            return datetime.strptime(str(value), "%H:%M").strftime("%H:%M")  # noqa: DTZ007 - a time of day, no moment
        if kind == "datetimepicker":
            return int(value)
    except ValueError as wrong:
        raise Wrong(f"{value!r} is no value for a {kind}") from wrong
    return str(value)
