"""The check before the weekend on real rows: planned ahead, tapped, green or red, never late."""

from datetime import timedelta

import pytest

from desk import occasions, preflight
from desk.alarms import trouble
from desk.desk import Desk
from domain.errors import NotAllowed, Repeated
from domain.occasions import PreflightSheet
from domain.policy import Policy
from domain.rota import Override
from tests.desk import weekend
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, by
from tests.desk.week import CHECK, DAY, FRIDAY, HOUR, MINUTE, OPS, THURSDAY, TURNS, at, delivered


@pytest.fixture
def policy() -> Policy:
    """Ann by the week with Ben as backup, Ben at the weekend with Gus; Eli manages."""
    return weekend.policy(TURNS)


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """The desk on Monday, the week ahead planned."""
    occasions.tick(desk, AT)
    return desk


def check_of(desk: Desk) -> PreflightSheet:
    with desk.store.look() as tx:
        sheet = occasions.sheet(desk, tx, "preflight", CHECK)
    assert isinstance(sheet, PreflightSheet)
    return sheet


def lines(desk: Desk, what: str) -> list[bool | None]:
    return [one.good for one in check_of(desk).checks if one.what == what]


def test_on_thursday_at_ten_the_card_comes_and_those_on_call_are_asked_to_tap(planned: Desk) -> None:
    assert at(planned, THURSDAY - MINUTE) == []

    routes = [(person, "route_test") for person in (BEN, ELI, GUS)]
    assert at(planned, THURSDAY) == [(OPS, "preflight"), *routes]


def test_a_tap_turns_the_line_green(planned: Desk) -> None:
    at(planned, THURSDAY)
    assert lines(planned, "route") == [None, None, None]

    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))

    assert sorted(lines(planned, "route"), key=str) == [None, None, True]
    assert at(planned, THURSDAY + 2 * HOUR) == [(ELI, "route_test"), (GUS, "route_test")]


def test_nobody_taps_for_somebody_else_or_twice(planned: Desk) -> None:
    at(planned, THURSDAY)
    with pytest.raises(NotAllowed, match=BEN):
        preflight.reached(planned, f"route:2026-11-26:{BEN}", by(GUS, THURSDAY + MINUTE))
    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))
    with pytest.raises(Repeated):
        preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + MINUTE))


def test_silence_is_asked_about_once_more_then_red_and_told_to_the_manager(planned: Desk) -> None:
    at(planned, THURSDAY)
    for person in (ELI, GUS):
        preflight.reached(planned, f"route:2026-11-26:{person}", by(person, THURSDAY + MINUTE))

    assert at(planned, THURSDAY + 2 * HOUR) == [(BEN, "route_test")]
    assert at(planned, THURSDAY + 4 * HOUR) == [(ELI, "route_silent")]
    assert False in lines(planned, "route")
    assert at(planned, THURSDAY + 8 * HOUR) == []

    preflight.ask_again(planned, f"route:2026-11-26:{BEN}", by(ANN, THURSDAY + 9 * HOUR))
    assert delivered(planned, THURSDAY + 9 * HOUR) == [(BEN, "route_test")]
    preflight.reached(planned, f"route:2026-11-26:{BEN}", by(BEN, THURSDAY + 9 * HOUR))
    assert lines(planned, "route") == [True, True, True]


def test_a_gap_is_red_until_it_is_filled(planned: Desk) -> None:
    with planned.store.begin() as tx:
        tx.rotas.override(Override("facilities", FRIDAY, FRIDAY + DAY, "eli", None), ANN, AT)
    at(planned, THURSDAY)
    gap = next(one for one in check_of(planned).checks if one.what == "gap")
    assert (gap.good, gap.facts["team"], gap.facts["missing"]) == (False, "facilities", "backup")

    with planned.store.begin() as tx:
        tx.rotas.override(Override("facilities", FRIDAY, FRIDAY + DAY, None, "ann"), ANN, THURSDAY + MINUTE)

    assert lines(planned, "gap") == []
    assert at(planned, THURSDAY + HOUR) == [(ANN, "route_test")]


def test_trouble_a_broken_feed_and_a_stranger_are_red(planned: Desk) -> None:
    trouble(planned, "auth", AT)
    with planned.store.begin() as tx:
        tx.rotas.point_feed("rota:care", "https://example.com/care.ics")
        tx.rotas.failed("rota:care", "the answer was 404", AT)
        tx.rotas.override(Override("care", FRIDAY, FRIDAY + DAY, "zoe", None), ANN, AT)
    at(planned, THURSDAY)

    assert [lines(planned, what) for what in ("sources", "feed", "stranger")] == [[False], [False], [False]]
    assert check_of(planned).red >= 3


@pytest.mark.parametrize(
    ("later", "comes"), [(6 * HOUR, True), (31 * HOUR, True), (32 * HOUR, False), (60 * HOUR, False)]
)
def test_a_missed_check_comes_late_but_only_before_the_weekend(planned: Desk, later: timedelta, *, comes: bool) -> None:
    told = at(planned, THURSDAY + later)

    assert ((OPS, "preflight") in told) is comes


def test_without_a_rota_nothing_is_planned(desk: Desk) -> None:
    bare = Desk(desk.store, desk.policy.model_copy(update={"rota": {}}))

    assert occasions.next_at(bare) is None


def test_planning_happens_once_an_hour(planned: Desk) -> None:
    assert not occasions.plan(planned, AT + 59 * MINUTE)
    assert occasions.plan(planned, AT + HOUR)
