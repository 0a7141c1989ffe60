"""Before the weekend and between shifts: the check's card, the brief, and the messages around them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from domain.deadlines import Deadline
from domain.occasions import BriefSheet, Check, PreflightSheet, Sheet
from domain.sheets import Line
from views.blocks import actions, button, context, header, section
from views.kit import Json, address, anchor, fallback, mention, when
from views.telling import Payload, Says, at, plainly, told

REACHED, ASK_AGAIN, LOOK_AGAIN, FILL = "route.reached", "route.again", "preflight.look", "preflight.fill"
GOT_IT = "brief.got_it"
ACTIONS = (REACHED, ASK_AGAIN, LOOK_AGAIN, FILL, GOT_IT)
CHECKS_SHOWN = 40
DRAFTS_SHOWN, PROMISES_SHOWN = 5, 8
HOW_TO_FILL = (
    "`/dibs rota` shows who is on call, and `/dibs cover` asks colleagues to take hours over. Whoever edits the policy"
    " file can also write an override. This card follows."
)
Facts = Mapping[str, Any]


def message(sheet: Sheet) -> Json:
    """The message about an occasion, as things stand."""
    if isinstance(sheet, PreflightSheet):
        return preflight(sheet)
    return farewell(sheet) if sheet.is_farewell else brief(sheet)


def preflight(sheet: PreflightSheet) -> Json:
    """The card of the weekend: what is not as it should be comes first, each with what helps."""
    waiting = sum(one.good is None and one.what == "route" for one in sheet.checks)
    span = f"{when(sheet.from_at)} to {when(sheet.until_at)}"
    title = _title(sheet.red, waiting)
    order = sorted(sheet.checks, key=lambda one: (one.good is not False, one.good is not None, one.what))
    lines = [_check(one, sheet.key) for one in order[:CHECKS_SHOWN]]
    more = len(order) - len(lines)
    rest = [context(f"…and {more} more lines.")] if more > 0 else []
    text = f"{title} · {span}"
    return {
        "text": f"Before the weekend: {text}",
        "blocks": [header("Before the weekend"), section(text), *lines, *rest],
    }


def _title(red: int, waiting: int) -> str:
    if red:
        return f":red_circle: *{red} {'thing needs' if red == 1 else 'things need'} somebody*"
    if waiting:
        return f":large_yellow_circle: *Almost there: {waiting} still to tap*"
    return ":large_green_circle: *All is well*"


def _check(one: Check, key: str) -> Json:
    mark = {True: ":white_check_mark:", False: ":red_circle:", None: ":information_source:"}[one.good]
    if one.what == "route" and one.good is None:
        mark = ":hourglass_flowing_sand:"
    said = CHECKS.get(one.what, _something)(one)
    return section(f"{mark} {said}", _help(one, key) if one.good is False else None)


def _help(one: Check, key: str) -> Json:
    if one.what == "gap":
        return button("Fill the gap", FILL, key)
    if one.what == "route":
        return button("Ask again", ASK_AGAIN, str(one.facts.get("key") or key))
    return button("Look again", LOOK_AGAIN, key)


def _rota(one: Check) -> str:
    return f"*{_said(one.facts, 'team')}*: somebody is on call all weekend, with a backup."


def _gap(one: Check) -> str:
    who = "nobody is on call" if one.facts.get("missing") == "primary" else "there is no backup"
    return f"*{_said(one.facts, 'team')}*: {who} from {_when(one.facts, 'from')} to {_when(one.facts, 'until')}."


def _route(one: Check) -> str:
    who = mention(str(one.facts.get("person") or ""))
    if one.good is None:
        return f"{who} has not tapped yet."
    return f"{who} can be reached." if one.good else f"{who} has not answered two test messages."


def _stranger(one: Check) -> str:
    return f"The rota names {_said(one.facts, 'name')}, who doesn't work here or has left Slack."


def _sources(one: Check) -> str:
    if one.good:
        return "X answers, and posts come in."
    kinds = {
        "auth": "X doesn't take our keys", "credits": "The credit with X is used up", "rate": "X asks us to wait",
    }  # fmt: skip
    return f"{kinds.get(str(one.facts.get('kind')), 'X can not be reached')}, so posts may be missing."


def _feed(one: Check) -> str:
    return (
        f"The feed {_said(one.facts, 'name')} can't be read, so its last good copy counts: {_said(one.facts, 'fault')}"
    )


def _manager(one: Check) -> str:
    return f"The manager, {_said(one.facts, 'name')}, can't be found in Slack, so nobody hears what is left over."


def _days(one: Check) -> str:
    days = ", ".join(f"{_day(on)} ({fallback(name, 60)})" for on, name in one.facts.get("days") or ())
    return f"Days that differ in the calendar *{_said(one.facts, 'calendar')}*: {days}."


def _campaign(one: Check) -> str:
    return f"Planned: {_said(one.facts, 'name')}, {_when(one.facts, 'from')} to {_when(one.facts, 'until')}."


def _something(_one: Check) -> str:
    return "Something needs a look."


CHECKS: dict[str, Callable[[Check], str]] = {
    "rota": _rota, "gap": _gap, "route": _route, "stranger": _stranger, "sources": _sources, "feed": _feed,
    "manager": _manager, "days": _days, "campaign": _campaign,
}  # fmt: skip


def _said(facts: Facts, key: str) -> str:
    return fallback(str(facts.get(key) or "?"), 200)


def _when(facts: Facts, key: str) -> str:
    moment = facts.get(key)
    return when(moment) if isinstance(moment, datetime) else "then"


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def brief(sheet: BriefSheet) -> Json:
    """To whoever goes on call."""
    until = f" until {when(sheet.until_at)}" if sheet.until_at else ""
    backup = f"{mention(sheet.backup)} is your backup." if sheet.backup else "You have no backup."
    title = f":sunrise: You are on call for *{fallback(sheet.team, 80)}*{until}. {backup}"
    blocks = [section(title), *_open_cases(sheet), *_promised(sheet), *_drafts(sheet)]
    if sheet.seen_at is not None:
        return {"text": title, "blocks": [*blocks, context(f"You have it since {when(sheet.seen_at)}.")]}
    ask = "Without an answer within 15 minutes your backup and the manager hear of it."
    row = actions(f"brief-{sheet.key}", [button("I've got it", GOT_IT, sheet.key, "primary")])
    return {"text": title, "blocks": [*blocks, row, context(ask)]}


def farewell(sheet: BriefSheet) -> Json:
    """To whoever goes off call, shorter."""
    title = f":city_sunset: Your shift for *{fallback(sheet.team, 80)}* is over. {_taken(sheet)}"
    count = f"{sheet.in_hand} {'case is' if sheet.in_hand == 1 else 'cases are'} open"
    promised = f", {len(sheet.promised)} promised" if sheet.promised else ""
    rest = "You are asked about each case that is still in your hands."
    return {"text": title, "blocks": [section(title), context(f"{count}{promised}. {rest}")]}


def _taken(sheet: BriefSheet) -> str:
    if sheet.incoming is None:
        return "Nobody is on call after you."
    who = mention(sheet.incoming)
    return f"{who} has it since {when(sheet.seen_at)}." if sheet.seen_at else f"{who} is on call now."


def _open_cases(sheet: BriefSheet) -> list[Json]:
    if not sheet.in_hand:
        return [section("Nothing is open.")]
    lines = [f"• {_case(row)}{f' · due {when(due)}' if due else ''}" for row, due in sheet.cases]
    more = sheet.in_hand - len(sheet.cases)
    rest = [f"…and {more} more"] if more > 0 else []
    return [section("\n".join([f"*{sheet.in_hand} open, by what is due first*", *lines, *rest]))]


def _case(row: Line) -> str:
    link = address(row.link)
    name = anchor(link, f"case {row.case.id}") if link else f"case {row.case.id}"
    words = fallback((row.text or "").replace("\n", " "), 60)
    held = f" · {mention(row.case.holder)} has it" if row.case.holder else ""
    return f"{name}{f': {words}' if words else ''}{held}"


def _promised(sheet: BriefSheet) -> list[Json]:
    if not sheet.promised:
        return []
    lines = [f"• {_promise(clock)} ({_case(row)})" for clock, row in sheet.promised[:PROMISES_SHOWN]]
    return [section("\n".join(["*Promises due*", *lines]))]


def _promise(clock: Deadline) -> str:
    return f"“{fallback(clock.said, 80)}” · {mention(clock.person)}, {when(clock.due_at)}"


def _drafts(sheet: BriefSheet) -> list[Json]:
    if not sheet.drafts:
        return []
    lines = [f"• {mention(author)} in {_case(row)}" for row, author in sheet.drafts[:DRAFTS_SHOWN]]
    return [section("\n".join(["*Drafts that wait to be sent*", *lines]))]


def route_test(payload: Payload) -> Json:
    """To somebody who will be on call."""
    again = "You haven't tapped yet. " if payload.get("again") else ""
    text = f"{again}You are on call or backup this weekend. Tap to show that messages from Dibs reach you."
    key = str(payload.get("occasion_key") or "route")[:120]
    return told(text, actions(f"route-{key}", [button("This reaches me", REACHED, key, "primary")]))


def route_reached(_payload: Payload) -> Json:
    """What the test becomes."""
    return told("Thank you: messages reach you. Have a good weekend.")


def route_silent(payload: Payload) -> Json:
    """To the manager: somebody doesn't answer."""
    who = mention(str(payload.get("person") or ""))
    return told(
        f":warning: {who} is on call or backup from {at(payload, 'from', otherwise='Friday')} and has not answered two"
        " test messages. Please ask them another way, or have somebody cover: `/dibs cover`."
    )


def shift_unanswered(payload: Payload) -> Json:
    """To backup and manager: the brief was not answered."""
    who, team = mention(str(payload.get("person") or "")), plainly(payload, "team", "the team")
    return told(
        f":warning: {who} is on call for {team} since {at(payload, 'since')} and has not said “I've got it” yet."
        " Please have an eye on the open cases, or ask them."
    )


def shift_answered(payload: Payload) -> Json:
    """What that message becomes once it was."""
    return told(
        f"{mention(str(payload.get('person') or ''))} has the shift for {plainly(payload, 'team', 'the team')}."
    )


def shift_alone(payload: Payload) -> Json:
    """To backup and manager: the rota names somebody who isn't there."""
    return told(
        f":warning: The rota of {plainly(payload, 'team', 'a team')} names {plainly(payload, 'name', 'somebody')} since"
        f" {at(payload, 'since')}, who can't be reached in Slack. Please take over, or change the rota."
    )


OCCASIONS: dict[str, Says] = {
    "route_test": route_test,
    "route_reached": route_reached,
    "route_silent": route_silent,
    "shift_unanswered": shift_unanswered,
    "shift_answered": shift_answered,
    "shift_alone": shift_alone,
}
