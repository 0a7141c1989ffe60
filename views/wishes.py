"""Nudges as somebody wishes them: quiet hours, and whether they may be asked first when they are around."""

from domain.quiet import Preferences
from views.blocks import button, section
from views.forms import modal, question
from views.kit import Json, escape, plain
from views.reply_modal import metadata

CHANGE = "quiet.open"
ACTIONS = (CHANGE,)
SAVED = "quiet.saved"
CALLBACKS = (SAVED,)
FROM, UNTIL, AWAKE = "quiet.from", "quiet.until", "quiet.awake"
INPUTS = (FROM, UNTIL, AWAKE)
YES = "yes"


def quiet(wishes: Preferences, zone: str) -> Json:
    """Asks from when till when, and whether they may be asked first."""
    told = f"Nudges wait while you rest, and go to the next in line. Times are yours ({escape(zone)[:60]})."
    tick = {"text": plain("Ask me first when I'm around"), "value": YES}
    box = {"type": "checkboxes", "action_id": AWAKE, "options": [tick]}
    blocks = [
        section(told),
        _optional("from", "Quiet from", _time(FROM, wishes.quiet_from), "Leave both empty to have no quiet hours."),
        _optional("until", "Quiet until", _time(UNTIL, wishes.quiet_until), "Emergencies come through all the same."),
        _optional(
            "awake",
            "Before anybody is called",
            {**box, "initial_options": [tick]} if wishes.awake else box,
            "If you are active in Slack, you hear of a late case before whoever is on call. You can always leave it.",
        ),
    ]
    return modal("Nudges", "Save", SAVED, metadata(), blocks)


def saved(wishes: Preferences, zone: str) -> Json:
    """What the window says afterwards."""
    return {
        "type": "modal",
        "title": plain("Nudges", 24),
        "close": plain("Close", 24),
        "blocks": [section(f"Saved. {in_words(wishes, zone)}")],
    }


def at_home(wishes: Preferences, zone: str) -> list[Json]:
    """The Home tab's line about it."""
    return [section(f"*Nudges*\n{in_words(wishes, zone)}", button("Change", CHANGE, "home"))]


def in_words(wishes: Preferences, zone: str) -> str:
    """What somebody wishes, as a sentence to them."""
    hours = f"from {wishes.quiet_from} to {wishes.quiet_until} ({escape(zone)[:60]})"
    rest = "You have no quiet hours."
    if wishes.quiet_from and wishes.quiet_until:
        rest = f"You rest {hours}; only emergencies reach you then."
    first = "When you are around, you are asked first." if wishes.awake else "You are told when it is your turn."
    return f"{rest} {first}"


def _optional(block_id: str, label: str, field: Json, hint: str) -> Json:
    return {**question(block_id, label, field, hint), "optional": True}


def _time(action: str, at: str | None) -> Json:
    drawn: Json = {"type": "timepicker", "action_id": action, "placeholder": plain("Pick a time", 150)}
    return {**drawn, "initial_time": at} if at else drawn
