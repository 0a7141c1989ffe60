"""The check before the weekend: one card, green or red, and a tap from everybody who will be on call."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk import rotas
from desk.alarms import TROUBLE
from desk.desk import Desk
from desk.oncall import rests_until
from domain.calendars import Calendar
from domain.errors import NotAllowed, Repeated, Stale
from domain.occasions import PREFLIGHT, ROUTE, Check, Occasion, PreflightSheet
from domain.preflight import weekend_after
from domain.rota import stretches
from domain.staff import By, Staff
from storage.outbox import Promise
from storage.store import Tx

PATIENCE = timedelta(hours=2)
"""How long the test of a route may go unanswered."""
ASKED_AT_MOST = 2
COMING = timedelta(days=8)
"""How far ahead closed days and campaigns are worth a line."""


def zone(desk: Desk) -> ZoneInfo:
    """The zone its time is written in: its own, or the first calendar's."""
    calendars = list(desk.policy.calendar.values())
    return ZoneInfo(desk.policy.preflight.zone or (calendars[0].zone if calendars else "UTC"))


def plan(desk: Desk, tx: Tx, span: tuple[datetime, datetime]) -> None:
    """A row for each check in a stretch of time."""
    policy, place = desk.policy.preflight, zone(desk)
    on, last_on = (moment.astimezone(place).date() for moment in span)
    while policy.on and on <= last_on:
        due_at = policy.due(on, place)
        if due_at is not None and span[0] <= due_at < span[1]:
            tx.occasions.plan(Occasion(f"preflight:{on}", PREFLIGHT, None, due_at, due_at))
        on += timedelta(days=1)


def keep_up(desk: Desk, tx: Tx, now: datetime) -> None:
    """Until the weekend begins its card follows the rota, and whoever is new on it is asked to tap."""
    for row in tx.occasions.since(PREFLIGHT, now - timedelta(days=7)):
        if row.told_at is not None and now < _weekend(desk, row)[0]:
            _test_routes(desk, tx, row, now)
            tx.outbox.repaint(row.key, now)


def post(desk: Desk, tx: Tx, row: Occasion, now: datetime) -> None:
    """Show the card and test the routes; once the weekend has begun it is too late for both."""
    if now >= _weekend(desk, row)[0]:
        return
    payload = {"says": "preflight", "occasion": row.key}
    tx.outbox.channel(_channel(desk, tx), Promise(now, payload, key=row.key))
    tx.occasions.told(row.key, now, None, {})
    _test_routes(desk, tx, row, now)


def _channel(desk: Desk, tx: Tx) -> str:
    name = desk.policy.preflight.channel
    return (tx.directory.channel_id(name) or name) if name else desk.ops_channel(tx)


def _weekend(desk: Desk, row: Occasion) -> tuple[datetime, datetime]:
    return weekend_after(row.due_at, zone(desk))


def _crew(desk: Desk, tx: Tx, row: Occasion) -> dict[str, Staff | None]:
    """Everybody on call or in backup through the weekend, by name."""
    span, names = _weekend(desk, row), list[str]()
    for team in desk.policy.rota:
        for one in stretches(rotas.shifts(desk, tx, team, span[1]), rotas.changes(desk, tx, team, span), *span):
            names += [name for name in (one.primary, one.backup) if name]
    return {name: tx.directory.named(name) for name in dict.fromkeys(names)}


def _test_routes(desk: Desk, tx: Tx, row: Occasion, now: datetime) -> None:
    for person in _crew(desk, tx, row).values():
        if person is None or not person.active:
            continue
        key = _route(row, person)
        if tx.occasions.plan(Occasion(key, ROUTE, None, now, now, {"preflight": row.key, "asked": 0})):
            _ask(tx, Occasion(key, ROUTE, None, now, now, {"preflight": row.key, "asked": 0}), now)


def _route(row: Occasion, person: Staff) -> str:
    return f"route:{row.key.partition(':')[2]}:{person.slack_id}"


def _ask(tx: Tx, route: Occasion, now: datetime) -> None:
    """A private message that wants a tap."""
    person, asked = _person_of(route), int(route.facts["asked"]) + 1
    rests = rests_until(tx, person, now)
    payload = {"says": "route_test", "occasion_key": route.key, "again": asked > 1}
    tx.outbox.direct(person, Promise(now, payload, key=f"{route.key}:{asked}", not_before=rests))
    facts = {**route.facts, "asked": asked, "silent": False}
    tx.occasions.told(route.key, now, (rests or now) + PATIENCE, facts)


def _person_of(route: Occasion) -> str:
    return route.key.rpartition(":")[2]


