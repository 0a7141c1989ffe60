"""Who is on call: shifts, hand-overs, overrides, gaps, and the same answer as a walk by minutes gives."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.rota import Gap, OnCall, Override, Shift, gaps, layered, overlaps, who

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 27, 18, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
NOON, SIX = datetime(2026, 11, 28, 12, tzinfo=UTC), datetime(2026, 11, 28, 18, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MAYA = Shift("care", FRIDAY, MONDAY, "maya", "tom")
NEXT = Shift("care", MONDAY, MONDAY + timedelta(days=4), "ann")
COVER = Override("care", NOON, SIX, primary="tom")


def people(found: OnCall) -> tuple[str | None, str | None]:
    return found.primary, found.backup


def test_at_the_hand_over_minute_the_incoming_person_is_on_call() -> None:
    assert people(who([MAYA, NEXT], [], MONDAY - MINUTE)) == ("maya", "tom")
    assert people(who([NEXT, MAYA], [], MONDAY)) == ("ann", None)


def test_why_names_the_weekend_and_the_cover() -> None:
    found = who([MAYA], [COVER], NOON, LONDON)

    weekend = "Maya has the weekend 28–29 Nov (Fri 18:00 to Mon 09:00)"
    assert found == OnCall("tom", None, f"{weekend}; Tom covers 12:00–18:00 on Sat 28 Nov", SIX)


def test_the_answer_ends_where_a_cover_begins() -> None:
    assert who([MAYA], [COVER], FRIDAY).until_at == NOON
    assert people(who([MAYA], [COVER], SIX)) == ("maya", "tom")


def test_nobody_on_call_names_who_comes_next() -> None:
    found = who([MAYA], [], FRIDAY - timedelta(days=2), LONDON)

    assert found == OnCall(None, None, "Nobody is on call; next is Maya, from Fri 27 Nov 18:00", FRIDAY)


def test_nobody_on_call_and_nobody_to_come_says_so() -> None:
    assert who([MAYA], [], MONDAY) == OnCall(None, None, "Nobody is on call, and no shift follows", None)


def test_of_two_overrides_the_one_made_last_wins() -> None:
    early = Override("care", FRIDAY, MONDAY, primary="ann", made_at=FRIDAY - timedelta(days=3))
    late = Override("care", NOON, SIX, primary="eve", made_at=FRIDAY - timedelta(days=1))

    assert people(who([MAYA], [late, early], NOON)) == ("eve", "tom")
    assert people(who([MAYA], [late, early, COVER], SIX)) == ("ann", "tom")


def test_of_two_overrides_in_the_file_the_one_written_last_wins() -> None:
    assert who([MAYA], [COVER, Override("care", NOON, SIX, primary="eve")], NOON).primary == "eve"


def test_an_override_may_replace_the_backup_alone() -> None:
    found = who([MAYA], [Override("care", NOON, SIX, backup="eve")], NOON)

    assert people(found) == ("maya", "eve")
    assert found.until_at == SIX
    assert found.why.endswith("Eve is backup 12:00–18:00 on Sat 28 Nov")


def test_nobody_is_their_own_backup() -> None:
    relief = Override("care", FRIDAY, MONDAY, backup="eve", made_at=FRIDAY)
    cover = Override("care", NOON, SIX, primary="eve", made_at=FRIDAY + MINUTE)

    assert people(who([MAYA], [relief, cover], NOON)) == ("eve", "tom")


def test_a_cover_outside_every_shift_fills_the_gap() -> None:
    found = who([MAYA], [Override("care", FRIDAY - timedelta(hours=2), FRIDAY, primary="eve")], FRIDAY - MINUTE)

    assert (found.primary, found.until_at) == ("eve", FRIDAY)
    assert found.why == "Eve covers 16:00–18:00 on Fri 27 Nov, where the rota has nobody"


def test_gaps_name_who_is_missing() -> None:
    tuesday, end = MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)

    found = gaps([MAYA, NEXT], [COVER, Override("care", tuesday, end, backup="tom")], FRIDAY - MINUTE, end)

    assert found == [
        Gap(FRIDAY - MINUTE, FRIDAY, "primary"),
        Gap(NOON, SIX, "backup"),
        Gap(MONDAY, tuesday, "backup"),
        Gap(NEXT.until_at, end, "primary"),
    ]


def test_overlaps_are_found_though_another_shift_lies_between() -> None:
    long = Shift("care", FRIDAY, MONDAY, "maya")
    inner, late = Shift("care", NOON, SIX, "tom"), Shift("care", SIX, MONDAY, "ann")

    assert overlaps([late, inner, long]) == [(long, inner), (long, late)]
    assert overlaps([MAYA, NEXT]) == []


def test_where_layers_meet_the_upper_one_stays() -> None:
    inner = Shift("care", NOON, SIX, "eve")

    assert [(one.from_at, one.until_at, one.primary) for one in layered([inner], [MAYA])] == [
        (FRIDAY, NOON, "maya"),
        (NOON, SIX, "eve"),
        (SIX, MONDAY, "maya"),
    ]


NIGHT = datetime(2026, 10, 24, 20, tzinfo=UTC)
"""The evening before London's clocks go back."""
PEOPLE = st.sampled_from(["ann", "ben", "cleo", "dev"])
MINUTES = st.integers(0, 12 * 60)


