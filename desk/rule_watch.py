"""Monitor mode: a rule watched for a week tells its maker what it would have done, and what can be done now."""

from datetime import datetime
from typing import Any

from desk.desk import Desk
from domain.rulebook import WATCHED, MadeRule
from storage.outbox import Promise
from storage.store import Tx

LINKS = 5


def tick(desk: Desk, now: datetime) -> int:
    """Tell the maker of each rule that is due; how many there were."""
    with desk.store.look() as tx:
        due = tx.rules.due(now)
    for one in due:
        with desk.store.begin() as tx:
            if tx.rules.told(one):
                payload = {"says": "rule_watched", **seen(tx, one, now)}
                tx.outbox.direct(one.made_by, Promise(now, payload, key=key_of(one)))
    return len(due)


def key_of(one: MadeRule) -> str:
    """The key under which its maker's message was promised."""
    return f"rule-watched:{one.id}:{one.version}"


def seen(tx: Tx, one: MadeRule, now: datetime) -> dict[str, Any]:
    """What the rule would have done since it is watched, a week at most."""
    since = max(one.watched_at or one.made_at, now - WATCHED)
    put = tx.rules.hits.put(one.rule.name, since)
    cases = {case: team for case, team in put if case is not None}
    moved = sum(team != one.rule.team for team in cases.values())
    urgent = one.rule.severity != "normal"
    return {
        "name": one.rule.name, "version": one.version, "team": one.rule.team, "severity": one.rule.severity,
        "posts": len(put), "moved": moved, "pages": len(cases) if urgent else 0, "since": since.isoformat(),
        "links": [hit.url for hit in tx.rules.hits.latest(one.rule.name, since, LINKS) if hit.url],
    }  # fmt: skip


def next_at(desk: Desk) -> datetime | None:
    """When the next rule has been watched long enough."""
    with desk.store.look() as tx:
        return tx.rules.next_at()
