"""The store: begin() opens a writing transaction, look() a reading one; both databases behave alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from domain.errors import Busy
from storage.audit import Audit
from storage.batches import Batches
from storage.cases import Cases
from storage.clocks import Clocks
from storage.directory import Directory
from storage.gate import Gate
from storage.group import Writers
from storage.ledger import Ledger
from storage.lessons import Lessons
from storage.likeness import Likeness
from storage.nags import Nags
from storage.occasions import Occasions
from storage.outbox import Outbox
from storage.people import People
from storage.posts import Posts
from storage.proofs import Proofs
from storage.queue import Queue
from storage.replies import Replies
from storage.rotas import Rotas
from storage.rules import Rules
from storage.runs import Runs
from storage.scope import Scope
from storage.sides import Sides
from storage.sightings import Sightings
from storage.spikes import Spikes
from storage.tending import TendingRows
from storage.verdicts import Verdicts


class Tx:
    """One transaction: the statements of every table group, on one connection."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self.connection, self.scope = connection, scope
        self.promised = False
        """Whether this transaction may have promised something, so that couriers should be woken by its commit."""

    @cached_property
    def posts(self) -> Posts:
        """Posts, their content and their authors."""
        return Posts(self.connection, self.scope)

    @cached_property
    def sightings(self) -> Sightings:
        """How far posts carry."""
        return Sightings(self.connection, self.scope)

    @cached_property
    def cases(self) -> Cases:
        """Cases."""
        return Cases(self.connection, self.scope)

    @cached_property
    def replies(self) -> Replies:
        """Replies on their way."""
        return Replies(self.connection, self.scope)

    @cached_property
    def sides(self) -> Sides:
        """What stands beside a case: notes, watches, offers."""
        return Sides(self.connection, self.scope)

    @cached_property
    def audit(self) -> Audit:
        """The trail."""
        return Audit(self.connection, self.scope)

    @cached_property
    def outbox(self) -> Outbox:
        """Promises to tell Slack something."""
        self.promised = True
        return Outbox(self.connection, self.scope)

    @cached_property
    def queue(self) -> Queue:
        """The courier's side of the outbox."""
        return Queue(self.connection, self.scope)

    @cached_property
    def batches(self) -> Batches:
        """Messages that several cases share in a storm."""
        return Batches(self.connection, self.scope)

    @cached_property
    def directory(self) -> Directory:
        """Staff, channels and who sits where."""
        return Directory(self.connection, self.scope)

    @cached_property
    def clocks(self) -> Clocks:
        """Deadlines, and the policies they were promised under."""
        return Clocks(self.connection, self.scope)

    @cached_property
    def runs(self) -> Runs:
        """Runs of the escalation and their steps."""
        return Runs(self.connection, self.scope)

    @cached_property
    def nags(self) -> Nags:
        """Nags and their lines."""
        return Nags(self.connection, self.scope)

    @cached_property
    def tending(self) -> TendingRows:
        """Who looks after which case."""
        return TendingRows(self.connection, self.scope)

    @cached_property
    def occasions(self) -> Occasions:
        """What comes at a time rather than with a post."""
        return Occasions(self.connection, self.scope)

    @cached_property
    def people(self) -> People:
        """What people wish about nudges, and how they can be reached."""
        return People(self.connection, self.scope)

    @cached_property
    def rotas(self) -> Rotas:
        """Changes of the rota, and feeds it is read from."""
        return Rotas(self.connection, self.scope)

    @cached_property
    def rules(self) -> Rules:
        """Rules made in Slack, and what rules matched."""
        return Rules(self.connection, self.scope)

    @cached_property
    def proofs(self) -> Proofs:
        """Questions that must have no answer."""
        return Proofs(self.connection, self.scope)

    @cached_property
    def likeness(self) -> Likeness:
        """Sketches of posts, and cases that say the same."""
        return Likeness(self.connection, self.scope)

    @cached_property
    def spikes(self) -> Spikes:
        """Posts by the hour, and spikes told of."""
        return Spikes(self.connection, self.scope)

    @cached_property
    def verdicts(self) -> Verdicts:
        """What triage said of posts, and the digests of what it put away."""
        return Verdicts(self.connection, self.scope)

    @cached_property
    def lessons(self) -> Lessons:
        """Corrections, and the layers learnt of them."""
        return Lessons(self.connection, self.scope)

    @cached_property
    def ledger(self) -> Ledger:
        """Receipts, cursors and leases."""
        return Ledger(self.connection, self.scope)


@dataclass
class Store:
    """A database and whose rows we write. On PostgreSQL both engines are the same."""

    writer: Engine
    reader: Engine
    scope: Scope
    gate: Gate | None
    writers: Writers | None
    """Who shares commits on SQLite. PostgreSQL groups commits by itself."""
    wake: Callable[[], None] = field(default=lambda: None)
    """Called after a commit that promised something."""

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A writing transaction; Busy when the database couldn't be had in time, and then nothing was changed."""
        try:
            with self.writers.writing() if self.writers else self.writer.begin() as connection:
                tx = Tx(connection, self.scope)
                yield tx
        except (OperationalError, NoConnection) as error:
            raise Busy(_reason(error)) from None
        if tx.promised:
            self.wake()

    @contextmanager
    def look(self) -> Iterator[Tx]:
        """A reading transaction, outside the gate; Busy when the database doesn't answer."""
        try:
            with self.reader.connect() as connection:
                yield Tx(connection, self.scope)
        except (OperationalError, NoConnection) as error:
            raise Busy(_reason(error)) from None

    def close(self) -> None:
        """Let go of every connection, under the gate, because closing the last one checkpoints."""
        if self.writers:
            self.writers.finish()
        try:
            with self.gate.passing() if self.gate else nullcontext():
                self.reader.dispose()
                self.writer.dispose()
        except Busy:
            # Somebody else keeps the gate: the process's end closes the connections without a checkpoint.
            return
        if self.gate:
            self.gate.close()


def _reason(error: OperationalError | NoConnection) -> str:
    """The database's own words, without the statement: its values may be customers' words."""
    return str(error.orig) if isinstance(error, OperationalError) else "no connection was free in time"


def open_store(url: str, scope: Scope) -> Store:
    """Open `sqlite:///path` or `postgresql+psycopg://…`; migrations are storage.migrations' business."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        engine = create_engine(
            where, pool_size=8, max_overflow=24, pool_pre_ping=True, pool_timeout=2, hide_parameters=True
        )
        return Store(engine, engine, scope, None, None)
    path = Path(str(where.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = _sqlite(url, "BEGIN IMMEDIATE")
    gate = Gate(path.with_name(path.name + ".lock"))
    return Store(writer, _sqlite(url, "BEGIN"), scope, gate, Writers(writer, gate))


def _sqlite(url: str, begin: str) -> Engine:
    same_thread = {"check_same_thread": False}
    engine = create_engine(url, pool_size=8, max_overflow=64, connect_args=same_thread, hide_parameters=True)

    def settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event says BEGIN itself, in the form this engine wants
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=1500", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
