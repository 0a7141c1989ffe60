"""Every block, as a table: its fields, the elements it takes, the surfaces it may stand on."""

from collections.abc import Mapping

from sandbox.blocks.elements import MENUS, PICKERS, TICKS, elements
from sandbox.blocks.fault import Surface
from sandbox.blocks.parts import HTTPS, ID, SLACK_FILE, URL, mrkdwn, plain, text
from sandbox.blocks.richtext import RICH_TEXT
from sandbox.blocks.rules import excludes, one_of, requires, some_of
from sandbox.blocks.shapes import Anything, Flag, Kinds, Many, Rule, Shape, Spec, String
from sandbox.blocks.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

IMAGE = elements("image")
RICH = Kinds({"rich_text": RICH_TEXT}, ("rich_text",))
IN_ACTIONS = elements(
    "button", "workflow_button", "overflow", "datetimepicker", "rich_text_input", *TICKS, *PICKERS, *MENUS
)
IN_SECTION = elements("button", "workflow_button", "overflow", "image", *TICKS, *PICKERS, *MENUS)
IN_INPUT = elements(
    "plain_text_input",
    "rich_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "file_input",
    "datetimepicker",
    *TICKS,
    *PICKERS,
    *MENUS,
)
WORDS_OR_IMAGE = Kinds({**text().table, **IMAGE.table}, ("plain_text", "mrkdwn", "image"))
CARD_TEXT = 200
CHILDREN = (
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)


def block(needed: Mapping[str, Spec] | None = None, allowed: Mapping[str, Spec] | None = None, *rules: Rule) -> Shape:
    """A block: every one may bear a block_id."""
    return Shape(needed or {}, {"block_id": ID, **(allowed or {})}, rules)


BLOCKS: dict[str, Shape] = {}
BLOCKS.update(
    {
        "actions": block({"elements": Many(IN_ACTIONS, 25)}),
        "alert": block(
            {"text": text(200)}, {"level": String(among=("default", "info", "warning", "error", "success"))}
        ),
        "auth_provider": block(
            {"value": String(150, 1), "name": plain(75), "is_connected": Flag()},
            {
                "description": plain(150),
                "icon_url": HTTPS,
                "auth_url": HTTPS,
                "disconnect_url": HTTPS,
                "connected_identity": plain(75),
                "connected_context": plain(75),
                "accessory": elements("overflow"),
                "fallback": Many(Kinds(BLOCKS, CHILDREN)),
            },
        ),
        "call": block({"call_id": ID}, {"api_decoration_available": Flag(), "call": Anything(dict, "object")}),
        "card": block(
            {},
            {
                "hero_image": IMAGE,
                "icon": IMAGE,
                "title": mrkdwn(150),
                "subtitle": mrkdwn(150),
                "body": mrkdwn(CARD_TEXT),
                "subtext": mrkdwn(CARD_TEXT),
                "actions": Many(elements("button"), 3),
            },
            some_of("hero_image", "title", "actions", "body"),
        ),
        "carousel": block({"elements": Many(Kinds(BLOCKS, ("card",)), 10)}),
        "container": block(
            {"child_blocks": Many(Kinds(BLOCKS, CHILDREN), 10)},
            {
                "title": plain(150),
                "rich_text_title": RICH,
                "subtitle": text(150),
                "width": String(among=("narrow", "standard", "wide", "full")),
                "icon": IMAGE,
                "is_collapsible": Flag(),
                "default_collapsed": Flag(),
                "has_header_divider": Flag(),
            },
            some_of("title", "rich_text_title"),
            requires("default_collapsed", "is_collapsible"),
            excludes("has_header_divider", "is_collapsible"),
        ),
        "context": block({"elements": Many(WORDS_OR_IMAGE, 10)}),
        "context_actions": block({"elements": Many(elements("feedback_buttons", "icon_button"), 5)}),
        "data_table": DATA_TABLE,
        "data_visualization": DATA_VISUALIZATION,
        "divider": block(),
        "file": block({"external_id": ID, "source": String(among=("remote",))}),
        "header": block({"text": plain(150)}),
        "image": block(
            {"alt_text": String(2000, 1)},
            {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
            one_of("image_url", "slack_file"),
        ),
        "input": block(
            {"label": plain(2000), "element": IN_INPUT},
            {"hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
        ),
        "markdown": block({"text": String(12_000, 1)}),
        "plan": block({"title": String(shortest=1)}, {"tasks": Many(Kinds(BLOCKS, ("task_card",)))}),
        "rich_text": RICH_TEXT,
        "section": block(
            {},
            {"text": text(3000), "fields": Many(text(2000), 10), "accessory": IN_SECTION, "expand": Flag()},
            some_of("text", "fields"),
        ),
        "table": TABLE,
        "task_card": block(
            {
                "task_id": String(shortest=1),
                "title": String(shortest=1),
                "status": String(among=("pending", "in_progress", "complete", "error")),
            },
            {"details": RICH, "output": RICH, "sources": Many(elements("url"))},
        ),
        "video": block(
            {"alt_text": String(2000, 1), "title": plain(199), "thumbnail_url": URL, "video_url": HTTPS},
            {
                "title_url": HTTPS,
                "description": plain(),
                "author_name": String(49),
                "provider_name": String(),
                "provider_icon_url": URL,
            },
        ),
    }
)

MESSAGE_ONLY = frozenset(
    {
        "call",
        "container",
        "context_actions",
        "data_table",
        "data_visualization",
        "file",
        "markdown",
        "plan",
        "table",
        "task_card",
    }
)
BARRED: Mapping[Surface, frozenset[str]] = {
    "message": frozenset({"alert"}),
    "modal": MESSAGE_ONLY | {"carousel"},
    "home": MESSAGE_ONLY | {"alert"},
}


def blocks_on(surface: Surface) -> Kinds:
    """The blocks that may stand on a surface, as the reference's list of blocks and surfaces has it."""
    return Kinds(BLOCKS, tuple(name for name in BLOCKS if name not in BARRED[surface]))
