"""Local times as instants: DST nights, gaps, and what people write."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.wall import instant, parse_moment, parse_zone

LONDON = ZoneInfo("Europe/London")
ZONES = (
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Chatham",
)

DST_DAYS = (
    "2026-03-29",
    "2026-10-25",
    "2026-04-05",
    "2026-10-04",
    "2026-04-24",
    "2026-10-30",
    "2026-03-08",
    "2026-11-01",
)
"""Days on which one of the zones changes its clocks."""
NIGHTS = st.builds(
    lambda day, minutes: datetime.fromisoformat(day) + timedelta(minutes=minutes),
    st.sampled_from(DST_DAYS),
    st.integers(-120, 300),
)
ANY_TIME = st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2030-01-01"))


def test_a_time_that_comes_twice_is_the_first_for_starts_and_the_second_for_ends() -> None:
    twice = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - the wall's time, its zone comes beside it

    assert instant(twice, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(twice, LONDON, ends=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_time_that_is_left_out_is_the_first_instant_after_the_gap(*, minute: int, ends: bool) -> None:
    missing = datetime(2027, 3, 28, 1, minute)  # noqa: DTZ001 - the wall's time, its zone comes beside it

    assert instant(missing, LONDON, ends=ends) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_an_offset_is_taken_as_given() -> None:
    assert instant(datetime.fromisoformat("2026-07-01T12:00+05:45"), LONDON) == datetime(2026, 7, 1, 6, 15, tzinfo=UTC)


@given(zone=st.sampled_from(ZONES), local=NIGHTS | ANY_TIME, ends=st.booleans())
def test_an_instant_is_the_one_that_walking_by_minutes_finds(*, zone: str, local: datetime, ends: bool) -> None:
    local, tz = local.replace(second=0, microsecond=0), ZoneInfo(zone)
    first = local.replace(tzinfo=UTC) - timedelta(hours=16)
    minutes = [first + timedelta(minutes=n) for n in range(32 * 60)]
    walls = [one.astimezone(tz).replace(tzinfo=None, fold=0) for one in minutes]

    shown = [one for one, wall in zip(minutes, walls, strict=True) if wall == local]
    later = next(one for one, wall in zip(minutes, walls, strict=True) if wall > local)

    assert instant(local, tz, ends=ends) == (shown[-1 if ends else 0] if shown else later)


@pytest.mark.parametrize("zone", ["", "Europe", "Mars/Olympus", "../zone.tab", "A" * 5000, "a\0b", 7])
def test_a_zone_that_does_not_exist_is_refused(zone: object) -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse_zone(zone)


@pytest.mark.parametrize(
    "text", ["tomorrow", "2026-02-30", "", 7, True, "2026-11-27T25:00", "1066-10-14", "9999-12-31"]
)
def test_a_moment_nobody_can_read_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"write a date and time|lies outside"):
        parse_moment(text)


def test_a_date_alone_is_its_midnight() -> None:
    assert parse_moment(date(2026, 11, 28)) == parse_moment("2026-11-28") == parse_moment("2026-11-28T00:00")
