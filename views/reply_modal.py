"""The reply modal: what was said so far, what we said before, and the exact words that will go out."""

import json

from domain.posts import StoredPost
from domain.promises import Pledge
from domain.sheets import ReplySheet
from domain.sides import Note
from domain.x import Length
from views.blocks import context, section
from views.conversation import exchange
from views.forms import colleague, day_and_time, option, optional, question
from views.kit import Json, anchor, date, escape, fallback, line, outside, person, plain, quote, rich, run, sentence

SEND = "reply.send"
TEXT = "reply.text"
TEXT_BLOCK, LENGTH_BLOCK = "text", "length"
PROMISE_DUE, PROMISE_KEEPER, PROMISE_NONE = "promise.due", "promise.keeper", "promise.none"
DUE_BLOCK, KEEPER_BLOCK, NONE_BLOCK = "promise_due", "promise_keeper", "promise_none"
IS_NONE = "none"
CALLBACKS, ACTIONS = (SEND,), (TEXT,)
INPUTS = (PROMISE_DUE, PROMISE_KEEPER, PROMISE_NONE)
LONGEST = 3000
"""Slack takes no more in one field; X takes far less, and says how much less in the length line."""
POSTS_SHOWN, TOLD_SHOWN, SUGGESTIONS_SHOWN = 8, 3, 5


def metadata(**ids: int | str) -> str:
    """What comes back with a submission: ids and nothing else, because any app in the workspace may read it."""
    return json.dumps(ids, separators=(",", ":"))


def reply(sheet: ReplySheet) -> Json:
    """The modal. Shown again with `changed` on top, its button says that the person decides knowing that."""
    case, draft = sheet.card.case, sheet.draft
    return {
        "type": "modal",
        "callback_id": SEND,
        "private_metadata": metadata(case=case.id, epoch=case.epoch, reply=draft.id),
        "title": plain("Reply to the customer", 24),
        "submit": plain("Send anyway" if sheet.changed else "Send", 24),
        "close": plain("Not now", 24),
        "blocks": [
            *_warning(sheet.changed),
            context(_account(sheet)),
            *_told_before(sheet.told_before),
            *_conversation(sheet.card.posts),
            *_suggestions(sheet.suggestions),
            _words(draft.text),
            length_line(sheet.length),
            *asked(sheet.pledge),
        ],
    }


def length_line(length: Length) -> Json:
    """How long the text is, as X counts; it has an id of its own so that it can follow the typing."""
    counted = f"{length.used} of {length.limit}"
    over = length.used - length.limit
    text = f"{counted} · {over} too many, as X counts" if over > 0 else f"{counted}, as X counts"
    return {**context(text), "block_id": LENGTH_BLOCK}


def _warning(changed: str | None) -> list[Json]:
    return [section(f":warning: *{sentence(changed)}*")] if changed else []


def _account(sheet: ReplySheet) -> str:
    post = anchor(sheet.card.target.url, "this post")
    return f"A public reply from *@{escape(sheet.card.account)}* on X to {post}. Your draft is kept if you close this."


def asked(pledge: Pledge | None) -> list[Json]:
    """By when, and who keeps it? Nothing when nothing is promised."""
    if pledge is None:
        return []
    box: Json = {"type": "checkboxes", "action_id": PROMISE_NONE, "options": [option("This is no promise", IS_NONE)]}
    hint = "They are told in private a quarter of an hour before and when it is due; then the manager."
    return [
        section(f":handshake: *You promise: “{fallback(pledge.said, 200)}”. By when, and who keeps it?*"),
        optional(question(DUE_BLOCK, "By when?", day_and_time(PROMISE_DUE, pledge.due_at))),
        optional(question(KEEPER_BLOCK, "Who keeps it?", colleague(PROMISE_KEEPER, pledge.keeper), hint)),
        optional(question(NONE_BLOCK, "Or else", box)),
    ]


def _told_before(told: tuple[StoredPost, ...]) -> list[Json]:
    if not told:
        return []
    return [section("*What we told this customer before*"), rich(*exchange(told[-TOLD_SHOWN:]))]


def _conversation(posts: tuple[StoredPost, ...]) -> list[Json]:
    earlier = len(posts) - POSTS_SHOWN
    more = [context(f"+{earlier} earlier posts; the card's trail has them all")] if earlier > 0 else []
    return [section("*The conversation*"), *more, rich(*exchange(posts[-POSTS_SHOWN:], 1000))]


def _suggestions(notes: tuple[Note, ...]) -> list[Json]:
    if not notes:
        return []
    return [section("*Suggested by colleagues*"), rich(*noted(notes[-SUGGESTIONS_SHOWN:]))]


def noted(notes: tuple[Note, ...]) -> list[Json]:
    """Notes with who wrote them and when."""
    parts: list[Json] = []
    for note in notes:
        parts += [line(person(note.staff), run(" · "), date(note.at)), quote(outside(note.text, 1000, 15))]
    return parts


def _words(draft: str) -> Json:
    field: Json = {
        "type": "plain_text_input",
        "action_id": TEXT,
        "multiline": True,
        "max_length": LONGEST,
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if draft:
        field["initial_value"] = draft[:LONGEST]
    return {
        "type": "input",
        "block_id": TEXT_BLOCK,
        "dispatch_action": True,
        "label": plain("Your reply, word for word"),
        "element": field,
    }
