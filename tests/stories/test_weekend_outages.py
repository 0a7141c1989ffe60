"""Trouble at the weekend: a token that expires, a bot that is killed for two days, a clock that runs twice."""

from functools import partial

import pytest

from bot.story.stage import Stage
from tests.stories.conftest import Worlds
from tests.stories.test_restarts import wait_until
from tests.stories.test_weekend import CLIMB
from tests.stories.weekend import REFUND, RUDE, SATURDAY, THURSDAY, WEEKEND, Told, Weekend, at

LATE = 6
"""Cases of care that are overdue after the outage; one more of billing is."""
ANN_IS_SILENT = "@ann is on call for care since and has not said “I've got it” yet"
SIX = "6 cases need somebody, all are late: 1, 2, 3, 4, 5, 6"
SEVEN = "7 cases need somebody, all are late: 1, 2, 3, 4, 5, 6, 7"
BACK: list[Told] = [
    ("Sat 12:00", "#billing", "A case is late: 7"),
    ("Sat 12:00", "#care", SIX),
    ("Sat 12:00", "ann", "You are on call for care until"),
    ("Sat 12:00", "cleo", "Your shift for care is over"),
    ("Sat 12:00", "nora", SEVEN),
    ("Sat 12:15", "ben", ANN_IS_SILENT),
    ("Sat 12:15", "nora", ANN_IS_SILENT),
]
"""Each place hears once and of every case; of the people only the highest step is told. The shift that changed
meanwhile has its brief."""


def test_an_expired_token_is_told_at_once_and_what_was_missed_counts_from_its_post(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 14:00")
    token = weekend.world.sandbox.world.x.accounts[0].access_token

    stage.order("/control/x/settings", revoked=[token])
    stage.until("Sat 14:10")
    stage.order("/control/x/posts", author="harriet_runs", text=RUDE)
    stage.until("Sat 15:00")
    stage.order("/control/x/settings", revoked=[])
    stage.until("Sat 15:11")

    assert weekend.told() == [
        ("Sat 14:00", "#dibs-ops", "X no longer accepts Dibs' keys, so no posts arrive and no replies go out"),
        ("Sat 15:00", "#care", "card 1"),
        ("Sat 15:00", "#dibs-ops", "X answers again"),
        ("Sat 15:10", "ann", "A case is late: 1"),
    ]


@pytest.mark.slow
def test_after_two_days_without_a_bot_each_place_hears_once_and_of_every_case(worlds: Worlds) -> None:
    worlds.expected.append("Connection to remote host was lost")
    world = worlds.empty(policy=WEEKEND, start_at=at(THURSDAY, "11:30"))
    bot = worlds.spawn(world)
    wait_until(lambda: world.sandbox.http.get("/ready").status_code == 200, "the bot didn't come up")
    weekend = Weekend.over(world)
    stage = weekend.stage
    for n in range(LATE):
        stage.post(f"customer_{n}", f"{RUDE}, number {n}")
    stage.post("tom_b_1984", REFUND)
    stage.until("Thu 12:00")
    bot.kill()
    before = len(stage.told)

    stage.outage("Sat 12:00")
    world.sandbox.post("/control/clock/leave", name="bot")
    worlds.spawn(world)
    wait_until(lambda: world.sandbox.http.get("/ready").status_code == 200, "the bot didn't come back")
    stage.until("Sat 12:01")
    stage.until("Sat 12:16")

    assert weekend.told()[before:] == BACK


def has_told(stage: Stage, count: int) -> bool:
    """Whether so much was told by now: two bots speak for one another, so nobody knows when both are idle."""
    stage.listen()
    return len(stage.told) >= count


@pytest.mark.slow
def test_a_second_clock_tells_nobody_twice_and_goes_on_alone(worlds: Worlds) -> None:
    worlds.expected.append("Connection to remote host was lost")
    world = worlds.open(policy=WEEKEND, start_at=at(SATURDAY, "09:30"))
    second = worlds.spawn(world)
    wait_until(lambda: "new session" in second.log.read_text(), "the second bot didn't come up")
    weekend = Weekend.over(world)
    stage = weekend.stage
    stage.until("Sat 09:40")
    stage.post("harriet_runs", RUDE)

    for told, (moment, _, _) in enumerate(CLIMB, start=1):
        stage.until(moment)
        wait_until(partial(has_told, stage, told), f"nobody was told at {moment}")
    stage.until("Sat 11:15")
    assert [told[1:] for told in weekend.told()] == [told[1:] for told in CLIMB]
    world.bots.pop(0).stop()
    wait_until(lambda: world.sandbox.http.get("/ready").status_code == 200, "the second bot doesn't carry on")
    stage.until("Sat 11:31")

    assert weekend.told()[len(CLIMB) :] == [("Sat 11:30", "nora", "A case is late: 1")]
