"""Rules made in Slack: each change is one guarded statement and is kept."""

from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from domain.rulebook import MONITOR, WATCHED, Change, MadeRule, in_mode, kept, of_kept
from domain.rules import Rule
from storage.back_tests import BackTests
from storage.rule_hits import RuleHits
from storage.schema_rules import rule_changes, rules
from storage.scope import Rows, b, insert_once

_ALL = select(rules).order_by(rules.c.id)
_GET = select(rules).where(rules.c.name == b("name"))
_VERSION = select(func.count(), func.max(rule_changes.c.id), func.max(rule_changes.c.at))
_MAKE = insert_once(rules, "brand", "name", returning=rules.c.id)
_NEXT_VERSION = rules.c.version + 1


def _change(**values: Any) -> Any:
    same = (rules.c.name == b("name"), rules.c.version == b("version"))
    return update(rules).where(*same).values(version=_NEXT_VERSION, **values).returning(rules)


_EDIT = _change(
    query=b("query"), team=b("team"), severity=b("severity"), priority=b("priority"), mode=b("mode"),
    languages=b("languages"), armed_at=None, watched_at=b("at"), next_at=b("next"),
)  # fmt: skip
_ARM = _change(mode="armed", armed_at=b("at"), next_at=None)
_MODE = _change(mode=b("mode"), armed_at=None, watched_at=b("at"), next_at=b("next"))
_DELETE = delete(rules).where(rules.c.name == b("name"), rules.c.version == b("version")).returning(rules)
_KEEP = insert(rule_changes)
_CHANGES = select(rule_changes).where(rule_changes.c.name == b("name")).order_by(rule_changes.c.id.desc()).limit(10)
_DUE = select(rules).where(rules.c.next_at <= b("now")).order_by(rules.c.next_at).limit(50)
_NEXT = select(func.min(rules.c.next_at)).where(rules.c.next_at.is_not(None))
_TOLD = (
    update(rules)
    .where(rules.c.id == b("id"), rules.c.version == b("version"), rules.c.next_at.is_not(None))
    .values(next_at=None)
    .returning(rules.c.id)
)


class Rules(Rows):
    """Statements on rules. Each change answers the row as it is now, or None when it had moved on."""

    @cached_property
    def back_tests(self) -> BackTests:
        """Back-tests asked for."""
        return BackTests(self._connection, self._scope)

    @cached_property
    def hits(self) -> RuleHits:
        """What rules matched."""
        return RuleHits(self._connection, self._scope)

    def version(self) -> tuple[object, ...]:
        """Changes whenever a rule does: cheap to ask for each post."""
        row = self._one(_VERSION)
        return tuple(row) if row else ()

    def all(self) -> list[MadeRule]:
        """Every rule made in Slack, in the order they were made."""
        return [_made(row) for row in self._all(_ALL)]

    def get(self, name: str) -> MadeRule | None:
        """The rule of that name."""
        return self._maybe(_GET, v_name=name)

    def make(self, rule: Rule, staff: str, at: datetime) -> bool:
        """A new rule; False when there is one of that name."""
        row = self._insert(
            _MAKE, **_columns(rule), name=rule.name, made_by=staff, made_at=at, armed_at=None, watched_at=at,
            next_at=_told_at(rule.mode, at), version=1,
        ).first()  # fmt: skip
        if row is not None:
            self._keep(("made", staff, at), None, rule)
        return row is not None

    def edit(self, before: MadeRule, rule: Rule, staff: str, at: datetime) -> MadeRule | None:
        """The rule says something else from now on, and is watched anew."""
        values = {f"v_{name}": value for name, value in _columns(rule).items()}
        after = self._maybe(_EDIT, **_same(before), **values, v_at=at, v_next=_told_at(rule.mode, at))
        return self._changed(("changed", staff, at), before, after)

    def set_mode(self, before: MadeRule, mode: str, staff: str, at: datetime) -> MadeRule | None:
        """Armed, watched or switched off."""
        if mode == "armed":
            after = self._maybe(_ARM, **_same(before), v_at=at)
        else:
            after = self._maybe(_MODE, **_same(before), v_mode=mode, v_at=at, v_next=_told_at(mode, at))
        return self._changed((mode, staff, at), before, after)

    def delete(self, before: MadeRule, staff: str, at: datetime) -> bool:
        """Gone, with what it matched; what was changed of it is kept."""
        if self._maybe(_DELETE, **_same(before)) is None:
            return False
        self.hits.forget(before.rule.name)
        self._keep(("deleted", staff, at), before.rule, None)
        return True

    def changes(self, name: str) -> list[Change]:
        """The newest changes of that rule, newest first."""
        rows = self._all(_CHANGES, v_name=name)
        return [Change(row.name, row.at, row.staff, row.act, of_kept(row.old), of_kept(row.new)) for row in rows]

    def due(self, now: datetime) -> list[MadeRule]:
        """Rules that were watched long enough."""
        return [_made(row) for row in self._all(_DUE, v_now=now)]

    def next_at(self) -> datetime | None:
        """When the next one was."""
        row = self._one(_NEXT)
        return row[0] if row else None

    def told(self, one: MadeRule) -> bool:
        """Its maker is being told; False when somebody else has just done so, or it has changed."""
        return self._one(_TOLD, v_id=one.id, v_version=one.version) is not None

    def _changed(self, act: tuple[str, str, datetime], before: MadeRule, after: MadeRule | None) -> MadeRule | None:
        if after is not None:
            self._keep(act, before.rule, after.rule)
        return after

    def _keep(self, act: tuple[str, str, datetime], old: Rule | None, new: Rule | None) -> None:
        name = (new or old or _NOBODY).name
        values = {"old": kept(old) if old else None, "new": kept(new) if new else None}
        self._insert(_KEEP, name=name, act=act[0], staff=act[1], at=act[2], **values)

    def _maybe(self, statement: Any, **values: Any) -> MadeRule | None:
        row = self._one(statement, **values)
        return _made(row) if row else None


_NOBODY = Rule("", "", "")


def _told_at(mode: str, at: datetime) -> datetime | None:
    return at + WATCHED if mode == MONITOR else None


def _same(before: MadeRule) -> dict[str, object]:
    return {"v_name": before.rule.name, "v_version": before.version}


def _columns(rule: Rule) -> dict[str, Any]:
    return {name: value for name, value in kept(rule).items() if name != "name"}


def _made(row: Row[Any]) -> MadeRule:
    rule = Rule(row.name, row.query, row.team, row.severity, row.priority, languages=tuple(row.languages))
    return MadeRule(
        row.id, in_mode(rule, row.mode), row.made_by, row.made_at, row.armed_at, row.watched_at, row.version
    )
