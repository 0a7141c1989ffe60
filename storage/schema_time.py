"""The schema of what runs by the clock: deadlines, escalation, nags, tending, the rota's changes and occasions."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from storage.tables import KEY, case_column, key_column, only, table
from storage.types import Json, Moment

policies = table(
    "policies",
    Column("digest", String(64), primary_key=True),
    Column("body", Json, nullable=False),
    Column("at", Moment, nullable=False),
)

clocks = table(
    "clocks",
    key_column(),
    case_column(),
    Column("target", String(24), nullable=False),  # first_response · next_response · resolution · promise
    Column("n", Integer, nullable=False),
    Column("state", String(12), nullable=False),  # running · paused · met · stopped
    Column("follows", String(12), nullable=False),  # service · customer: which of the two the escalation follows
    Column("started_at", Moment, nullable=False),
    Column("length_s", BigInteger, nullable=False),
    Column("customer_due_at", Moment, nullable=False),
    Column("service_due_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("paused_at", Moment),
    Column("ended_at", Moment),
    Column("breached_at", Moment),
    Column("policy", String(64)),
    Column("severity", String(16), nullable=False),
    Column("person", String(32)),
    Column("said", Text),
    UniqueConstraint("case_id", "target", "n"),
)
Index("ix_clocks_open", clocks.c.due_at, **only("state = 'running' AND breached_at IS NULL"))

runs = table(
    "runs",
    key_column(),
    case_column(),
    Column("clock_id", KEY, ForeignKey("clocks.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("state", String(12), nullable=False),  # running · held · ended
    Column("anchor_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("plan", Json, nullable=False),
    Column("next_step", Integer, nullable=False),
    Column("next_at", Moment),
    Column("started_at", Moment, nullable=False),
    Column("ended", String(40)),
    UniqueConstraint("clock_id", "run"),
)
Index("ix_runs_due", runs.c.next_at, **only("next_at IS NOT NULL"))
Index("ix_runs_standing", runs.c.case_id, **only("state <> 'ended'"))

steps = table(
    "steps",
    key_column(),
    case_column(),
    Column("clock_id", KEY, ForeignKey("clocks.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Column("tells", String(40), nullable=False),
    Column("person", String(32)),
    Column("outcome", String(12), nullable=False),  # told · held · collapsed · skipped · nobody
    UniqueConstraint("clock_id", "run", "step"),
)
Index("ix_steps_case", steps.c.case_id, steps.c.id)

nags = table(
    "nags",
    key_column(),
    Column("place", String(32), nullable=False),  # a channel's or a person's Slack id
    Column("direct", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("bump_at", Moment),
)
Index("uq_nags_newest", nags.c.place, unique=True, **only("newest"))
Index("ix_nags_place", nags.c.place, nags.c.made_at)
Index("ix_nags_bump", nags.c.bump_at, **only("bump_at IS NOT NULL"))

nag_lines = table(
    "nag_lines",
    Column("nag", KEY, ForeignKey("nags.id"), primary_key=True),
    Column("case_id", KEY, ForeignKey("cases.id"), primary_key=True),
    Column("clock_id", KEY, ForeignKey("clocks.id"), nullable=False),
    Column("why", Text, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("ended", Text),
    Column("at", Moment, nullable=False),
)
Index("ix_nag_lines_case", nag_lines.c.case_id, **only("stands"))

tending = table(
    "tending",
    Column("case_id", KEY, ForeignKey("cases.id"), primary_key=True),
    Column("staff", String(32), nullable=False),
    Column("kind", String(12), nullable=False),  # holder · on_it · snoozed
    Column("since_at", Moment, nullable=False),
    Column("alive_at", Moment, nullable=False),
    Column("asked_at", Moment),
    Column("next_at", Moment),
    Column("reason", Text),
)
Index("ix_tending_due", tending.c.next_at, **only("next_at IS NOT NULL"))

overrides = table(
    "overrides",
    key_column(),
    Column("team", String(64), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("main", String(80)),
    Column("backup", String(80)),
    Column("made_by", String(32), nullable=False),
    Column("made_at", Moment, nullable=False),
)
Index("ix_overrides_team", overrides.c.team, overrides.c.until_at)

covers = table(
    "covers",
    key_column(),
    Column("team", String(64), nullable=False),
    Column("asker", String(32), nullable=False),
    Column("role", String(12), nullable=False),  # primary · backup
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("gives", Json),  # a swap: the hours the asker offers to take in return
    Column("state", String(12), nullable=False),  # open · taken · withdrawn · over
    Column("taker", String(32)),
    Column("note", Text),
    Column("asked", Json, nullable=False),
    Column("next_at", Moment),
    Column("made_at", Moment, nullable=False),
)
Index("ix_covers_due", covers.c.next_at, **only("next_at IS NOT NULL"))

feeds = table(
    "feeds",
    Column("name", String(80), primary_key=True),
    Column("url", Text, nullable=False),
    Column("text", Text),
    Column("etag", Text),
    Column("fetched_at", Moment),
    Column("failed_at", Moment),
    Column("fault", Text),
)

occasions = table(
    "occasions",
    Column("key", String(120), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("team", String(64)),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment),
    Column("facts", Json, nullable=False),
    Column("told_at", Moment),
    Column("seen_by", String(32)),
    Column("seen_at", Moment),
)
Index("ix_occasions_due", occasions.c.next_at, **only("next_at IS NOT NULL"))

preferences = table(
    "preferences",
    Column("staff", String(32), primary_key=True),
    Column("quiet_from", String(5)),
    Column("quiet_until", String(5)),
    Column("awake", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

reach = table(
    "reach",
    Column("staff", String(32), primary_key=True),
    Column("away", Boolean),
    Column("quiet_until", Moment),
    Column("at", Moment, nullable=False),
)
