"""Every length and every count at its edge: a payload made to measure, and the sizes that just fit."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.blocks import Surface
from tests.sandbox.blocks.pieces import (
    Json,
    actions,
    button,
    card,
    cell,
    chart,
    confirm,
    container,
    data_table,
    field,
    home,
    modal,
    mrkdwn,
    option,
    options,
    picture,
    pie,
    plain,
    provider,
    rich,
    run,
    section,
    series,
    table,
    task,
    typed,
    video,
)


@dataclass(frozen=True)
class Edge:
    """`make(size)` is sound from `least` to `most` and refused at the pointer beyond; None = no edge on that side."""

    name: str
    surface: Surface
    make: Callable[[int], Json]
    pointer: str
    most: int | None
    least: int | None = None


def edge(path: str, make: Callable[[int], Json], most: int | None, least: int | None = None) -> Edge:
    """An edge of the only block of a message; the path names block and place."""
    _, _, rest = path.partition(" ")
    return Edge(path, "message", lambda size: [make(size)], f"/0{rest}", most, least)


def tool(path: str, make: Callable[[int], Json], most: int | None, least: int | None = None) -> Edge:
    """An edge of the only element of an actions block."""
    _, _, rest = path.partition(" ")
    return Edge(path, "message", lambda size: [actions(make(size))], f"/0/elements/0{rest}", most, least)


def asked(path: str, make: Callable[[int], Json], most: int | None, least: int | None = None) -> Edge:
    """An edge of the only element a modal asks with."""
    _, _, rest = path.partition(" ")
    return Edge(path, "modal", lambda size: modal(field(make(size))), f"/blocks/0/element{rest}", most, least)


def x(size: int) -> str:
    return "x" * size


def url(size: int) -> str:
    return "https://example.com/".ljust(size, "x")


def buttons(count: int) -> list[Json]:
    return [button(f"a{number}") for number in range(count)]


def select(**more: Json) -> dict[str, Json]:
    return {"type": "static_select", **more}


def choices(count: int) -> dict[str, Json]:
    """A multi select with as many choices selected, out of enough options in two groups."""
    groups = [{"label": plain(), "options": options(60)}, {"label": plain(), "options": options(60)}]
    return {"type": "multi_static_select", "option_groups": groups, "initial_options": (options(60) * 2)[:count]}


def grouped(**more: Json) -> dict[str, Json]:
    return select(option_groups=[{"label": plain(), "options": options(1), **more}])


def tick(**more: Json) -> dict[str, Json]:
    return {"type": "radio_buttons", "options": [option(**more)]}


def icon(**more: Json) -> dict[str, Json]:
    return {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain(), **more}]}


def rated(**more: Json) -> dict[str, Json]:
    half = {"text": plain(), "value": "+"}
    feedback = {"type": "feedback_buttons", "positive_button": half | more, "negative_button": half}
    return {"type": "context_actions", "elements": [feedback]}


def part(kind: str, **more: Json) -> dict[str, Json]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": [], **more}]}


def listed(**more: Json) -> dict[str, Json]:
    items = [{"type": "rich_text_section", "elements": []}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items, **more}]}


AXIS = {"categories": ["Mon", "Tue"]}
PRESSED = {"type": "workflow_button", "text": plain(), "workflow": {"trigger": {"url": "https://slack.com/s"}}}
ALERT = {"type": "alert", "text": plain()}
FULL = {"type": "divider"}
RUN = "/elements/0/elements/0"

EDGES = [
    # blocks
    edge("section /block_id", lambda n: section(block_id=x(n)), 255, 1),
    edge("section /text/text", lambda n: section(text=mrkdwn(x(n))), 3000, 1),
    edge("section_plain /text/text", lambda n: section(text=plain(x(n))), 3000, 1),
    edge("section /fields", lambda n: {"type": "section", "fields": [plain()] * n}, 10, 1),
    edge("fields /fields/0/text", lambda n: {"type": "section", "fields": [mrkdwn(x(n))]}, 2000, 1),
    edge("header /text/text", lambda n: {"type": "header", "text": plain(x(n))}, 150, 1),
    edge("actions /elements", lambda n: actions(*buttons(n)), 25, 1),
    edge("context /elements", lambda n: {"type": "context", "elements": [plain()] * n}, 10, 1),
    edge("context /elements/0/text", lambda n: {"type": "context", "elements": [plain(x(n))]}, 3000, 1),
    edge("image /alt_text", lambda n: picture(alt_text=x(n)), 2000, 1),
    edge("image /image_url", lambda n: picture(image_url=url(n)), 3000),
    edge("image /title/text", lambda n: picture(title=plain(x(n))), 2000, 1),
    edge("element_image /accessory/alt_text", lambda n: section(accessory=picture(alt_text=x(n))), 2000, 1),
    edge("input /label/text", lambda n: field(typed(), label=plain(x(n))), 2000, 1),
    edge("input /hint/text", lambda n: field(typed(), hint=plain(x(n))), 2000, 1),
    edge("markdown /text", lambda n: {"type": "markdown", "text": x(n)}, 12_000, 1),
    edge("video /alt_text", lambda n: video(alt_text=x(n)), 2000, 1),
    edge("video /title/text", lambda n: video(title=plain(x(n))), 199, 1),
    edge("video /author_name", lambda n: video(author_name=x(n)), 49),
    edge("video /description/text", lambda n: video(description=plain(x(n))), 3000, 1),
    edge("card /title/text", lambda n: card(title=mrkdwn(x(n))), 150, 1),
    edge("card /subtitle/text", lambda n: card(subtitle=mrkdwn(x(n))), 150, 1),
    edge("card /body/text", lambda n: card(body=mrkdwn(x(n))), 200, 1),
    edge("card /subtext/text", lambda n: card(subtext=mrkdwn(x(n))), 200, 1),
    edge("card /actions", lambda n: card(actions=buttons(n)), 3, 1),
    edge("carousel /elements", lambda n: {"type": "carousel", "elements": [card()] * n}, 10, 1),
    edge("container /child_blocks", lambda n: container() | {"child_blocks": [FULL] * n}, 10, 1),
    edge("container /title/text", lambda n: container(title=plain(x(n))), 150, 1),
    edge("container /subtitle/text", lambda n: container(subtitle=mrkdwn(x(n))), 150, 1),
    edge("plan /title", lambda n: {"type": "plan", "title": x(n)}, None, 1),
    edge("plan /tasks", lambda n: {"type": "plan", "title": "Plan", "tasks": [task()] * n}, None, 1),
    edge("task_card /task_id", lambda n: task(task_id=x(n)), None, 1),
    edge("task_card /title", lambda n: task(title=x(n)), None, 1),
    edge("source /sources/0/text", lambda n: task(sources=[{"type": "url", "url": "u:u", "text": x(n)}]), None, 1),
    edge("auth_provider /value", lambda n: provider(value=x(n)), 150, 1),
    edge("auth_provider /name/text", lambda n: provider(name=plain(x(n))), 75, 1),
    edge("auth_provider /description/text", lambda n: provider(description=plain(x(n))), 150, 1),
    edge("auth_provider /connected_identity/text", lambda n: provider(connected_identity=plain(x(n))), 75, 1),
    edge("auth_provider /connected_context/text", lambda n: provider(connected_context=plain(x(n))), 75, 1),
    edge("icon /elements/0/text/text", lambda n: icon(text=plain(x(n))), 75, 1),
    edge("icon /elements/0/value", lambda n: icon(value=x(n)), 2000),
    edge("icon /elements/0/accessibility_label", lambda n: icon(accessibility_label=x(n)), 75),
    edge("icon /elements/0/visible_to_user_ids", lambda n: icon(visible_to_user_ids=["U1"] * n), 10, 1),
    edge("icons /elements", lambda n: icon() | {"elements": icon()["elements"] * n}, 5, 1),
    edge("feedback /elements/0/positive_button/text/text", lambda n: rated(text=plain(x(n))), 75, 1),
    edge("feedback /elements/0/positive_button/value", lambda n: rated(value=x(n)), 2000),
    edge("feedback /elements/0/positive_button/accessibility_label", lambda n: rated(accessibility_label=x(n)), 75),
    # rich text
    edge(f"text {RUN}/text", lambda n: rich(run(x(n))), None, 1),
    edge(f"emoji {RUN}/name", lambda n: rich({"type": "emoji", "name": x(n)}), None, 1),
    edge(f"emoji {RUN}/skin_tone", lambda n: rich({"type": "emoji", "name": "wave", "skin_tone": n}), 6, 1),
    edge(f"date {RUN}/timestamp", lambda n: rich({"type": "date", "timestamp": n, "format": "{date}"}), None, 0),
    edge(f"date {RUN}/format", lambda n: rich({"type": "date", "timestamp": 0, "format": x(n)}), None, 1),
    edge("rich_text_quote /elements/0/border", lambda n: part("rich_text_quote", border=n), 1, 0),
    edge("preformatted /elements/0/language", lambda n: part("rich_text_preformatted", language=x(n)), None, 1),
    edge("rich_text_list /elements/0/indent", lambda n: listed(indent=n), 8, 0),
    edge("rich_text_list /elements/0/offset", lambda n: listed(offset=n), None, 0),
    # tables and charts
    edge("table /rows", lambda n: table(n), 100, 1),
    edge("table /rows/0", lambda n: table(1, n), 20, 1),
    edge("table /rows/0/0/text", lambda n: {"type": "table", "rows": [[cell(x(n))]]}, None, 1),
    edge("table_cells /rows", lambda n: {"type": "table", "rows": [[cell(x(n))]]}, 10_000),
    edge("table /column_settings", lambda n: table(column_settings=[{}] * n), 20, 1),
    edge("data_table /rows", lambda n: data_table() | {"rows": [[cell()]] * n}, 101, 2),
    edge("data_table /caption", lambda n: data_table(caption=x(n)), None, 1),
    edge("data_table /page_size", lambda n: data_table(page_size=n), 100, 1),
    edge("data_table /row_header_column_index", lambda n: data_table(row_header_column_index=n), 0, 0),
    edge("chart /title", lambda n: chart() | {"title": x(n)}, 50, 1),
    edge("series /chart/series", lambda n: chart(series=[series(str(i)) for i in range(n)]), 6, 1),
    edge("series /chart/series/0/name", lambda n: chart(series(x(n))), 20, 1),
    edge("axis /chart/axis_config/x_label", lambda n: chart(axis_config=AXIS | {"x_label": x(n)}), 50),
    edge("axis /chart/axis_config/y_label", lambda n: chart(axis_config=AXIS | {"y_label": x(n)}), 50),
    edge("pie /chart/segments", lambda n: pie(*[1] * n), 6, 1),
    # buttons
    tool("button /text/text", lambda n: button(text=plain(x(n))), 75, 1),
    tool("button /action_id", lambda n: button(x(n)), 255, 1),
    tool("button /value", lambda n: button(value=x(n)), 2000),
    tool("button /url", lambda n: button(url=url(n)), 3000),
    tool("button /accessibility_label", lambda n: button(accessibility_label=x(n)), 75),
    tool("button /agent_prompt", lambda n: button(agent_prompt=x(n)), 4000),
    tool("workflow_button /text/text", lambda n: PRESSED | {"text": plain(x(n))}, 75, 1),
    tool("workflow_button /accessibility_label", lambda n: PRESSED | {"accessibility_label": x(n)}, 75),
    tool("confirm /confirm/title/text", lambda n: button(confirm=confirm(title=plain(x(n)))), 100, 1),
    tool("confirm /confirm/text/text", lambda n: button(confirm=confirm(text=plain(x(n)))), 300, 1),
    tool("confirm /confirm/confirm/text", lambda n: button(confirm=confirm(confirm=plain(x(n)))), 30, 1),
    tool("confirm /confirm/deny/text", lambda n: button(confirm=confirm(deny=plain(x(n)))), 30, 1),
    # choices
    tool("overflow /options", lambda n: {"type": "overflow", "options": options(n)}, 5, 1),
    tool("overflow /options/0/text/text", lambda n: {"type": "overflow", "options": [option(text=plain(x(n)))]}, 75, 1),
    tool("select /options", lambda n: select(options=options(n)), 100, 1),
    tool("select /options/0/text/text", lambda n: select(options=[option(text=plain(x(n)))]), 75, 1),
    tool("select /options/0/value", lambda n: select(options=[option(text=plain()) | {"value": x(n)}]), 150, 1),
    tool("select /options/0/description/text", lambda n: select(options=[option(description=plain(x(n)))]), 75, 1),
    tool("select /placeholder/text", lambda n: select(options=options(1), placeholder=plain(x(n))), 150, 1),
    tool("groups /option_groups", lambda n: select(option_groups=grouped()["option_groups"] * n), 100, 1),
    tool("groups /option_groups/0/options", lambda n: grouped(options=options(n)), 100, 1),
    tool("groups /option_groups/0/label/text", lambda n: grouped(label=plain(x(n))), 75, 1),
    tool("multi /initial_options", choices, 100, 1),
    tool("multi /max_selected_items", lambda n: {"type": "multi_users_select", "max_selected_items": n}, None, 1),
    tool("external /min_query_length", lambda n: {"type": "external_select", "min_query_length": n}, None, 0),
    tool("externals /min_query_length", lambda n: {"type": "multi_external_select", "min_query_length": n}, None, 0),
    tool("ticks /options", lambda n: {"type": "checkboxes", "options": options(n)}, 10, 1),
    tool("radio /options", lambda n: {"type": "radio_buttons", "options": options(n)}, 10, 1),
    tool("radio /options/0/text/text", lambda n: tick(text=mrkdwn(x(n))), 75, 1),
    tool("radio /options/0/description/text", lambda n: tick(description=plain(x(n))), 75, 1),
    # what is typed
    asked("plain_text_input /initial_value", lambda n: typed(initial_value=x(n)), 3000),
    asked("plain_text_input /min_length", lambda n: typed(min_length=n), 3000, 0),
    asked("plain_text_input /max_length", lambda n: typed(max_length=n), 3000, 1),
    asked("plain_text_input /placeholder/text", lambda n: typed(placeholder=plain(x(n))), 150, 1),
    asked("rich_text_input /min_lines", lambda n: {"type": "rich_text_input", "min_lines": n}, 100, 1),
    asked("rich_text_input /max_lines", lambda n: {"type": "rich_text_input", "max_lines": n}, 100, 1),
    asked("file_input /max_files", lambda n: {"type": "file_input", "max_files": n}, 10, 1),
    asked("file_input /filetypes", lambda n: {"type": "file_input", "filetypes": ["png"] * n}, None, 1),
    asked("file_input /filetypes/0", lambda n: {"type": "file_input", "filetypes": [x(n)]}, None, 1),
    asked("timepicker /timezone", lambda n: {"type": "timepicker", "timezone": x(n)}, None, 1),
    # views and messages
    Edge("message", "message", lambda n: [FULL] * n, "", 50),
    Edge("modal blocks", "modal", lambda n: modal(*[FULL] * n), "/blocks", 100, 1),
    Edge("home blocks", "home", lambda n: home(*[FULL] * n), "/blocks", 100, 1),
    Edge("title", "modal", lambda n: modal(FULL, title=plain(x(n))), "/title/text", 24, 1),
    Edge("submit", "modal", lambda n: modal(FULL, submit=plain(x(n))), "/submit/text", 24, 1),
    Edge("close", "modal", lambda n: modal(FULL, close=plain(x(n))), "/close/text", 24, 1),
    Edge("private_metadata", "modal", lambda n: modal(FULL, private_metadata=x(n)), "/private_metadata", 3000),
    Edge("callback_id", "home", lambda n: home(FULL, callback_id=x(n)), "/callback_id", 255),
    Edge("external_id", "home", lambda n: home(FULL, external_id=x(n)), "/external_id", 255),
    Edge("alert", "modal", lambda n: modal(ALERT | {"text": mrkdwn(x(n))}), "/blocks/0/text/text", 200, 1),
]
