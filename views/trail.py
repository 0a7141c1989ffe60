"""The trail: everything that was done in a case, in words for people, and whether the record is whole."""

import re
from collections.abc import Sequence
from datetime import datetime

from domain.audit import Entry
from domain.cases import Case
from domain.replies import CANCELLED, QUEUED, SENT
from domain.sheets import TrailSheet
from domain.triage import EMERGENCY
from views.blocks import actions, button, confirmed, context, divider, section
from views.card import DISMISS, MENU, SPLIT, WRONG_TEAM
from views.corrections import UNDO
from views.kit import Json, escape, fallback, mention, plain, rich, when
from views.reply_modal import metadata, noted
from views.standing import headline

WINDOW = "trail"
"""What the window is called where a click in it is answered by drawing it anew."""
SHOWN, A_SECTION = 100, 8
NOTES_SHOWN = 20

ACTS = {
    "opened": "opened the case",
    "put_away": "put it away as no complaint (score {score})",
    "rescued": "brought it back: it is a complaint",
    "worsened": "said it is {new}, not {old}",
    "taken_back": "took that back",
    "emergency_called": "told {person} that this is an emergency",
    "customer_wrote": "added what the customer wrote",
    "reopened_by_customer": "opened it again, because the customer wrote",
    "post_edited": "saw that the customer edited their post",
    "post_gone": "removed a post that its author took back",
    "claimed": "claimed it",
    "claim_lost": "pressed Claim after {holder} had it",
    "released": "released it",
    "offered": "offered it to {to}",
    "handed_over": "accepted it from {giver}",
    "declined": "declined it, so {giver} kept it",
    "offer_lapsed": "let the offer to {taker} lapse",
    "asked": "asked {holder} to hand it over",
    "taken_over": "took it over from {loser}: “{reason}”",
    "watched": "watches it",
    "suggested": "suggested a reply",
    "resolved": "resolved it",
    "dismissed": "said it is not a complaint",
    "reopened": "opened it again",
    "rerouted": "passed it on from {old} to {new}",
    "split": "split {posts} of its posts off into case {into}",
    "split_off": "split this off from case {origin}",
    "reply_confirmed": "pressed Send",
    "reply_attempted": "sent the reply to X, attempt {attempt}",
    "reply_waits": "keeps the reply until X takes it ({why})",
    "reply_held": "held the reply back: {why}",
    "reply_failed": "could not send the reply ({code})",
    "reply_uncertain": "doesn't know whether the reply is public and looks it up",
    "reply_needs_human": "asked a person to look for the reply on X",
    "reply_decided": "decided about the reply: {to}",
    "reply_sent": "replied in public",
    "answered_natively": "answered on X itself",
    "promised": "promised the customer something, for {person} to keep by {due}",
    "promise_kept": "kept a promise of {person}'s",
    "promise_broken": "noticed that a promise of {person}'s was not kept by {due}",
    "promise_moved": "moved a promise of {person}'s from {old} to {new}: “{reason}”",
    "promise_ended": "let a promise of {person}'s end with the case",
    "delivery_buried": "gave up telling Slack about it ({code})",
}
"""What each act is called; an act that isn't here is shown by its own name."""
_ISO = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{8,15}\+00:00")
DECISIONS = {SENT: "it is public", QUEUED: "send it again", CANCELLED: "drop it"}


def trail(sheet: TrailSheet) -> Json:
    """The modal, oldest entry first; with `actor_may_act` also the rarer buttons."""
    case = sheet.card.case
    blocks = [
        section(headline(case)),
        *_first_response(case),
        *_rarer(sheet),
        *_undo(sheet),
        divider(),
        *_entries(sheet.entries),
        context(_verified(sheet.broken_at)),
        *_notes(sheet),
    ]
    return {
        "type": "modal",
        "private_metadata": metadata(case=case.id, epoch=case.epoch, window=WINDOW),
        "title": plain(f"Case {case.id}", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    }


def _first_response(case: Case) -> list[Json]:
    """How long the customer waited for the first answer, from their post on."""
    if case.first_response_at is None:
        return []
    minutes = max(0, round((case.first_response_at - case.opened_at).total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    length = f"{hours} h {rest} min" if hours else f"{rest} min" if rest else "less than a minute"
    return [context(f"First response time: {length}")]


def told(entry: Entry) -> str:
    """One entry as a sentence with its moment."""
    who = "Dibs" if entry.actor == "dibs" else mention(entry.actor)
    act = ACTS.get(entry.act)
    words = act.format_map(_Said(entry)) if act else escape(entry.act.replace("_", " ").replace(".", " "))
    return f"{who} {words} · {when(entry.at)}"


class _Said(dict[str, str]):
    """An entry's facts as words; a fact that is missing is left vague rather than shown as a fault."""

    def __init__(self, entry: Entry) -> None:
        super().__init__({name: _fact(value) for name, value in entry.facts.items()})

    def __missing__(self, name: str) -> str:
        return "somebody" if name in ("to", "from", "giver", "taker", "holder", "loser", "person") else "…"


def _fact(value: object) -> str:
    named = mention(str(value)[:500])
    moment = _moment(value)
    if moment is not None:
        return when(moment)
    return named if named.startswith("<@") else DECISIONS.get(str(value)) or fallback(str(value)[:500], 120)


def _moment(value: object) -> datetime | None:
    """The moment, if that is what the fact is."""
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _entries(entries: Sequence[Entry]) -> list[Json]:
    if not entries:
        return [context("Nothing has been done yet.")]
    lines = [told(entry) for entry in entries[-SHOWN:]]
    left_out = len(entries) - len(lines)
    more = [context(f"{left_out} earlier entries are kept but not shown here.")] if left_out else []
    return more + [section("\n".join(lines[at : at + A_SECTION])) for at in range(0, len(lines), A_SECTION)]


def _verified(broken_at: int | None) -> str:
    if broken_at is None:
        return ":white_check_mark: The trail is complete: every entry follows from the one before it."
    return f":warning: The trail is broken at entry {broken_at}. Please tell the people who run Dibs."


def _notes(sheet: TrailSheet) -> list[Json]:
    if not sheet.notes:
        return []
    return [section("*What colleagues said*"), rich(*noted(sheet.notes[-NOTES_SHOWN:]))]


def _undo(sheet: TrailSheet) -> list[Json]:
    if sheet.undo is None:
        return []
    undo = button("Undo the last correction", UNDO, f"{sheet.undo.id}:{sheet.card.case.id}")
    return [actions(f"undo-{sheet.undo.id}", [undo])]


def _rarer(sheet: TrailSheet) -> list[Json]:
    case = sheet.card.case
    if not sheet.actor_may_act or not case.live:
        return []
    value = f"{case.id}:{case.epoch}"
    several = sum(not post.ours for post in sheet.card.posts) > 1
    ask = (
        "This one counts as an emergency. Reopen brings it back."
        if case.severity == EMERGENCY
        else "The card is put away; Reopen brings it back."
    )
    dismiss = confirmed(button("Not a complaint", DISMISS, value), "Not a complaint?", ask, "Put it away")
    rest = [button("Wrong team", WRONG_TEAM, value), dismiss]
    # The menu's own choice, drawn as a button: it is heard by the menu's listener.
    buttons = [button("Split off", MENU, f"{SPLIT}:{value}"), *rest] if several else rest
    return [actions(f"trail-{case.id}-{case.epoch}-{case.status}", buttons)]
