"""How far a post may carry: three bands, each with its reasons."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amplification import (
    HIGH,
    LOW,
    MEDIUM,
    Amplification,
    Reach,
    Seen,
    Velocity,
    amplification,
    has_spread,
    shared_lately,
    usual_shares,
)
from domain.posts import Carried

amounts = st.one_of(st.none(), st.integers(0, 10**8), st.sampled_from([4_999, 5_000, 99_999, 100_000]))
reaches = st.builds(Reach, amounts, amounts, st.booleans())
velocities = st.builds(Velocity, amounts, st.one_of(st.none(), st.floats(0, 1e6)), st.integers(0, 1000))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORDER = (LOW, MEDIUM, HIGH)


def test_an_ordinary_account_that_nobody_shares_is_low_without_a_reason() -> None:
    found = amplification(Reach(followers=240, views=80), Velocity(shares=0, usual_shares=0.0))

    assert found == Amplification(LOW, LOW, ())


def test_what_isnt_known_is_said_to_be_unknown() -> None:
    assert amplification(Reach(), Velocity()).reasons == ("how far it reaches isn't known",)


def test_many_followers_are_reach_and_are_named() -> None:
    found = amplification(Reach(followers=1_200_000), Velocity())

    assert (found.reach, found.velocity, found.band) == (HIGH, LOW, HIGH)
    assert found.reasons == ("1,200,000 followers",)


def test_an_organisation_is_a_little_more_than_its_followers() -> None:
    assert amplification(Reach(followers=6_000), Velocity()).band == LOW
    assert amplification(Reach(followers=6_000, is_organisation=True), Velocity()).band == MEDIUM
    assert amplification(Reach(followers=900, is_organisation=True), Velocity()).band == LOW


def test_spreading_is_measured_against_what_is_usual_for_the_author() -> None:
    famous = amplification(Reach(), Velocity(shares=40, usual_shares=30.0))
    unknown = amplification(Reach(), Velocity(shares=40, usual_shares=2.0))

    assert (famous.velocity, unknown.velocity) == (LOW, HIGH)
    assert unknown.reasons == ("shared 40 times in half an hour; usual for this author is 2",)


def test_a_handful_of_shares_is_no_spreading() -> None:
    assert amplification(Reach(), Velocity(shares=4, usual_shares=0.0)) == Amplification(LOW, LOW, ())


def test_many_voices_are_velocity_and_the_weightiest_reason_comes_first() -> None:
    found = amplification(Reach(followers=6_000), Velocity(voices=9))

    assert (found.reach, found.velocity) == (LOW, MEDIUM)
    assert found.reasons == ("9 others say the same", "6,000 followers")


@given(reaches, velocities, st.integers(1, 10**7))
def test_more_of_anything_never_lowers_the_band(reach: Reach, velocity: Velocity, more: int) -> None:
    before = amplification(reach, velocity)
    wider = Reach((reach.followers or 0) + more, (reach.views or 0) + more, reach.is_organisation)
    louder = Velocity((velocity.shares or 0) + more, velocity.usual_shares, velocity.voices + more)

    assert ORDER.index(amplification(wider, louder).band) >= ORDER.index(before.band)


@given(reaches, velocities)
def test_a_band_above_low_has_its_reasons(reach: Reach, velocity: Velocity) -> None:
    found = amplification(reach, velocity)

    assert found.band == LOW or found.reasons


def minutes(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def test_all_shares_of_a_young_post_are_of_the_last_half_hour() -> None:
    assert shared_lately(Seen(Carried(shares=40), minutes(20)), NOON) == 40


def test_an_old_post_seen_for_the_first_time_tells_nothing_of_its_speed() -> None:
    assert shared_lately(Seen(Carried(shares=400), minutes(300)), NOON) is None


def test_shares_are_counted_from_the_earlier_sighting_for_half_an_hour() -> None:
    first = Seen(Carried(shares=10), minutes(60))
    second = first.then(Carried(shares=25), minutes(70))
    third = second.then(Carried(shares=70), minutes(85))
    fourth = third.then(Carried(shares=80), minutes(100))

    assert [shared_lately(seen, NOON) for seen in (first, second, third, fourth)] == [None, 15, 60, 10]


def test_an_earlier_sighting_of_too_long_ago_tells_nothing() -> None:
    later = Seen(Carried(shares=10), minutes(60)).then(Carried(shares=400), minutes(120))

    assert shared_lately(later, NOON) is None


def test_shares_that_were_taken_back_are_none_and_not_fewer() -> None:
    assert shared_lately(Seen(Carried(shares=30), minutes(60)).then(Carried(shares=20), minutes(65)), NOON) == 0


def test_an_author_without_a_history_has_no_usual() -> None:
    assert usual_shares([4, None, 6]) is None
    assert usual_shares([4, None, 6, 2]) == 4.0


@pytest.mark.parametrize(
    ("before", "now", "further"),
    [
        (Carried(shares=0), Carried(shares=5), True),
        (Carried(shares=0), Carried(shares=4), False),
        (Carried(shares=9), Carried(shares=9), False),
        (Carried(), Carried(shares=9), True),
        (Carried(views=900), Carried(views=1_000), True),
        (Carried(views=1_000), Carried(views=4_999), False),
        (Carried(followers=4_999), Carried(followers=5_000), True),
        (Carried(followers=5_000, views=900, shares=9), Carried(), False),
        (None, Carried(followers=240, views=80, shares=1), False),
        (None, Carried(followers=5_000), True),
    ],
)
def test_only_a_step_further_is_worth_keeping(before: Carried | None, now: Carried, *, further: bool) -> None:
    assert has_spread(before, now) is further
