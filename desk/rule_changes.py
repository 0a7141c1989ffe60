"""Changing rules from Slack: made, edited, watched, armed, switched off, deleted; each told to the team and kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from desk.desk import Desk
from desk.rule_watch import key_of
from desk.rules import FILE, allowed
from domain.errors import Invalid, Refusal, Repeated, Stale
from domain.query import BadQuery, Query
from domain.rulebook import ARMED, FRESH, MadeRule, drafted
from domain.rules import Rule, why_not_armed
from domain.staff import By
from storage.outbox import Promise
from storage.store import Tx

GONE = "This rule has changed since you opened it. `/dibs rules` shows it as it is now."


@dataclass(frozen=True)
class Doubtful:
    """It would page so often in an ordinary week that whoever arms it is asked once more."""

    rule: MadeRule
    pages: int
    most: int


@dataclass(frozen=True)
class Untested:
    """Nobody has looked at what it would have done within a day: that comes first."""

    rule: MadeRule


@contextmanager
def changing(desk: Desk, by: By) -> Iterator[Tx]:
    """A transaction in which this click counts once."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        yield tx


def make(desk: Desk, fields: Mapping[str, str], by: By) -> Rule:
    """A new rule, watched from now on; Invalid names the field that needs another value."""
    with changing(desk, by) as tx:
        draft = drafted(fields, tuple(desk.policy.team))
        allowed(desk, tx, by.staff, (draft.team,))
        if draft.name in desk.policy.rule:
            raise Invalid("name", f"There is a rule of this name in {FILE}, and it would count. Choose another name.")
        if not tx.rules.make(draft, by.staff, by.at):
            raise Invalid("name", "There is a rule of this name already. Choose another, or edit that one.")
        tell(desk, tx, (None, draft), "made", by)
        return draft


def edit(desk: Desk, which: tuple[str, int], fields: Mapping[str, str], by: By) -> Rule:
    """It says something else from now on; being another rule, it is watched again before it may be armed."""
    with changing(desk, by) as tx:
        before = standing(tx, which)
        draft = drafted(fields, tuple(desk.policy.team), before.rule)
        allowed(desk, tx, by.staff, {before.rule.team, draft.team})
        changed = tx.rules.edit(before, draft, by.staff, by.at)
        if changed is None:
            raise Stale(GONE)
        tell(desk, tx, (before.rule, changed.rule), "changed", by)
        _answered(tx, before, "changed", by)
        return changed.rule


def set_mode(desk: Desk, which: tuple[str, int], mode: str, by: By) -> None:
    """Watch it, or switch it off."""
    with changing(desk, by) as tx:
        _put(desk, tx, _theirs(desk, tx, which, by), mode, by)


def arm(desk: Desk, which: tuple[str, int], by: By, *, sure: bool = False) -> Doubtful | Untested | None:
    """It decides from now on, if a fresh back-test allows it; unless `sure`, one that pages often is asked about."""
    with changing(desk, by) as tx:
        before = _theirs(desk, tx, which, by)
        figures = tx.rules.back_tests.fresh(before.rule, by.at - FRESH)
        if figures is None:
            return Untested(before)
        why = why_not_armed(_query(before.rule), figures.breadth)
        if why is not None:
            raise Refusal(f"“{before.rule.name}” can't be armed: {why}. It goes on as it is.")
        most, pages = desk.policy.rules.pages_a_week, figures.pages or 0
        if pages > most and not sure:
            return Doubtful(before, pages, most)
        _put(desk, tx, before, ARMED, by)
        return None


def may_delete(desk: Desk, which: tuple[str, int], by: By) -> None:
    """Raise the refusal they would meet, before they are asked whether they are sure."""
    with desk.store.look() as tx:
        _theirs(desk, tx, which, by)


def delete(desk: Desk, which: tuple[str, int], by: By) -> None:
    """It is gone; what was changed of it stays on record."""
    with changing(desk, by) as tx:
        before = _theirs(desk, tx, which, by)
        if not tx.rules.delete(before, by.staff, by.at):
            raise Stale(GONE)
        tell(desk, tx, (before.rule, None), "deleted", by)
        _answered(tx, before, "deleted", by)


def standing(tx: Tx, which: tuple[str, int]) -> MadeRule:
    """The rule as it was seen: (name, version); Stale when it has moved on."""
    found = tx.rules.get(which[0])
    if found is None or found.version != which[1]:
        raise Stale(GONE)
    return found


def tell(desk: Desk, tx: Tx, change: tuple[Rule | None, Rule | None], act: str, by: By) -> None:
    """One line in the channel of each team it concerns, and a word to whoever changed it."""
    old, new = change
    one = new or old
    if one is None:
        return
    payload = {
        "says": "rule_changed", "act": act, "name": one.name, "by": by.staff, "team": one.team,
        "severity": one.severity, "query": one.query, "old": old.query if old and new else None,
    }  # fmt: skip
    for team in dict.fromkeys(rule.team for rule in change if rule):
        tx.outbox.channel(desk.channel_of(tx, team), Promise(by.at, payload))
    if by.response_url:
        tx.outbox.notice(by.staff, by.response_url, Promise(by.at, {**payload, "says": "rule_done"}))


def _put(desk: Desk, tx: Tx, before: MadeRule, mode: str, by: By) -> None:
    changed = tx.rules.set_mode(before, mode, by.staff, by.at)
    if changed is None:
        raise Stale(GONE)
    tell(desk, tx, (before.rule, changed.rule), mode, by)
    _answered(tx, before, mode, by)


def _answered(tx: Tx, before: MadeRule, act: str, by: By) -> None:
    """The message that asked its maker what shall become of it says what did."""
    payload = {"says": "rule_done", "act": act, "name": before.rule.name}
    tx.outbox.rewrite(key_of(before), payload, by.at)


def _theirs(desk: Desk, tx: Tx, which: tuple[str, int], by: By) -> MadeRule:
    found = standing(tx, which)
    # The rule of a team that is gone from the file is cleared away by whoever keeps Dibs.
    allowed(desk, tx, by.staff, (found.rule.team,))
    return found


def _query(rule: Rule) -> Query:
    try:
        return Query.of(rule.query)
    except BadQuery as bad:
        raise Refusal(f"rule {rule.name}, column {bad.column}: {bad}") from None
