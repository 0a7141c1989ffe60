"""Anything in any order: whatever is done and whenever it ticks, no case goes unwatched and no deadline bends."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desk import (
    auditor,
    claims,
    deliveries,
    directory,
    endings,
    escalation,
    holding,
    looking_in,
    nags,
    offers,
    sending,
    tending,
)
from desk.desk import Desk
from domain.cases import CLAIMED, OPEN
from domain.deadlines import RUNNING
from domain.deliveries import NAG, Delivered
from domain.errors import Refusal
from domain.escalation import HOLDER
from domain.nags import PERSON_PER_HOUR, Why
from domain.quiet import Preferences
from domain.staff import DEACTIVATED, STAFF, By, Staff
from storage.migrations import migrate
from storage.schema import cases
from storage.schema_time import clocks, nag_lines, runs, steps
from storage.schema_time import nags as nag_rows
from storage.scope import Scope
from storage.store import open_store
from tests.databases import SQLite
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, by, furnish, take_in

NO_PROMISES = ("[emergency]", '[team.shop]\nchannel = "shop"\n\n[emergency]')
WHO = (ANN, BEN, ELI, GUS)
TEXTS = ("the man at the desk was rude", "still nobody answered", "there is smoke in the sauna", "dirty pool")
CASES = (1, 2, 3)
Move = tuple[int, int, int, int, int]
"""Numbers to pick what, which case, who, the rest, and how much later than the move before."""
MINUTES = (0, 1, 5, 14, 20, 35, 61, 240, 600, 2880)


@dataclass
class World:
    """A desk, its time, and what was true before the last act."""

    desk: Desk
    now: datetime = AT
    posts: int = 0
    started: dict[int, datetime] = field(default_factory=dict)

    def all(self, table: Any) -> list[Any]:
        with self.desk.store.look() as tx:
            return list(tx.connection.execute(select(table)).all())


@dataclass(frozen=True)
class Deed:
    """Something somebody tries to do: in which world, to which case, who, and a number for the rest."""

    world: World
    case: int
    staff: str
    n: int

    @property
    def desk(self) -> Desk:
        """The desk it is done at."""
        return self.world.desk

    @property
    def now(self) -> datetime:
        """When."""
        return self.world.now

    @property
    def by(self) -> By:
        """By whom, under a key of its own."""
        return by(self.staff, self.now)

    @property
    def epoch(self) -> int:
        """The case's, as its card shows it."""
        found = [one.epoch for one in self.world.all(cases) if one.id == self.case]
        return int(found[0]) if found else 0


def write(deed: Deed) -> None:
    world = deed.world
    world.posts += 1
    late = timedelta(minutes=(0, 0, 90, 600)[deed.n % 4])
    text = f"@TidewellGyms {TEXTS[deed.n // 4 % len(TEXTS)]} {world.posts}"
    made_at, author = max(world.now - late, AT), str(deed.case)
    post = a_post(world.posts, text, created_at=made_at, author_id=author, conversation_id=f"c{author}")
    take_in(world.desk, post, at=world.now)


def answer(deed: Deed) -> None:
    world = deed.world
    world.posts += 1
    ours = a_post(
        world.posts, "We are sorry", created_at=world.now, author_id="9", author_handle="TidewellGyms",
        in_reply_to=str(1 + deed.n % (world.posts - 1)), conversation_id=f"o{world.posts}",
    )  # fmt: skip
    take_in(world.desk, ours, at=world.now)


def edit(deed: Deed) -> None:
    world, number = deed.world, 1 + deed.n % deed.world.posts
    world.posts += 1
    versions = (str(number), str(world.posts))
    take_in(world.desk, a_post(world.posts, f"@TidewellGyms {TEXTS[2]}", version_ids=versions), at=world.now)


def hand_over(deed: Deed) -> None:
    offer = holding.hand_over(deed.desk, deed.case, WHO[deed.n % 4], deed.by)
    if deed.n % 3:
        holding.accept(deed.desk, offer.id, by(WHO[deed.n % 4], deed.now))


