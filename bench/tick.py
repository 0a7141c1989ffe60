"""What a tick of the clock costs with few and with very many open cases: its price is what is due, not what is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import count

from sqlalchemy import text

from bench import ground
from bench.rows import Compared, Row, Sample, spent
from desk import escalation, looking_in
from desk.desk import Desk
from storage.types import microseconds
from tests.databases import Unavailable, running

SMALL, LARGE, LARGE_IN_A_HURRY = 1_000, 1_000_000, 20_000
"""Open cases."""
DUE = 100
IDLE_LOOKS = 50
ROUNDS, ROUNDS_IN_A_HURRY = 7, 3
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {size}) "
_WHOSE = "'tidewell', 'tidewellgyms'"
_PLAN = (
    '{"per_hour":4,"repeat":1800.0,"together":900.0,"steps":[[-900.0,"channel","all","all",[]],'
    '[0.0,"on_call","all","all",[]],[600.0,"backup","all","all",[]],[1200.0,"manager","all","all",[]]]}'
)
_CASES = (
    "INSERT INTO cases (id, network, author_id, status, epoch, team, severity, why, opened_at, last_post_at,"
    " collisions, reopened, made_at, brand, account) {numbers}"
    "SELECT n, 'x', 'a' || n, 'open', 0, 'care', 'normal', 'bench', {at}, {at}, 0, 0, {at}, {whose} FROM numbers"
)
_CLOCKS = (
    "INSERT INTO clocks (id, case_id, target, n, state, follows, started_at, length_s, customer_due_at,"
    " service_due_at, due_at, severity, brand, account) {numbers}"
    "SELECT n, n, 'first_response', 1, 'running', 'service', {at}, 7200, {later} + n, {later} + n, {later} + n,"
    " 'normal', {whose} FROM numbers"
)
_RUNS = (
    "INSERT INTO runs (id, case_id, clock_id, run, state, anchor_at, due_at, plan, next_step, next_at, started_at,"
    " brand, account) {numbers}"
    "SELECT n, n, n, 1, 'running', {later} + n, {later} + n, '{plan}', 0, {later} + n - 900000000, {at}, {whose}"
    " FROM numbers"
)
_BLOCK = "UPDATE runs SET next_at = {now}, anchor_at = {soon}, due_at = {soon} WHERE id BETWEEN {first} AND {last}"
_CLOCKS_OF_BLOCK = "UPDATE clocks SET due_at = {soon}, service_due_at = {soon} WHERE id BETWEEN {first} AND {last}"
_NOW = ground.BEGAN_AT + timedelta(hours=1)


def measure(*, quick: bool) -> list[Row]:
    """SQLite, and PostgreSQL where there is one: small and large in turn."""
    sizes, rounds = (SMALL, LARGE_IN_A_HURRY if quick else LARGE), ROUNDS_IN_A_HURRY if quick else ROUNDS
    rows: list[Row] = []
    with ground.folder() as folder:
        urls = [f"sqlite:///{folder / str(size)}.db" for size in sizes]
        rows += _compared("tick, SQLite", urls, sizes, rounds)
    try:
        with running() as cluster:
            urls = [cluster.create() for _ in sizes]
            rows += _compared("tick, PostgreSQL", urls, sizes, rounds)
    except Unavailable as why:
        print(f"tick on PostgreSQL left out: {why}")
    return rows


def _compared(workload: str, urls: list[str], sizes: tuple[int, int], rounds: int) -> list[Row]:
    with _desks(urls, sizes) as desks:
        blocks = count(1)
        taken = [_round(desks, sizes, next(blocks)) for _ in range(rounds)]
    compared = Compared(workload, sizes[1], taken)
    ways = (f"{DUE} due", "nothing due")
    return [row for way in ways for row in compared.rows(f"{way}, {sizes[1]} open", f"{way}, {sizes[0]} open")]


@contextmanager
def _desks(urls: list[str], sizes: tuple[int, int]) -> Iterator[list[Desk]]:
    desks = [ground.desk_on(url) for url in urls]
    for desk, size in zip(desks, sizes, strict=True):
        _fill(desk, size)
    yield desks
    for desk in desks:
        desk.store.close()


def _fill(desk: Desk, size: int) -> None:
    values = {
        "numbers": _NUMBERS.format(size=size), "whose": _WHOSE, "plan": _PLAN.replace(":", r"\:"),
        "at": microseconds(ground.BEGAN_AT), "later": microseconds(ground.BEGAN_AT + timedelta(days=30)),
    }  # fmt: skip
    with desk.store.begin() as tx:
        for statement in (_CASES, _CLOCKS, _RUNS):
            tx.connection.execute(text(statement.format(**values)))
    with desk.store.begin() as tx:
        tx.connection.execute(text("ANALYZE"))


def _round(desks: list[Desk], sizes: tuple[int, int], block: int) -> dict[str, Sample]:
    took = {}
    for desk, size in zip(desks, sizes, strict=True):
        took[f"nothing due, {size} open"] = _timed_idle(desk)
        _make_due(desk, block)
        took[f"{DUE} due, {size} open"] = spent(partial(escalation.tick, desk, _NOW), DUE)
    return took


def _make_due(desk: Desk, block: int) -> None:
    first = (block - 1) * DUE + 1
    values = {
        "now": microseconds(_NOW), "soon": microseconds(_NOW + timedelta(minutes=10)),
        "first": first, "last": first + DUE - 1,
    }  # fmt: skip
    with desk.store.begin() as tx:
        for statement in (_BLOCK, _CLOCKS_OF_BLOCK):
            tx.connection.execute(text(statement.format(**values)))


def _timed_idle(desk: Desk) -> Sample:
    def idle() -> None:
        for _ in range(IDLE_LOOKS):
            escalation.next_at(desk)
            looking_in.next_at(desk)
            escalation.tick(desk, _NOW - timedelta(minutes=30))

    return spent(idle, IDLE_LOOKS)
