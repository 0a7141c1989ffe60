"""Every message that isn't a card: a payload's `says` names what it tells; an unknown one is still told plainly."""

from views.blocks import actions, button
from views.corrections import CORRECTIONS
from views.cover_words import COVERING
from views.home import ACCEPT, DECLINE
from views.kit import Json, mention, sentence
from views.nudging import NUDGING
from views.occasions import OCCASIONS
from views.offers import GIVE, OFFERS
from views.operations import OPERATIONS
from views.promises import PROMISES
from views.rule_words import RULES
from views.spikes import SPIKES
from views.telling import Payload, Says, ago, aside, number, of_case, quoting, told
from views.thread_lines import LINES

WATCH, SUGGEST, ASK, TAKE_OVER = "notice.watch", "notice.suggest", "notice.ask", "notice.take_over"
ACTIONS = (WATCH, SUGGEST, ASK, TAKE_OVER)
__all__ = ["ACCEPT", "ACTIONS", "ASK", "DECLINE", "GIVE", "SAYS", "SUGGEST", "TAKE_OVER", "WATCH", "message"]
NEWS = {
    "answered": "it was answered.",
    "resolved": "it was resolved.",
    "reopened": "it was opened again.",
    "wrote_again": "the customer wrote again.",
}
"""What a watcher hears of; other words are said as they are."""


def message(payload: Payload) -> Json:
    """The message for a payload: `text` and `blocks`. Never raises for what a payload lacks."""
    return SAYS.get(str(payload.get("says")), _unknown)(payload)


def claim_lost(payload: Payload) -> Json:
    """To somebody who pressed Claim a moment too late: by whom, how long ago, and what can be done instead."""
    value = of_case(payload)
    text = f"{mention(payload.get('holder'))} was faster, {ago(payload, 'since', until='at')}. You can still help:"
    ways = [
        button("Watch", WATCH, value),
        button("Suggest a reply", SUGGEST, value),
        button("Ask for hand-over", ASK, value),
        button("Take over", TAKE_OVER, value),
    ]
    return told(text, actions(f"lost-{value}", ways))


def refused(payload: Payload) -> Json:
    """To one person: why not, and the way out, in the rule's own words."""
    return told(_own_words(payload, "That can't be done right now."))


def done(payload: Payload) -> Json:
    """To one person: it is done."""
    return told(_own_words(payload, "Done."))


def watching(payload: Payload) -> Json:
    """To one person: they watch it now."""
    return told(f"You are watching case {number(payload)}. You'll hear when it is answered or closed.")


def asked(payload: Payload) -> Json:
    """To one person: the holder was asked."""
    holder = payload.get("holder")
    who = mention(holder) if holder else "The holder"
    return told(f"{who} has your request for case {number(payload)}. If they hand it over, you'll hear at once.")


def watch_news(payload: Payload) -> Json:
    """To a watcher: what happened."""
    what = NEWS.get(str(payload.get("what"))) or _own_words(payload, "something changed.", "what")
    return told(f"News of case {number(payload)}, which you watch{aside(payload)}: {what}")


def emergency(payload: Payload) -> Json:
    """To the person an emergency names."""
    why = _own_words(payload, "it may be dangerous to wait", "why")
    text = f":rotating_light: *Emergency* in case {number(payload)}{aside(payload)}. Why you: {why}."
    return quoting(text, payload.get("summary"))


def _own_words(payload: Payload, otherwise: str, key: str = "text") -> str:
    return sentence(str(payload.get(key) or "")) or otherwise


def _unknown(payload: Payload) -> Json:
    if payload.get("text"):
        return told(_own_words(payload, "Something changed."))
    return told(f"Something changed in case {number(payload)}{aside(payload)}.")


SAYS: dict[str, Says] = {
    "claim_lost": claim_lost,
    "refused": refused,
    "done": done,
    "watching": watching,
    "asked": asked,
    "watch_news": watch_news,
    "emergency": emergency,
    **OFFERS,
    **LINES,
    **OPERATIONS,
    **NUDGING,
    **OCCASIONS,
    **COVERING,
    **PROMISES,
    **RULES,
    **SPIKES,
    **CORRECTIONS,
}
