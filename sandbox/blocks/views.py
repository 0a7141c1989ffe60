"""The two kinds of view around a list of blocks."""

from sandbox.blocks.kinds import blocks_on
from sandbox.blocks.parts import plain
from sandbox.blocks.shapes import Flag, Kinds, Many, Shape, String

SHARED = {"private_metadata": String(3000), "callback_id": String(255), "external_id": String(255)}

MODAL = Shape(
    {"title": plain(24), "blocks": Many(blocks_on("modal"), 100)},
    {
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        "submit_disabled": Flag(),
        **SHARED,
    },
)
HOME = Shape({"blocks": Many(blocks_on("home"), 100)}, SHARED)
MESSAGE = Many(blocks_on("message"), 50, least=0)
VIEWS = {
    "modal": Kinds({"modal": MODAL}, ("modal",)),
    "home": Kinds({"home": HOME}, ("home",)),
}
