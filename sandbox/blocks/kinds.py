"""Every block, as a table: its fields, the elements it takes, the surfaces it may stand on."""

from collections.abc import Mapping

from sandbox.blocks.elements import MENUS, PICKERS, TICKS, elements
from sandbox.blocks.fault import Surface
from sandbox.blocks.parts import HTTPS, ID, SLACK_FILE, URL, plain, text
from sandbox.blocks.richtext import RICH_TEXT
from sandbox.blocks.rules import one_of, some_of
from sandbox.blocks.shapes import Flag, Kinds, Many, Rule, Shape, Spec, String

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
COLUMN = Shape(allowed={"align": String(among=("left", "center", "right")), "is_wrapped": Flag()})


def block(needed: Mapping[str, Spec] | None = None, allowed: Mapping[str, Spec] | None = None, *rules: Rule) -> Shape:
    """A block: every one may bear a block_id."""
    return Shape(needed or {}, {"block_id": ID, **(allowed or {})}, rules)


BLOCKS: dict[str, Shape] = {
    "actions": block({"elements": Many(IN_ACTIONS, 25)}),
    "alert": block({"text": text(200)}, {"level": String(among=("default", "info", "warning", "error", "success"))}),
    "context": block({"elements": Many(WORDS_OR_IMAGE, 10)}),
    "context_actions": block({"elements": Many(elements("feedback_buttons", "icon_button"), 5)}),
    "divider": block(),
    "file": block({"external_id": ID, "source": String(among=("remote",))}),
    "header": block({"text": plain(150)}),
    "image": block(
        {"alt_text": String(2000)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        one_of("image_url", "slack_file"),
    ),
    "input": block(
        {"label": plain(2000), "element": IN_INPUT},
        {"hint": plain(2000), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "markdown": block({"text": String(12_000, 1)}),
    "rich_text": RICH_TEXT,
    "section": block(
        {},
        {"text": text(3000), "fields": Many(text(2000), 10), "accessory": IN_SECTION, "expand": Flag()},
        some_of("text", "fields"),
    ),
    "video": block(
        {"alt_text": String(2000, 1), "title": plain(199), "thumbnail_url": URL, "video_url": HTTPS},
        {
            "title_url": HTTPS,
            "description": plain(199),
            "author_name": String(49),
            "provider_name": String(49),
            "provider_icon_url": URL,
        },
    ),
}

MESSAGE_ONLY = frozenset({"markdown", "table"})
MODAL_ONLY = frozenset({"alert"})


def blocks_on(surface: Surface) -> Kinds:
    """The blocks that may stand on a surface."""
    barred = {"message": MODAL_ONLY, "modal": MESSAGE_ONLY, "home": MESSAGE_ONLY | MODAL_ONLY}[surface]
    return Kinds(BLOCKS, tuple(name for name in BLOCKS if name not in barred))
