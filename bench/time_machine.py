"""The time machine: a draft rule over 100,000 stored posts, beside a bare read of the same rows by the driver."""

import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench import ground
from bench.machine import ROOT
from bench.rows import Compared, Row, Sample, spent
from desk import back_tests
from desk.desk import Desk
from domain.rules import Rule
from storage.schema import cases, contents, posts

WORKLOAD = "time machine"
BARE = "bare read of the rows"
_BROKEN = '(broken OR "not working" OR stuck) NEAR/8 (lift* OR door* OR app OR screen* OR train*)'
DRAFTS = {
    "narrow draft": Rule("narrow", _BROKEN, "facilities"),
    "urgent draft": Rule("urgent", "refund OR charged OR cancelled", "billing", "urgent"),
    "draft that catches most": Rule("broad", "the OR a OR to OR and", "care", "emergency"),
}
SPAN = timedelta(weeks=8)
AT_ONCE, _SEED = 5_000, 20_261_125
TEAMS = ("care", "facilities", "billing", "press")
_READ = (
    "SELECT p.id, c.text, p.created_at, c.url, p.case_id, k.team, k.status FROM posts p"
    " JOIN contents c ON c.post = p.id LEFT JOIN cases k ON k.id = p.case_id WHERE p.ours = 0 ORDER BY p.id"
)


def measure(*, quick: bool) -> list[Row]:
    """Each draft in turn, in every round."""
    count, rounds = (5_000, 3) if quick else (100_000, 3)
    with ground.folder() as folder:
        file = folder / "past.db"
        desk = ground.desk_on(f"sqlite:///{file}")
        _fill(desk, count)
        taken = [_round(desk, file, count) for _ in range(rounds)]
        desk.store.close()
        whole = [row for way, draft in DRAFTS.items() for row in _whole(file, (way, draft), count)]
    compared = Compared(WORKLOAD, count, taken)
    rows = [row for way in DRAFTS for row in compared.rows(way, BARE)]
    slowest = max(one[way][1] for one in taken for way in DRAFTS) * count / 1e6
    slow = Row(WORKLOAD, count, "slowest draft over all posts", round(slowest, 2), "s")
    return [*rows, *compared.rows(BARE), slow, *whole]


def _whole(file: Path, way: tuple[str, Rule], count: int) -> list[Row]:
    """`python -m bot rules try` from the process's start to its answer, by the clock and by the processor."""
    name, draft = way
    words = ["--team", draft.team, "--severity", draft.severity, "--database", f"sqlite:///{file}", "--weeks", "520"]
    cpu, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(  # noqa: S603 - words of ours
        [sys.executable, "-m", "bot", "rules", "try", draft.query, *words], cwd=ROOT, check=True, capture_output=True
    )
    took, used = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent_s = used.ru_utime + used.ru_stime - cpu.ru_utime - cpu.ru_stime
    metric = f"whole command, {name}"
    return [
        Row(WORKLOAD, count, metric, round(spent_s, 2), "CPU s"),
        Row(WORKLOAD, count, metric, round(took, 2), "wall s"),
    ]


def _round(desk: Desk, file: Path, count: int) -> dict[str, Sample]:
    over = (ground.BEGAN_AT - SPAN, ground.BEGAN_AT)
    took = {way: spent(partial(_try, desk, draft, over, count), count) for way, draft in DRAFTS.items()}
    return {**took, BARE: spent(partial(_bare, file, count), count)}


def _try(desk: Desk, draft: Rule, over: tuple[Any, Any], count: int) -> None:
    found = back_tests.run(desk, draft, over)
    if found.of != count or not found.caught:
        raise RuntimeError(f"{draft.name} looked through {found.of} of {count} posts and caught {found.caught}")


def _bare(file: Path, count: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        if len(connection.execute(_READ).fetchall()) != count:
            raise RuntimeError("the bare read found other rows")


def _texts() -> Iterator[str]:
    """The corpus's posts, again and again; each with a number of its own, so that no two are alike."""
    files = sorted((ROOT / "corpus").glob("*.jsonl"))
    texts = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    random.Random(_SEED).shuffle(texts)  # noqa: S311 # the same order in every run
    return (f"@TidewellGyms {text} {number}" for number, text in enumerate(cycle(texts)))


def _fill(desk: Desk, count: int) -> None:
    """Cases of two posts each, dealt out to the teams."""
    texts = islice(_texts(), count)
    step = SPAN / (count + 1)
    for start in range(0, count, AT_ONCE):
        rows = [_rows(start + at, text, step) for at, text in enumerate(islice(texts, AT_ONCE))]
        with desk.store.begin() as tx:
            for at, table in enumerate((cases, posts, contents)):
                whole = [{**row[at], **tx.scope.columns} for row in rows if row[at]]
                tx.connection.execute(insert(table), whole)


def _rows(number: int, text: str, step: timedelta) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    at, case = ground.BEGAN_AT - SPAN + step * (number + 1), number // 2 + 1
    opened = {
        "id": case, "network": "x", "author_id": str(case), "status": "open", "epoch": 0, "why": "bench",
        "team": TEAMS[case % len(TEAMS)], "severity": "normal", "opened_at": at, "last_post_at": at,
        "collisions": 0, "reopened": 0, "made_at": at,
    }  # fmt: skip
    post = {
        "id": number + 1, "case_id": case, "network": "x", "post_id": str(number), "latest_id": str(number),
        "author_id": str(case), "conversation_id": str(number), "created_at": at, "seen_at": at, "ours": False,
        "images": 0, "option_kind": "api", "option_reason": "", "digest": "",
    }  # fmt: skip
    said = {"post": number + 1, "text": text, "url": f"https://x.com/bench/status/{number}", "folded": text.lower()}
    return opened if number % 2 == 0 else {}, post, said