def leave_or_return(deed: Deed) -> None:
    kind = DEACTIVATED if deed.n % 2 else STAFF
    someone = Staff(deed.staff, deed.staff[2:].lower(), deed.staff, "Europe/London", kind)
    directory.put_person(deed.desk, someone, deed.now)


def rest(deed: Deed) -> None:
    with deed.desk.store.begin() as tx:
        tx.people.wish(Preferences(deed.staff, f"{deed.n:02}:00", f"{(deed.n + 9) % 24:02}:00"), deed.now)


def delete_post(deed: Deed) -> None:
    with deed.desk.store.begin() as tx:
        case, newest = tx.cases.lock(deed.case), tx.posts.newest_of(deed.case)
        if case is not None and newest is not None:
            sending.withdraw(tx, case, newest.post_id, "gone", deed.now)


TEAMS = ("care", "facilities", "shop")
DEEDS: tuple[Callable[[Deed], object], ...] = (
    write, write, write, answer, edit, hand_over, leave_or_return, rest, delete_post,
    lambda d: claims.claim(d.desk, d.case, d.by),
    lambda d: claims.claim(d.desk, d.case, d.by),
    lambda d: holding.release(d.desk, d.case, d.epoch, d.by),
    lambda d: holding.take_over(d.desk, d.case, d.epoch, "they went to lunch", d.by),
    lambda d: tending.on_it(d.desk, d.case, d.by),
    lambda d: tending.snooze(d.desk, d.case, (timedelta(minutes=5 + 30 * d.n), "later"), d.by),
    lambda d: tending.hand_to_backup(d.desk, d.case, d.by),
    lambda d: tending.still(d.desk, d.case, d.by),
    lambda d: tending.give_back(d.desk, d.case, d.by),
    lambda d: endings.resolve(d.desk, d.case, d.epoch, d.by),
    lambda d: endings.dismiss(d.desk, d.case, d.epoch, d.by),
    lambda d: endings.reopen(d.desk, d.case, d.by),
    lambda d: endings.reroute(d.desk, d.case, d.epoch, TEAMS[d.n % 3], d.by),
    lambda d: endings.split(d.desk, d.case, d.n, d.by),
)  # fmt: skip


def tick(world: World) -> None:
    offers.lapse(world.desk, world.now)
    for _ in range(3):
        looking_in.tick(world.desk, world.now)
        escalation.tick(world.desk, world.now)
        nags.say_aloud(world.desk, world.now)


def courier(world: World) -> None:
    with world.desk.store.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE lanes SET free_at = 0")
    while (parcel := deliveries.take(world.desk, world.now, world.now)) is not None:
        if parcel.delivery.kind == NAG and parcel.delivery.ts is None and parcel.nag is not None:
            for entry in parcel.nag.standing:
                held_by_another = entry.case.holder is not None and entry.why.role != HOLDER
                assert entry.case.live, "a nag about a case that is over"
                assert not (entry.case.status == CLAIMED and held_by_another), "a nag about a claimed case"
        told = Delivered(f"{parcel.delivery.id}.0", parcel.delivery.channel or parcel.delivery.recipient)
        deliveries.settle(world.desk, parcel.delivery, told, world.now)
        with world.desk.store.begin() as tx:
            tx.connection.exec_driver_sql("UPDATE lanes SET free_at = 0")


def check(world: World, *, ticked: bool) -> None:
    late = {"an escalation step is overdue", "a missed deadline went unnoticed"}
    found = [one for one in auditor.find(world.desk, world.now) if one.what != "an urgent message is stuck"]
    wrong = [one for one in found if ticked or one.what not in late]
    assert not wrong, str(wrong)
    everything = {one.id: one for one in world.all(cases)}
    standing = [one for one in world.all(runs) if one.state != "ended"]
    _clocks_keep_their_word(world, everything, standing)
    taken = [(one.clock_id, one.run, one.step) for one in world.all(steps)]
    assert len(taken) == len(set(taken))
    _lines_are_needed(world, everything)


