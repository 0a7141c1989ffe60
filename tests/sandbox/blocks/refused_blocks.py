"""Blocks that Slack refuses in a message, one constraint each."""

from tests.sandbox.blocks.pieces import (
    Json,
    Refused,
    actions,
    button,
    card,
    cell,
    chart,
    container,
    data_table,
    mrkdwn,
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

CONSTRAINT, MISSING, UNKNOWN, TYPE, TWICE = (
    "failed_constraint",
    "missing_field",
    "unknown_field",
    "invalid_type",
    "duplicate",
)


def refused(name: str, block: Json, pointer: str, code: str = CONSTRAINT) -> Refused:
    """A message of this one block."""
    return Refused(name, "message", [block], f"/0{pointer}", code)


def header(words: Json) -> dict[str, Json]:
    return {"type": "header", "text": words}


def context(*elements: Json) -> dict[str, Json]:
    return {"type": "context", "elements": list(elements)}


def part(kind: str, *elements: Json, **more: Json) -> dict[str, Json]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements), **more}]}


LONG = "x" * 3001
DAYS = [f"day {number}" for number in range(21)]

REFUSED_BLOCKS = [
    refused("a block that is no object", "hello", "", TYPE),
    refused("a block without a type", {"text": plain()}, "", MISSING),
    refused("a type that is no string", {"type": 7}, "/type", TYPE),
    refused("a block nobody knows", {"type": "hologram"}, "/type"),
    refused("an unknown field", section(colour="red"), "/colour", UNKNOWN),
    refused("a field with a path in its name", section(**{"a/b~c": 1}), "/a~1b~0c", UNKNOWN),
    refused("a field of another block", {"type": "divider", "text": plain()}, "/text", UNKNOWN),
    refused("a block_id of 256", section(block_id="x" * 256), "/block_id"),
    refused("an empty block_id", section(block_id=""), "/block_id"),
    refused("a field that is null", section(accessory=None), "/accessory", TYPE),
    # texts
    refused("a text nobody knows", section(text={"type": "markdown", "text": "hi"}), "/text/type"),
    refused("a text that is a string", section(text="hi"), "/text", TYPE),
    refused("an empty section", section(text=mrkdwn("")), "/text/text"),
    refused("a section of 3001", section(text=mrkdwn(LONG)), "/text/text"),
    refused("a text without text", section(text={"type": "mrkdwn"}), "/text", MISSING),
    refused("a text that is a number", section(text={"type": "mrkdwn", "text": 7}), "/text/text", TYPE),
    refused("verbatim on plain_text", section(text=plain(verbatim=True)), "/text/verbatim", UNKNOWN),
    refused("emoji on mrkdwn", section(text=mrkdwn(emoji=True)), "/text/emoji", UNKNOWN),
    refused("verbatim that is a word", section(text=mrkdwn(verbatim="yes")), "/text/verbatim", TYPE),
    # sections and headers
    refused("a section of nothing", {"type": "section"}, ""),
    refused("eleven fields", {"type": "section", "fields": [plain()] * 11}, "/fields"),
    refused("no fields", {"type": "section", "fields": []}, "/fields"),
    refused("a field of 2001", {"type": "section", "fields": [plain(), plain("x" * 2001)]}, "/fields/1/text"),
    refused("an input as an accessory", section(accessory=typed()), "/accessory/type"),
    refused("expand that is a number", section(expand=1), "/expand", TYPE),
    refused("a header of 151", header(plain("x" * 151)), "/text/text"),
    refused("an empty header", header(plain("")), "/text/text"),
    refused("a header in mrkdwn", header(mrkdwn()), "/text/type"),
    refused("a header without text", {"type": "header"}, "", MISSING),
    # actions and context
    refused("no actions", actions(), "/elements"),
    refused("26 actions", actions(*[button(f"a{n}") for n in range(26)]), "/elements"),
    refused("actions without elements", {"type": "actions"}, "", MISSING),
    refused("elements that are an object", {"type": "actions", "elements": button()}, "/elements", TYPE),
    refused("text among the actions", actions(plain()), "/elements/0/type"),
    refused("a text input among the actions", actions(typed()), "/elements/0/type"),
    refused("no context", context(), "/elements"),
    refused("eleven in a context", context(*[plain()] * 11), "/elements"),
    refused("a button in a context", context(plain(), button()), "/elements/1/type"),
    refused("an empty text in a context", context(plain("")), "/elements/0/text"),
    refused("six context actions", {"type": "context_actions", "elements": [{}] * 6}, "/elements"),
    refused("a button in context actions", {"type": "context_actions", "elements": [button()]}, "/elements/0/type"),
    # pictures, files, videos
    refused("a picture without words", {"type": "image", "image_url": "https://example.com/a"}, "", MISSING),
    refused("a picture described at length", picture(alt_text="x" * 2001), "/alt_text"),
    refused("a picture from nowhere", {"type": "image", "alt_text": "a parcel"}, ""),
    refused("a picture from two places", picture(slack_file={"id": "F1"}), ""),
    refused(
        "a slack_file by two names",
        {"type": "image", "alt_text": "a", "slack_file": {"id": "F", "url": "u:u"}},
        "/slack_file",
    ),
    refused("a picture's title of 2001", picture(title=plain("x" * 2001)), "/title/text"),
    refused("a picture's title in mrkdwn", picture(title=mrkdwn()), "/title/type"),
    refused("a picture's url of 3001", picture(image_url="https://e.com/" + LONG), "/image_url"),
    refused("a picture's url that is none", picture(image_url="parcel.png"), "/image_url"),
    refused("a file that isn't remote", {"type": "file", "external_id": "F1", "source": "local"}, "/source"),
    refused("a video titled with 200", video(title=plain("x" * 200)), "/title/text"),
    refused("a video over http", video(video_url="http://example.com/1"), "/video_url"),
    refused("a video by a long name", video(author_name="x" * 50), "/author_name"),
    refused("a video described in mrkdwn", video(description=mrkdwn()), "/description/type"),
    # markdown and rich text
    refused("empty markdown", {"type": "markdown", "text": ""}, "/text"),
    refused("markdown of 12001", {"type": "markdown", "text": "x" * 12_001}, "/text"),
    refused("markdown as a text object", {"type": "markdown", "text": plain()}, "/text", TYPE),
    refused("rich text of nothing", {"type": "rich_text", "elements": []}, "/elements"),
    refused("a run outside a section", {"type": "rich_text", "elements": [run()]}, "/elements/0/type"),
    refused("a section inside a section", part("rich_text_section", rich()), "/elements/0/elements/0/type"),
    refused(
        "a mention in preformatted text",
        part("rich_text_preformatted", {"type": "user", "user_id": "U"}),
        "/elements/0/elements/0/type",
    ),
    refused("a list of bare runs", part("rich_text_list", run(), style="bullet"), "/elements/0/elements/0/type"),
    refused(
        "a list without a style",
        part("rich_text_list", {"type": "rich_text_section", "elements": []}),
        "/elements/0",
        MISSING,
    ),
    refused(
        "a list of another style",
        part("rich_text_list", {"type": "rich_text_section", "elements": []}, style="dash"),
        "/elements/0/style",
    ),
    refused(
        "an indent of 9",
        part("rich_text_list", {"type": "rich_text_section", "elements": []}, style="bullet", indent=9),
        "/elements/0/indent",
    ),
    refused("a border of 2", part("rich_text_quote", run(), border=2), "/elements/0/border"),
    refused("an empty run", rich(run("")), "/elements/0/elements/0/text"),
    refused(
        "a run in a style nobody knows", rich(run(style={"blink": True})), "/elements/0/elements/0/style/blink", UNKNOWN
    ),
    refused("a link to nowhere", rich({"type": "link", "text": "here"}), "/elements/0/elements/0", MISSING),
    refused("a user without an id", rich({"type": "user"}), "/elements/0/elements/0", MISSING),
    refused(
        "a broadcast to all the world", rich({"type": "broadcast", "range": "world"}), "/elements/0/elements/0/range"
    ),
    refused("a date without a format", rich({"type": "date", "timestamp": 1}), "/elements/0/elements/0", MISSING),
    refused(
        "a date in words",
        rich({"type": "date", "timestamp": "now", "format": "{date}"}),
        "/elements/0/elements/0/timestamp",
        TYPE,
    ),
    refused("a colour by name", rich({"type": "color", "value": "red"}), "/elements/0/elements/0/value"),
    # cards and containers
    refused("an empty card", {"type": "card", "subtitle": mrkdwn()}, ""),
    refused("a card's title of 151", card(title=mrkdwn("x" * 151)), "/title/text"),
    refused("a card's subtitle of 151", card(subtitle=mrkdwn("x" * 151)), "/subtitle/text"),
    refused("a card's body of 201", card(body=mrkdwn("x" * 201)), "/body/text"),
    refused("a select on a card", card(actions=[{"type": "users_select"}]), "/actions/0/type"),
    refused("four buttons on a card", card(actions=[button(f"a{n}") for n in range(4)]), "/actions"),
    refused("an empty carousel", {"type": "carousel", "elements": []}, "/elements"),
    refused("eleven cards", {"type": "carousel", "elements": [card()] * 11}, "/elements"),
    refused("a section in a carousel", {"type": "carousel", "elements": [section()]}, "/elements/0/type"),
    refused("eleven children", container(*[section()] * 11), "/child_blocks"),
    refused("a card in a container", container(section(), card()), "/child_blocks/1/type"),
    refused("a container in a container", container(container()), "/child_blocks/0/type"),
    refused("a container without a title", {"type": "container", "child_blocks": [section()]}, ""),
    refused("a container of no width we know", container(width="huge"), "/width"),
    refused("a folded container that doesn't fold", container(default_collapsed=True), "/default_collapsed"),
    refused(
        "a ruled header that folds", container(is_collapsible=True, has_header_divider=True), "/has_header_divider"
    ),
    refused("a fault inside a container", container(header(plain("x" * 151))), "/child_blocks/0/text/text"),
    # tables and charts
    refused("101 rows", table(101), "/rows"),
    refused("21 columns", table(1, 21), "/rows/0"),
    refused("no rows", table(0), "/rows"),
    refused("21 column settings", table(column_settings=[{}] * 21), "/column_settings"),
    refused("a column aligned up", table(column_settings=[{"align": "up"}]), "/column_settings/0/align"),
    refused("an empty cell", {"type": "table", "rows": [[cell(), cell("")]]}, "/rows/0/1/text"),
    refused("mrkdwn in a cell", {"type": "table", "rows": [[mrkdwn()]]}, "/rows/0/0/type"),
    refused("a table of 10001 characters", {"type": "table", "rows": [[cell("x" * 10_001)]]}, "/rows"),
    refused("a data table without a caption", {"type": "data_table", "rows": [[cell()], [cell()]]}, "", MISSING),
    refused("a data table with a header only", data_table([cell()]), "/rows"),
    refused("a page of 101", data_table(page_size=101), "/page_size"),
    refused("rows of two widths", data_table([cell(), cell()], [cell()]), "/rows/1"),
    refused("a rich header", data_table([rich(run())], [cell()]), "/rows/0/0/type"),
    refused("a row header beyond the table", data_table(row_header_column_index=1), "/row_header_column_index"),
    refused("a pie of nothing", pie(0), "/chart/segments/0/value"),
    refused("a pie of seven", pie(*range(1, 8)), "/chart/segments"),
    refused("two series of one name", chart(series(), series()), "/chart/series/1/name", TWICE),
    refused("a series without Tuesday", chart(series("a", "Mon")), "/chart/series/0/data"),
    refused("21 days of data", chart(series("a", *DAYS)), "/chart/series/0/data"),
    refused("21 categories", chart(axis_config={"categories": DAYS}), "/chart/axis_config/categories"),
    refused("a chart nobody knows", chart(type="radar"), "/chart/type"),
    # the rest
    refused("a plan of sections", {"type": "plan", "title": "Plan", "tasks": [section()]}, "/tasks/0/type"),
    refused("a task of another state", task(status="stuck"), "/status"),
    refused("a task without an id", {"type": "task_card", "title": "Look", "status": "error"}, "", MISSING),
    refused("a provider's name of 76", provider(name=plain("x" * 76)), "/name/text"),
    refused("a provider over http", provider(auth_url="http://example.com"), "/auth_url"),
    refused("a call without an id", {"type": "call"}, "", MISSING),
]
