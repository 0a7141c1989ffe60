"""The nag: cases that are late or about to be, most urgent first, each with what can be done about it right here."""

from domain.cases import AWAITING, CLAIMED
from domain.deadlines import RESOLUTION, WORDS
from domain.nags import NagEntry, NagSheet
from domain.outside import blank
from views.blocks import actions, button, context, section
from views.kit import AT, Json, address, anchor, fallback, mention, outside, quote, rich, when

CLAIM, ON_IT, SNOOZE, HAND_ON = "nag.claim", "nag.on_it", "nag.snooze", "nag.hand_on"
ACTIONS = (CLAIM, ON_IT, SNOOZE, HAND_ON)
NUMBERS = 2700
"""Characters for the numbers of cases beyond those shown in full: Slack takes 3,000 in a section."""


def nag(sheet: NagSheet) -> Json:
    """The nag's message."""
    if sheet.replaced:
        return _replaced(sheet)
    standing = sheet.standing
    if not standing:
        return _over(sheet)
    title = _title(sheet)
    blocks = [section(f"*{title}*")]
    for entry in standing:
        blocks += _case(entry, direct=sheet.direct)
    return {"text": _spoken(title, standing), "blocks": [*blocks, *_more(sheet), *_settled(sheet)]}


def _title(sheet: NagSheet) -> str:
    count = len(sheet.standing) + len(sheet.more)
    late = sum(entry.deadline.breached_at is not None for entry in sheet.standing)
    if count == 1:
        return "A case is late" if late else "A case is due soon"
    if not late or sheet.more:
        return f"{count} cases need somebody"
    return f"{count} cases need somebody, {'all' if late == count else late} {'is' if late == 1 else 'are'} late"


def _spoken(title: str, standing: tuple[NagEntry, ...]) -> str:
    return f"{title}: " + " · ".join(f"case {entry.case.id}, {_due(entry)}" for entry in standing)


def _due(entry: NagEntry) -> str:
    what = WORDS.get(entry.deadline.target, entry.deadline.target)
    verb = "was due" if entry.deadline.breached_at is not None else "is due"
    return f"{what} {verb} {when(entry.deadline.due_at)}"


def _case(entry: NagEntry, *, direct: bool) -> list[Json]:
    alarm = ":rotating_light: *Emergency* · " if entry.case.severity == "emergency" else ""
    link = address(entry.link)
    name = anchor(link, f"case {entry.case.id}") if link else f"case {entry.case.id}"
    lines = [section(f"{alarm}{name}: {_due(entry)}, {_waits(entry)}.{_why(entry) if direct else ''}")]
    if entry.text and not blank(entry.text):
        lines.append(rich(quote(outside(entry.text, 240, 3))))
    lines.append(_row(entry))
    return lines


def _waits(entry: NagEntry) -> str:
    """A resolution counts from the first word, and they may have had answers since."""
    since = when(entry.deadline.started_at)
    if entry.deadline.target == RESOLUTION:
        return f"the customer came to us {since}"
    return f"the customer has been waiting since {since}"


def _why(entry: NagEntry) -> str:
    why = entry.why
    roles = {
        "on_call": "You are on call.",
        "backup": "You are the backup.",
        "manager": "You are told as the manager.",
        "awake": "You said you may be asked when you are around.",
        "holder": "It is in your hands.",
        "handed": f"{mention(why.stands_in_for)} passes it on to you." if why.stands_in_for else "",
    }
    said = roles.get(why.role, "You are named for such cases.")
    return f" {said}{_instead(entry)}"


def _instead(entry: NagEntry) -> str:
    why = entry.why
    who = _named(why.stands_in_for)
    reasons = {
        "quiet": f" {who} is not to be disturbed right now.",
        "gone": f" {who} can't be reached any more.",
        "nobody": " Nobody is on call before you.",
    }
    return reasons.get(why.because or "", "")


def _named(person: str | None) -> str:
    """By mention when it is a Slack id, else by the name the rota has, which may come from a feed."""
    found = mention(person)
    return found if found != "somebody" else fallback(person, 80) or found


def _row(entry: NagEntry) -> Json:
    value = f"{entry.case.id}:{entry.case.epoch}"
    if entry.case.holder is not None and entry.case.status in (CLAIMED, AWAITING):
        return context("Reply from its card, release it, or hand it over.")
    buttons = [button("Claim", CLAIM, value, "primary"), button("On it", ON_IT, value)]
    if entry.case.severity != "emergency":
        buttons.append(button("Snooze", SNOOZE, value))
    buttons.append(button("Hand to backup", HAND_ON, value))
    return actions(f"nag-{value}-{entry.deadline.id}", buttons)


def _more(sheet: NagSheet) -> list[Json]:
    if not sheet.more:
        return []
    longest = max(len(str(number)) for number in sheet.more) + len(", ")
    shown = sheet.more[: NUMBERS // longest]
    numbers = ", ".join(str(number) for number in shown)
    rest = len(sheet.more) - len(shown)
    tail = f" and {rest} more" if rest > 0 else ""
    return [section(f"Also waiting, by case number: {numbers}{tail}. The Home tab lists what has waited longest.")]


def _settled(sheet: NagSheet) -> list[Json]:
    return [context(" · ".join(_ended(entry) for entry in sheet.over))] if sheet.over else []


def _over(sheet: NagSheet) -> Json:
    text = " · ".join(_ended(entry) for entry in sheet.over) or "Nothing is left to do here."
    return {"text": text, "blocks": [context(text)]}


def _replaced(sheet: NagSheet) -> Json:
    link = address(sheet.newer)
    text = f"This list goes on in {anchor(link, 'a newer message')}." if link else "This list goes on further down."
    settled = _settled(sheet)
    return {"text": text, "blocks": [context(text), *settled]}


def _ended(entry: NagEntry) -> str:
    over = entry.ended
    if over is None:
        return f"case {entry.case.id}"
    who = f" by {mention(over.person)}" if over.person else ""
    at = f", {when(over.at, AT)}" if over.at else ""
    words = {
        "claimed": f"claimed{who}",
        "answered": "answered",
        "on_it": f"{mention(over.person)} is on it" if over.person else "somebody is on it",
        "snoozed": f"snoozed{who}",
        "handed": f"passed on to {mention(over.person)}" if over.person else "passed on",
        "resolved": f"resolved{who}",
        "dismissed": f"put away{who}",
        "rerouted": f"passed to another team{who}",
        "withdrawn": "its author took the post back",
        "back": "back in the queue",
        "unreached": f"{mention(over.person)} couldn't be reached" if over.person else "passed on",
    }
    return f"case {entry.case.id}: {words.get(over.how, 'settled')}{at}"
