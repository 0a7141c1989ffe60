"""B2: a claim, whole, against the one conditional UPDATE that decides it, on the same database file."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from slack_bolt import BoltRequest
from sqlalchemy import event

from bench import ground
from bench.machine import ROOT
from bench.rows import Compared, Row, Sample, spent
from bench.town import CARE, Town, town
from bot import app
from bot.policy import load_policy
from bot.pulse import Pulse
from bot.settings import read
from desk import claims, intake
from desk.cards import sheet
from desk.desk import Desk
from domain.staff import By
from storage.migrations import migrate
from views import card

WORKLOAD = "claim, SQLite"
USE_CASE, BOLT, LOST = "desk.claims.claim", "the same through Bolt", "a lost desk.claims.claim"
BARE, SAME = "bare UPDATE … RETURNING", "the claim's own statements by sqlite3"
_UPDATE = (
    "UPDATE cases SET holder = ?, status = 'claimed', epoch = epoch + 1, claimed_at = ? "
    "WHERE id = ? AND holder IS NULL AND status = 'open' RETURNING *"
)
_STANDING = (
    "UPDATE deliveries SET state = 'told', painted = wanted, channel = ?, ts = '1763888400.' || substr(1000000 + id, 2)"
)
Said = list[tuple[str, Any]]
"""Statements with their values, in order."""
_keys = count(1)


def measure(*, quick: bool) -> list[Row]:
    """In every round all ways claim cases of their own, one after the other."""
    each, rounds = (60, 3) if quick else (300, 7)
    with town(rates=1000) as place:
        place.start_sandbox()
        migrate(f"sqlite:///{place.database}")
        parts = _parts(place)
        cases = _open_cases(parts.desk, place.database, each * (5 * rounds + 2))
        compared = Compared(WORKLOAD, each, _rounds(parts, place.database, (cases, each, rounds)))
        parts.store.close()
    ours = [row for way in (USE_CASE, BOLT, LOST) for row in compared.rows(way, BARE)]
    return [*ours, *compared.rows(SAME, BARE), *compared.rows(BARE), *_against(compared)]


def _against(compared: Compared) -> list[Row]:
    """How much of it isn't the database."""
    return compared.rows(USE_CASE, SAME)


def _parts(place: Town) -> app.Parts:
    settings, pulse = read(place.environment), Pulse()
    parts = app.build(settings, load_policy(ROOT / "dibs.toml"), pulse)
    parts.clock.sync(pulse.now())
    return parts


def _open_cases(desk: Desk, database: Path, wanted: int) -> Iterator[int]:
    """Ids of open cases, each with a card that stands in Slack."""
    posts = ground.complaints(wanted)
    for start in range(0, wanted, 50):
        intake.store(desk, posts[start : start + 50], intake.Source("x:mentions", None), ground.BEGAN_AT)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE cases SET team = 'care'")
        connection.execute(_STANDING, (CARE,))
        connection.commit()
        return iter([row[0] for row in connection.execute("SELECT id FROM cases ORDER BY id").fetchall()])


def _rounds(parts: app.Parts, database: Path, plan: tuple[Iterator[int], int, int]) -> list[dict[str, Sample]]:
    cases, each, rounds = plan
    dispatched, claimed = partial(_dispatch, parts), partial(_claim, parts.desk)

    def some() -> list[int]:
        return [next(cases) for _ in range(each)]

    def timed(way: Callable[[int], object], bodies: list[Any]) -> Sample:
        return spent(lambda: [way(one) for one in bodies], each)

    with closing(_bare(database)) as bare:
        for warm in (claimed, lambda case: dispatched(_click(parts.desk, case))):
            timed(warm, some())
        return [
            {
                BARE: timed(partial(_update, bare), some()),
                USE_CASE: timed(claimed, mine := some()),
                LOST: timed(partial(_claim, parts.desk, staff="U0BEN"), mine),
                BOLT: timed(dispatched, [_click(parts.desk, case) for case in some()]),
                SAME: _replayed(parts.desk, database, some()),
            }
            for _ in range(rounds)
        ]


def _bare(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _update(bare: sqlite3.Connection, case: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    assert bare.execute(_UPDATE, (ground.STAFF, 1_763_888_400_000_000, case)).fetchone()  # noqa: S101 - or it measures nothing
    bare.execute("COMMIT")


def _by(staff: str) -> By:
    url = f"http://127.0.0.1/respond/{next(_keys)}"
    return By(staff, ground.BEGAN_AT, f"trigger:{next(_keys)}", url, "1763888400.000001", CARE)


def _claim(desk: Desk, case: int, staff: str = ground.STAFF) -> None:
    claims.claim(desk, case, _by(staff))


def _click(desk: Desk, case: int) -> str:
    """The click as Socket Mode carries it, the whole card included."""
    with desk.store.look() as tx:
        found = tx.cases.get(case)
        assert found is not None  # noqa: S101 - it was just opened
        message = card.card(sheet(desk, tx, found)) | {"ts": "1763888400.000001", "user": "U0DIBSBOT"}
    body = {
        "type": "block_actions",
        "user": {"id": ground.STAFF, "username": "ann", "name": "ann", "team_id": "T0TIDEWELL"},
        "api_app_id": "A0DIBS",
        "team": {"id": "T0TIDEWELL", "domain": "tidewell"},
        "container": {"type": "message", "message_ts": "1763888400.000001", "channel_id": CARE},
        "channel": {"id": CARE, "name": "care"},
        "trigger_id": f"bench.{next(_keys)}",
        "response_url": f"http://127.0.0.1/respond/{next(_keys)}",
        "message": message,
        "actions": [{"type": "button", "action_id": card.CLAIM, "block_id": "b", "value": f"{case}:0"}],
    }
    return json.dumps(body)


def _dispatch(parts: app.Parts, frame: str) -> None:
    answer = parts.app.dispatch(BoltRequest(mode="socket_mode", body=json.loads(frame)))
    assert answer.status == 200, answer.body  # noqa: S101 - or it measures nothing


def _replayed(desk: Desk, database: Path, cases: list[int]) -> Sample:
    """Write down what claiming these cases says to the database, then have sqlite3 alone say it to a copy of before."""
    copy = database.with_suffix(".copy")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    said: Said = []
    with _written_down(desk, said):
        for case in cases:
            _claim(desk, case)
    with closing(_bare(copy)) as bare:
        cost = spent(lambda: _say(bare, said), len(cases))
    for one in database.parent.glob(f"{copy.name}*"):
        one.unlink()
    return cost


@contextmanager
def _written_down(desk: Desk, said: Said) -> Iterator[None]:
    def statement(*heard: Any) -> None:
        said.append((heard[2], heard[3]))

    def commit(_connection: object) -> None:
        said.append(("COMMIT", ()))

    event.listen(desk.store.writer, "before_cursor_execute", statement)
    event.listen(desk.store.writer, "commit", commit)
    try:
        yield
    finally:
        event.remove(desk.store.writer, "before_cursor_execute", statement)
        event.remove(desk.store.writer, "commit", commit)


def _say(bare: sqlite3.Connection, said: Said) -> None:
    for statement, values in said:
        bare.execute(statement, values).fetchall()
