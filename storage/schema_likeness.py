"""The schema of what is compared and counted: sketches, resemblances, volumes, spikes."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, UniqueConstraint

from storage.tables import KEY, key_column, table
from storage.types import Json, Moment

sketches = table(
    "sketches",
    Column("post", KEY, ForeignKey("posts.id"), primary_key=True),
    Column("key", String(16), nullable=False),  # empty for a post without words
    Column("at", Moment, nullable=False),
)
Index("ix_sketches_key", sketches.c.key, sketches.c.post)
Index("ix_sketches_at", sketches.c.at)

bands = table(
    "bands",
    Column("band", BigInteger, primary_key=True),
    Column("post", KEY, ForeignKey("sketches.post", ondelete="CASCADE"), primary_key=True),
)
Index("ix_bands_post", bands.c.post)

resemblances = table(
    "resemblances",
    Column("case_id", KEY, ForeignKey("cases.id"), primary_key=True),
    Column("first", KEY, ForeignKey("cases.id"), nullable=False),  # the earliest case that says the same
    Column("at", Moment, nullable=False),
)
Index("ix_resemblances_first", resemblances.c.first, resemblances.c.case_id)

volumes = table(
    "volumes",
    Column("series", String(80), primary_key=True),  # brand · team:KEY
    Column("hour", Integer, primary_key=True),  # hours since 1970 UTC
    Column("posts", Integer, nullable=False),
)

spikes = table(
    "spikes",
    key_column(),
    Column("series", String(80), nullable=False),
    Column("span", Integer, nullable=False),  # which refractory span since 1970 UTC: two at once can't both tell of it
    Column("at", Moment, nullable=False),
    Column("facts", Json, nullable=False),
    UniqueConstraint("series", "span"),
)
Index("ix_spikes_at", spikes.c.series, spikes.c.at)
