"""What rules matched: noted with the post, counted, shown, and let go of when nobody looks back so far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select

from domain.rulebook import Hit
from domain.rules import Rule
from storage.schema import cases, contents
from storage.schema_rules import rule_hits
from storage.scope import AT_ONCE, Rows, b, insert_once

_FORGET_HITS = delete(rule_hits).where(rule_hits.c.rule == b("name"))
_OLD_HITS = select(rule_hits.c.id).where(rule_hits.c.at < b("before")).order_by(rule_hits.c.at).limit(AT_ONCE)
_FORGET_OLD_HITS = delete(rule_hits).where(rule_hits.c.id.in_(_OLD_HITS))
_HIT = insert_once(rule_hits, "rule", "post")
_HITS = (
    select(rule_hits.c.rule, func.count().label("hits")).where(rule_hits.c.at > b("since")).group_by(rule_hits.c.rule)
)
_LATEST = (
    select(rule_hits, contents.c.url, cases.c.team)
    .join(contents, contents.c.post == rule_hits.c.post)
    .join(cases, cases.c.id == rule_hits.c.case_id, isouter=True)
    .where(rule_hits.c.rule == b("rule"), rule_hits.c.at > b("since"))
    .order_by(rule_hits.c.id.desc())
    .limit(b("most"))
)
_COUNTS = (
    select(rule_hits.c.case_id, cases.c.team)
    .join(cases, cases.c.id == rule_hits.c.case_id, isouter=True)
    .where(rule_hits.c.rule == b("rule"), rule_hits.c.at > b("since"))
)


class RuleHits(Rows):
    """Statements on what rules matched."""

    def note(self, found: Sequence[tuple[Rule, str]], where: tuple[int, int | None], at: datetime) -> None:
        """Rules matched a post: (rule, part) of each, where is (post, case)."""
        rows = [
            {
                "rule": rule.name, "post": where[0], "case_id": where[1], "part": part, "at": at,
                "would_team": rule.team, "would_severity": rule.severity,
            }
            for rule, part in found
        ]  # fmt: skip
        self._insert_all(_HIT, rows)

    def forget_old(self, before: datetime) -> None:
        """Let go of the oldest matches from before then."""
        self._run(_FORGET_OLD_HITS, v_before=before)

    def counts(self, since: datetime) -> dict[str, int]:
        """How many posts each rule matched since then, by its name."""
        return {row.rule: int(row.hits) for row in self._all(_HITS, v_since=since)}

    def latest(self, name: str, since: datetime, most: int) -> list[Hit]:
        """The newest posts the rule matched since then."""
        return [_hit(row) for row in self._all(_LATEST, v_rule=name, v_since=since, v_most=most)]

    def put(self, name: str, since: datetime) -> list[tuple[int | None, str | None]]:
        """Each post the rule matched since then: its case, and whose that is."""
        return [(row.case_id, row.team) for row in self._all(_COUNTS, v_rule=name, v_since=since)]

    def forget(self, name: str) -> None:
        """Let go of all that a rule matched."""
        self._run(_FORGET_HITS, v_name=name)


def _hit(row: Row[Any]) -> Hit:
    return Hit(row.rule, row.post, row.case_id, row.at, row.url, row.team, row.would_team, row.would_severity)
