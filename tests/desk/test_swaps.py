"""Swap: both shifts change hands or neither does, and only when both people want it so."""

from datetime import timedelta

import pytest

from desk import covers, swaps
from desk.covers import Wish
from desk.desk import Desk
from domain.covers import Cover
from domain.errors import Invalid, NotAllowed, Refusal, Stale
from domain.policy import Policy
from domain.rota import Override
from tests.desk import wedding
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, TEAM, by
from tests.desk.wedding import DAY, EVENING, HOUR, SATURDAY, asks, at_once, crew, deliver, says, shift, standing, state

SUNDAY = SATURDAY + DAY


@pytest.fixture
def policy() -> Policy:
    """The wedding's rota."""
    return wedding.policy()


def offered(desk: Desk) -> Cover:
    """Gus would take Ann's Saturday for his week from Saturday evening."""
    cover = asks(desk)
    swaps.offer(desk, cover.id, shift(desk, "gus").key, by(GUS, AT + HOUR))
    return cover


def test_an_accepted_swap_changes_both_shifts(desk: Desk) -> None:
    cover = offered(desk)

    swaps.accept(desk, cover.id, GUS, by(ANN, AT + 2 * HOUR))

    assert state(desk, cover) == ("taken", GUS)
    assert crew(desk, SATURDAY) == ("gus", "ben")
    assert crew(desk, SUNDAY) == ("ann", "ben")
    assert crew(desk, SATURDAY + 8 * DAY) == ("gus", "eli")


def test_an_offer_changes_nothing_until_it_is_accepted(desk: Desk) -> None:
    cover = offered(desk)

    assert state(desk, cover) == ("open", None)
    assert crew(desk, SATURDAY) == ("ann", "ben")
    assert says(deliver(desk, AT + HOUR), "swap_offered") == [ANN]
    assert standing(desk)[f"cover:{cover.id}:{GUS}"]["says"] == "swap_sent"


def test_accepting_tells_both_what_each_has_now(desk: Desk) -> None:
    cover = offered(desk)
    deliver(desk, AT + HOUR)

    swaps.accept(desk, cover.id, GUS, by(ANN, AT + 2 * HOUR))

    told = {payload["says"]: (whom, payload) for whom, payload in deliver(desk, AT + 2 * HOUR)}
    assert told["cover_taken"][0] == ANN
    assert told["cover_yours"][0] == GUS
    assert told["cover_taken"][1]["gave_from"] == EVENING.isoformat()
    assert standing(desk)[f"swap:{cover.id}:{GUS}"]["says"] == "cover_over"


def test_a_declined_offer_leaves_the_request_open_and_can_still_be_taken(desk: Desk) -> None:
    cover = offered(desk)
    deliver(desk, AT + HOUR)

    swaps.refuse(desk, cover.id, GUS, by(ANN, AT + 2 * HOUR))

    assert says(deliver(desk, AT + 2 * HOUR), "swap_refused") == [ANN, GUS]
    assert standing(desk)[f"cover:{cover.id}:{GUS}"]["says"] == "cover_asked"
    with pytest.raises(Stale, match="isn't there any more"):
        swaps.accept(desk, cover.id, GUS, by(ANN, AT + 3 * HOUR))
    covers.take(desk, cover.id, by(GUS, AT + 3 * HOUR))
    assert state(desk, cover) == ("taken", GUS)


@pytest.mark.parametrize("shift_of", ["asker", "taker"])
def test_a_shift_that_changed_hands_meanwhile_stops_the_swap(desk: Desk, shift_of: str) -> None:
    cover = offered(desk)
    from_at = SATURDAY if shift_of == "asker" else SUNDAY
    with desk.store.begin() as tx:
        tx.rotas.override(Override("care", from_at, from_at + HOUR, "kit"), "U0KIT", AT + HOUR)

    with pytest.raises(Stale):
        swaps.accept(desk, cover.id, GUS, by(ANN, AT + 2 * HOUR))

    assert state(desk, cover) == ("open", None)
    assert crew(desk, SATURDAY + 2 * HOUR)[0] == "ann"
    assert crew(desk, SUNDAY + 2 * HOUR)[0] == "gus"


