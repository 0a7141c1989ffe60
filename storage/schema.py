"""The schema, once, for SQLite and PostgreSQL: every table carries brand and account."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from storage import schema_likeness, schema_rules, schema_time, schema_triage
from storage.tables import KEY, case_column, key_column, metadata, only, table
from storage.types import Json, Moment

__all__ = ["metadata", "schema_likeness", "schema_rules", "schema_time", "schema_triage"]

cases = table(
    "cases",
    key_column(),
    Column("network", String(32), nullable=False),
    Column("author_id", String(64), nullable=False),
    Column("status", String(24), nullable=False),
    Column("holder", String(32)),
    Column("epoch", Integer, nullable=False),
    Column("team", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("person", String(80)),
    Column("opened_at", Moment, nullable=False),
    Column("last_post_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    Column("first_response_at", Moment),
    Column("ended_at", Moment),
    Column("collisions", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
)
Index("ix_cases_author", cases.c.network, cases.c.author_id, cases.c.last_post_at)
Index(
    "ix_cases_holder",
    cases.c.holder,
    **only("holder IS NOT NULL"),
)
Index(
    "ix_cases_waiting",
    cases.c.team,
    cases.c.opened_at,
    **only("status = 'open'"),
)

authors = table(
    "authors",
    key_column(),
    Column("network", String(32), nullable=False),
    Column("author_id", String(64), nullable=False),
    Column("handle", String(64)),
    Column("name", Text),
    Column("seen_at", Moment, nullable=False),
    UniqueConstraint("network", "author_id"),
)

posts = table(
    "posts",
    key_column(),
    case_column(nullable=True),
    Column("network", String(32), nullable=False),
    Column("post_id", String(64), nullable=False),
    Column("latest_id", String(64), nullable=False),
    Column("author_id", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("in_reply_to", String(64)),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ours", Boolean, nullable=False),
    Column("images", Integer, nullable=False),
    Column("option_kind", String(8), nullable=False),
    Column("option_reason", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("gone_at", Moment),
    UniqueConstraint("network", "post_id"),
)
Index("ix_posts_case", posts.c.case_id, posts.c.id)
Index("ix_posts_conversation", posts.c.network, posts.c.conversation_id)

contents = table(
    "contents",
    Column("post", KEY, ForeignKey("posts.id"), primary_key=True),
    Column("text", Text),
    Column("url", Text),
    Column("folded", Text),
    Column("followers", BigInteger),  # what its network counted when it was seen last
    Column("organisation", Boolean),
    Column("views", BigInteger),
    Column("shares", BigInteger),
    Column("sighted_at", Moment),
    Column("from_shares", BigInteger),  # the earlier sighting that shares are counted from
    Column("from_at", Moment),
)

replies = table(
    "replies",
    Column("id", String(36), primary_key=True),
    case_column(),
    Column("author", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("target", String(64), nullable=False),
    Column("seen", KEY, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("look_ups", Integer, nullable=False),
    Column("not_before", Moment),
    Column("lease_until", Moment),
    Column("attempted_at", Moment),
    Column("remote_id", String(64)),
    Column("failure", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
)
Index(
    "uq_replies_underway",
    replies.c.case_id,
    unique=True,
    **only("status IN ('queued', 'sending', 'uncertain', 'needs_human')"),
)
Index(
    "ix_replies_due",
    replies.c.not_before,
    **only("not_before IS NOT NULL"),
)
Index("ix_replies_case", replies.c.case_id, replies.c.created_at)
Index(
    "uq_replies_remote",
    replies.c.remote_id,
    unique=True,
    **only("remote_id IS NOT NULL"),
)

notes = table(
    "notes",
    key_column(),
    case_column(),
    Column("staff", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
Index("ix_notes_case", notes.c.case_id, notes.c.id)

watches = table(
    "watches",
    Column("case_id", KEY, ForeignKey("cases.id"), primary_key=True),
    Column("staff", String(32), primary_key=True),
)

offers = table(
    "offers",
    key_column(),
    case_column(),
    Column("giver", String(32), nullable=False),
    Column("taker", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("lapses_at", Moment, nullable=False),
)
Index(
    "uq_offers_standing",
    offers.c.case_id,
    unique=True,
    **only("status = 'standing'"),
)

audit = table(
    "audit",
    key_column(),
    case_column(),
    Column("n", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("act", String(40), nullable=False),
    Column("facts", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("case_id", "n"),
)

deliveries = table(
    "deliveries",
    key_column(),
    case_column(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(12), nullable=False),  # wanted · batched · parked · told · buried · folded
    Column("key", String(160), unique=True),
    Column("priority", Integer, nullable=False),
    Column("lane", String(48), nullable=False),
    Column("wide", String(48), nullable=False),
    Column("channel", String(32)),
    Column("recipient", String(32)),
    Column("parent", KEY, ForeignKey("deliveries.id")),
    Column("batch", KEY, ForeignKey("deliveries.id")),
    Column("ts", String(24)),
    Column("wanted", Integer, nullable=False),
    Column("painted", Integer, nullable=False),
    Column("not_before", Moment),
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("look_up", Boolean, nullable=False),
    Column("click_url", Text),
    Column("click_until", Moment),
    Column("click_uses", Integer, nullable=False),
    Column("failure", String(80)),
    Column("payload", Json, nullable=False),
    Column("made_at", Moment, nullable=False),
)
Index("ix_deliveries_wanted", deliveries.c.lane, deliveries.c.priority, deliveries.c.id, **only("state = 'wanted'"))
Index("ix_deliveries_soonest", deliveries.c.lane, deliveries.c.not_before, **only("state = 'wanted'"))
Index(
    "uq_deliveries_card",
    deliveries.c.case_id,
    unique=True,
    **only("kind = 'card' AND state <> 'folded'"),
)
Index("ix_deliveries_batch", deliveries.c.batch, **only("batch IS NOT NULL"))
Index("ix_deliveries_message", deliveries.c.channel, deliveries.c.ts)

lanes = table(
    "lanes",
    Column("name", String(48), primary_key=True),
    Column("free_at", Moment, nullable=False),
)

receipts = table("receipts", Column("key", String(160), primary_key=True), Column("at", Moment, nullable=False))

cursors = table(
    "cursors",
    Column("source", String(120), primary_key=True),
    Column("newest", String(64)),
    Column("at", Moment, nullable=False),
)

leases = table(
    "leases",
    Column("name", String(80), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", Moment, nullable=False),
)

staff = table(
    "staff",
    Column("slack_id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("real_name", String(160), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("synced_at", Moment, nullable=False),
)

channels = table(
    "channels",
    Column("slack_id", String(32), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("synced_at", Moment, nullable=False),
)

memberships = table(
    "memberships",
    Column("channel", String(32), primary_key=True),
    Column("staff", String(32), primary_key=True),
)
