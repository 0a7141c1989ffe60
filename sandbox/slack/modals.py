"""Submitting and closing modals, and what the app's acknowledgement makes of them."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import Wrong
from sandbox.slack import payloads
from sandbox.slack.calls import Refused
from sandbox.slack.envelopes import Ack
from sandbox.slack.forms import complaints
from sandbox.slack.inputs import FIELDS, chosen, find, places, typed
from sandbox.slack.interactions import Touch, click, in_view

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"
"""What Slack shows at the foot of a modal whose submission was not acknowledged, or acknowledged with nonsense."""


async def submit(side: "SlackSide", user: Json, view_id: str, values: Json) -> Json:
    """Fill in the form and submit it: what stands under inputs is `errors` by action id."""
    view = _modal(side, user, view_id)
    if not view.get("submit") and any(place.is_input for place in places(view["blocks"])):
        raise Wrong(f"the view {view_id} has no submit button")
    await _fill_in(side, user, view, values)
    view = _modal(side, user, view_id)
    wrong = complaints(view)
    if wrong:
        return _answer(side, user, view_id, wrong)
    trigger_id = side.views.triggers.issue(side, user["id"], view_id)
    ack = await side.links.ask("interactive", payloads.view_submission(side, user["id"], view, trigger_id))
    try:
        return _answer(side, user, view_id, _obey(side, user, view, ack))
    except Refused as refused:
        side.live.say("click_failed", user=user["id"], channel=None, ts=None, error=TROUBLE)
        reason = refused.extra.get("response_metadata", {}).get("messages", [refused.code])
        return _answer(side, user, view_id, {}) | {"error": TROUBLE, "reason": reason}


async def close(side: "SlackSide", user: Json, view_id: str, *, everything: bool = False) -> Json:
    """Press Cancel, or with `everything` the cross that takes the whole stack away."""
    view = _modal(side, user, view_id)
    everything = everything or bool(view["clear_on_close"])
    gone = side.views.clear(user["id"]) if everything else [view]
    if not everything:
        side.views.close(user["id"], view_id)
    for one in gone:
        if one["notify_on_close"]:
            await side.links.ask("interactive", payloads.view_closed(side, user["id"], one, cleared=everything))
    top = side.views.top(user["id"])
    return {"closed": True, "view_id": top["id"] if top else None}


def _modal(side: "SlackSide", user: Json, view_id: str) -> Json:
    view = in_view(side, user, view_id).view
    if view is None or view["type"] != "modal":
        raise Wrong(f"{view_id} is not a modal")
    return view


async def _fill_in(side: "SlackSide", user: Json, view: Json, values: Json) -> None:
    """Enter each value; a new choice outside an input block is told to the app at once, as a person's is."""
    filled = [(find(view["blocks"], action_id, None), value) for action_id, value in values.items()]
    for place, _ in filled:
        if place.kind not in FIELDS:
            raise Wrong(f"{place.ids[1]} is a {place.kind}: click it instead")
    for place, value in filled:
        block_id, action_id = place.ids
        entry = typed(place, chosen(side, place, value, side.views.entries.offered(user["id"], place.ids)))
        if place.is_input:
            side.views.type_in(user["id"], view["id"], block_id, {action_id: entry})
        elif entry != view["state"]["values"].get(block_id, {}).get(action_id):
            await click(side, user, in_view(side, user, view["id"]), Touch(action_id, block_id, value))


def _obey(side: "SlackSide", user: Json, view: Json, ack: Ack) -> dict[str, str]:
    """Do what the acknowledgement says; answers the errors to show, or raises Refused when it can't be done."""
    if ack.ms is None:
        raise Refused("operation_timeout" if ack.late else "not_connected")
    body = ack.body or {}
    kind = body.get("response_action")
    if kind is None:
        side.views.close(user["id"], view["id"])
    elif kind == "clear":
        side.views.clear(user["id"])
    elif kind == "errors":
        return _by_action(view, body.get("errors"))
    else:
        _show(side, user, view, body)
    return {}


def _show(side: "SlackSide", user: Json, view: Json, body: Json) -> None:
    source = side.views.check(body.get("view"), "modal")
    if body["response_action"] == "update":
        side.views.update(view["id"], None, source, None)
    elif body["response_action"] == "push":
        side.views.push(user["id"], source)
    else:
        raise Refused("invalid_response_action")


def _by_action(view: Json, errors: Any) -> dict[str, str]:
    """The acknowledgement names block ids, and only those of input blocks; people see the element below."""
    inputs = {place.ids[0]: place.ids[1] for place in places(view["blocks"]) if place.is_input}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_errors")
    strangers = [block_id for block_id in errors if block_id not in inputs]
    if strangers:
        lines = [f"[ERROR] {block_id} is no input block of the view" for block_id in strangers]
        raise Refused("invalid_errors", response_metadata={"messages": lines})
    return {inputs[block_id]: str(text) for block_id, text in errors.items()}


def _answer(side: "SlackSide", user: Json, view_id: str, errors: dict[str, str]) -> Json:
    top = side.views.top(user["id"])
    closed = side.views.of(user["id"], view_id) is None
    return {"closed": closed, "errors": errors, "view_id": top["id"] if top else None}
