"""The rules in Slack: the list `/dibs rules` answers with, and the window in which one is made, read or changed."""

from domain.query_words import LONGEST_QUERY
from domain.rulebook import SEVERITIES, Change, Hit, Listed, RuleSheet, RulesSheet
from domain.rules import Rule
from views.blocks import actions, button, context, menu, section
from views.forms import modal, option, optional, question, select, text_field
from views.kit import (
    AGO,
    Json,
    bullets,
    channel,
    date,
    fallback,
    line,
    link,
    mention,
    outside,
    plain,
    rich,
    run,
    when,
)
from views.reply_modal import metadata
from views.rule_windows import DELETED, LABELS, SURE

NEW, MENU, TRY = "rules.new", "rules.menu", "rule.try"
SAVED = "rule.saved"
ACTIONS, CALLBACKS = (NEW, MENU, TRY), (SAVED, SURE, DELETED)
FIELDS = ("name", "query", "team", "severity", "languages", "priority")
INPUTS = tuple(f"rule.{field}" for field in FIELDS)
OPEN, TRIED, MONITOR, ARM, OFF, DELETE = "open", "try", "monitor", "arm", "off", "delete"
MOST = 40
"""Rules in one message: Slack takes fifty blocks."""
MODES = {"armed": ":large_green_circle: armed", "monitor": ":eyes: watched", "off": ":white_circle: off"}
_WORDS = {"armed": "armed", "monitor": "only watched", "off": "switched off"}
_QUERY_HINT = 'Words, "phrases", word*, OR, NOT, NEAR/5, (parentheses): for example (dirty OR filthy) NEAR/5 shower*'
LONGEST_SHOWN, LONGEST_LANGUAGES = 600, 200


def listed(sheet: RulesSheet) -> Json:
    """Every rule with its team, mode and hits, the one that decides first on top."""
    if not sheet.rules:
        text = "There are no rules yet. A rule sends posts that say certain things to a team."
        return _private(text, [section(text), *_new(sheet)])
    title = f"*{_rules(len(sheet.rules))}*, in the order in which they decide. Posts count for the last 7 days."
    blocks = [section(title), *(_row(one, sheet) for one in sheet.rules[:MOST])]
    left = len(sheet.rules) - MOST
    more = [context(f"+{left} more; `python -m bot rules export` prints them all.")] if left > 0 else []
    return _private(f"{_rules(len(sheet.rules))} in force or at hand.", [*blocks, *more, *_new(sheet)])


def _new(sheet: RulesSheet) -> list[Json]:
    return [actions("rules-new", [button("New rule", NEW, "new", "primary")])] if sheet.theirs else []


def _row(one: Listed, sheet: RulesSheet) -> Json:
    rule = one.rule
    place = channel(sheet.channels.get(rule.team)) or fallback(rule.team, 60)
    parts = [place, MODES[rule.mode], f"{one.hits:,} {'post' if one.hits == 1 else 'posts'}"]
    parts += [_spoken(rule)] if rule.languages else []
    parts.append(f"by {mention(one.made.made_by)}" if one.made else f"in {fallback(sheet.file, 60)}")
    fault = f"\n:warning: {fallback(one.fault, 300)}" if one.fault else ""
    text = f"*{fallback(rule.name, 60)}* · {' · '.join(parts)}{fault}"
    return section(text, menu(MENU, choices(one)) if _may(one, sheet) else None)


def _may(one: Listed, sheet: RulesSheet) -> bool:
    return one.rule.team in sheet.theirs or (one.fault is not None and bool(sheet.theirs))


def choices(one: Listed) -> list[tuple[str, str]]:
    """What can be done with a rule: (label, value); one of the file can only be shown and tried."""
    value = f"{one.made.version if one.made else 0}:{one.rule.name}"
    both = [("Try it", f"{TRIED}:{value}"), ("Show", f"{OPEN}:{value}")]
    if one.made is None:
        return both
    if one.fault is not None:
        return [("Delete", f"{DELETE}:{value}")]
    modes = [("Monitor", MONITOR, "monitor"), ("Arm", ARM, "armed"), ("Switch off", OFF, "off")]
    others = [(label, f"{choice}:{value}") for label, choice, mode in modes if mode != one.rule.mode]
    return [("Show and edit", f"{OPEN}:{value}"), both[0], *others, ("Delete", f"{DELETE}:{value}")]


def window(sheet: RuleSheet) -> Json:
    """A new rule, or one as it stands with what it matched lately; the file's can only be read."""
    one = sheet.listed
    if one is None:
        return modal("New rule", "Watch it", SAVED, metadata(), [section(_NEW), *_fields(sheet, None)])
    if one.made is None or one.rule.team not in sheet.teams:
        return _to_read(sheet, one)
    ids = metadata(rule=one.rule.name, version=one.made.version)
    blocks = [_heading(one.rule), *_seen(sheet, one), *_fields(sheet, one.rule), *_history(sheet.changes)]
    return modal("Rule", "Save and watch it", SAVED, ids, blocks)


