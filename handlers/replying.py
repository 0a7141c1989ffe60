"""Reply: the modal, the draft while one types, the confirmation, and a person's word on an uncertain reply."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from desk import reading, replies
from desk.desk import Desk
from desk.replies import Asked, Changed
from domain.promises import Answer
from handlers.opening import show
from handlers.payload import Json, by, field, is_asked, meant, numbers, picked_at, reply_and_case, ticked, value
from views import card, modals, reply_modal

_POST_ID = re.compile(r"(?:status(?:es)?/)?(\d{1,19})(?:\D|$)")


def register(app: App, desk: Desk) -> None:
    """Listen for all of them."""
    app.action(card.REPLY)(partial(on_reply, desk))
    app.action(reply_modal.TEXT)(partial(on_typed, desk))
    app.view(reply_modal.SEND)(partial(on_send, desk))
    app.action(card.EDIT)(partial(on_edit, desk))
    app.action(card.NOT_PUBLIC)(partial(on_not_public, desk))
    app.action(card.DROP)(partial(on_drop, desk))
    app.action(card.IS_PUBLIC)(partial(on_is_public, desk))
    app.view(modals.PUBLIC_LINK)(partial(on_public_link, desk))


def on_reply(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Open the modal on this person's draft."""
    case_id, _ = numbers(value(body))
    show(desk, body, context, reply_modal.reply(replies.open_reply(desk, case_id, by(body, context))))
    ack()


def on_typed(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Keep the draft as it is typed, and count it as the network counts."""
    view = body["view"]
    replies.save_draft(desk, meant(body)["reply"], value(body), by(body, context))
    length = replies.measure(desk, value(body))
    blocks = [
        reply_modal.length_line(length) if b["block_id"] == reply_modal.LENGTH_BLOCK else b for b in view["blocks"]
    ]
    keep = ("type", "title", "submit", "close", "callback_id", "private_metadata", "notify_on_close")
    fresh = {name: view[name] for name in keep if view.get(name)}
    context.client.views_update(view_id=view["id"], hash=view["hash"], view={**fresh, "blocks": blocks})
    ack()


def on_send(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Queue it; if something changed meanwhile or it promises something, show that and let the person decide."""
    text = field(body, reply_modal.TEXT_BLOCK)
    outcome = replies.confirm(desk, meant(body)["reply"], text, by(body, context), _about_promise(body))
    if isinstance(outcome, Changed | Asked):
        ack(response_action="update", view=reply_modal.reply(outcome.sheet))
    else:
        ack()


def _about_promise(body: Json) -> Answer | None:
    if not is_asked(body, reply_modal.NONE_BLOCK):
        return None
    is_none = ticked(body, reply_modal.NONE_BLOCK)
    keeper = field(body, reply_modal.KEEPER_BLOCK) or None
    return Answer(picked_at(body, reply_modal.DUE_BLOCK), keeper, is_none)


def on_edit(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """A reply that failed becomes a draft again, in front of its author."""
    reply_id, _ = reply_and_case(value(body))
    show(desk, body, context, reply_modal.reply(replies.edit_failed(desk, reply_id, by(body, context))))
    ack()


def on_not_public(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They looked: it isn't there, so it goes out again."""
    replies.send_again(desk, reply_and_case(value(body))[0], by(body, context))
    ack()


def on_drop(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They decided against it."""
    replies.drop(desk, reply_and_case(value(body))[0], by(body, context))
    ack()


def on_is_public(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """They found it: ask for its address."""
    reply_id, case_id = reply_and_case(value(body))
    sheet = reading.card_for(desk, case_id, "reply", by(body, context).staff)
    show(desk, body, context, modals.public_link(reply_id, case_id, sheet.case.epoch))
    ack()


def on_public_link(desk: Desk, ack: Ack, body: Json, context: Any) -> None:
    """Take the post's number from whatever address was pasted."""
    found = _POST_ID.search(field(body, "link"))
    replies.is_public(desk, meant(body)["reply"], found[1] if found else "", by(body, context))
    ack()
