"""What a person does to buttons, menus and inputs, and what the app is told of it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong
from sandbox.slack import payloads, response_urls
from sandbox.slack.actors import channel_of
from sandbox.slack.envelopes import Ack
from sandbox.slack.inputs import FIELDS, TEXTS, Place, State, chosen, find, state_of, typed

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
TROUBLE = "Something went wrong. Please try again."
"""What Slack shows beside a button that was not acknowledged."""
CARRIED = ("value", "style", "url", "text", "placeholder", "confirm")
"""Fields of an element that its action repeats."""


@dataclass(frozen=True)
class Spot:
    """Where a person's hand is: in a message of a channel, or in a view."""

    blocks: list[Json]
    view: Json | None = None
    channel: Json | None = None
    message: Json | None = None
    ephemeral: bool = False
    earlier: tuple[list[Json], ...] = ()
    """What stood in the message before, the newest first: a click on it is delivered with the message as it is now."""


@dataclass(frozen=True)
class Touch:
    """Which element, and what was chosen or typed there."""

    action_id: str
    block_id: str | None = None
    value: Any = None
    enter: bool = False
    """Whether the text was ended with the Enter key."""


def trigger(side: "SlackSide", user_id: str) -> str:
    """A trigger id for a gesture of this person."""
    return side.views.triggers.issue(side, user_id)


def spend_trigger(side: "SlackSide", trigger_id: str) -> str:
    """Whose gesture it was; Refused when the id is unknown, used or too old."""
    return side.views.triggers.spend(trigger_id).user


def in_view(side: "SlackSide", user: Json, view_id: str) -> Spot:
    """The person's own modal, the topmost, or their App Home."""
    view = side.views.of(user["id"], view_id)
    if view is None:
        raise Wrong(f"{user['name']} has no view {view_id}", 404)
    top = side.views.top(user["id"])
    if top is not None and top["id"] != view_id:
        raise Wrong(f"{user['name']} cannot reach {view_id}: the view {top['id']} lies over it", 409)
    return Spot(view["blocks"], view=view)


def in_message(side: "SlackSide", user: Json, channel_name: str, ts: str) -> Spot:
    """A message the person sees: everybody's, or an ephemeral of their own."""
    channel = channel_of(side, user, channel_name)
    message = side.messages.find_ephemeral(user["id"], channel["id"], ts)
    ephemeral = message is not None
    message = message or side.messages.get(channel["id"], ts)
    if message is None:
        raise Wrong(f"there is no message {ts} in {channel_name}", 404)
    blocks = [*message.get("blocks", [])]
    for attachment in message.get("attachments", []):
        blocks += attachment.get("blocks", [])
    earlier = () if ephemeral else tuple(side.messages.earlier(channel["id"], ts))
    return Spot(blocks, channel=channel, message=message, ephemeral=ephemeral, earlier=earlier)


async def click(side: "SlackSide", user: Json, spot: Spot, touch: Touch) -> Json:
    """Press a button or choose in a menu. In an input that waits for its submit, nobody is told."""
    place = _touched(spot, touch)
    _refuse_hidden(user, place)
    value = _entered(side, user, spot, place, touch.value)
    if place.is_input and not place.block.get("dispatch_action"):
        return answer(side, user, Ack(None, None, late=False), None)
    return await _tell(side, user, spot, _action(side, place, value, touch))


def _touched(spot: Spot, touch: Touch) -> Place:
    for blocks in (spot.blocks, *spot.earlier):
        with suppress(Wrong):
            return find(blocks, touch.action_id, touch.block_id)
    return find(spot.blocks, touch.action_id, touch.block_id)


async def type_in(side: "SlackSide", user: Json, spot: Spot, touch: Touch) -> Json:
    """Type into a text input; the app hears of it only where the input asks for that."""
    place = find(spot.blocks, touch.action_id, touch.block_id)
    if place.kind not in TEXTS:
        raise Wrong(f"nobody can type into {touch.action_id}, which is a {place.kind}")
    value = _entered(side, user, spot, place, touch.value)
    if not _dispatches(place, enter=touch.enter):
        return answer(side, user, Ack(None, None, late=False), None)
    return await _tell(side, user, spot, _action(side, place, value, touch))


