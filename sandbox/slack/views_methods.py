"""The Web API's views.open, views.push, views.update and views.publish."""

from typing import TYPE_CHECKING, Any

from sandbox.blocks import Surface
from sandbox.slack.calls import Call, Method, Refused

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


async def open_view(side: "SlackSide", call: Call) -> Json:
    """views.open: show a modal to whoever made the gesture."""
    source = _view(side, call, "modal")
    trigger = side.views.triggers.spend(_trigger(call))
    return _shown(side.views.open(trigger.user, source))


async def push_view(side: "SlackSide", call: Call) -> Json:
    """views.push: lay a modal over the one the gesture was made in."""
    source = _view(side, call, "modal")
    trigger = side.views.triggers.spend(_trigger(call))
    return _shown(side.views.push(trigger.user, source))


async def update_view(side: "SlackSide", call: Call) -> Json:
    """views.update: change an open modal, named by view_id or external_id."""
    source = _view(side, call, "modal")
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if view_id is None and external_id is None:
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] view_id or external_id needed"]})
    return _shown(side.views.update(view_id, external_id, source, call.text("hash")))


async def publish_view(side: "SlackSide", call: Call) -> Json:
    """views.publish: show a person their App Home."""
    user = call.need("user_id")
    source = _view(side, call, "home")
    if side.directory.person(user) is None:
        raise Refused("user_not_found")
    return _shown(await side.views.publish(user, source, call.text("hash")))


def _trigger(call: Call) -> str:
    return call.text("trigger_id") or call.need("interactivity_pointer")


def _view(side: "SlackSide", call: Call, surface: Surface) -> Json:
    return side.views.check(call.arguments.get("view"), surface)


def _shown(view: Json) -> Json:
    # What a person has entered is told with their gestures, never in the answers of these methods.
    return {"view": view | {"state": {"values": {}}}}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
