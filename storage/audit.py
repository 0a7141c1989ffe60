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
Fact = str | int | bool | None


def _kept(facts: dict[str, Fact]) -> Facts:
    return {name: value for name, value in facts.items() if value is not None}


class Audit(Rows):
    """Statements on the trail."""

    def record(self, case_id: int, act: str, actor: str, at: datetime, **facts: Fact) -> None:
        """Append an entry. Two writers of one case can't both get the next number: unique(case_id, n) decides."""
        last = self._one(_LAST, v_case=case_id)
        self._append(case_id, (last.n + 1, last.digest) if last else (1, GENESIS), (at, actor, act, _kept(facts)))

    def begin(self, case_id: int, act: str, actor: str, at: datetime, **facts: Fact) -> None:
        """The first entry of a case that this transaction has opened: there is nothing to look up."""
        self._append(case_id, (1, GENESIS), (at, actor, act, _kept(facts)))

    def _append(self, case_id: int, place: tuple[int, str], said: tuple[datetime, str, str, Facts]) -> None:
        (n, previous), (at, actor, act, facts) = place, said
        digest = seal(previous, case_id, n, said)
        self._insert(
            _APPEND, case_id=case_id, n=n, at=at, actor=actor, act=act, facts=facts, previous=previous, digest=digest
        )

    def trail(self, case_id: int) -> list[Entry]:
        """Everything that was done in the case, oldest first."""
        rows = self._all(_TRAIL, v_case=case_id)
        return [Entry(**{name: row._mapping[name] for name in _FIELDS}) for row in rows]
