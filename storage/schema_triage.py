"""The schema of triage: verdicts without anybody's words, daily digests, lessons of colleagues, layers learnt."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from storage.tables import KEY, case_column, key_column, only, table
from storage.types import Json, Moment

verdicts = table(
    "verdicts",
    Column("post", KEY, ForeignKey("posts.id"), primary_key=True),
    Column("tier", String(8), nullable=False),
    Column("source", String(8), nullable=False),
    Column("complaint", Integer, nullable=False),  # of ten thousand
    Column("team", String(64), nullable=False),
    Column("other", String(64)),  # the second best team
    Column("severity", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("reasons", Json, nullable=False),  # numbers and places in the text, never words of it
    Column("model", String(64), nullable=False),
    Column("rules", String(64), nullable=False),
    Column("put_away", Boolean, nullable=False),  # its case was opened dismissed
    Column("listed", Boolean, nullable=False),  # the digest names it; what isn't listed is only counted there
    Column("digest", KEY, ForeignKey("digests.id")),
    Column("at", Moment, nullable=False),
)
Index("ix_verdicts_untold", verdicts.c.team, verdicts.c.at, **only("put_away AND digest IS NULL"))
Index("ix_verdicts_digest", verdicts.c.digest, **only("digest IS NOT NULL"))

digests = table(
    "digests",
    key_column(),
    Column("team", String(64), nullable=False),
    Column("day", String(10), nullable=False),  # the date where the team works
    Column("at", Moment, nullable=False),
    UniqueConstraint("team", "day"),
)

lessons = table(
    "lessons",
    key_column(),
    Column("post", KEY, ForeignKey("posts.id"), nullable=False),
    case_column(),
    Column("kind", String(16), nullable=False),
    Column("value", String(64), nullable=False),
    Column("old", String(64), nullable=False),  # what it was before, for who takes it back
    Column("staff", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)
Index("ix_lessons_case", lessons.c.case_id, lessons.c.id)
Index("ix_lessons_post", lessons.c.post)

layers = table(
    "layers",
    key_column(),
    Column("basis", String(64), nullable=False),  # the digest of the weights and lessons it was learnt from
    Column("live", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("figures", Json, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("basis"),
)
Index("ix_layers_live", layers.c.id, **only("live"))
