"""Every message that a request for cover leads to: asked, taken, withdrawn, swapped, or nobody found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from views.blocks import actions, button, section
from views.kit import Json, bullets, line, link, mention, outside, person, rich, run
from views.kit import date as moment
from views.rota_words import ROLES, of_team, span
from views.telling import Payload, Says, moment_of, quoting, told

TAKE, DECLINE, SWAP, WITHDRAW = "cover.take", "cover.decline", "cover.swap", "cover.withdraw"
ACCEPT, REFUSE = "swap.accept", "swap.refuse"
ACTIONS = (TAKE, DECLINE, SWAP, WITHDRAW, ACCEPT, REFUSE)
BRIEFED = 8
WORDS = 80


def cover_asked(payload: Payload) -> Json:
    """To a colleague: can you take these hours?"""
    value = _id(payload)
    text = f"{_asker(payload)} asks for cover: {_hours(payload)}. Can you take it?"
    ways = [
        button("I'll take it", TAKE, value, "primary"),
        button("Can't", DECLINE, value),
        button("Swap with one of mine", SWAP, value),
    ]
    return quoting(text, payload.get("note"), actions(f"cover-{value}", ways))


def cover_sent(payload: Payload) -> Json:
    """To the asker: on its way, and how to take it back."""
    value = _id(payload)
    text = f"You asked {_colleagues(payload)} to cover for you: {_hours(payload)}. You'll hear when somebody takes it."
    return told(text, actions(f"cover-own-{value}", [button("Take it back", WITHDRAW, value)]))


def cover_over(payload: Payload) -> Json:
    """What a message that asked becomes once there is nothing to answer; `mine` is the asker's own."""
    hours, mine = _hours(payload), bool(payload.get("mine"))
    owner = "you" if mine else _asker(payload)
    texts = {
        "yours": f"You took these hours from {_asker(payload)}: {hours}.",
        "taken": f"{mention(payload.get('taker'))} covers for {owner}: {hours}.",
        "withdrawn": f"{'You' if mine else owner} took this request back: {hours}.",
        "over": f"Nobody took these hours, so {owner} kept them: {hours}.",
        "declined": f"You can't cover for {owner}: {hours}. Thank you for answering.",
    }
    return told(texts.get(str(payload.get("how")), f"This request has moved on: {hours}."))


def cover_taken(payload: Payload) -> Json:
    """To the asker: it is off their shoulders."""
    taker = mention(payload.get("taker"))
    swapped = f" In return you are {_in_return(payload)}." if payload.get("gave_from") else ""
    return told(f"{taker} covers for you: {_hours(payload)}.{swapped} Dibs won't nudge you in these hours.")


def cover_yours(payload: Payload) -> Json:
    """To the taker: from when, and what there is."""
    swapped = f" {_asker(payload)} is {_in_return(payload)} in return." if payload.get("gave_from") else ""
    text = f"Thank you. You cover for {_asker(payload)}: {_hours(payload)}.{swapped}"
    rows = [row for row in _rows(payload) if isinstance(row, Mapping)][:BRIEFED]
    if not rows:
        return told(text, section("Nothing is open in this team right now."))
    head = section("*Open right now*, the one due first on top:")
    return told(text, head, rich(bullets(*(_brief(row) for row in rows))))


def cover_line(payload: Payload) -> Json:
    """To the team's channel, when it is soon."""
    return told(f"{mention(payload.get('taker'))} covers for {_asker(payload)}: {_hours(payload)}.")


def cover_nobody(payload: Payload) -> Json:
    """To the manager: nobody took it."""
    tried = f"{_colleagues(payload)} {'was' if payload.get('count') == 1 else 'were'} asked"
    if payload.get("begun"):
        text = f":warning: Nobody took {_asker(payload)}'s hours, and they begin now: {_hours(payload)}. {tried}."
        return quoting(f"{text} {_asker(payload)} is still on call.", payload.get("note"))
    text = f":warning: {_asker(payload)} needs cover and nobody has taken it yet: {_hours(payload)}. {tried}."
    rest = f"The request stands until somebody takes it or the hours begin; until then they are {_asker(payload)}'s."
    return quoting(f"{text} Please help to find somebody. {rest}", payload.get("note"))


