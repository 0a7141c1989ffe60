"""Menus whose options come from the app while a person types."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong
from sandbox.slack import payloads
from sandbox.slack.envelopes import Ack
from sandbox.slack.inputs import find
from sandbox.slack.interactions import TROUBLE, Spot, Touch

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
SHORTEST = 3
"""Letters before the app is asked, where the element names no other number."""
MOST = 100


async def suggest(side: "SlackSide", user: Json, spot: Spot, touch: Touch) -> Json:
    """Type into the menu; answers `options` or `option_groups` as the app gave them, and what Slack shows if none."""
    place = find(spot.blocks, touch.action_id, touch.block_id)
    if not place.kind.endswith("external_select"):
        raise Wrong(f"{touch.action_id} is a {place.kind}: its options come with it")
    query = str(touch.value or "")
    if len(query) < place.element.get("min_query_length", SHORTEST):
        return {"options": [], "error": None}
    payload = payloads.block_suggestion(side, user["id"], place.ids, query) | _place(spot)
    ack = await side.links.ask("interactive", payload)
    groups, options = _options(ack)
    if groups is None and options is None:
        return {"options": [], "error": TROUBLE}
    flat = options if groups is None else [option for group in groups for option in group.get("options", [])]
    side.views.entries.offer(user["id"], place.ids, flat or [])
    return ({"options": options} if groups is None else {"option_groups": groups}) | {"error": None}


def _options(ack: Ack) -> tuple[list[Json] | None, list[Json] | None]:
    body = ack.body or {}
    groups, options = body.get("option_groups"), body.get("options")
    if isinstance(groups, list) and len(groups) <= MOST:
        return groups, None
    return None, options if isinstance(options, list) and len(options) <= MOST else None


def _place(spot: Spot) -> Json:
    if spot.view is not None:
        return payloads.in_view(spot.view)
    channel, message = spot.channel or {}, spot.message or {}
    place = payloads.in_message(channel, message, {}, "", ephemeral=spot.ephemeral)
    return {key: value for key, value in place.items() if key not in ("state", "response_url")}
