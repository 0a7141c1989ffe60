"""Counting what is kept, for checks from outside: posts, cases, and the cards that should stand in Slack."""

from sqlalchemy import exists, func, or_, select

from domain.cases import DISMISSED
from domain.deliveries import CARD
from storage.outbox import FOLDED
from storage.schema import cases, deliveries, posts
from storage.schema_triage import verdicts
from storage.scope import Rows

_POSTS = select(posts.c.post_id)
_has_card = exists().where(deliveries.c.case_id == cases.c.id, deliveries.c.kind == CARD)
_CASES = select(func.count()).select_from(cases).where(or_(cases.c.status != DISMISSED, _has_card))
_PUT_AWAY = (
    select(verdicts.c.tier, func.count().label("posts"))
    .join(posts, posts.c.id == verdicts.c.post)
    .join(cases, cases.c.id == posts.c.case_id)
    .where(verdicts.c.put_away.is_(True), cases.c.status == DISMISSED, ~_has_card)
    .group_by(verdicts.c.tier)
)
_batch = deliveries.alias("batch")
_ts = func.coalesce(deliveries.c.ts, _batch.c.ts)
_CARDS = (
    select(deliveries.c.case_id, deliveries.c.channel, _ts.label("ts"))
    .select_from(deliveries.outerjoin(_batch, _batch.c.id == deliveries.c.batch))
    .where(deliveries.c.kind == CARD, deliveries.c.state != FOLDED, _ts.is_not(None))
)


class Tally(Rows):
    """Statements that read every row there is; not for use while people wait."""

    def posts(self) -> list[str]:
        """The first id of every stored post, as often as it is stored."""
        return [str(row[0]) for row in self._all(_POSTS)]

    def cases(self) -> int:
        """How many cases there are for somebody to see; those that triage put away are counted by `put_away`."""
        row = self._one(_CASES)
        return int(row[0]) if row else 0

    def put_away(self) -> dict[str, int]:
        """How many posts triage put away that nobody brought back, by tier."""
        return {str(row.tier): int(row.posts) for row in self._all(_PUT_AWAY)}

    def cards(self) -> list[tuple[int, str, str]]:
        """Case, channel and ts of every card that isn't folded and has reached Slack, in a batch or by itself."""
        return [(int(row.case_id), str(row.channel), str(row.ts)) for row in self._all(_CARDS)]