def _clocks_keep_their_word(world: World, everything: dict[int, Any], standing: list[Any]) -> None:
    with world.desk.store.look() as tx:
        tended = {number for number in everything if tx.tending.get(number) is not None}
    for clock in world.all(clocks):
        case = everything[clock.case_id]
        assert clock.due_at >= clock.started_at
        assert world.started.setdefault(clock.id, clock.started_at) == clock.started_at
        mine = [one for one in standing if one.clock_id == clock.id]
        assert len(mine) <= 1
        if clock.state == RUNNING and case.status == OPEN and case.id not in tended:
            assert [one.next_at is not None for one in mine] == [True], "an open case nobody is called for"
        if clock.state == RUNNING and case.status in (OPEN, CLAIMED) and clock.breached_at is None:
            assert [one.next_at is not None for one in mine] == [True], "a deadline that would pass unnoticed"


def _lines_are_needed(world: World, everything: dict[int, Any]) -> None:
    places = {one.id: one for one in world.all(nag_rows)}
    lines = [one for one in world.all(nag_lines) if one.stands]
    where = [(places[one.nag].place, one.case_id) for one in lines]
    assert len(where) == len(set(where)), "two lines for a case in one place"
    for line in lines:
        case = everything[line.case_id]
        assert places[line.nag].newest, "a line in a message that was replaced"
        assert case.status in (OPEN, CLAIMED), "somebody is still called to a case that needs nobody"
        if case.status == CLAIMED:
            assert places[line.nag].place == case.holder, "somebody is still called to a claimed case"
        elif line.why.startswith("holder|"):
            with world.desk.store.look() as tx:
                tends = tx.tending.get(case.id)
            assert (tends.staff if tends else None) == places[line.nag].place, "it is in nobody's hands"


def furnished(url: str) -> World:
    """A desk with three cases and a team that promises nothing."""
    store = open_store(url, Scope("tidewell", "tidewellgyms"))
    world = World(furnish(Desk(store, weekend.policy(NO_PROMISES), "https://x.com", "https://slack.test")))
    directory.put_room(world.desk, "C0SHOP", "shop", AT, (False, False))
    for one in WHO:
        directory.seat(world.desk, "C0SHOP", one, AT, present=True)
    for case_id in CASES:
        write(Deed(world, case_id, ANN, 0))
    return world


def go_on(world: World, moves: list[Move]) -> None:
    """Make the moves, and look after each whether all is well."""
    for what, case, who, number, minutes in moves:
        world.now += timedelta(minutes=MINUTES[minutes % len(MINUTES)])
        if minutes % 3:
            tick(world)
            check(world, ticked=True)
        if minutes % 2:
            courier(world)
        with suppress(Refusal):
            DEEDS[what % len(DEEDS)](Deed(world, CASES[case % 3], WHO[who % 4], number))
        check(world, ticked=False)


numbers = st.integers(0, 23)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(moves=st.lists(st.tuples(numbers, numbers, numbers, numbers, numbers), min_size=3, max_size=25))
def test_whatever_is_done_in_whatever_order_no_case_is_forgotten(sqlite: SQLite, moves: list[Move]) -> None:
    url = sqlite.copy(migrate)
    world = furnished(url)
    try:
        go_on(world, moves)
        world.now += timedelta(days=8)
        tick(world)
        check(world, ticked=True)
        courier(world)
    finally:
        world.desk.store.close()
        sqlite.drop(url)


@pytest.mark.usefixtures("case")
def test_lines_that_joined_in_silence_count_among_the_messages_of_an_hour(desk: Desk) -> None:
    begun = AT + timedelta(hours=2)
    with desk.store.look() as tx:
        plan, clock = tx.runs.standing(1)[0].plan, tx.clocks.open_of(1)[0]
        case = tx.cases.get(1)
    assert case is not None
    for minute in range(60):
        now = begun + timedelta(minutes=minute)
        nags.say_aloud(desk, now)
        with desk.store.begin() as tx:
            nags.nag(tx, nags.Place(BEN, direct=True), (case, clock, Why("backup")), plan, now)

    with desk.store.look() as tx:
        assert tx.nags.count_since(BEN, begun - timedelta(minutes=1)) <= PERSON_PER_HOUR
