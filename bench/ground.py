"""The ground measurements stand on: fresh databases, a desk on them, and made-up posts."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.machine import ROOT
from bot.policy import load_policy
from desk import directory
from desk.desk import Desk
from desk.directory import Room
from domain.posts import IncomingPost
from domain.staff import Staff
from sandbox.world import read
from storage.migrations import migrate
from storage.scope import Scope
from storage.store import open_store

BEGAN_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WORLD = ROOT / "workspace.toml"
STAFF = "U0ANN"
"""Somebody of #care, who claims."""
FIRST_ID = 1_990_000_000_000_000_000
COMPLAINTS = (
    "@TidewellGyms the changing rooms at {} are filthy again, and nobody at the desk cares",
    "Why have I been charged twice this month @TidewellGyms? My member number is {}",
    "@TidewellGyms booked the 7 o'clock class, drove {} miles, class cancelled and no one told us 😡",
    "@TidewellGyms is the pool open on Sunday? The website says yes, the app says no. Ticket {}",
    "@TidewellGyms still waiting. This is message number {} and I have yet to hear from anybody at all.",
)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for databases, gone afterwards."""
    with TemporaryDirectory(prefix="dibs-bench-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def desk_on(url: str) -> Desk:
    """A migrated database with the workspace's people in it, and the desk on top."""
    migrate(url)
    policy = load_policy(ROOT / "dibs.toml")
    store = open_store(url, Scope(policy.brand.key, policy.networks.x.account.lower()))
    desk = Desk(store, policy)
    world = read(WORLD)
    people = [Staff(one.id, one.name, one.real_name, one.tz, one.kind) for one in world.users]
    rooms = [Room(one.id, one.name, False, one.private, tuple(one.members)) for one in world.channels]
    directory.sync(desk, people, rooms, BEGAN_AT)
    return desk


def posts(count: int, *, authors: int, doubled: float = 0.0) -> list[IncomingPost]:
    """`count` mentions by so many authors, oldest first; the share `doubled` of them comes a second time."""
    chance = random.Random(1)  # noqa: S311 - the same posts in every run
    fresh = [_post(number, chance.randrange(authors)) for number in range(round(count * (1 - doubled)))]
    return fresh + chance.sample(fresh, count - len(fresh))


def complaints(count: int, prefix: str = "bench") -> list[IncomingPost]:
    """One post each by so many customers: as many cases."""
    return [_post(number, number, prefix) for number in range(count)]


def _post(number: int, author: int, prefix: str = "bench") -> IncomingPost:
    post_id = str(FIRST_ID + number * 4_194_304)
    return IncomingPost(
        network="x",
        post_id=post_id,
        author_id=f"{prefix}-{author}",
        author_handle=f"{prefix}_{author}",
        author_name=f"Customer {author}",
        text=COMPLAINTS[number % len(COMPLAINTS)].format(number),
        created_at=BEGAN_AT + timedelta(seconds=number),
        conversation_id=post_id,
        mentions=("tidewellgyms",),
        version_ids=(post_id,),
    )
