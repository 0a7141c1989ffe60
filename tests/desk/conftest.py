"""A desk on a fresh database of each kind, with the shipped policy, four colleagues and a guest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from desk import directory, intake
from desk.desk import Desk
from desk.directory import Room
from domain.cases import Case
from domain.policy import Policy, parse
from domain.posts import IncomingPost
from domain.staff import DEACTIVATED, GUEST, OUTSIDER, STAFF, By, Staff
from storage.scope import Scope
from storage.store import Store, open_store

POLICY = parse((Path(__file__).parents[2] / "dibs.toml").read_text(encoding="utf-8"))
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANN, BEN, ELI, GUS = "U0ANN", "U0BEN", "U0ELI", "U0GUS"
PEOPLE = {ANN: STAFF, BEN: STAFF, ELI: STAFF, GUS: STAFF, "U0GUEST": GUEST, "U0OUT": OUTSIDER, "U0GONE": DEACTIVATED}
TEAM = tuple(f"U0T{n}" for n in range(32))
_keys = count()


def by(staff: str, at: datetime = AT, key: str | None = None) -> By:
    """A click of this person, under a key of its own unless one is given."""
    return By(staff, at, key or f"trigger:{next(_keys)}", "http://127.0.0.1/respond/1")


def a_post(number: int = 1, text: str = "@TidewellGyms the man at the desk was rude", **more: object) -> IncomingPost:
    """A mention by harriet_runs, later than those with smaller numbers."""
    post = IncomingPost(
        network="x",
        post_id=str(number),
        author_id="77",
        author_handle="harriet_runs",
        author_name="Harriet",
        text=text,
        created_at=AT + timedelta(seconds=number),
        conversation_id=str(number),
        mentions=("tidewellgyms",),
        version_ids=(str(number),),
        url=f"https://x.com/harriet_runs/status/{number}",
    )
    return replace(post, **more)  # type: ignore[arg-type]  # the callers name its own fields


def take_in(desk: Desk, *posts: IncomingPost, at: datetime = AT) -> intake.Taken:
    """Store posts as one poll brings them."""
    return intake.store(desk, posts, intake.Source("x:mentions", at.isoformat()), at)


def case_of(desk: Desk, case_id: int = 1) -> Case:
    """The case as it is now."""
    with desk.store.look() as tx:
        case = tx.cases.get(case_id)
    assert case is not None
    return case


def acts_of(desk: Desk, case_id: int = 1) -> list[str]:
    """What was done in the case, by name."""
    with desk.store.look() as tx:
        return [entry.act for entry in tx.audit.trail(case_id)]


@pytest.fixture
def policy() -> Policy:
    """The shipped policy."""
    return POLICY


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a fresh database of each kind."""
    opened = open_store(database_url, Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store, policy: Policy) -> Desk:
    """A desk whose colleagues sit in #care; Eli and Gus sit in #facilities as well."""
    return furnish(Desk(store, policy, "https://x.com", "https://tidewell.slack.com"))


def furnish(desk: Desk) -> Desk:
    """Let people in and seat them."""
    people = [Staff(one, one[2:].lower(), one[2:].title(), "Europe/London", kind) for one, kind in PEOPLE.items()]
    people += [Staff(one, one[2:].lower(), one[2:], "Europe/London", STAFF) for one in TEAM]
    people.append(Staff("U0KIT", "kit", "Kit", "Europe/London", STAFF))
    care = (*PEOPLE, *TEAM)
    rooms = [
        Room("C0CARE", "care", archived=False, private=False, members=care),
        Room("C0FACILITIES", "facilities", archived=False, private=False, members=(ELI, GUS)),
        Room("C0OPS", "dibs-ops", archived=False, private=False, members=(ANN,)),
    ]
    directory.sync(desk, people, rooms, AT)
    return desk


@pytest.fixture
def case(desk: Desk) -> Case:
    """An open case of the care team."""
    take_in(desk, a_post())
    return case_of(desk)