def chase(desk: Desk, tx: Tx, route: Occasion, now: datetime) -> None:
    """No tap came: ask once more, then the manager is told and the line is red."""
    parent = tx.occasions.get(str(route.facts["preflight"]))
    if route.seen_at is not None or parent is None or now >= _weekend(desk, parent)[1]:
        return
    if int(route.facts["asked"]) < ASKED_AT_MOST:
        _ask(tx, route, now)
        return
    tx.occasions.told(route.key, route.told_at or now, None, {**route.facts, "silent": True})
    manager = tx.directory.named(desk.policy.brand.manager)
    if manager is not None and manager.active:
        payload = {"says": "route_silent", "person": _person_of(route), "from": _weekend(desk, parent)[0].isoformat()}
        rests = rests_until(tx, manager.slack_id, now)
        key = f"{route.key}:silent:{route.facts['asked']}"
        tx.outbox.direct(manager.slack_id, Promise(now, payload, key=key, not_before=rests))
    tx.outbox.repaint(parent.key, now)


def reached(desk: Desk, key: str, by: By) -> None:
    """Their tap: messages reach them."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        route = tx.occasions.get(key)
        if route is None:
            raise Stale("This test is over. The next one comes before the next weekend.")
        if by.staff != _person_of(route):
            raise NotAllowed(f"This message tests whether <@{_person_of(route)}> can be reached, so only they can tap.")
        if tx.occasions.seen(key, by.staff, by.at) is None:
            raise Repeated
        for number in range(1, int(route.facts["asked"]) + 1):
            tx.outbox.rewrite(f"{key}:{number}", {"says": "route_reached", "settled": True}, by.at)
        tx.outbox.repaint(str(route.facts["preflight"]), by.at)


def ask_again(desk: Desk, key: str, by: By) -> None:
    """Test a route once more that stayed silent."""
    with desk.store.begin() as tx:
        if not tx.ledger.first_time(by.key, by.at):
            raise Repeated
        _colleague(tx, by)
        route = tx.occasions.get(key)
        if route is None or route.seen_at is not None or not route.facts.get("silent"):
            raise Stale("They have been asked already, or have answered. Have a look at the card as it is now.")
        _ask(tx, route, by.at)
        tx.outbox.repaint(str(route.facts["preflight"]), by.at)


def look_again(desk: Desk, key: str, by: By) -> None:
    """Draw the card as things stand now."""
    with desk.store.begin() as tx:
        _colleague(tx, by)
        if tx.occasions.get(key) is None:
            raise Stale("This card is from long ago. The next one comes before the next weekend.")
        tx.outbox.repaint(key, by.at)


def _colleague(tx: Tx, by: By) -> None:
    known = tx.directory.get(by.staff)
    if known is None or not known.active:
        raise NotAllowed("The check before the weekend is for colleagues of this workspace.")


def sheet(desk: Desk, tx: Tx, row: Occasion) -> PreflightSheet:
    """The card as things stand now."""
    from_at, until_at = _weekend(desk, row)
    checks = [*_rota(desk, tx, row), *_routes(desk, tx, row), *_health(desk, tx), *_ahead(desk, tx, row)]
    return PreflightSheet(row.key, from_at, until_at, tuple(checks))


def _rota(desk: Desk, tx: Tx, row: Occasion) -> Iterator[Check]:
    span = _weekend(desk, row)
    for team in desk.policy.rota:
        found = rotas.uncovered(desk, tx, team, span)
        for gap in found:
            facts = {"team": team, "from": gap.from_at, "until": gap.until_at, "missing": gap.missing}
            yield Check("gap", good=False, facts=facts)
        if not found:
            yield Check("rota", good=True, facts={"team": team})


def _routes(desk: Desk, tx: Tx, row: Occasion) -> Iterator[Check]:
    for name, person in _crew(desk, tx, row).items():
        if person is None or not person.active:
            yield Check("stranger", good=False, facts={"name": name})
            continue
        route = tx.occasions.get(_route(row, person))
        silent = route is not None and bool(route.facts.get("silent"))
        tapped = route is not None and route.seen_at is not None
        good = True if tapped else False if silent else None
        yield Check("route", good, {"person": person.slack_id, "key": route.key if route else ""})


def _health(desk: Desk, tx: Tx) -> Iterator[Check]:
    trouble = tx.ledger.cursor(TROUBLE)
    kind, since = (trouble or "||").split("|")[:2]
    yield Check("sources", good=trouble is None, facts={"kind": kind, "since": since})
    for feed in tx.rotas.feeds():
        if feed.fault:
            yield Check("feed", good=False, facts={"name": feed.name, "fault": feed.fault})
    manager = tx.directory.named(desk.policy.brand.manager)
    if manager is None or not manager.active:
        yield Check("manager", good=False, facts={"name": desk.policy.brand.manager})


def _ahead(desk: Desk, tx: Tx, row: Occasion) -> Iterator[Check]:
    """What everybody should know: days that differ, and campaigns."""
    for key, policy in desk.policy.calendar.items():
        calendar = Calendar.of(policy, rotas.closed_days(tx, key))
        today = calendar.local_date(row.due_at)
        days = [day for day in calendar.odd_days(today) if day.on <= today + COMING]
        if days:
            yield Check("days", good=None, facts={"calendar": key, "days": [(day.on, day.name) for day in days]})
    for one in desk.policy.campaign:
        from_at, until_at = one.span(zone(desk))
        if from_at < row.due_at + COMING and until_at > row.due_at:
            yield Check("campaign", good=None, facts={"name": one.name, "from": from_at, "until": until_at})
