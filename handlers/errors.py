"""What goes wrong in a listener: refusals become words, repeats become nothing, a busy database is not acknowledged."""

import logging
from typing import Any

from slack_bolt import BoltResponse

from desk import notices
from desk.desk import Desk
from domain.errors import Busy, Invalid, Refusal, Repeated
from handlers.payload import Json, by

log = logging.getLogger("dibs.handlers")
SORRY = (
    "Something went wrong on our side, and nothing was changed. Please try again; "
    "if it stays, give the people who run Dibs this reference: {}"
)


def answer(desk: Desk, error: Exception, body: Json, context: Any) -> BoltResponse:
    """The answer to Slack for a listener that raised."""
    if "now" not in context:  # it failed before the request was known to be Slack's: nobody is told anything
        log.error("a request failed before it was verified", exc_info=error)
        return BoltResponse(status=401, body="")
    if isinstance(error, Repeated):
        return BoltResponse(status=200, body="")
    if isinstance(error, Busy):
        log.warning("a click met a busy database and was not acknowledged: %s", error)
        return BoltResponse(status=503, body="")
    if isinstance(error, Refusal):
        return _refuse(desk, error, body, context)
    reference = f"{id(error):x}"
    log.error("a listener failed, reference %s", reference, exc_info=error)
    return _refuse(desk, Refusal(SORRY.format(reference)), body, context)


def _refuse(desk: Desk, refusal: Refusal, body: Json, context: Any) -> BoltResponse:
    if body.get("type") == "view_submission":
        block = _block_of(body["view"], refusal.field) if isinstance(refusal, Invalid) else _first_input(body["view"])
        if block is not None:
            errors = {block: notices.plainly(desk, str(refusal))}
            return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
    if body.get("type") or body.get("command"):
        try:
            notices.tell(desk, by(body, context), str(refusal))
        except Busy:
            return BoltResponse(status=503, body="")
    return BoltResponse(status=200, body="")


def _block_of(view: Json, field: str) -> str:
    """The block that asks for this field: its id may go on after a colon with what it is about."""
    found = (str(block.get("block_id", "")) for block in view["blocks"])
    return next((name for name in found if name.partition(":")[0] == field), field)


def _first_input(view: Json) -> str | None:
    return next((block["block_id"] for block in view["blocks"] if block["type"] == "input"), None)
