"""Slack's composition objects: texts, options, confirmation dialogs, files, filters."""

from sandbox.blocks.rules import distinct_values, one_of, some_of
from sandbox.blocks.shapes import Flag, Kinds, Many, Shape, Spec, String

URL = String(3000, 1, pattern=r"(?i)[a-z][a-z0-9+.-]*:\S+", form="a URL")
HTTPS = String(3000, 1, pattern=r"(?i)https://\S+", form="an HTTPS URL")
ID = String(255, 1)
STYLE = String(among=("primary", "danger"))


def plain(longest: int = 3000, shortest: int = 1) -> Kinds:
    """A text object that must be plain."""
    return Kinds({"plain_text": _plain(longest, shortest)}, ("plain_text",))


def mrkdwn(longest: int = 3000) -> Kinds:
    """A text object that must be mrkdwn."""
    return Kinds({"mrkdwn": _mrkdwn(longest)}, ("mrkdwn",))


def text(longest: int = 3000) -> Kinds:
    """A text object of either form."""
    return Kinds({"plain_text": _plain(longest, 1), "mrkdwn": _mrkdwn(longest)}, ("plain_text", "mrkdwn"))


def _plain(longest: int, shortest: int) -> Shape:
    return Shape({"text": String(longest, shortest)}, {"emoji": Flag()})


def _mrkdwn(longest: int) -> Shape:
    return Shape({"text": String(longest, 1)}, {"verbatim": Flag()})


def option(words: Spec, **more: Spec) -> Shape:
    """A choice; only an overflow menu's may carry a url."""
    return Shape({"text": words, "value": String(150, 1)}, {"description": plain(75), **more})


SELECT_OPTION = option(plain(75))
TICK_OPTION = option(text(75))
OVERFLOW_OPTION = option(plain(75), url=URL)
OPTION_GROUP = Shape({"label": plain(75), "options": Many(SELECT_OPTION, 100)}, rules=(distinct_values,))

CONFIRM = Shape(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)

DISPATCH = Shape(
    {"trigger_actions_on": Many(String(among=("on_enter_pressed", "on_character_entered")), 2)},
)

CONVERSATION_FILTER = Shape(
    allowed={
        "include": Many(String(among=("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    rules=(some_of("include", "exclude_external_shared_channels", "exclude_bot_users"),),
)

SLACK_FILE = Shape(allowed={"id": ID, "url": URL}, rules=(one_of("id", "url"),))