def test_accepting_a_swap_against_somebody_taking_it_moves_one_shift_or_two_never_three(desk: Desk) -> None:
    cover = offered(desk)

    answers = at_once(
        lambda: swaps.accept(desk, cover.id, GUS, by(ANN, AT + 2 * HOUR)),
        lambda: covers.take(desk, cover.id, by(TEAM[0], AT + 2 * HOUR)),
    )

    assert sorted(answer is None for answer in answers) == [False, True]
    moved = crew(desk, SATURDAY)[0], crew(desk, SUNDAY)[0]
    assert moved in (("gus", "ann"), ("t0", "gus"))


def test_only_ones_own_shift_can_be_given(desk: Desk) -> None:
    cover = asks(desk)

    with pytest.raises(Invalid, match="isn't yours to give"):
        swaps.offer(desk, cover.id, shift(desk, "eli", "backup").key, by(GUS))
    with pytest.raises(Refusal, match="no shift in the next 30 days"):
        swaps.window(desk, cover.id, by(TEAM[0]))
    with pytest.raises(NotAllowed):
        swaps.offer(desk, cover.id, shift(desk, "ben", "backup").key, by(BEN))


def test_only_the_asker_answers_an_offer(desk: Desk) -> None:
    cover = offered(desk)

    with pytest.raises(NotAllowed, match=f"<@{ANN}>'s to answer"):
        swaps.accept(desk, cover.id, GUS, by(TEAM[0], AT + 2 * HOUR))


def test_the_window_offers_coming_shifts_the_asker_could_do(desk: Desk) -> None:
    cover = asks(desk)

    sheet = swaps.window(desk, cover.id, by(GUS))

    assert [(one.from_at, one.until_at - one.from_at) for one in sheet.duties] == [
        (EVENING, timedelta(days=6, hours=12)),
        (EVENING + timedelta(days=6, hours=12), timedelta(days=7)),
    ]


def test_an_offer_that_lost_reads_who_won(desk: Desk) -> None:
    cover = offered(desk)

    covers.take(desk, cover.id, by(TEAM[0], AT + 2 * HOUR))

    assert standing(desk)[f"swap:{cover.id}:{GUS}"] | {"count": 0} == standing(desk)[f"cover:{cover.id}"] | {"count": 0}
    assert standing(desk)[f"cover:{cover.id}:{GUS}"]["how"] == "taken"
    with pytest.raises(Stale, match="was faster"):
        swaps.accept(desk, cover.id, GUS, by(ANN, AT + 3 * HOUR))


def test_one_shift_given_to_two_askers_at_once_goes_to_one(desk: Desk) -> None:
    """Each transaction alone is right; together they would give Gus's week away twice."""
    first = asks(desk)
    theirs = shift(desk, "eli", "backup")
    covers.ask(desk, Wish(theirs.key, (theirs.from_at, theirs.from_at + DAY)), by(ELI))
    with desk.store.look() as tx:
        second = tx.rotas.covers.of_asker(ELI)[0]
    week = shift(desk, "gus")
    with desk.store.begin() as tx:
        tx.rotas.override(Override("care", theirs.from_at, theirs.until_at, "kit"), "U0KIT", AT)
    for cover in (first, second):
        swaps.offer(desk, cover.id, week.key, by(GUS, AT + HOUR))

    answers = at_once(
        lambda: swaps.accept(desk, first.id, GUS, by(ANN, AT + 2 * HOUR)),
        lambda: swaps.accept(desk, second.id, GUS, by(ELI, AT + 2 * HOUR)),
    )

    assert sorted(answer is None for answer in answers) == [False, True]
    assert "doesn't have that shift any more" in next(answer for answer in answers if answer)
