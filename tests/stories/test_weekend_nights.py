"""Nights: who may be woken, what waits till Monday, and a night whose hours the clocks change."""

from datetime import date

import pytest

from tests.stories.conftest import Worlds
from tests.stories.people import ANN, BEN
from tests.stories.weekend import HAND_OVER, NIGHT, NOT_SEEN, REFUND, RUDE, SMOKE, SORRY, Told, Weekend, at

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("databases", ["sqlite"], indirect=True)]


def test_an_emergency_on_saturday_night_reaches_who_is_not_to_be_disturbed(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.person(ANN, dnd_schedule="22:00-08:00")
    stage.until("Sat 23:00")

    stage.post("oldharbourview", SMOKE)
    stage.until("Sat 23:21")
    stage.does(ANN, "Claim", stage.newest("#care", "card"))
    stage.replies(ANN, stage.newest("#care", "card"), SORRY)
    stage.until("Mon 10:00")

    assert weekend.told() == [
        ("Sat 23:00", "#care", "card 1"),
        ("Sat 23:00", "kit", "Emergency in case 1 (open its card)"),
        ("Sat 23:05", "#care", "A case is due soon: 1"),
        ("Sat 23:20", "ann", "A case is late: 1"),
        ("Sat 23:21", "#care thread", "@ann replied"),
        *HAND_OVER,
    ]


def test_a_normal_case_passes_over_who_is_not_to_be_disturbed(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.person(ANN, dnd_schedule="22:00-12:00")
    stage.until("Sat 16:30")

    stage.post("harriet_runs", RUDE)
    stage.until("Sun 10:35")
    assert "@ann is not to be disturbed right now" in stage.reads(BEN, stage.newest("ben"))
    stage.does(BEN, "Claim", stage.newest("ben"))
    stage.replies(BEN, stage.newest("#care", "card"), SORRY)
    stage.until("Mon 10:00")

    assert weekend.told() == [
        ("Sat 16:30", "#care", "card 1"),
        ("Sun 10:15", "#care", "A case is due soon: 1"),
        ("Sun 10:30", "ben", "A case is late: 1"),
        ("Sun 10:35", "#care thread", "@ben replied"),
        *HAND_OVER,
    ]


def test_who_was_left_in_peace_hears_of_it_afterwards_when_it_still_stands(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.person(ANN, dnd_schedule="22:00-10:45")
    stage.until("Sat 16:30")

    stage.post("harriet_runs", RUDE)
    stage.until("Sun 10:48")

    assert weekend.told()[2:] == [
        ("Sun 10:30", "ben", "A case is late: 1"),
        ("Sun 10:40", "ben", "A case is late: 1"),
        ("Sun 10:45", "ann", "A case is late: 1"),
    ]


def test_what_waits_till_monday_disturbs_nobody_before(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 11:00")

    stage.post("tom_b_1984", REFUND)
    stage.until("Mon 10:15")

    assert weekend.told() == [
        ("Sat 11:00", "#billing", "card 1"),
        *HAND_OVER,
        ("Mon 09:45", "#billing", "A case is due soon: 1"),
        ("Mon 10:00", "hana", "A case is late: 1"),
        ("Mon 10:10", "ian", "A case is late: 1"),
    ]


def test_an_emergency_never_waits_till_monday(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 23:00")

    stage.post("tom_b_1984", f"{REFUND}, and there is smoke in the hall")
    stage.until("Sat 23:31")

    assert weekend.told() == [
        ("Sat 23:00", "#billing", "card 1"),
        ("Sat 23:00", "kit", "Emergency in case 1 (open its card)"),
        ("Sat 23:05", "#billing", "A case is due soon: 1"),
        ("Sat 23:20", "hana", "A case is late: 1"),
        ("Sat 23:30", "ian", "A case is late: 1"),
    ]


SPRING: list[Told] = [
    ("Sun 00:30", "#care", "card 1"),
    ("Sun 03:00", "ann", "Your shift for care is over"),
    ("Sun 03:00", "cleo", "You are on call for care until"),
    ("Sun 03:15", "#care", "A case is due soon: 1"),
    ("Sun 03:15", "dev", NOT_SEEN),
    ("Sun 03:15", "nora", NOT_SEEN),
    ("Sun 03:30", "cleo", "A case is late: 1"),
    ("Sun 03:40", "dev", "A case is late: 1"),
]
"""Two hours from 00:30 in a night without a quarter past one: 03:30, and the shift changed at three."""
AUTUMN: list[Told] = [
    ("Sun 00:30", "#care", "card 1"),
    ("Sun 01:15 again", "#care", "A case is due soon: 1"),
    ("Sun 01:30 again", "ann", "A case is late: 1"),
    ("Sun 01:40 again", "ben", "A case is late: 1"),
]
"""Two hours from 00:30 in a night with two quarters past one: 01:30, the second, and the shift has not changed."""


@pytest.mark.parametrize(
    ("sunday", "expected"), [(date(2027, 3, 28), SPRING), (date(2026, 10, 25), AUTUMN)], ids=["spring", "autumn"]
)
def test_deadlines_and_shifts_are_right_in_a_night_whose_clocks_change(
    worlds: Worlds, sunday: date, expected: list[Told]
) -> None:
    world = worlds.open(policy=NIGHT.format(sunday=sunday), start_at=at(sunday, "00:10"))
    night = Weekend.over(world, sunday)

    night.stage.until("Sun 00:30")
    night.stage.post("harriet_runs", RUDE)
    night.stage.until(expected[-1][0])
    world.advance(3)  # a nag waits two seconds for others due at the same time
    night.stage.settle()

    assert night.told() == expected
