"""Turns are shared out fairly, and what was given stays given."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import holidays_of
from domain.rota_fair import Given, Turn, shared_out

PEOPLE = ("ann", "ben", "cleo", "dev", "eli", "fay")
SIZES = st.integers(2, len(PEOPLE))
HOLIDAYS = st.lists(st.sampled_from([False, False, False, True]), min_size=1, max_size=80)


def counted(people: tuple[str, ...], given: list[Given]) -> list[int]:
    found = Counter(one.primary for one in given)
    return [found[name] for name in people]


def test_people_take_turns_and_the_next_in_line_is_backup() -> None:
    assert shared_out(PEOPLE[:3], [Turn()] * 4) == [
        Given("ann", "ben"),
        Given("ben", "cleo"),
        Given("cleo", "ann"),
        Given("ann", "ben"),
    ]


def test_one_person_alone_has_every_turn_and_no_backup() -> None:
    assert shared_out(["ann"], [Turn()] * 2) == [Given("ann", None)] * 2


def test_when_everybody_is_away_nobody_has_the_turn() -> None:
    away = Turn(away=frozenset(PEOPLE[:2]))

    assert shared_out(PEOPLE[:2], [Turn(), away, Turn()]) == [
        Given("ann", "ben"),
        Given(None, None),
        Given("ben", "ann"),
    ]


@given(size=SIZES, holidays=HOLIDAYS)
def test_nobody_is_ever_more_than_one_turn_ahead_and_nobody_has_two_in_a_row(size: int, holidays: list[bool]) -> None:
    people = PEOPLE[:size]

    given_out = shared_out(people, [Turn(holiday) for holiday in holidays])

    for end in range(1, len(given_out) + 1):
        counts = counted(people, given_out[:end])
        assert max(counts) - min(counts) <= 1
    assert all(one.primary != two.primary for one, two in pairwise(given_out))
    assert all(one.backup not in {None, one.primary} for one in given_out)


@given(size=st.integers(5, len(PEOPLE)), holidays=HOLIDAYS)
def test_bank_holidays_are_spread_too(size: int, holidays: list[bool]) -> None:
    people = PEOPLE[:size]

    given_out = shared_out(people, [Turn(holiday) for holiday in holidays])

    festive = [one for one, holiday in zip(given_out, holidays, strict=True) if holiday]
    counts = counted(people, festive)
    assert max(counts) - min(counts) <= 2


@pytest.mark.parametrize(("size", "country"), [(4, "GB-ENG"), (5, "GB-ENG"), (5, "US"), (6, "GB-ENG")])
def test_through_ten_years_of_bank_holidays_nobody_is_more_than_one_ahead(size: int, country: str) -> None:
    fridays = [date(2026, 11, 6) + timedelta(weeks=n) for n in range(520)]
    weekends = [[friday + timedelta(days=n) for n in range(4)] for friday in fridays]
    turns = [Turn(any(day in holidays_of.in_year(country, day.year) for day in days)) for days in weekends]

    given_out = shared_out(PEOPLE[:size], turns)

    festive = [one for one, turn in zip(given_out, turns, strict=True) if turn.holiday]
    assert len(festive) > 50
    for end in range(1, len(festive) + 1):
        counts = counted(PEOPLE[:size], festive[:end])
        assert max(counts) - min(counts) <= 1


AWAY = st.lists(st.frozensets(st.sampled_from(PEOPLE), max_size=5), min_size=1, max_size=60)


@given(absences=AWAY)
def test_nobody_who_is_away_has_a_turn_and_two_in_a_row_only_when_nobody_else_is_here(
    absences: list[frozenset[str]],
) -> None:
    given_out = shared_out(PEOPLE, [Turn(away=away) for away in absences])

    for n, (one, away) in enumerate(zip(given_out, absences, strict=True)):
        assert {one.primary, one.backup}.isdisjoint(away)
        again = n > 0 and one.primary == given_out[n - 1].primary
        assert not again or set(PEOPLE) - away == {one.primary}


def test_an_absence_is_made_up_for_once_and_no_more() -> None:
    long = [Turn(away=frozenset({"ann"}))] * 30

    after = shared_out(PEOPLE[:4], [*long, *[Turn()] * 12])[30:]

    assert counted(PEOPLE[:4], after)[0] <= 4


@given(absences=AWAY, joins=st.integers(0, 60))
def test_a_newcomer_changes_nothing_of_the_past_and_starts_level(absences: list[frozenset[str]], joins: int) -> None:
    before = shared_out(PEOPLE, [Turn(away=away) for away in absences])
    turns = [
        Turn(away=away, to_come=frozenset({"zoe"} if n < joins else ()))
        for n, away in enumerate([*absences, *[frozenset()] * 40])
    ]

    after = shared_out([*PEOPLE, "zoe"], turns)

    past = min(joins, len(before))
    assert after[:past] == before[:past]
    late = Counter(one.primary for one in after[max(joins, len(before)) :])
    assert late["zoe"] - min(late[name] for name in PEOPLE) <= 2


@given(size=SIZES, holidays=HOLIDAYS, more=st.integers(1, 20))
def test_looking_further_ahead_changes_nothing(size: int, holidays: list[bool], more: int) -> None:
    turns = [Turn(holiday) for holiday in holidays]

    short, long = shared_out(PEOPLE[:size], turns), shared_out(PEOPLE[:size], [*turns, *[Turn()] * more])

    assert long[: len(short)] == short
