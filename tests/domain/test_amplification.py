"""How far a post may carry: three bands, each with its reasons."""

from hypothesis import given
from hypothesis import strategies as st

from domain.amplification import HIGH, LOW, MEDIUM, Amplification, Reach, Velocity, amplification

amounts = st.one_of(st.none(), st.integers(0, 10**8), st.sampled_from([4_999, 5_000, 99_999, 100_000]))
reaches = st.builds(Reach, amounts, amounts, st.booleans())
velocities = st.builds(Velocity, amounts, st.one_of(st.none(), st.floats(0, 1e6)), st.integers(0, 1000))
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


def test_an_account_of_the_press_is_more_than_its_followers() -> None:
    assert amplification(Reach(followers=900), Velocity()).band == LOW
    assert amplification(Reach(followers=900, is_press=True), Velocity()).band == MEDIUM


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
    wider = Reach((reach.followers or 0) + more, (reach.views or 0) + more, reach.is_press)
    louder = Velocity((velocity.shares or 0) + more, velocity.usual_shares, velocity.voices + more)

    assert ORDER.index(amplification(wider, louder).band) >= ORDER.index(before.band)


@given(reaches, velocities)
def test_a_band_above_low_has_its_reasons(reach: Reach, velocity: Velocity) -> None:
    found = amplification(reach, velocity)

    assert found.band == LOW or found.reasons
