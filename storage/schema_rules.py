"""The schema of rules made in Slack: the rules, their changes, what rules matched, and back-tests asked for."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from storage.tables import KEY, case_column, key_column, only, table
from storage.types import Json, Moment

rules = table(
    "rules",
    key_column(),
    Column("name", String(60), nullable=False),
    Column("query", Text, nullable=False),
    Column("team", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("mode", String(12), nullable=False),  # armed · monitor · off
    Column("languages", Json, nullable=False),
    Column("made_by", String(32), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("armed_at", Moment),
    Column("watched_at", Moment),
    Column("next_at", Moment),
    Column("version", Integer, nullable=False),
)
Index("uq_rules_name", rules.c.brand, rules.c.name, unique=True)
Index("ix_rules_due", rules.c.next_at, **only("next_at IS NOT NULL"))

rule_changes = table(
    "rule_changes",
    key_column(),
    Column("name", String(60), nullable=False),
    Column("at", Moment, nullable=False),
    Column("staff", String(32), nullable=False),
    Column("act", String(16), nullable=False),  # made · changed · armed · monitor · off · deleted
    Column("old", Json),
    Column("new", Json),
)

rule_hits = table(
    "rule_hits",
    key_column(),
    Column("rule", String(60), nullable=False),
    Column("post", KEY, ForeignKey("posts.id"), nullable=False),
    case_column(nullable=True),
    Column("part", String(12), nullable=False),  # first · also · monitored
    Column("at", Moment, nullable=False),
    Column("would_team", String(64), nullable=False),
    Column("would_severity", String(16), nullable=False),
    UniqueConstraint("rule", "post"),
)
Index("ix_rule_hits_lately", rule_hits.c.at, rule_hits.c.rule)

back_tests = table(
    "back_tests",
    key_column(),
    Column("rule", String(60), nullable=False),
    Column("draft", Json, nullable=False),
    Column("meaning", String(64), nullable=False),
    Column("staff", String(32), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("next_at", Moment),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("done_at", Moment),
    Column("posts", BigInteger),
    Column("caught", BigInteger),
    Column("pages", Integer),
)
Index("ix_back_tests_due", back_tests.c.next_at, **only("next_at IS NOT NULL"))
Index("ix_back_tests_meaning", back_tests.c.meaning, back_tests.c.done_at)