def cover_unmet(payload: Payload) -> Json:
    """To the asker: it is still theirs."""
    return told(
        f"Nobody could cover for you, so these hours are still yours: {_hours(payload)}. Your manager knows. If you"
        " can't be there, please call them."
    )


def swap_offered(payload: Payload) -> Json:
    """To the asker: a colleague would swap."""
    taker, value = mention(payload.get("taker")), f"{_id(payload)}:{payload.get('taker')}"
    text = f"{taker} offers a swap. You give: {_hours(payload)}. You'd be {_in_return(payload)}."
    ways = [button("Accept the swap", ACCEPT, value, "primary"), button("No, thanks", REFUSE, value)]
    return told(text, actions(f"swap-{value}", ways))


def swap_sent(payload: Payload) -> Json:
    """To whoever offered: the asker has it."""
    text = f"You offered {_asker(payload)} a swap. You'd take: {_hours(payload)}. They'd be {_in_return(payload)}."
    return told(f"{text} You'll hear when they answer; nothing changes until then.")


def swap_refused(payload: Payload) -> Json:
    """The asker said no; `mine` is their own message."""
    if payload.get("mine"):
        return told(f"You declined {mention(payload.get('taker'))}'s swap. Your request stands: {_hours(payload)}.")
    text = f"{_asker(payload)} would rather not swap, so you keep your shift."
    return told(f"{text} You can still take theirs: {_hours(payload)}.")


def _hours(payload: Payload) -> str:
    role = ROLES.get(str(payload.get("role")), "on call")
    return f"{role} for {of_team(payload.get('channel'), payload.get('team'))}, {_span(payload, '')}"


def _in_return(payload: Payload) -> str:
    return f"{ROLES.get(str(payload.get('gave_role')), 'on call')} {_span(payload, 'gave_')}"


def _span(payload: Payload, prefix: str) -> str:
    from_at, until_at = moment_of(payload.get(f"{prefix}from")), moment_of(payload.get(f"{prefix}until"))
    return span(from_at, until_at) if from_at and until_at else "at a time `/dibs rota` shows"


def _asker(payload: Payload) -> str:
    return mention(payload.get("asker"))


def _id(payload: Payload) -> str:
    return str(payload.get("cover", 0))[:20]


def _colleagues(payload: Payload) -> str:
    count = payload.get("count")
    return "1 colleague" if count == 1 else f"{count} colleagues" if isinstance(count, int) else "your colleagues"


def _rows(payload: Payload) -> list[Any]:
    found = payload.get("brief")
    return found if isinstance(found, list) else []


def _brief(row: Payload) -> Json:
    due_at: datetime | None = moment_of(row.get("due"))
    due = [run(", due "), moment(due_at)] if due_at else []
    holder = [run(" · "), person(str(row["holder"]))] if row.get("holder") else []
    promised = [run(" · promised: "), outside(str(row["promised"]), WORDS, 1)] if row.get("promised") else []
    said = [run(" · “"), outside(str(row["text"]), WORDS, 1), run("”")] if row.get("text") else []
    address = row.get("link")
    name = f"case {row.get('case', '?')}"
    shown = link(address, name) if isinstance(address, str) else run(name)
    return line(shown, *due, *holder, *promised, *said)


COVERING: dict[str, Says] = {
    "cover_asked": cover_asked,
    "cover_sent": cover_sent,
    "cover_over": cover_over,
    "cover_taken": cover_taken,
    "cover_yours": cover_yours,
    "cover_line": cover_line,
    "cover_nobody": cover_nobody,
    "cover_unmet": cover_unmet,
    "swap_offered": swap_offered,
    "swap_sent": swap_sent,
    "swap_refused": swap_refused,
}
