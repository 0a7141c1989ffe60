"""How a case stands, in words: its headline, how it may be answered, and what became of the reply."""

from collections.abc import Mapping, Sequence

from domain.cases import AWAITING, CLAIMED, DISMISSED, OPEN, RESOLVED, Case
from domain.posts import ReplyOption
from domain.replies import FAILED, NEEDS_HUMAN, QUEUED, SENDING, UNCERTAIN, Reply
from domain.sheets import VOICES_NAMED, CardSheet
from domain.triage import EMERGENCY
from views.blocks import context, section
from views.kit import AGO, Json, anchor, escape, line, mention, outside, person, quote, rich, run, shown, when
from views.reasons import on_card

STATES = {
    OPEN: "Open",
    CLAIMED: "Claimed",
    AWAITING: "Answered",
    RESOLVED: "Resolved",
    DISMISSED: "Not a complaint",
}
OPTIONS = {
    "api": "🟢 Green: can be answered from Slack",
    "intent": "🟡 Yellow: answer it on X",
    "none": "🔴 Red: cannot be answered",
}
UNDERWAY = {
    QUEUED: "The reply is on its way to X…",
    SENDING: "Sending the reply…",
    UNCERTAIN: "Checking whether it was posted. X didn't say, so nothing is sent again until that is known.",
}


def emergency(case: Case, slack_id: str | None) -> list[Json]:
    """The alarm line of an emergency, naming whom it must reach; nothing for other cases."""
    if case.severity != EMERGENCY:
        return []
    named = mention(slack_id) if slack_id else escape(case.person or "everybody here")
    return [section(f":rotating_light: *Emergency* · {named}, please look at this one now.")]


def headline(case: Case) -> str:
    """The state in one line. Lengths of time are Slack's to count, so the card needn't be edited to stay true."""
    if case.status == OPEN:
        again = "*Open again*" if case.reopened else "*Open*"
        return f"{again} · waiting since {when(case.last_post_at)} ({when(case.last_post_at, AGO)})"
    if case.status == CLAIMED:
        return f"*{mention(case.holder)} has it*{_since(case)}"
    if case.status == AWAITING:
        held = f"{mention(case.holder)} has it" if case.holder else "nobody has it"
        return f"*Answered, waiting for the customer* · {held}"
    ended = f" · {when(case.ended_at)}" if case.ended_at else ""
    return f"*{STATES.get(case.status, escape(case.status))}*{ended}"


def _since(case: Case) -> str:
    if case.first_response_at and case.last_post_at > case.first_response_at:
        return f" · the customer wrote again {when(case.last_post_at, AGO)}"
    return f" since {when(case.claimed_at)} ({when(case.claimed_at, AGO)})" if case.claimed_at else ""


def option_of(sheet: CardSheet) -> ReplyOption:
    """How the post that would be answered may be answered; not at all once its author took it back."""
    if sheet.target.text is None:
        return ReplyOption("none", "The author removed the post.")
    return sheet.target.option


def option_line(option: ReplyOption) -> str:
    """The colour, what it means, and why; the colour is said as a word too, for those who can't see it."""
    words = OPTIONS.get(option.kind, OPTIONS["intent"])
    return f"{words}. {escape(option.reason)}" if option.reason else words


def small_print(sheet: CardSheet) -> Json:
    """Why it is here, how it can be answered, who else looks on."""
    facts = [on_card(sheet.case, sheet.verdict), option_line(option_of(sheet))]
    facts += _again(sheet.repeats) + _others(sheet.voices, sheet.voice_links)
    if sheet.case.collisions:
        facts.append(f"Collisions prevented: {sheet.case.collisions}")
    if sheet.watchers:
        facts.append(f"{sheet.watchers} watching")
    return context(*facts)


def _again(times: int) -> list[str]:
    """The customer said the same before: one card counts it, instead of so many cards."""
    return [f"+{times}: nearly the same words, {times + 1} times in all"] if times else []


def _others(cases: Sequence[int], links: Mapping[int, str]) -> list[str]:
    """Other customers say the same, and which cases theirs are, with the way to each card."""
    if not cases:
        return []
    named = ", ".join(anchor(links.get(case), str(case)) for case in cases[:VOICES_NAMED])
    more = f" and {len(cases) - VOICES_NAMED} more" if len(cases) > VOICES_NAMED else ""
    several = "1 other says the same: case" if len(cases) == 1 else f"{len(cases)} others say the same: cases"
    return [f"{several} {named}{more}"]


def offered(sheet: CardSheet) -> list[Json]:
    """The hand-over that waits for a yes, if one does."""
    offer = sheet.offer
    if offer is None:
        return []
    text = f"{mention(offer.giver)} offered this to {mention(offer.taker)}. The offer stands until "
    return [context(f"{text}{when(offer.lapses_at)}; until then nothing changes.")]


def reply_state(reply: Reply | None) -> list[Json]:
    """What became of the newest reply, as far as somebody must know; nothing for one that is simply public."""
    if reply is None:
        return []
    if reply.status in UNDERWAY:
        return [context(f":hourglass_flowing_sand: {UNDERWAY[reply.status]}")]
    if reply.status == FAILED:
        return [_failed(reply)]
    if reply.status == NEEDS_HUMAN:
        return [_needs_human(reply)]
    return []


def _failed(reply: Reply) -> Json:
    reason = outside(reply.failure, 500, 6) if shown(reply.failure) else run("X gave no reason.")
    opening = line(run("The reply did not go out. ", bold=True), run("Nothing of it is public. "), reason)
    return rich(opening, quote(outside(reply.text, 600, 10)))


def _needs_human(reply: Reply) -> Json:
    asks = run(", please look on X: is this reply public? Nothing is sent again until you say.")
    return rich(line(person(reply.author), asks), quote(outside(reply.text, 600, 10)))
