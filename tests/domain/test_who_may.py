"""Who may: every role and every gesture, spelt out."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.cases import CLAIMED, OPEN, Case
from domain.errors import NotAllowed
from domain.staff import DEACTIVATED, GUEST, OUTSIDER, STAFF, Actor, Staff, may

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANN, BEN = "U0ANN", "U0BEN"
GESTURES = (
    "claim", "release", "hand_over", "take_over", "ask", "reply", "resolve", "reopen",
    "dismiss", "reroute", "split", "watch", "suggest", "trail",
)  # fmt: skip
HOLDERS = {"release", "hand_over", "reply", "resolve"}
HOLDERS_ONCE_HELD = {"dismiss", "reroute", "split"}
OPEN_CASE = Case(
    id=1, network="x", account="tidewellgyms", author_id="77", status=OPEN, holder=None, epoch=0, team="care",
    severity="normal", why="no term", person=None, opened_at=AT, last_post_at=AT, claimed_at=None,
    first_response_at=None, ended_at=None, collisions=0, reopened=0,
)  # fmt: skip
HELD_BY_ANN = replace(OPEN_CASE, status=CLAIMED, holder=ANN, epoch=1, claimed_at=AT)


def person(slack_id: str, kind: str = STAFF, *, in_channel: bool = True) -> Actor:
    return Actor(slack_id, Staff(slack_id, slack_id[2:].lower(), slack_id, "UTC", kind), in_channel)


def allowed(actor: Actor, gesture: str, case: Case) -> bool:
    try:
        may(actor, gesture, case)
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("gesture", GESTURES)
@pytest.mark.parametrize("kind", [GUEST, OUTSIDER, DEACTIVATED])
def test_who_is_no_colleague_may_nothing(kind: str, gesture: str) -> None:
    assert not allowed(person(ANN, kind), gesture, OPEN_CASE)
    assert not allowed(person(ANN, kind), gesture, HELD_BY_ANN)


@pytest.mark.parametrize("gesture", GESTURES)
def test_who_is_unknown_may_nothing(gesture: str) -> None:
    assert not allowed(Actor(ANN, None, in_channel=True), gesture, OPEN_CASE)
    assert not allowed(Actor(ANN, None, in_channel=True), gesture, HELD_BY_ANN)


@pytest.mark.parametrize("gesture", GESTURES)
def test_a_colleague_of_another_channel_may_nothing(gesture: str) -> None:
    assert not allowed(person(BEN, in_channel=False), gesture, OPEN_CASE)
    assert not allowed(person(BEN, in_channel=False), gesture, HELD_BY_ANN)


@pytest.mark.parametrize("gesture", GESTURES)
def test_the_holder_may_everything_wherever_they_sit(gesture: str) -> None:
    assert allowed(person(ANN), gesture, HELD_BY_ANN)
    assert allowed(person(ANN, in_channel=False), gesture, HELD_BY_ANN)


@pytest.mark.parametrize("gesture", GESTURES)
def test_a_colleague_may_on_an_open_case_what_needs_no_holder(gesture: str) -> None:
    assert allowed(person(BEN), gesture, OPEN_CASE) == (gesture not in HOLDERS)


@pytest.mark.parametrize("gesture", GESTURES)
def test_a_colleague_may_on_a_held_case_what_is_not_the_holders(gesture: str) -> None:
    assert allowed(person(BEN), gesture, HELD_BY_ANN) == (gesture not in HOLDERS | HOLDERS_ONCE_HELD)


def test_a_refusal_names_the_holder() -> None:
    with pytest.raises(NotAllowed, match=f"<@{ANN}>"):
        may(person(BEN), "reply", HELD_BY_ANN)
