"""The trail: everything that was done in a case, in words for people, and whether the record is whole."""

from collections.abc import Sequence

from domain.audit import Entry
from domain.sheets import TrailSheet
from domain.triage import EMERGENCY
from views.blocks import actions, button, confirmed, context, divider, section
from views.card import DISMISS, WRONG_TEAM
from views.kit import Json, escape, fallback, mention, plain, rich, when
from views.reply_modal import metadata, noted
from views.standing import headline

SPLIT = "case.split"
ACTIONS = (SPLIT,)
SHOWN, A_SECTION = 100, 8
NOTES_SHOWN = 20

ACTS = {
    "opened": "opened the case",
    "joined": "added a post of the customer's",
    "reopened": "opened it again",
    "claimed": "claimed it",
    "claim_refused": "pressed Claim a moment too late",
    "released": "released it",
    "hand_over_offered": "offered to hand it over{to}",
    "hand_over_accepted": "accepted the hand-over",
    "hand_over_declined": "declined the hand-over",
    "hand_over_lapsed": "let the hand-over lapse",
    "hand_over_asked": "asked for a hand-over",
    "handed_over": "handed it over{to}",
    "taken_over": "took it over{from}",
    "watched": "watches it",
    "suggested": "suggested a reply",
    "rerouted": "passed it on{team}",
    "split": "split posts off",
    "resolved": "resolved it",
    "dismissed": "said it is not a complaint",
    "reply_drafted": "drafted a reply",
    "reply_confirmed": "pressed Send",
    "reply_sending": "began sending the reply",
    "reply_sent": "sent the reply",
    "reply_held": "held the reply back, because something had changed",
    "reply_failed": "could not send the reply",
    "reply_uncertain": "lost track of the reply and looks it up",
    "reply_needs_human": "asked a person to look for the reply",
    "reply_found": "found the reply on X",
    "reply_cancelled": "dropped the reply",
    "answered_natively": "saw an answer typed on X",
    "withdrawn": "removed a post its author took back",
}
"""What each act is called; an act that isn't here is shown by its own name."""


def trail(sheet: TrailSheet) -> Json:
    """The modal, oldest entry first; with `actor_may_act` also the rarer buttons."""
    case = sheet.card.case
    blocks = [
        section(headline(case)),
        *_rarer(sheet),
        divider(),
        *_entries(sheet.entries),
        context(_verified(sheet.broken_at)),
        *_notes(sheet),
    ]
    return {
        "type": "modal",
        "private_metadata": metadata(case=case.id, epoch=case.epoch),
        "title": plain(f"Case {case.id}", 24),
        "close": plain("Close", 24),
        "blocks": blocks,
    }


def told(entry: Entry) -> str:
    """One entry as a sentence with its moment."""
    who = "Dibs" if entry.actor == "dibs" else mention(entry.actor)
    act = ACTS.get(entry.act)
    words = act.format(**_aside(entry)) if act else escape(entry.act.replace("_", " ").replace(".", " "))
    return f"{who} {words} · {when(entry.at)}"


def _aside(entry: Entry) -> dict[str, str]:
    facts = entry.facts
    return {
        "to": f" to {mention(str(facts['to']))}" if facts.get("to") else "",
        "from": f" from {mention(str(facts['from']))}" if facts.get("from") else "",
        "team": f" to {fallback(str(facts['team']), 80)}" if facts.get("team") else "",
    }


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
    buttons = [button("Split off", SPLIT, value), *rest] if several else rest
    return [actions(f"trail-{case.id}-{case.epoch}-{case.status}", buttons)]
