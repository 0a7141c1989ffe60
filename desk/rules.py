"""The rules in force: the file's and those made in Slack, read once per change; what they matched; lists of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from desk.desk import Desk
from domain.errors import NotAllowed, Refusal
from domain.rulebook import Listed, MadeRule, RuleSheet, RulesSheet, faults, may_change, merged, of_file
from domain.rules import Rule, RuleSet, Ruling
from storage.outbox import Promise
from storage.store import Tx

LATELY = timedelta(days=7)
"""How far back lists count what a rule matched."""
KEPT = timedelta(days=28)
"""How long it is kept which posts a rule matched: lists and the look back at a watched rule need a week of it."""
SHOWN = 10
"""Posts shown of what a rule matched."""
FILE = "dibs.toml"


def rule_set(desk: Desk, tx: Tx) -> RuleSet:
    """The rules in force. Asking costs one small statement; they are read again only after a change."""
    return desk.shelf.at(tx.rules.version(), lambda: RuleSet(merged(desk.policy, tx.rules.all())))


def noted(tx: Tx, ruling: Ruling, post: int, case: int | None, now: datetime) -> None:
    """Keep which rules matched a stored post, those only monitored among them; nothing else comes of it."""
    found = [(ruling.first.rule, "first")] if ruling.first else []
    found += [(hit.rule, "also") for hit in ruling.also]
    found += [(hit.rule, "monitored") for hit in ruling.monitored]
    tx.rules.hits.note(found, (post, case), now)


def forget(tx: Tx, now: datetime) -> None:
    """Let go of matches nobody asks about any more."""
    tx.rules.hits.forget_old(now - KEPT)


def report_clashes(desk: Desk, now: datetime) -> None:
    """Tell ops, once per version of the rules, of rules that can't count as they were made."""
    with desk.store.begin() as tx:
        found = clashes(desk, tx)
        if found:
            key = f"rule clashes:{sorted(found)}:{tx.rules.version()}"[:160]
            payload = {"says": "rule_clashes", "faults": found[:20]}
            tx.outbox.channel(desk.ops_channel(tx), Promise(now, payload, key=key))


def clashes(desk: Desk, tx: Tx) -> list[str]:
    """Why rules made in Slack aren't looked at, a sentence each."""
    made = tx.rules.all()
    unread = [str(fault) for fault in RuleSet(merged(desk.policy, made)).faults]
    return [*faults(desk.policy, made, FILE).values(), *unread]


def allowed(desk: Desk, tx: Tx, staff: str, teams: Iterable[str]) -> None:
    """Raise NotAllowed unless they may change rules of all these teams."""
    in_ops = tx.directory.actor(staff, desk.ops_channel(tx))
    for team in teams:
        may_change(tx.directory.actor(staff, desk.channel_of(tx, team)), in_ops)


def theirs(desk: Desk, tx: Tx, staff: str) -> tuple[str, ...]:
    """The teams whose rules they may change."""
    found = []
    for team in desk.policy.team:
        try:
            allowed(desk, tx, staff, (team,))
        except NotAllowed:
            continue
        found.append(team)
    return tuple(found)


def listing(desk: Desk, staff: str, now: datetime) -> RulesSheet:
    """Every rule, in the order in which they decide; for colleagues."""
    with desk.store.look() as tx:
        known = tx.directory.get(staff)
        if known is None or not known.active:
            raise NotAllowed("Rules are for colleagues of this workspace.")
        made, hits = tx.rules.all(), tx.rules.hits.counts(now - LATELY)
        why = faults(desk.policy, made, FILE)
        rules = [Listed(rule, None, hits.get(rule.name, 0)) for rule in of_file(desk.policy)]
        rules += [_listed(one, hits, why) for one in made]
        channels = {team: desk.channel_of(tx, team) for team in desk.policy.team}
        rules.sort(key=lambda one: -one.rule.priority)
        return RulesSheet(tuple(rules), theirs(desk, tx, staff), channels, FILE)


def _listed(one: MadeRule, hits: dict[str, int], why: dict[str, str]) -> Listed:
    fault = why.get(one.rule.name)
    return Listed(one.rule, one, 0 if fault else hits.get(one.rule.name, 0), fault)


def sheet(desk: Desk, name: str, staff: str, now: datetime) -> RuleSheet:
    """One rule with what was changed of it and what it matched lately."""
    with desk.store.look() as tx:
        made, hits = tx.rules.get(name), tx.rules.hits.counts(now - LATELY)
        rule = _in_file(desk, name)
        if made is None and rule is None:
            raise Refusal("This rule isn't there any more. `/dibs rules` shows those there are.")
        listed = Listed(rule, None, hits.get(name, 0)) if rule else _listed(_sure(made), hits, {})
        return RuleSheet(
            listed,
            theirs(desk, tx, staff),
            tuple(tx.rules.changes(name)),
            tuple(tx.rules.hits.latest(name, now - LATELY, SHOWN)),
            hits.get(name, 0),
            FILE,
        )


def blank(desk: Desk, staff: str) -> RuleSheet:
    """The window for a new rule; NotAllowed when there is no team they may make one for."""
    with desk.store.look() as tx:
        teams = theirs(desk, tx, staff)
        if not teams:
            allowed(desk, tx, staff, (desk.policy.default_team,))
        return RuleSheet(None, teams, file=FILE)


def _in_file(desk: Desk, name: str) -> Rule | None:
    part = desk.policy.rule.get(name)
    return part.rule(name) if part else None


def _sure(made: MadeRule | None) -> MadeRule:
    if made is None:
        raise Refusal("This rule isn't there any more. `/dibs rules` shows those there are.")
    return made
