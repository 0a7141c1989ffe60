"""Business calendars: closed days, half days, weekends, DST nights; and what is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.calendars import Calendar, CalendarPolicy, NeverOpens
from domain.hours import DAYS


def calendar(extra_closed: frozenset[date] = frozenset(), **table: Any) -> Calendar:
    """A calendar in London unless said otherwise."""
    return Calendar.of(CalendarPolicy.model_validate({"zone": "Europe/London", **table}), extra_closed)


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WORKDAYS = dict.fromkeys(DAYS[:5], "09:00-12:30,13:30-18:00")
HOUR = timedelta(hours=1)


def test_time_is_counted_over_lunch_and_over_the_weekend() -> None:
    office = calendar(hours=WORKDAYS)

    assert office.add(at("2026-11-27 12:00"), HOUR) == at("2026-11-27 14:00")
    assert office.add(at("2026-11-27 17:30"), HOUR) == at("2026-11-30 09:30")


def test_time_used_up_at_closing_is_due_at_closing() -> None:
    assert calendar(hours=WORKDAYS).add(at("2026-11-27 17:00"), HOUR) == at("2026-11-27 18:00")


def test_no_time_at_all_is_over_at_once_open_or_not() -> None:
    assert calendar(hours=WORKDAYS).add(at("2026-11-28 03:00"), timedelta(0)) == at("2026-11-28 03:00")


def test_the_clocks_go_forward_and_an_hour_of_the_night_is_not_counted() -> None:
    always = calendar(hours=dict.fromkeys(DAYS, "00:00-24:00"))
    night = calendar(hours={"sat": "22:00-06:00"})

    assert always.add(at("2027-03-27 12:00"), timedelta(days=1)) == at("2027-03-28 12:00")
    assert night.windows(at("2027-03-27 00:00"), at("2027-03-29 00:00")) == [
        (at("2027-03-27 22:00"), at("2027-03-28 05:00"))
    ]


@pytest.mark.parametrize(
    ("zone", "hours", "opens", "closes"),
    [
        ("Europe/London", "01:30-03:00", "2027-03-28 01:00", "2027-03-28 02:00"),  # begins in the gap
        ("Europe/London", "00:30-01:30", "2027-03-28 00:30", "2027-03-28 01:00"),  # ends in it
        ("Europe/London", "01:15-01:45", "2026-10-25 00:15", "2026-10-25 01:45"),  # both come twice
        ("Australia/Lord_Howe", "01:45-03:00", "2027-04-03 14:45", "2027-04-03 16:30"),  # half an hour comes twice
        ("Africa/Cairo", "00:00-02:00", "2026-04-23 22:00", "2026-04-23 23:00"),  # midnight is left out
    ],
)
def test_an_edge_in_the_hour_the_clocks_change_has_one_meaning(zone: str, hours: str, opens: str, closes: str) -> None:
    here = calendar(zone=zone, hours=dict.fromkeys(DAYS, hours))
    around = at(opens) - HOUR, at(closes) + HOUR

    assert here.windows(*around) == [(at(opens), at(closes))]


def test_a_window_over_midnight_goes_with_the_day_it_begins_on() -> None:
    night = dict.fromkeys(DAYS, "22:00-06:00")

    closed = calendar(hours=night, closed=["2026-11-25"])

    assert closed.open_at(at("2026-11-25 05:59"))
    assert not closed.open_at(at("2026-11-25 06:00"))
    assert not closed.open_at(at("2026-11-26 03:00"))
    assert closed.next_opening(at("2026-11-25 06:00")) == at("2026-11-26 22:00")


def test_holidays_close_the_weekend_too_and_special_hours_open_them() -> None:
    table: dict[str, Any] = {"hours": WORKDAYS, "weekend": {"sat": "10:00-14:00"}, "holidays": "GB-ENG"}

    assert not calendar(**table).open_at(at("2026-12-26 11:00"))
    assert calendar(**table, special={"2026-12-26": "11:00-12:00"}).open_at(at("2026-12-26 11:00"))
    assert calendar(**table).add(at("2026-12-24 17:30"), HOUR) == at("2026-12-29 09:30")


def test_a_window_may_run_into_a_holiday_that_would_be_open_otherwise() -> None:
    table: dict[str, Any] = {"hours": dict.fromkeys(DAYS, "00:00-18:00"), "holidays": "GB-ENG"}

    eve = calendar(**table, special={"2026-12-24": "20:00-02:00"})

    assert eve.open_at(at("2026-12-25 01:00"))
    assert not eve.open_at(at("2026-12-25 02:00"))


def test_a_feed_adds_closed_days() -> None:
    assert not calendar(frozenset({date(2026, 11, 30)}), hours=WORKDAYS).open_at(at("2026-11-30 10:00"))


def test_without_the_weekend_its_windows_do_not_count() -> None:
    clubs = calendar(hours=WORKDAYS, weekend={"sat": "10:00-14:00"})

    assert clubs.add(at("2026-11-27 17:30"), HOUR) == at("2026-11-28 10:30")
    assert clubs.add(at("2026-11-27 17:30"), HOUR, weekend=False) == at("2026-11-30 09:30")


def test_a_calendar_that_never_opens_again_says_so() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(6 * 366))
    shut = calendar(closed, hours=WORKDAYS)

    with pytest.raises(NeverOpens, match="too few opening hours after 25 November 2026"):
        shut.add(at("2026-11-25 12:00"), HOUR)
    with pytest.raises(NeverOpens, match="doesn't open again after 25 November 2026"):
        shut.next_opening(at("2026-11-25 12:00"))
    assert not shut.open_at(at("2026-11-25 12:00"))


def test_a_calendar_that_opens_once_a_year_is_not_counted_for_ever() -> None:
    with pytest.raises(NeverOpens):
        calendar(hours={"mon": "00:00-00:01"}).add(at("2026-11-25 12:00"), timedelta(days=100))


def test_a_calendar_is_kept_and_reads_itself_again() -> None:
    policy = CalendarPolicy.model_validate(
        {"zone": "Europe/London", "hours": {**WORKDAYS, "fri": "22:00-06:00"}, "special": {"2026-12-31": "09:00-13:00"}}
    )

    assert Calendar.of(policy) is Calendar.of(policy.model_copy())
    assert CalendarPolicy.model_validate_json(policy.model_dump_json()) == policy


def test_the_odd_days_ahead_are_named_for_somebody_to_confirm() -> None:
    table: dict[str, Any] = {"closed": ["2026-12-24", "2026-01-02"], "special": {"2026-12-31": "09:00-13:00"}}

    days = calendar(hours=WORKDAYS, holidays="GB-ENG", **table).odd_days(date(2026, 11, 25))

    assert [f"{day.on} {day.name}" for day in days] == [
        "2026-12-24 closed",
        "2026-12-25 Christmas Day",
        "2026-12-26 Boxing Day",
        "2026-12-28 Boxing Day (observed)",
        "2026-12-31 09:00-13:00",
        "2027-01-01 New Year's Day",
    ]


@pytest.mark.parametrize(
    ("table", "path", "told"),
    [
        ({}, "hours", "this calendar never opens"),
        ({"hours": {"mon": ""}}, "hours", "this calendar never opens"),
        ({"hours": {"tue": "22:00-06:00", "wed": "05:00-07:00"}}, "hours.wed", "22:00-06:00 and 05:00-07:00 overlap"),
        ({"hours": {"sun": "22:00-06:00", "mon": "05:00-07:00"}}, "hours.mon", "(over midnight from sun)"),
        ({"hours": {"fri": "22:00-06:00"}, "weekend": {"sat": "05:00-07:00"}}, "weekend.sat", "overlap"),
        ({"hours": {"sat": "09:00-10:00"}, "weekend": {"sat": "11:00-12:00"}}, "weekend.sat", "keep one of the two"),
        ({"weekend": {"mon": "11:00-12:00"}}, "weekend.mon", "mon is no weekend day of this calendar"),
        (
            {"hours": {"tue": "22:00-06:00"}, "special": {"2026-11-25": "05:00-07:00"}},
            "special.2026-11-25",
            "22:00-06:00 and 05:00-07:00 overlap (over midnight)",
        ),
        (
            {"hours": {"wed": "05:00-06:00"}, "special": {"2026-11-24": "22:00-06:00"}},
            "special.2026-11-24",
            "22:00-06:00 and 05:00-06:00 overlap (over midnight)",
        ),
        ({"closed": ["2026-12-24", date(2026, 12, 24)]}, "closed.1", "2026-12-24 stands here twice"),
        ({"closed": ["2026-12-24"], "special": {"2026-12-24": "09:00-10:00"}}, "closed.0", "under special as well"),
        ({"weekend_days": ["sat", "sat"]}, "weekend_days.1", "sat stands here twice"),
        ({"zone": "Europe/Lodon"}, "zone", "there is no time zone 'Europe/Lodon'"),
        ({"zone": "Europe"}, "zone", "there is no time zone 'Europe'"),
        ({"holidays": "GB-LON"}, "holidays", "there are no holidays for 'GB-LON'"),
        ({"hours": {"mon": "09:00-25:00"}}, "hours.mon", "is no opening time"),
        ({"special": {"2026-02-30": "09:00-10:00"}}, "special.2026-02-30.[key]", "there is no 2026-02-30"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_by_its_key(table: dict[str, Any], path: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CalendarPolicy.model_validate({"zone": "Europe/London", **table})

    assert any(told in one["msg"] for one in refused.value.errors() if ".".join(map(str, one["loc"])) == path)
