"""What is a spike: more than chance explains, by several people, at this hour of the week."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import exp, factorial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spikes import (
    FEWEST_AUTHORS,
    REFRACTORY,
    WEEK,
    Baseline,
    Event,
    hour_of,
    rests,
    shift_of,
    spike,
    stretches,
    tail,
)

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
"""A Saturday."""
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
MINUTE = timedelta(minutes=1)
UNTIL = hour_of(NOW)
SINCE = UNTIL - 8 * WEEK
STEADY = Baseline.of(dict.fromkeys(range(SINCE, UNTIL), 2), SINCE, UNTIL)


def posts(count: int, over: timedelta = timedelta(minutes=55), authors: int = 400) -> list[Event]:
    """So many posts, evenly over the time before now."""
    return [Event(NOW - over * number / count, str(number % authors)) for number in range(count)]


@given(st.integers(0, 2 * 52 * WEEK), st.integers(0, 9 * WEEK), st.sampled_from(ZONES))
def test_each_hour_is_in_one_stretch_with_the_hours_its_zone_is_ahead(begin: int, length: int, name: str) -> None:
    zone, since = ZoneInfo(name), UNTIL + begin

    found = [
        (hour, shift) for first, last, shift in stretches(since, since + length, zone) for hour in range(first, last)
    ]

    assert found == [(hour, shift_of(hour, zone)) for hour in range(since, since + length)]


def test_a_usual_hour_is_no_spike() -> None:
    assert spike(STEADY, posts(2), NOW) is None
    assert spike(STEADY, posts(6), NOW) is None


def test_a_spike_says_how_many_in_how_long_what_was_usual_and_since_when() -> None:
    found = spike(STEADY, posts(18), NOW)

    assert found is not None
    assert (found.count, found.authors, found.window) == (18, 18, timedelta(hours=1))
    assert found.usual == pytest.approx(2, abs=0.2)
    assert found.since_at == NOW - timedelta(minutes=55) * 17 / 18
    assert not found.is_young


def test_one_person_who_writes_often_is_no_spike() -> None:
    assert spike(STEADY, posts(50, authors=FEWEST_AUTHORS - 1), NOW) is None
    assert spike(STEADY, posts(50, authors=FEWEST_AUTHORS), NOW) is not None


def test_a_sudden_rush_is_seen_within_minutes_and_a_slow_one_over_hours() -> None:
    rush = spike(STEADY, posts(10, 5 * MINUTE), NOW)
    slow = spike(STEADY, posts(26, timedelta(minutes=175)), NOW)

    assert rush is not None
    assert rush.window == timedelta(minutes=15)
    assert slow is not None
    assert slow.window == timedelta(hours=3)


def test_posts_of_before_or_after_the_windows_dont_count() -> None:
    old = [Event(NOW - timedelta(hours=3), str(number)) for number in range(30)]
    later = [Event(NOW + MINUTE, str(number)) for number in range(30)]

    assert spike(STEADY, [*old, *later], NOW) is None


def test_an_hour_of_the_week_that_is_always_busy_is_expected_to_be() -> None:
    busy = Baseline.of({hour: 30 if hour % WEEK == UNTIL % WEEK else 1 for hour in range(SINCE, UNTIL)}, SINCE, UNTIL)

    assert busy.rate(UNTIL) > 10 * busy.rate(UNTIL + 1)
    assert spike(busy, posts(18), NOW) is None
    assert spike(busy, posts(18), NOW + timedelta(hours=24)) is None


def test_a_rare_hour_learns_from_the_same_hour_of_other_days() -> None:
    of_day = {hour: 8 for hour in range(SINCE, UNTIL) if hour % 24 == UNTIL % 24 and hour % WEEK != UNTIL % WEEK}
    baseline = Baseline.of(of_day, SINCE, UNTIL)

    assert baseline.rate(UNTIL + 5) < 0.5 < 2 < baseline.rate(UNTIL)


def test_the_more_series_are_watched_the_clearer_each_must_be() -> None:
    count = next(count for count in range(4, 60) if spike(STEADY, posts(count), NOW))

    assert spike(STEADY, posts(count), NOW, series=1000) is None
    assert spike(STEADY, posts(count + 6), NOW, series=1000) is not None


def test_without_a_history_only_a_crowd_is_a_spike_and_it_says_that_usual_isnt_known() -> None:
    unknown = Baseline.of({}, UNTIL, UNTIL)

    assert unknown.is_young
    assert spike(unknown, posts(12), NOW) is None
    assert spike(unknown, posts(30), NOW) is None
    found = spike(unknown, posts(30, 14 * MINUTE), NOW)
    assert found is not None
    assert found.is_young


def test_after_a_notice_the_series_rests() -> None:
    assert not rests(None, NOW)
    assert rests(NOW, NOW)
    assert rests(NOW - REFRACTORY + MINUTE, NOW)
    assert not rests(NOW - REFRACTORY, NOW)


def test_counts_outside_the_memory_dont_count() -> None:
    assert Baseline.of({SINCE - 1: 999, UNTIL: 999}, SINCE, UNTIL).sums == {}


@given(st.integers(1, 40), st.floats(0.01, 30))
def test_the_tail_is_what_the_textbook_says(count: int, usual: float) -> None:
    below = list(accumulate(exp(-usual) * usual**number / factorial(number) for number in range(count)))[-1]

    if count > usual:
        assert tail(count, usual) == pytest.approx(1 - below, abs=1e-9)
    else:
        assert tail(count, usual) == 1.0


@pytest.mark.parametrize(("count", "usual"), [(1000, 500.0), (100_000, 1.0), (10**6, 999_000.0), (5, 1e-300), (3, 0.0)])
def test_the_tail_is_a_probability_at_the_edges_too(count: int, usual: float) -> None:
    assert 0.0 <= tail(count, usual) <= 1.0


@given(st.integers(4, 200), st.integers(1, 60))
def test_more_posts_are_never_less_of_a_spike(count: int, more: int) -> None:
    fewer, many = spike(STEADY, posts(count), NOW), spike(STEADY, posts(count + more), NOW)

    assert many is not None or fewer is None


@given(st.lists(st.integers(0, 50), min_size=24 * 14, max_size=24 * 14))
def test_rates_are_positive_and_near_what_was_counted(counts: list[int]) -> None:
    since = UNTIL - len(counts)
    baseline = Baseline.of(dict(enumerate(counts, since)), since, UNTIL)

    assert all(0 < baseline.rate(hour) <= max(*counts, 2) for hour in range(UNTIL, UNTIL + WEEK))
