"""Back-tests: asked for in Slack, run beside everything else, shown where they were asked for or told directly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk import rotas
from desk.desk import Desk
from desk.rule_changes import GONE, changing, standing
from desk.rules import allowed
from domain.back_test import Asked, Away, BackTest, Past, Span, Trying
from domain.errors import Stale
from domain.rulebook import MadeRule, drafted, meaning, merged
from domain.rules import Rule
from domain.staff import By
from storage.back_tests import MOST_ATTEMPTS, PAGE
from storage.outbox import Promise
from storage.store import Tx

LEASE = timedelta(minutes=2)
"""Machine time after which a back-test is taken for lost and begun again."""
UNNAMED = "draft"
LINKS = 5


@dataclass(frozen=True)
class Looking:
    """A back-test that was asked for: its number, and how many posts there are to look through."""

    id: int
    draft: Rule
    of: int


def ask(desk: Desk, draft: Rule, by: By) -> Looking:
    """It is run in a moment; whoever may change the rule may ask."""
    with changing(desk, by) as tx:
        allowed(desk, tx, by.staff, (draft.team,))
        return _asked(desk, tx, draft, by)


def ask_of(desk: Desk, which: tuple[str, int], by: By) -> Looking:
    """The same of a rule as it stands: (name, version)."""
    with changing(desk, by) as tx:
        rule = standing(tx, which).rule
        allowed(desk, tx, by.staff, (rule.team,))
        return _asked(desk, tx, rule, by)


def ask_again(desk: Desk, which: tuple[str, int], by: By) -> Looking:
    """The same for a click that has counted already: it wanted to arm the rule, and this comes first."""
    return ask_of(desk, which, replace(by, key=f"test:{by.key}"))


def ask_of_file(desk: Desk, name: str, by: By) -> Looking:
    """The same of a rule of the file."""
    part = desk.policy.rule.get(name)
    if part is None:
        raise Stale(GONE)
    return ask(desk, part.rule(name), by)


def draft_of(desk: Desk, fields: Mapping[str, str], name: str | None) -> Rule:
    """What a window spells, on the rule of that name if there is one; Invalid names the faulty field."""
    with desk.store.look() as tx:
        made = tx.rules.get(name) if name else None
    given = {**fields, "name": fields.get("name") or name or UNNAMED}
    return drafted(given, tuple(desk.policy.team), made.rule if made else None)


def _asked(desk: Desk, tx: Tx, draft: Rule, by: By) -> Looking:
    number = tx.rules.back_tests.ask(draft, by.staff, by.at)
    return Looking(number, draft, tx.rules.back_tests.count(*span(desk, by.at)))


def span(desk: Desk, now: datetime) -> Span:
    """The stretch of the past a draft is tried on."""
    return now - desk.policy.rules.back, now


def run(desk: Desk, draft: Rule, over: Span, page: int = PAGE) -> BackTest:
    """Look through the past; reads only, a page at a time."""
    with desk.store.look() as tx:
        rules, first = merged(desk.policy, tx.rules.all()), tx.rules.back_tests.first_teams()
    trying, after = Trying(draft, rules, over), 0
    while posts := _page(desk, over, (after, page), first):
        trying.look(posts)
        after = posts[-1].id
    with desk.store.look() as tx:
        return trying.done(
            _away(desk, draft.team),
            lambda team, at: _on_duty(desk, tx, team, at),
            desk.policy.emergency.person,
        )


def _away(desk: Desk, team: str) -> Away:
    """Whether nobody of the team is there; its calendar is made once, for a loud draft asks ten thousand times."""
    calendar = desk.calendar_of(team)
    if calendar is None:
        return lambda _team, at: desk.is_weekend(team, at)
    return lambda _team, at: not calendar.open_at(at) or calendar.is_weekend(at)


def _page(desk: Desk, over: Span, after: tuple[int, int], first: dict[int, str]) -> list[Past]:
    with desk.store.look() as tx:
        return tx.rules.back_tests.page(over, after, first)


def _on_duty(desk: Desk, tx: Tx, team: str, at: datetime) -> tuple[str | None, datetime | None]:
    found = rotas.on_call(desk, tx, team, at)
    return found.primary, found.until_at


def take(desk: Desk, machine_now: datetime) -> Asked | None:
    """The next back-test to run; nobody else gets it for a while."""
    if next_at(desk) is None:
        return None
    with desk.store.begin() as tx:
        return tx.rules.back_tests.take(machine_now, LEASE)


def given_up(asked: Asked) -> bool:
    """Whether it was begun too often to be tried again."""
    return asked.attempts > MOST_ATTEMPTS


def remember(desk: Desk, asked: Asked, found: BackTest | None, now: datetime) -> None:
    """Keep its figures, or that it couldn't be done."""
    with desk.store.begin() as tx:
        tx.rules.back_tests.done(asked.id, found.figures if found else None, now)


def settle(desk: Desk, asked: Asked, found: BackTest | None, now: datetime, *, shown: bool) -> None:
    """It is over; whoever asked is told directly unless they were `shown` it."""
    with desk.store.begin() as tx:
        if not tx.rules.back_tests.over(asked.id) or shown:
            return
        payload = {"says": "back_test", "name": asked.draft.name, **(_told(found) if found else {"failed": True})}
        tx.outbox.direct(asked.staff, Promise(now, payload, key=f"back-test:{asked.id}"))


def _told(found: BackTest) -> dict[str, object]:
    """What a direct message says: figures and links, never customers' words."""
    return {
        "of": found.of, "caught": found.caught, "weeks": len(found.weeks), "team": found.rule.team,
        "found": found.found, "theirs": found.theirs, "missed": found.missed, "pages": found.pages,
        "away": found.away, "links": [post.url for post in found.samples if post.url][:LINKS],
    }  # fmt: skip


def armable(desk: Desk, draft: Rule) -> MadeRule | None:
    """The rule made in Slack that says just this and isn't armed yet."""
    with desk.store.look() as tx:
        made = tx.rules.get(draft.name)
    if made is None or made.rule.mode == "armed" or meaning(made.rule) != meaning(draft):
        return None
    return made


def next_at(desk: Desk) -> datetime | None:
    """When the oldest that is still to be run was asked for."""
    with desk.store.look() as tx:
        return tx.rules.back_tests.next_at()
