"""Rotas of other programs: Google Calendar, PagerDuty, Grafana OnCall; DST nights, swaps, and hostile feeds."""

from datetime import UTC, date, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.rota import Shift, who
from networks.ical import BadFeed, closed_days, read

LONDON = ZoneInfo("Europe/London")
SPAN = (datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
KNOWN = {"maya ruiz": "maya", "tom@tidewell.example": "tom"}


def feed(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inner}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def shifts(*events: str) -> list[Shift]:
    return read(feed(*events), "care", LONDON, SPAN, KNOWN)


def on_call(data: bytes, at: str) -> tuple[str | None, str | None]:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = who(read(data, "care", LONDON, SPAN, KNOWN), [], moment)
    return found.primary, found.backup


def one(*lines: str, summary: str = "maya") -> str:
    """An event on one Saturday, 12:00 to 18:00, with more lines."""
    times = "DTSTART:20261128T120000Z\nDTEND:20261128T180000Z"
    return "\n".join([times, f"SUMMARY:{summary}", *lines])


WEEKLY = (
    "DTSTART;TZID=Europe/London:20261016T180000\nDTEND;TZID=Europe/London:20261019T090000\n"
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR{more}\nSUMMARY:{name}"
)
GOOGLE = (
    b"BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nX-WR-TIMEZONE:Europe/London\r\n"
    b"BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
    b"DTSTART:19701025T020000\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    b"DTSTART;TZID=Europe/London:20261016T180000\r\nDTEND;TZID=Europe/London:20261019T090000\r\n"
    b"RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\r\nEXDATE;TZID=Europe/London:20261113T180000\r\nSUMMARY:Maya\r\n"
    b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTART;TZID=Europe/London:20261023T180000\r\n"
    b"DTEND;TZID=Europe/London:20261026T090000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR\r\nSUMMARY:Tom\r\n"
    b"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nRECURRENCE-ID;TZID=Europe/London:20261120T180000\r\n"
    b"DTSTART;TZID=Europe/London:20261120T180000\r\nDTEND;TZID=Europe/London:20261123T090000\r\nSUMMARY:Ann\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("at", "person"),
    [
        ("2026-10-16T16:59", None),
        ("2026-10-16T17:00", "maya"),
        ("2026-10-19T07:59", "maya"),
        ("2026-10-19T08:00", None),
        ("2026-10-23T17:00", "tom"),
        ("2026-10-25T00:30", "tom"),
        ("2026-10-25T01:30", "tom"),
        ("2026-10-26T08:59", "tom"),
        ("2026-10-26T09:00", None),
        ("2026-10-30T17:59", None),
        ("2026-10-30T18:00", "maya"),
        ("2026-11-14T12:00", None),
        ("2026-11-21T12:00", "ann"),
        ("2026-12-05T12:00", "tom"),
        ("2027-03-29T07:59", "tom"),
    ],
)
def test_a_google_calendar_gives_the_right_person_through_the_dst_night(at: str, person: str | None) -> None:
    assert on_call(GOOGLE, at)[0] == person


@pytest.mark.parametrize(
    ("summary", "people"),
    [
        ("Maya", ("maya", None)),
        ("maya@tidewell.example", ("maya", None)),
        ("TOM@tidewell.example", ("tom", None)),
        ("On call: Maya – backup: Tom", ("maya", "tom")),
        ("Maya (backup: Tom)", ("maya", "tom")),
        ("On Call - Maya Ruiz - care", ("maya", None)),
        ("[L1] maya", ("maya", None)),
        ("[L2] maya\\, tom", ("maya", "tom")),
        ("Maya Ruiz on call", ("maya", None)),
        ("Dr Zoë Quill", ("Dr Zoë Quill", None)),
        ("maya / maya", ("maya", None)),
    ],
)
def test_names_are_read_as_each_program_writes_them(summary: str, people: tuple[str, str | None]) -> None:
    (shift,) = shifts(one(summary=summary))

    assert (shift.primary, shift.backup) == people


def test_without_a_summary_those_invited_are_on_call() -> None:
    (shift,) = shifts(
        one('ATTENDEE;CN="Maya Ruiz":mailto:m.ruiz@x.example', "ATTENDEE:mailto:tom@tidewell.example", summary="")
    )

    assert (shift.primary, shift.backup) == ("maya", "tom")


def test_an_event_that_names_nobody_is_left_out() -> None:
    assert shifts(one(summary="")) == []


def test_a_backup_of_its_own_event_joins_the_one_beside_it() -> None:
    found = shifts(one(), one(summary="Backup: Tom"))

    assert [(shift.primary, shift.backup) for shift in found] == [("maya", "tom")]


def test_of_events_at_once_the_later_one_leads_and_a_higher_level_beats_it() -> None:
    cover = "DTSTART:20261128T140000Z\nDTEND:20261128T150000Z\nSUMMARY:{}"

    plain, ranked = shifts(one(), cover.format("tom")), shifts(one(summary="[L2] maya"), cover.format("[L1] tom"))

    assert [(shift.primary, shift.backup) for shift in plain] == [("maya", None), ("tom", "maya"), ("maya", None)]
    assert [(shift.primary, shift.backup) for shift in ranked] == [("maya", None), ("maya", "tom"), ("maya", None)]


def test_whole_days_and_floating_times_are_the_rotas_zone() -> None:
    days = "DTSTART;VALUE=DATE:20270605\nDTEND;VALUE=DATE:20270607\nSUMMARY:maya"
    floating = "DTSTART:20270612T100000\nDURATION:PT8H\nSUMMARY:tom"
    span = (datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC))

    first, second = read(feed(days, floating), "care", LONDON, span)

    assert (first.from_at, first.until_at) == (
        datetime(2027, 6, 4, 23, tzinfo=UTC),
        datetime(2027, 6, 6, 23, tzinfo=UTC),
    )
    assert (second.from_at, second.until_at) == (
        datetime(2027, 6, 12, 9, tzinfo=UTC),
        datetime(2027, 6, 12, 17, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("more", "count"),
    [
        (";COUNT=3", 3),
        (";UNTIL=20261113T180000Z", 3),
        (";UNTIL=20261113T175959Z", 2),
        (";UNTIL=20261113", 3),
        (";COUNT=3\nEXDATE;TZID=Europe/London:20261030T180000", 2),
        (";COUNT=3\nEXDATE;VALUE=DATE:20261030", 2),
        (";COUNT=1\nRDATE;TZID=Europe/London:20261204T180000,20261211T180000", 3),
    ],
)
def test_repetition_ends_as_the_rule_says(more: str, count: int) -> None:
    assert len(shifts(WEEKLY.format(more=more, name="maya"))) == count


def test_a_rule_that_began_years_ago_still_holds() -> None:
    daily = "DTSTART:20080101T080000Z\nDTEND:20080101T160000Z\nRRULE:FREQ=DAILY;BYDAY=SA,SU\nSUMMARY:maya"

    nightly = daily.replace("T080000Z", "T180000Z").replace("T160000Z", "T200000Z").replace("maya", "tom")

    assert on_call(feed(daily, nightly), "2026-11-28T12:00") == ("maya", None)
    assert on_call(feed(daily, nightly), "2026-11-27T12:00") == (None, None)


def test_an_event_may_end_in_another_zone_than_it_began() -> None:
    (shift,) = shifts("DTSTART;TZID=Europe/London:20261128T120000\nDTEND;TZID=Asia/Tokyo:20261129T030000\nSUMMARY:maya")

    assert (shift.from_at, shift.until_at) == (
        datetime(2026, 11, 28, 12, tzinfo=UTC),
        datetime(2026, 11, 28, 18, tzinfo=UTC),
    )


def test_the_last_saturday_of_each_month_is_found() -> None:
    monthly = "DTSTART:20260131T080000Z\nDTEND:20260131T160000Z\nRRULE:FREQ=MONTHLY;BYDAY=-1SA\nSUMMARY:maya"

    assert [shift.from_at.date() for shift in shifts(monthly)][:3] == [
        date(2026, 9, 26),
        date(2026, 10, 31),
        date(2026, 11, 28),
    ]


def test_a_moved_and_a_cancelled_occurrence_leave_their_place_empty() -> None:
    then = "END:VEVENT\nBEGIN:VEVENT\nUID:0"
    series = "DTSTART:20261128T080000Z\nDTEND:20261128T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:maya"
    moved = "RECURRENCE-ID:20261129T080000Z\nDTSTART:20261129T200000Z\nDTEND:20261129T210000Z\nSUMMARY:tom"
    cancelled = "RECURRENCE-ID:20261130T080000Z\nDTSTART:20261130T080000Z\nDURATION:PT2H\nSTATUS:CANCELLED"

    found = shifts("\n".join([series, then, moved, then, cancelled]))

    assert [(shift.from_at.day, shift.from_at.hour, shift.primary) for shift in found] == [
        (28, 8, "maya"),
        (29, 20, "tom"),
    ]


@pytest.mark.parametrize(
    "summary", ["a" + " " * 50_000 + "b", "- (" * 50_000 + "backup", "[L1] " + "on call " * 30_000]
)
def test_an_endless_summary_takes_no_time(summary: str) -> None:
    began = process_time()

    assert len(shifts(one(summary=summary))) <= 1

    assert process_time() - began < 2


def test_closed_days_are_the_days_named() -> None:
    christmas = "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY:Closed"

    assert closed_days(feed(christmas), LONDON, SPAN) == {date(2026, 12, 25), date(2026, 12, 26)}


MANY = "\n".join(["END:VEVENT\nBEGIN:VEVENT"] * 2_100)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"", "no iCal calendar"),
        (b"<html>Sign in</html>", "no iCal calendar"),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe\r\nEND:VCALENDAR", "UTF-8"),
        (b"BEGIN:VCALENDAR\r\n" * 50, "nested deeper"),
        (feed(one())[:-40], "ends in the middle"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\n" + feed(one()), "ends in the middle"),
        (b"BEGIN:VCALENDAR\r\n" + b"A:1\r\n" * 60_001, "more than 60,000 lines"),
        (feed(one() + "\n" + MANY), "more than 2,000 events"),
        (feed(one("RRULE:FREQ=SECONDLY")), "every second or minute"),
        (feed(one("RRULE:INTERVAL=1;FREQ=minutely")), "every second or minute"),
        (feed(one("RRULE:FREQ=DAILY;BYHOUR=1,2,3")), "by BYHOUR"),
        (feed(one("RRULE:FREQ=DAILY;BYMONTHDAY=30")), "make it monthly"),
        (feed(one("RRULE:FREQ=DAILY;INTERVAL=2000")), "INTERVAL"),
        (feed(one("RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY")), "two rules"),
        (feed(one("RRULE:FREQ=NEVER")), "RRULE nobody can read"),
        (feed(*[one("RRULE:FREQ=HOURLY")] * 3), "more than 10,000 occurrences"),
        (feed(one("RDATE:" + ",".join(["20261128T120000Z"] * 10_001))), "more than 10,000 occurrences"),
        (feed(*[one("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")] * 21), "more than 20 monthly or yearly"),
        (feed(*[one()] * 21), "run at once"),
        (feed("SUMMARY:maya"), "no DTSTART"),
        (feed("DTSTART:nonsense\nSUMMARY:maya"), "DTSTART nobody can read"),
        (feed("DTSTART;TZID=Mars/Base:20261128T120000\nDURATION:PT1H\nSUMMARY:maya"), "zone nobody knows (Mars/Base)"),
        (feed("DTSTART:00010101T000000Z\nDTEND:20261128T180000Z\nSUMMARY:maya"), "outside the years"),
        (feed("DTSTART:20261128T120000Z\nDURATION:P99999D\nSUMMARY:maya"), "lasts longer than 400 days"),
        (feed(one("RECURRENCE-ID;RANGE=THISANDFUTURE:20261128T120000Z")), "RANGE"),
    ],
)
def test_a_hostile_or_broken_feed_is_refused_with_a_reason_and_at_once(data: bytes, told: str) -> None:
    began = process_time()

    with pytest.raises(BadFeed) as bad:
        read(data, "care", LONDON, SPAN)

    assert told in str(bad.value)
    assert process_time() - began < 5


@given(
    garbage=st.text(max_size=200)
    | st.sampled_from(["RRULE:FREQ=WEEKLY;BYDAY=XX", "EXDATE:x", "DTSTART:1", "BEGIN:VEVENT"])
)
def test_whatever_stands_in_a_feed_it_is_read_or_refused(garbage: str) -> None:
    try:
        found = shifts(one(garbage))
    except BadFeed:
        return
    assert all(shift.from_at < shift.until_at for shift in found)