def answer(side: "SlackSide", user: Json, ack: Ack, error: str | None) -> Json:
    """The control API's answer to a gesture; the view is the one the person looks at now."""
    view = side.views.top(user["id"])
    return {"acked_ms": ack.ms, "error": error, "view_id": view["id"] if view else None}


async def _tell(side: "SlackSide", user: Json, spot: Spot, action: Json) -> Json:
    view_id, before = spot.view["id"] if spot.view else None, side.views.top(user["id"])
    trigger_id = side.views.triggers.issue(side, user["id"], view_id)
    payload = payloads.block_actions(side, user["id"], [action], trigger_id) | _place(side, user, spot)
    ack = await side.links.ask("interactive", payload)
    error = None if ack.ms is not None else TROUBLE
    if error is not None:
        where = {"channel": spot.channel["id"] if spot.channel else None, "ts": spot.message and spot.message["ts"]}
        side.live.say("click_failed", user=user["id"], **where, error=error)
    told = answer(side, user, ack, error)
    lay_there = spot.view is None and before is not None and told["view_id"] == before["id"]
    return told | {"view_id": None} if lay_there else told


def _place(side: "SlackSide", user: Json, spot: Spot) -> Json:
    if spot.view is not None:
        return payloads.in_view(spot.view)
    channel, message = spot.channel, spot.message
    if channel is None or message is None:
        raise Wrong("a click needs a message or a view")
    url = response_urls.issue(side, channel["id"], message["ts"], user["id"], ephemeral=spot.ephemeral)
    metadata = None if spot.ephemeral else side.messages.metadata(channel["id"], message["ts"])
    shown = message | {"metadata": metadata} if metadata else message
    state = message_state(side, user, spot)
    return payloads.in_message(channel, shown, state, url, ephemeral=spot.ephemeral)


def message_state(side: "SlackSide", user: Json, spot: Spot) -> State:
    """What this person has chosen in the menus and inputs of a message."""
    state = state_of(spot.blocks)
    for block_id, values in side.views.entries.entered(_key(user, spot)).items():
        for action_id, value in values.items():
            if action_id in state.get(block_id, {}):
                state[block_id][action_id] = value
    return state


def _key(user: Json, spot: Spot) -> str:
    channel, message = spot.channel or {}, spot.message or {}
    return f"{user['id']}:{channel.get('id')}:{message.get('ts')}"


def _entered(side: "SlackSide", user: Json, spot: Spot, place: Place, value: Any) -> Any:
    """Note what was chosen or typed; answers it in the element's own type. Buttons have nothing to choose."""
    if place.kind not in FIELDS:
        return None
    choice = chosen(side, place, value, side.views.entries.offered(user["id"], place.ids))
    if place.kind == "overflow":
        return choice
    block_id, action_id = place.ids
    entry = {action_id: typed(place, choice)}
    if spot.view is not None:
        side.views.type_in(user["id"], spot.view["id"], block_id, entry)
    else:
        side.views.entries.enter(_key(user, spot), block_id, entry)
    return choice


def _action(side: "SlackSide", place: Place, value: Any, touch: Touch) -> Json:
    element = place.element
    action = {"type": place.kind, "action_id": place.ids[1], "block_id": place.ids[0]}
    kept = [key for key in element if key in CARRIED or key.startswith("initial_")]
    action |= {key: element[key] for key in kept}
    if place.kind in FIELDS:
        action[FIELDS[place.kind]] = value
    elif place.kind == "feedback_buttons":
        action |= _feedback(element, touch.value)
    return action | {"action_ts": f"{side.clock.time():.6f}"}


def _feedback(element: Json, value: Any) -> Json:
    for half in (element["positive_button"], element["negative_button"]):
        if half["value"] == value:
            return {"text": half["text"], "value": half["value"]}
    raise Wrong(f"{element['action_id']} has no button with the value {value!r}", 404)


def _refuse_hidden(user: Json, place: Place) -> None:
    seen_by = place.element.get("visible_to_user_ids")
    if seen_by is not None and user["id"] not in seen_by:
        raise Wrong(f"{user['name']} does not see {place.ids[1]}", 404)


def _dispatches(place: Place, *, enter: bool) -> bool:
    if not place.block.get("dispatch_action"):
        return False
    on = place.element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    return "on_character_entered" in on or (enter and "on_enter_pressed" in on)
