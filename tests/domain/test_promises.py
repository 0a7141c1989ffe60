"""Promises in replies: what commits us, in which words, and by when; and what only sounds like it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import Calendar, CalendarPolicy
from domain.promise_times import Hours
from domain.promises import LONGEST, commitment

LONDON = ZoneInfo("Europe/London")
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-18:00")
CALENDAR = Calendar.of(
    CalendarPolicy.model_validate(
        {"zone": "Europe/London", "hours": WEEK, "weekend": {"sat": "10:00-14:00"}, "closed": ["2026-12-24"]}
    )
)
HOURS = Hours(LONDON, CALENDAR)
THURSDAY = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
"""Two in the afternoon, London being on UTC in winter."""
# fmt: off
PROMISES = {
    "We'll call you Monday.": "Mon 30 18:00",
    "Sorry about this. Will get back to you by 5pm": "Thu 26 17:00",
    "Our manager will ring tomorrow.": "Fri 27 18:00",
    "You'll hear from us within 24 hours": "Fri 27 14:00",
    "So sorry, we’ll be in touch shortly": "Thu 26 18:00",
    "I'll email you the form this afternoon": "Thu 26 17:00",
    "We will refund you by Friday.": "Fri 27 18:00",
    "Someone will call you back first thing tomorrow": "Fri 27 10:00",
    "A colleague from the Harbour St gym will contact you before 17:30": "Thu 26 17:30",
    "We're going to fix the shower by Monday": "Mon 30 18:00",
    "One of our managers will be in touch on 27 November": "Fri 27 18:00",
    "Leave it with us, we'll look into it and let you know.": "Thu 26 18:00",
    "We'll get our engineers to call you tomorrow morning.": "Fri 27 12:00",
    "Your refund will be paid within 3 working days": "Tue 01 18:00",
    "The lift will be fixed by Friday": "Fri 27 18:00",
    "You can expect a call from us on Tuesday afternoon": "Tue 01 17:00",
    "We promise to have this sorted by the weekend": "Fri 27 18:00",
    "By Friday we'll let you know what happened": "Fri 27 18:00",
    "I will personally ring you at 4pm today": "Thu 26 16:00",
    "If you DM us your number, we'll call you tomorrow.": "Fri 27 18:00",
    "We shall write to you next week": "Fri 04 18:00",
    "We'll update you by end of day": "Thu 26 18:00",
    "The duty manager will phone you in half an hour": "Thu 26 14:30",
    "We'll check with the club and reply within the hour": "Thu 26 15:00",
    "Expect an email by noon": "Fri 27 12:00",
    "I'm going to chase this and come back to you on Wednesday": "Wed 02 18:00",
    "we'll send you a voucher by Tuesday 5.30pm": "Tue 01 17:30",
    "They'll be with you in 20 minutes": "Thu 26 14:20",
    "You'll receive your refund in 5-7 working days": "Mon 07 18:00",
    "Sorry! Will call you tomorrow.": "Fri 27 18:00",
    "We'll sort it. Our team will message you by 6": "Thu 26 18:00",
    "We'll keep you posted": "Thu 26 18:00",
    "We are calling you tomorrow at 10am": "Fri 27 10:00",
    "We'll have it repaired by Monday": "Mon 30 18:00",
    "We'll have someone call you on Monday": "Mon 30 18:00",
    "We will investigate and respond within 48 hrs": "Sat 28 14:00",
    "WE WILL CALL YOU TODAY": "Thu 26 18:00",
    "We'll call you at the weekend": "Sat 28 14:00",
    "We'll reply by 15 Dec": "Tue 15 18:00",
    "We'll call you between 9 and 11am tomorrow": "Fri 27 11:00",
}
NO_PROMISES = (
    "We'll always love you", "Will you come back on Monday?", "Will we see you Monday?", "We called you yesterday",
    "You can call us on Monday.", "Please call us tomorrow on 020 7946 0000", "We'll be open until 9pm on Monday",
    "We hope to see you next week", "We won't call you again", "We'll never share your data",
    "We'd love to hear from you by Friday", "Could you DM us your number today?",
    "What time will you be there tomorrow?", "Sorry about that!", "Thanks for letting us know",
    "You said we'll call you Monday", "The pool will be open on Monday", "We will miss you",
    "Would Monday at 5pm suit you?", "We have refunded you today", "We'll see you on Saturday",
    "Our manager rang you on Tuesday", "We love our gym and we'll keep swimming",
    "The class will start at 5pm tomorrow", "It will rain tomorrow", "We might call you Monday",
    "Will the pool be fixed by Monday?", "Can we call you tomorrow?", "We'll ring the bell at noon",
    "Do you think we'll make it by Friday?", "You will love our new pool", "We will not refund you",
    "Which gym was it, and when?", "", "Monday", "You will be missed",
)
# fmt: on


@pytest.mark.parametrize(("text", "due"), PROMISES.items(), ids=PROMISES)
def test_a_promise_is_found_with_a_moment_in_opening_hours(text: str, due: str) -> None:
    found = commitment(text, THURSDAY, HOURS)

    assert found is not None
    assert f"{found.due_at.astimezone(LONDON):%a %d %H:%M}" == due


@pytest.mark.parametrize("text", NO_PROMISES)
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert commitment(text, THURSDAY, HOURS) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Oh no, so sorry. We'll call you Monday, promise.", "We'll call you Monday"),
        ("Hi Jo. We’ll call you by 5.30pm today. Best, Ann", "We'll call you by 5.30pm today"),
        ("We'll look into it. Our manager will ring tomorrow!", "Our manager will ring tomorrow"),
    ],
)
def test_the_words_shown_are_ours_and_those_with_a_time_come_first(text: str, said: str) -> None:
    found = commitment(text, THURSDAY, HOURS)

    assert found is not None
    assert found.said == said


def test_a_day_the_team_is_away_means_its_last_open_moment_before() -> None:
    found = commitment("We'll call you on Sunday", THURSDAY, HOURS)

    assert found is not None
    assert found.due_at == datetime(2026, 11, 28, 14, 0, tzinfo=UTC)


def test_out_of_hours_the_suggestion_is_soon_after_the_next_opening() -> None:
    late = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)

    found = commitment("We'll call you within the hour", late, HOURS)

    assert found is not None
    assert found.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_a_team_without_hours_is_taken_at_its_word() -> None:
    found = commitment("We'll call you Sunday at 8pm", THURSDAY, Hours(LONDON))

    assert found is not None
    assert found.due_at == datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


WORDS = [
    *PROMISES,
    *NO_PROMISES,
    "we'll",
    " call you",
    " by 5pm",
    "31 feb",
    " in 999 weeks",
    "\u0000",
    "\n",
    "24:59",
    "…",
]


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=20)), max_size=12),
    st.integers(0, 40_000).map(lambda hours: THURSDAY + timedelta(hours=hours)),
)
def test_whatever_is_written_the_suggestion_lies_ahead_and_the_words_are_short(texts: list[str], now: datetime) -> None:
    found = commitment(" ".join(texts), now, HOURS)

    if found is not None:
        assert now < found.due_at
        assert 0 < len(found.said) <= LONGEST
