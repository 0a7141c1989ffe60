"""Receipts of deliveries already applied, cursors of sources, and leases between processes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from storage.schema import cursors, leases, metadata, receipts
from storage.scope import Rows, b, insert_once, upsert

_RECEIPT = insert_once(receipts, "key", returning=receipts.c.key)
_CURSOR = select(cursors.c.newest).where(cursors.c.source == b("source"))
_ADVANCE = upsert(cursors, ("source",), ("newest", "at"))
_LEASE_ROW = insert_once(leases, "name")
_LEASE = (
    update(leases)
    .where(leases.c.name == b("name"), (leases.c.holder == b("holder")) | (leases.c.until <= b("now")))
    .values(holder=b("holder"), until=b("until"))
    .returning(leases.c.name)
)
_LEASED = select(leases.c.holder).where(leases.c.name == b("name"))
_RELEASE = delete(leases).where(leases.c.name == b("name"), leases.c.holder == b("holder"))


_EVERYTHING = [delete(one) for one in reversed(metadata.sorted_tables)]


class Ledger(Rows):
    """Statements on receipts, cursors and leases."""

    def forget_everything(self) -> None:
        """Empty every table: for a sandbox whose world began anew, and nothing else."""
        for statement in _EVERYTHING:
            self._run(statement)

    def first_time(self, key: str, at: datetime) -> bool:
        """Keep a delivery's key with its effect; False when the effect is there already."""
        return self._insert(_RECEIPT, key=key[:160], at=at).first() is not None

    def cursor(self, source: str) -> str | None:
        """The newest id stored from this source."""
        row = self._one(_CURSOR, v_source=source)
        return row.newest if row else None

    def advance(self, source: str, newest: str | None, at: datetime) -> None:
        """Remember how far the source has been read; in the transaction that stored what was read."""
        self._insert(_ADVANCE, source=source, newest=newest, at=at)

    def lease(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        """Hold or keep the named lease for a while of machine time; False while somebody else has it."""
        self._insert(_LEASE_ROW, name=name, holder=holder, until=now)
        row = self._one(_LEASE, v_name=name, v_holder=holder, v_now=now, v_until=now + length)
        return row is not None

    def leased_by(self, name: str) -> str | None:
        """Whoever had the named lease last."""
        row = self._one(_LEASED, v_name=name)
        return row.holder if row else None

    def release(self, name: str, holder: str) -> None:
        """Give the lease up, or away for a holder that is gone."""
        self._run(_RELEASE, v_name=name, v_holder=holder)
