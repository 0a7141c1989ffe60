"""Words about looking after a case: the question whether somebody still does, a snooze, and a case that came back."""

from collections.abc import Sequence
from datetime import timedelta

from domain.cases import Case
from views.blocks import actions, button, section
from views.forms import modal, option, question, select, text_field
from views.kit import Json, mention
from views.reply_modal import metadata
from views.telling import Payload, Says, aside, at, number, of_case, quoting, told

STILL, GIVE_BACK = "tend.still", "tend.give_back"
ACTIONS = (STILL, GIVE_BACK)
SNOOZED = "case.snoozed"
CALLBACKS = (SNOOZED,)
LENGTH, REASON = "snooze.length", "snooze.reason"
INPUTS = (LENGTH, REASON)
LENGTHS = (
    ("15 minutes", timedelta(minutes=15)),
    ("30 minutes", timedelta(minutes=30)),
    ("1 hour", timedelta(hours=1)),
    ("2 hours", timedelta(hours=2)),
    ("4 hours", timedelta(hours=4)),
    ("8 hours", timedelta(hours=8)),
    ("24 hours", timedelta(hours=24)),
)


def snooze(case: Case, cap: timedelta) -> Json:
    """Asks how long and why; lengths beyond the policy's cap aren't offered."""
    options = [option(label, str(int(length.total_seconds()))) for label, length in _offered(cap)]
    told_all = "The nags rest until then. The customer's clock goes on, and if they write again the nags come back."
    blocks = [
        section(told_all),
        question("length", "For how long?", select(LENGTH, "Choose a time", options)),
        question("reason", "Why can it wait?", text_field(REASON, 300), "Your colleagues see it in the trail."),
    ]
    return modal("Snooze", "Snooze", SNOOZED, metadata(case=case.id, epoch=case.epoch), blocks)


def _offered(cap: timedelta) -> Sequence[tuple[str, timedelta]]:
    within = [(label, length) for label, length in LENGTHS if length <= cap]
    return within or [(f"{int(cap.total_seconds() // 60)} minutes", cap)]


def still_on_it(payload: Payload) -> Json:
    """To whoever looks after a case that has lain still."""
    until = at(payload, "until", otherwise="a little later")
    began = {
        "shift": "Your shift is over. ",
        "left": "You left the team's channel. ",
        "away": "You have been away for a while. ",
        "emergency": "This has become an emergency. ",
    }
    text = (
        f"{began.get(str(payload.get('reason')), '')}Are you still on case {number(payload)}{aside(payload)}?"
        f" Without an answer by {until} it goes back to the queue, with your draft and notes."
    )
    value = of_case(payload)
    ways = [button("Still on it", STILL, value, "primary"), button("Give it back", GIVE_BACK, value)]
    return quoting(text, payload.get("summary"), actions(f"still-{value}", ways))


def still_answered(payload: Payload) -> Json:
    """What the question becomes once it is settled."""
    texts = {
        "still": f"You are still on case {number(payload)}. Thank you.",
        "given_back": f"You gave case {number(payload)} back. Your draft and notes are kept.",
        "no_answer": f"Case {number(payload)} went back to the queue. Your draft and notes are kept{aside(payload)}.",
    }
    return told(texts.get(str(payload.get("how")), f"Case {number(payload)} has moved on{aside(payload)}."))


def came_back(payload: Payload) -> Json:
    """In the thread: the case needs somebody again."""
    who, held = mention(str(payload.get("person") or "")), payload.get("kind") == "holder"
    texts = {
        "no_answer": f"{who} didn't answer, so this is back in the queue." if held else f"{who} didn't answer.",
        "resting": f"{who} is not to be disturbed now, so this is back in the queue.",
        "gone": f"{who} can't look after this any more, so it is back in the queue.",
        "given_back": f"{who} gave this back.",
        "over": "The snooze is over.",
    }
    said = texts.get(str(payload.get("why")), "This is back in the queue.")
    return told(f"{said} Drafts and notes are kept. Who takes it?")


def nobody_on_call(payload: Payload) -> Json:
    """To ops: a deadline passed and there was nobody to tell."""
    return told(
        f":warning: Case {number(payload)} of {number(payload, 'team')} needs somebody{aside(payload)}, and nobody on"
        " call could be reached. Please look at it, and fill the rota with `/dibs rota`."
    )


def step_failed(payload: Payload) -> Json:
    """To ops: a case's escalation can't be worked out."""
    return told(
        f":warning: Dibs couldn't work out whom to tell about case {number(payload)}{aside(payload)}"
        f" (`{number(payload, 'error')}`). It tries again in five minutes; please look after the case until then."
    )


def on_call_gone(payload: Payload) -> Json:
    """To the manager: the rota names somebody who has left."""
    return told(
        f":warning: The rota of {number(payload, 'team')} names {number(payload, 'name')}, who can't be reached any"
        f" more. Case {number(payload)} went to the next in line{aside(payload)}. Please change the rota."
    )


NUDGING: dict[str, Says] = {
    "still_on_it": still_on_it,
    "still_answered": still_answered,
    "came_back": came_back,
    "nobody_on_call": nobody_on_call,
    "on_call_gone": on_call_gone,
    "step_failed": step_failed,
}
