"""Public holidays: which days, which places, how far they are known."""

from datetime import date, timedelta

import pytest

from domain import holidays_of
from domain.holidays_of import Holiday, UnknownHolidays


def test_the_next_six_are_named_in_english_the_day_itself_included() -> None:
    assert holidays_of.upcoming("GB-ENG", date(2026, 12, 25)) == (
        Holiday(date(2026, 12, 25), "Christmas Day"),
        Holiday(date(2026, 12, 26), "Boxing Day"),
        Holiday(date(2026, 12, 28), "Boxing Day (observed)"),
        Holiday(date(2027, 1, 1), "New Year's Day"),
        Holiday(date(2027, 3, 26), "Good Friday"),
        Holiday(date(2027, 3, 29), "Easter Monday"),
    )


def test_a_subdivision_has_days_of_its_own() -> None:
    saint_andrew = date(2026, 11, 30)

    assert saint_andrew in holidays_of.in_year("GB-SCT", 2026)
    assert saint_andrew not in holidays_of.in_year("GB-ENG", 2026)


def test_a_day_off_for_a_new_year_to_come_belongs_to_the_old_year() -> None:
    """1 January 2028 is a Saturday; the United States rest on the Friday before."""
    assert date(2027, 12, 31) in holidays_of.in_year("US", 2027)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("XX", "there are no holidays for 'XX'"),
        ("gb", "there are no holidays for 'gb'"),
        ("", "there are no holidays for ''"),
        ("GB-", "GB has ENG, NIR, SCT, WLS"),
        ("GB-LON", "there are no holidays for 'GB-LON'; GB has ENG, NIR, SCT, WLS"),
        ("__init__", "there are no holidays for '__init__'"),
    ],
)
def test_an_unknown_place_is_refused_naming_those_that_are_known(code: str, told: str) -> None:
    with pytest.raises(UnknownHolidays) as refused:
        holidays_of.check(code)

    assert told in str(refused.value)


def test_what_is_known_runs_out_with_the_last_year_that_has_any() -> None:
    assert holidays_of.days_left("GB-ENG", date(2026, 11, 25)) > timedelta(days=365)
    assert holidays_of.days_left("GB-ENG", date(2100, 11, 25)) == timedelta(days=37)
    assert holidays_of.days_left("GB-ENG", date(2101, 1, 1)) == timedelta(0)
