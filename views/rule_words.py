"""What Dibs says of rules: a change to the team, a rule's week of being watched to its maker, clashes to ops."""

from views.back_test import BACK_TEST, links
from views.blocks import actions, button, confirmed
from views.kit import Json, fallback, line, mention, outside, rich, run
from views.telling import Payload, Says, number, plainly, told

ARM, EDIT, DROP = "rule.arm", "rule.edit", "rule.drop"
ACTIONS = (ARM, EDIT, DROP)
MOST = 10
"""Faults named in one message."""
_DONE = {
    "made": "is watched from now on",
    "changed": "says something else now and is watched anew",
    "armed": "decides from now on",
    "monitor": "is only watched from now on",
    "off": "is switched off",
    "deleted": "is deleted",
}


def rule_changed(payload: Payload) -> Json:
    """To the team: who changed which rule, how, and what it asks for."""
    what = _DONE.get(str(payload.get("act")), "was changed")
    name, who = plainly(payload, "name", "a rule"), mention(str(payload.get("by") or ""))
    text = f"Rule *{name}* {what}, by {who} · {number(payload, 'team')}, {number(payload, 'severity')}"
    parts = [run("asks for "), outside(str(payload.get("query") or ""), 300, 6, code=True)]
    if payload.get("old") and payload.get("old") != payload.get("query"):
        parts += [run(" instead of "), outside(str(payload["old"]), 300, 6, code=True)]
    return told(text, rich(line(*parts)))


def rule_done(payload: Payload) -> Json:
    """To whoever did it."""
    return told(f"Rule *{plainly(payload, 'name', 'a rule')}* {_DONE.get(str(payload.get('act')), 'was changed')}.")


def rule_watched(payload: Payload) -> Json:
    """To its maker, after a week."""
    name, posts = plainly(payload, "name", "a rule"), counted(payload, "posts", "post")
    moved, pages = counted(payload, "moved", "case"), counted(payload, "pages", "case")
    text = (
        f"Your rule *{name}* has been watched for a week. It would have caught {posts}, moved {moved} to"
        f" {number(payload, 'team')}, and paged for {pages}. Nothing was changed. What shall become of it?"
    )
    value = f"{payload.get('version', 0)}:{payload.get('name', '')}"[:150]
    drop = confirmed(button("Drop", DROP, value, "danger"), "Drop this rule?", "Nothing brings it back.", "Drop it")
    ways = [button("Arm", ARM, value, "primary"), button("Edit", EDIT, value), drop]
    return told(text, *links(payload), actions(f"rule-watched-{payload.get('version', 0)}", ways))


def counted(payload: Payload, key: str, thing: str) -> str:
    """ "1 post", "7 cases"."""
    return f"{number(payload, key)} {thing}{'' if payload.get(key) == 1 else 's'}"


def rule_clashes(payload: Payload) -> Json:
    """To ops: rules that don't count as they were made."""
    given = payload.get("faults")
    faults = [fallback(str(one), 250) for one in given] if isinstance(given, list) else []
    lines = [f"• {one}" for one in faults[:MOST]]
    more = [f"+{len(faults) - MOST} more"] if len(faults) > MOST else []
    title = ":warning: Some rules don't count as they were made:"
    return told("\n".join([title, *lines, *more, "See `/dibs rules`, and `python -m bot check`."]))


RULES: dict[str, Says] = {
    "rule_changed": rule_changed,
    "rule_done": rule_done,
    "rule_watched": rule_watched,
    "rule_clashes": rule_clashes,
    **BACK_TEST,
}
