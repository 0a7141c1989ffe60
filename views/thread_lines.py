"""Lines in a case's thread: what happened, and whom it concerns now."""

from views.kit import Json, mention
from views.telling import Payload, Says, aside, at, place, plainly, quoting, told


def wrote_again(payload: Payload) -> Json:
    """The customer wrote; the holder is named, because an edited card alerts nobody."""
    return told(_named(payload, "the customer wrote again.", "The customer wrote again. Nobody holds this case yet."))


def handed_over(payload: Payload) -> Json:
    """A new holder by agreement."""
    return told(_named(payload, "this case is yours now.", "This case was handed over."))


def taken_over_line(payload: Payload) -> Json:
    """A new holder without agreement, with the reason for everybody to read."""
    text = f"{mention(payload.get('by'))} took this over from {mention(payload.get('from'))}. The reason:"
    return quoting(text, payload.get("reason"))


def reply_failed(payload: Payload) -> Json:
    """A reply that surely didn't go out, and how it can."""
    way_out = "You can edit and send it again from the card"
    way_out += ", or open it in X." if payload.get("can_open") else "."
    if payload.get("gone"):
        way_out = "The post can't be answered any more."
    opening = _named(payload, "the reply did not go out.", "The reply did not go out.")
    return quoting(f"{opening} Nothing of it is public. {way_out}", payload.get("reason"))


def reply_uncertain(_payload: Payload) -> Json:
    """A reply that may be public."""
    return told("X didn't confirm the reply. Dibs is checking whether it was posted; nothing is sent again until then.")


def needs_human(payload: Payload) -> Json:
    """A reply nobody but a person can settle."""
    asks = "please look on X whether the reply is public, then say so on the card. Nothing is sent again until you do."
    return told(_named(payload, asks, f"P{asks[1:]}"))


def replied(payload: Payload) -> Json:
    """The answer, as the customer sees it."""
    how = "'s reply was found on X" if payload.get("found") else " replied"
    text = f"{mention(payload.get('by'))}{how} · {at(payload, 'at', otherwise='just now')}{place(payload)}"
    return quoting(text, payload.get("text"))


def answered_natively(payload: Payload) -> Json:
    """An answer typed on X itself."""
    holder = payload.get("holder")
    credit = (
        f"It counts as {mention(holder)}'s." if holder else "Nobody held the case, so it is nobody's in particular."
    )
    return quoting(f"This was answered on X itself{place(payload)}. {credit}", payload.get("text"))


def suggestion(payload: Payload) -> Json:
    """A colleague's words for the holder to use."""
    holder = payload.get("holder")
    named = f"{mention(holder)}, " if holder else ""
    return quoting(f"{named}{mention(payload.get('by'))} suggests this reply:", payload.get("text"))


def split(payload: Payload) -> Json:
    """Where posts went, or came from."""
    came = payload.get("from") is not None
    other = payload.get("from") if came else payload.get("to")
    named = f"case {plainly({'case': other}, 'case', 'another one')}"
    if came:
        return told(f"This was split off from {named}{aside(payload)}.")
    # A delivery's link leads to the thread's own card, so it is no help here.
    return told(f"Some of these posts are {named} now, with a card of its own at the end of the channel.")


def withdrawn(_payload: Payload) -> Json:
    """The author took the post back."""
    return told("The author removed the post, so its text is gone from here too. What we did stays on record.")


def _named(payload: Payload, rest: str, without: str) -> str:
    holder = payload.get("holder")
    return f"{mention(holder)}, {rest}" if holder else without


LINES: dict[str, Says] = {
    "wrote_again": wrote_again,
    "handed_over": handed_over,
    "taken_over_line": taken_over_line,
    "reply_failed": reply_failed,
    "reply_uncertain": reply_uncertain,
    "needs_human": needs_human,
    "replied": replied,
    "answered_natively": answered_natively,
    "suggestion": suggestion,
    "split": split,
    "withdrawn": withdrawn,
}