@st.composite
def rotas(draw: st.DrawFn) -> tuple[list[Shift], list[Override]]:
    """Shifts that touch or leave gaps, and overrides anywhere over them, through a DST night."""
    edges = sorted(draw(st.lists(MINUTES, min_size=2, max_size=8, unique=True)))
    spans = [(NIGHT + timedelta(minutes=one), NIGHT + timedelta(minutes=two)) for one, two in pairwise(edges)]
    kept = [span for span in spans if draw(st.integers(0, 3))]
    shifts = []
    for span in kept:
        primary, backup = draw(PEOPLE), draw(st.none() | PEOPLE)
        shifts.append(Shift("care", *span, primary, None if backup == primary else backup))
    overrides = []
    for number in range(draw(st.integers(0, 4))):
        start, length = draw(MINUTES), draw(st.integers(1, 200))
        cover, backup = draw(st.none() | PEOPLE), draw(PEOPLE)
        from_at, made_at = (
            NIGHT + timedelta(minutes=start),
            NIGHT - timedelta(days=draw(st.integers(1, 3)), hours=number),
        )
        until_at = from_at + timedelta(minutes=length)
        relief = None if backup == cover else backup
        overrides.append(Override("care", from_at, until_at, cover, relief, draw(st.sampled_from([None, made_at]))))
    return shifts, overrides


def walked(shifts: list[Shift], overrides: list[Override], minute: datetime) -> tuple[str | None, str | None]:
    """The same question answered the slow way: lay everything on top of each other, oldest first."""
    primary, backups = None, []
    for shift in shifts:
        if shift.from_at <= minute < shift.until_at:
            primary, backups = shift.primary, [shift.backup]
    oldest = datetime(1, 1, 1, tzinfo=UTC)
    for one in sorted(overrides, key=lambda one: one.made_at or oldest):
        if one.from_at <= minute < one.until_at:
            primary = one.primary or primary
            backups.append(one.backup)
    return primary, next((name for name in reversed(backups) if name and name != primary), None)


@given(rota=rotas(), probe=st.integers(-60, 13 * 60))
def test_who_answers_as_a_walk_by_minutes_does(rota: tuple[list[Shift], list[Override]], probe: int) -> None:
    shifts, overrides = rota
    at, last = NIGHT + timedelta(minutes=probe), NIGHT + timedelta(hours=17)

    found = who(shifts, overrides, at, LONDON)

    assert people(found) == walked(shifts, overrides, at)
    minute = at
    while minute < last and not _ends(walked(shifts, overrides, minute), people(found)):
        minute += MINUTE
    assert found.until_at == (minute if minute < last else None)


def _ends(later: tuple[str | None, str | None], now: tuple[str | None, str | None]) -> bool:
    return later[0] is not None if now[0] is None else later != now


@given(rota=rotas())
def test_gaps_are_the_minutes_without_somebody(rota: tuple[list[Shift], list[Override]]) -> None:
    shifts, overrides = rota
    from_at, until_at = NIGHT - timedelta(minutes=7), NIGHT + timedelta(hours=13)

    found = gaps(shifts, overrides, from_at, until_at)

    minute = from_at
    while minute < until_at:
        primary, backup = walked(shifts, overrides, minute)
        missing = "primary" if primary is None else "backup" if backup is None else None
        assert [gap.missing for gap in found if gap.from_at <= minute < gap.until_at] == [missing] * bool(missing)
        minute += MINUTE
