"""Opening hours and dates as people write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import DAY, Window, parse_date, parse_hours


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("09:00-12:30,13:30-18:00", (Window(540, 750), Window(810, 1080))),
        (" 13:30 - 18:00 , 09:00-12:30 ", (Window(540, 750), Window(810, 1080))),
        ("22:00-06:00", (Window(1320, DAY + 360),)),
        ("22:00-00:00", (Window(1320, DAY),)),
        ("22:00-24:00", (Window(1320, DAY),)),
        ("00:00-24:00", (Window(0, DAY),)),
        ("09:00-12:00,12:00-18:00", (Window(540, 720), Window(720, 1080))),
        ("", ()),
    ],
)
def test_hours_are_read_in_the_order_of_their_times(text: str, windows: tuple[Window, ...]) -> None:
    assert parse_hours(text) == windows


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("9-17", "'9-17' is no opening time"),
        ("9:00-17:00", "is no opening time"),
        ("09:00-25:00", "is no opening time"),
        ("09:60-10:00", "is no opening time"),
        ("09:00-24:01", "has a time that doesn't exist"),
        ("24:00-06:00", "has a time that doesn't exist"),
        ("09:00-09:00", 'ends as it begins; write "00:00-24:00" for a whole day'),
        ("09:00-12:00,11:59-13:00", "09:00-12:00 and 11:59-13:00 overlap"),
        ("22:00-06:00,23:00-24:00", "22:00-06:00 and 23:00-24:00 overlap"),
        ("09:00-12:00,", "'' is no opening time"),
        (9, "write opening hours such as"),
        (["09:00-12:00"], "write opening hours such as"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_a_sentence(value: object, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        parse_hours(value)


@given(st.integers(0, DAY - 1), st.integers(1, DAY))
def test_hours_that_are_written_can_be_read_again(opens: int, length: int) -> None:
    window = Window(opens, opens + length)

    if length < DAY or opens == 0:
        assert parse_hours(str(window)) == (window,)


@pytest.mark.parametrize("value", ["2026-12-24", " 2026-12-24", date(2026, 12, 24)])
def test_dates_are_read_quoted_or_not(value: object) -> None:
    assert parse_date(value) == date(2026, 12, 24)


@pytest.mark.parametrize("value", ["2026-02-30", "24.12.2026", "20261224"])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="2026"):
        parse_date(value)


@pytest.mark.parametrize("value", ["9999-12-31", "0001-01-01", date(1999, 12, 31)])
def test_a_date_nobody_can_mean_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="lies outside the years 2000 to 2100"):
        parse_date(value)


@pytest.mark.parametrize("value", ["1766534400", 20261224, None, True])
def test_a_number_is_no_date(value: object) -> None:
    with pytest.raises(ValueError, match="write a date such as"):
        parse_date(value)
