"""What somebody wishes about nudges, and what Slack last said about reaching them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from domain.quiet import Preferences
from domain.reach import Reach
from storage.schema_time import preferences, reach
from storage.scope import Rows, b, upsert

_WISH = upsert(preferences, ("staff",), ("quiet_from", "quiet_until", "awake", "at"))
_WISHES = select(preferences).where(preferences.c.staff == b("staff"))
_AWAKE = select(preferences.c.staff).where(preferences.c.awake.is_(True)).order_by(preferences.c.staff)
_REACH = upsert(reach, ("staff",), ("away", "quiet_until", "at"))
_REACHED = select(reach).where(reach.c.staff == b("staff"))


class People(Rows):
    """Statements on preferences and reach."""

    def wish(self, wishes: Preferences, at: datetime) -> None:
        """Remember what somebody wishes."""
        self._insert(
            _WISH, staff=wishes.staff, quiet_from=wishes.quiet_from, quiet_until=wishes.quiet_until,
            awake=wishes.awake, at=at,
        )  # fmt: skip

    def wishes(self, staff: str) -> Preferences | None:
        """What they wish."""
        row = self._one(_WISHES, v_staff=staff)
        return Preferences(row.staff, row.quiet_from, row.quiet_until, row.awake) if row else None

    def willing(self) -> list[str]:
        """Slack ids of those who want to be asked first when they are around."""
        return [row.staff for row in self._all(_AWAKE)]

    def reached(self, found: Iterable[Reach], at: datetime) -> None:
        """Remember what Slack says about reaching these people."""
        rows = [{"staff": one.slack_id, "away": one.away, "quiet_until": one.quiet_until, "at": at} for one in found]
        self._insert_all(_REACH, rows)

    def reach(self, staff: str) -> Reach | None:
        """What Slack last said."""
        row = self._one(_REACHED, v_staff=staff)
        return Reach(row.staff, row.away, row.quiet_until) if row else None

    def asked_at(self, staff: str) -> datetime | None:
        """When Slack was last asked about them."""
        row = self._one(_REACHED, v_staff=staff)
        return row.at if row else None
