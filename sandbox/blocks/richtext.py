"""The rich_text block and everything that may stand inside it."""

from collections.abc import Mapping

from sandbox.blocks.parts import ID, URL
from sandbox.blocks.shapes import Flag, Kinds, Many, Number, Shape, Spec, String

FACE: Mapping[str, Spec] = {name: Flag() for name in ("bold", "italic", "strike", "code", "underline")}
MENTION_FACE: Mapping[str, Spec] = {
    name: Flag()
    for name in ("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "underline", "code")
}
STYLED: Mapping[str, Spec] = {"style": Shape(allowed=FACE)}
MENTION: Mapping[str, Spec] = {"style": Shape(allowed=MENTION_FACE)}
BORDER: Mapping[str, Spec] = {"border": Number(0, 1)}

RUNS: dict[str, Shape] = {
    "text": Shape({"text": String(shortest=1)}, STYLED),
    "link": Shape({"url": URL}, {"text": String(), "unsafe": Flag(), **STYLED}),
    "emoji": Shape(
        {"name": String(shortest=1)}, {"unicode": String(), "url": URL, "skin_tone": Number(1, 6), **STYLED}
    ),
    "user": Shape({"user_id": ID}, MENTION),
    "channel": Shape({"channel_id": ID}, MENTION),
    "usergroup": Shape({"usergroup_id": ID}, MENTION),
    "team": Shape({"team_id": ID}, MENTION),
    "broadcast": Shape({"range": String(among=("here", "channel", "everyone"))}, STYLED),
    "color": Shape({"value": String(pattern="#[0-9a-fA-F]{6}", form="a colour as #RRGGBB")}, STYLED),
    "date": Shape({"timestamp": Number(0), "format": String(shortest=1)}, {"url": URL, "fallback": String(), **STYLED}),
}
RUN = Kinds(RUNS, tuple(RUNS))
VERBATIM_RUN = Kinds(RUNS, ("text", "link"))

SECTION = Shape({"elements": Many(RUN, least=0)})
PARTS: dict[str, Shape] = {
    "rich_text_section": SECTION,
    "rich_text_quote": Shape({"elements": Many(RUN, least=0)}, BORDER),
    "rich_text_preformatted": Shape(
        {"elements": Many(VERBATIM_RUN, least=0)}, {**BORDER, "language": String(shortest=1)}
    ),
    "rich_text_list": Shape(
        {
            "style": String(among=("bullet", "ordered")),
            "elements": Many(Kinds({"rich_text_section": SECTION}, ("rich_text_section",))),
        },
        {"indent": Number(0, 8), "offset": Number(0), **BORDER},
    ),
}
RICH_TEXT = Shape({"elements": Many(Kinds(PARTS, tuple(PARTS)))}, {"block_id": ID})
