"""The trail: appended, never changed, each entry sealed over the one before."""

from datetime import datetime

from sqlalchemy import insert, select

from domain.audit import GENESIS, Entry, Facts, seal
from storage.schema import audit
from storage.scope import Rows, b

_LAST = select(audit.c.n, audit.c.digest).where(audit.c.case_id == b("case")).order_by(audit.c.n.desc()).limit(1)
_APPEND = insert(audit)
_TRAIL = select(audit).where(audit.c.case_id == b("case")).order_by(audit.c.n)
_FIELDS = tuple(Entry.__dataclass_fields__)


class Audit(Rows):
    """Statements on the trail."""

    def record(self, case_id: int, act: str, actor: str, at: datetime, **facts: str | int | bool | None) -> None:
        """Append an entry. Two writers of one case can't both get the next number: unique(case_id, n) decides."""
        last = self._one(_LAST, v_case=case_id)
        n, previous = (last.n + 1, last.digest) if last else (1, GENESIS)
        kept: Facts = {name: value for name, value in facts.items() if value is not None}
        digest = seal(previous, case_id, n, (at, actor, act, kept))
        self._insert(
            _APPEND, case_id=case_id, n=n, at=at, actor=actor, act=act, facts=kept, previous=previous, digest=digest
        )

    def trail(self, case_id: int) -> list[Entry]:
        """Everything that was done in the case, oldest first."""
        rows = self._all(_TRAIL, v_case=case_id)
        return [Entry(**{name: row._mapping[name] for name in _FIELDS}) for row in rows]
