"""How the courier's questions fare with a backlog and a long past: what is next, when, and taking it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench import ground
from bench.rows import Compared, Row, Sample, spent
from desk import deliveries
from desk.desk import Desk

WORKLOAD = "courier, SQLite"
SMALL, LARGE, LARGE_IN_A_HURRY = (100, 1_000), (10_000, 100_000), (1_000, 10_000)
"""Deliveries that wait, and deliveries told long ago."""
_DELIVERY = (
    "INSERT INTO deliveries (id, kind, state, priority, lane, wide, channel, ts, wanted, painted, not_before, attempts,"
    " look_up, click_uses, payload, made_at, brand, account)"
    " VALUES (?, 'channel', ?, 3, 'post:C0CARE', 'post:*', 'C0CARE', ?, 1, 0, ?, 0, 0, 0, '{\"says\": \"refused\"}', ?,"
    " 'tidewell', 'tidewellgyms')"
)
_LANE = "INSERT OR REPLACE INTO lanes (name, free_at, brand, account) VALUES (?, ?, 'tidewell', 'tidewellgyms')"
_AT = int(ground.BEGAN_AT.timestamp() * 1_000_000)
_DAY = 86_400 * 1_000_000


def measure(*, quick: bool) -> list[Row]:
    """Small and large in turn: with the lanes closed, as they mostly are in a storm, and open."""
    sizes = (SMALL, LARGE_IN_A_HURRY if quick else LARGE)
    with ground.folder() as folder:
        desks = [_filled(folder / f"{waiting}.db", waiting, told) for waiting, told in sizes]
        rounds = [_round(desks, sizes) for _ in range(3 if quick else 7)]
        for desk in desks:
            desk.store.close()
    small, large = (_named(size) for size in sizes)
    compared = Compared(WORKLOAD, sizes[1][0], rounds)
    ways = ("next_at", "take, lanes closed", "take, lanes open")
    return [row for way in ways for row in compared.rows(f"{way}: {large}", f"{way}: {small}")]


def _named(size: tuple[int, int]) -> str:
    return f"{size[0]} waiting, {size[1]} told"


def _filled(path: Path, waiting: int, told: int) -> Desk:
    desk = ground.desk_on(f"sqlite:///{path}")
    rows: list[tuple[int, str, str | None, int, int]] = [
        (number + 1, "told", f"{number}.0", _AT, _AT) for number in range(told)
    ]
    rows += [(told + number + 1, "wanted", None, _AT, _AT) for number in range(waiting)]
    with closing(sqlite3.connect(path)) as database:
        database.executemany(_DELIVERY, rows)
        database.commit()
    return desk


def _lanes(desk: Desk, free_at: int) -> None:
    with closing(sqlite3.connect(str(desk.store.writer.url.database))) as database:
        database.executemany(_LANE, [("post:C0CARE", free_at), ("post:*", free_at), ("update:*", 0), ("free", 0)])
        database.commit()


def _round(desks: list[Desk], sizes: tuple[tuple[int, int], ...]) -> dict[str, Sample]:
    took = {}
    for desk, size in zip(desks, sizes, strict=True):
        _lanes(desk, _AT + _DAY)
        took[f"next_at: {_named(size)}"] = _timed(partial(deliveries.next_at, desk))
        take = partial(deliveries.take, desk, ground.BEGAN_AT + timedelta(hours=1), ground.BEGAN_AT)
        took[f"take, lanes closed: {_named(size)}"] = _timed(take)
        _lanes(desk, 0)
        took[f"take, lanes open: {_named(size)}"] = _timed(take, 1)
    return took


def _timed(work: Callable[[], object], times: int = 10) -> Sample:
    return spent(lambda: [work() for _ in range(times)], times)