_NEW = "It is only watched at first: it shows what it would have caught, and changes nothing until it is armed."


def _to_read(sheet: RuleSheet, one: Listed) -> Json:
    where = f"It stands in {fallback(sheet.file, 60)} and is changed there." if one.made is None else ""
    facts = f"{_WORDS[one.rule.mode]} · {fallback(one.rule.team, 60)} · {one.rule.severity} · {_spoken(one.rule)}"
    blocks = [_heading(one.rule), _query(one.rule), context(facts)]
    blocks += [section(where)] if where else []
    blocks += [*_seen(sheet, one), *_history(sheet.changes)]
    return {"type": "modal", "title": plain("Rule", 24), "close": plain("Close", 24), "blocks": blocks}


def _heading(rule: Rule) -> Json:
    return rich(line(outside(rule.name, 60, 1, bold=True), run(f" is {_WORDS[rule.mode]}.")))


def _query(rule: Rule) -> Json:
    return rich(line(outside(rule.query, LONGEST_SHOWN, 20, code=True)))


def _seen(sheet: RuleSheet, one: Listed) -> list[Json]:
    """What it matched in the last 7 days, newest first, with links to the posts."""
    would = "would have caught" if one.rule.mode != "armed" else "matched"
    count = f"{sheet.total:,} {'post' if sheet.total == 1 else 'posts'}"
    if not sheet.hits:
        return [section(f"In the last 7 days it {would} nothing.")]
    return [section(f"In the last 7 days it {would} *{count}*:"), rich(bullets(*map(_hit, sheet.hits)))]


def _hit(hit: Hit) -> Json:
    put = [run(" · it is with "), outside(hit.put, 60, 1)] if hit.put else []
    return line(link(hit.url, "see the post"), run(" · "), date(hit.at, AGO), *put)


def _fields(sheet: RuleSheet, rule: Rule | None) -> list[Json]:
    name = {"type": "plain_text_input", "action_id": "rule.name", "max_length": 60}
    asked = [] if rule else [question("name", LABELS["name"], name, "Short and plain, such as dirty-rooms.")]
    query = text_field("rule.query", LONGEST_QUERY)
    teams = [option(team, team) for team in sheet.teams[:100]]
    severities = [option(one, one) for one in SEVERITIES]
    priority = {"type": "plain_text_input", "action_id": "rule.priority", "max_length": 5}
    languages = {"type": "plain_text_input", "action_id": "rule.languages", "max_length": LONGEST_LANGUAGES}
    spoken = ", ".join(rule.languages) if rule else ""
    return [
        *asked,
        question("query", LABELS["query"], _with(query, rule.query if rule else None), _QUERY_HINT),
        question(
            "team", LABELS["team"], _chosen(select("rule.team", "Choose a team", teams), rule.team if rule else None)
        ),
        question("severity", "How bad it is", _chosen(select("rule.severity", "Choose", severities), _grade(rule))),
        optional(question("languages", LABELS["languages"], _with(languages, spoken), _LANGUAGES_HINT)),
        question("priority", LABELS["priority"], _with(priority, str(rule.priority if rule else 0)), _PRIORITY_HINT),
        actions("try", [button("Try it on the past", TRY, "try")]),
    ]


_LANGUAGES_HINT = "Codes such as en, de. Posts whose language isn't known count as well. Empty: every language."
_PRIORITY_HINT = "Where several rules match, the highest number decides."


def _spoken(rule: Rule) -> str:
    return f"only {fallback(', '.join(rule.languages), 100)}" if rule.languages else "every language"


def _grade(rule: Rule | None) -> str:
    return rule.severity if rule else "normal"


def _with(field: Json, value: str | None) -> Json:
    return {**field, "initial_value": value} if value else field


def _chosen(field: Json, value: str | None) -> Json:
    found = next((one for one in field["options"] if one["value"] == value), None)
    return {**field, "initial_option": found} if found else field


def _history(changes: tuple[Change, ...]) -> list[Json]:
    if not changes:
        return []
    return [
        context("\n".join(f"{ACTS.get(one.act, 'changed')} by {mention(one.staff)} {when(one.at)}" for one in changes))
    ]


ACTS = {
    "made": "made", "changed": "changed", "armed": "armed", "monitor": "put under watch", "off": "switched off",
    "deleted": "deleted",
}  # fmt: skip


def _rules(count: int) -> str:
    return "1 rule" if count == 1 else f"{count} rules"


def _private(text: str, blocks: list[Json]) -> Json:
    return {"response_type": "ephemeral", "text": text, "blocks": blocks}
