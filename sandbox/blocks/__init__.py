"""A validator of Slack's Block Kit: what `blocks.validate` would find wrong with a payload."""

from sandbox.blocks.fault import Fault, Json, Surface, messages_of
from sandbox.blocks.views import MESSAGE, VIEWS
from sandbox.blocks.whole import faults_of_all, missing_submit

__all__ = ["Fault", "Surface", "faults_of", "messages_of"]


def faults_of(payload: Json, surface: Surface) -> list[Fault]:
    """Every fault of a message's list of blocks, or of a whole view; an empty list means Slack would take it."""
    if surface == "message":
        return [*MESSAGE.faults(payload, ""), *faults_of_all(payload, "")]
    found = [*VIEWS[surface].faults(payload, "")]
    if isinstance(payload, dict):
        found += [*missing_submit(payload), *faults_of_all(payload.get("blocks"), "/blocks")]
    return found
