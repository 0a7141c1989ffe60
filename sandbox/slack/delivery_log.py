"""The delivery log: each hand-over to the app, how long it took and what came of it; the 3 s rule made visible."""

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.envelopes import Envelope
    from sandbox.slack.side import SlackSide

Row = dict[str, Any]
KEPT = 500


class DeliveryLog:
    """The newest rows, oldest first; each change of a row is said to the open pages."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self._rows: dict[int, Row] = {}
        self._numbers = count(1)

    def rows(self, limit: int = KEPT) -> list[Row]:
        """The newest `limit` rows, oldest first."""
        return list(self._rows.values())[-limit:]

    def write(self, envelope: "Envelope", ms: int | None, outcome: str) -> Row:
        """Add a row for a hand-over that has come to its end."""
        row: Row = {
            "id": next(self._numbers),
            "at": datetime.fromtimestamp(self._side.clock.time(), UTC).isoformat(),
            "kind": envelope.kind,
            "what": envelope.what,
            "user": envelope.user,
            "ms": ms,
            "outcome": outcome,
        }
        self._rows[row["id"]] = row
        if len(self._rows) > KEPT:
            del self._rows[next(iter(self._rows))]
        self._side.live.say("delivery", **row)
        return row

    def amend(self, row: Row, ms: int) -> None:
        """An acknowledgement came after all: note how late."""
        row["ms"] = ms
        self._side.live.say("delivery", **row)

    def clear(self) -> None:
        """Forget every row."""
        self._rows.clear()
