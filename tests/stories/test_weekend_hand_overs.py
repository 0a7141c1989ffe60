"""Hand-overs: a shift that ends with a case in hand, the wedding that somebody covers, and Monday's brief."""

import pytest

from bot.story.stage import Spot
from tests.stories.conftest import Worlds
from tests.stories.people import ANN, BEN, CLEO, DEV
from tests.stories.weekend import HAND_OVER, RUDE, THURSDAY, WEEKEND, Weekend, at

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("databases", ["sqlite"], indirect=True)]
HALF = "So sorry about that"
SPARE = ("cleo", "dev", "eli", "fay", "gus", "hana", "ian", "joy", "kit", "lena", "max", "nora")
"""Who sits in #care and isn't on call for it this weekend."""
MONDAY = WEEKEND.replace("2026-11-29T18:00", "2026-11-30T09:00")
"""The same, with a weekend that ends on Monday morning."""


def test_a_shift_that_ends_asks_about_what_is_in_hand_and_it_comes_back_with_its_draft(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sun 15:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sun 15:50")
    stage.does(ANN, "Claim", stage.newest("#care", "card"))
    stage.does(ANN, "Reply", stage.newest("#care", "card"))
    stage.types(ANN, "text", HALF)

    stage.until("Mon 09:41")

    assert weekend.told() == [
        ("Sun 15:40", "#care", "card 1"),
        ("Sun 18:00", "ann", "Your shift for care is over"),
        ("Sun 18:00", "ann", "Your shift is over"),
        *HAND_OVER[1:],
        ("Mon 09:15", "#care", "card 1"),
        ("Mon 09:15", "#care thread", "@ann didn't answer, so this is back in the queue"),
        ("Mon 09:25", "#care", "A case is due soon: 1"),
        ("Mon 09:40", "cleo", "A case is late: 1"),
    ]
    stage.does(CLEO, "Claim", stage.newest("#care", "card"))
    stage.does(CLEO, "Reply", stage.newest("#care", "card"))
    assert HALF in str(stage.view(CLEO))


def test_whoever_says_yes_at_the_end_of_a_shift_keeps_the_case(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sun 15:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sun 15:50")
    stage.does(ANN, "Claim", stage.newest("#care", "card"))
    stage.until("Sun 18:02")

    stage.does(ANN, "Still on it", stage.newest("ann", "Your shift is over"))
    stage.does(CLEO, "I've got it", stage.newest("cleo", "You are on call"))
    stage.until("Mon 09:30")

    assert weekend.told() == [
        ("Sun 15:40", "#care", "card 1"),
        ("Sun 18:00", "ann", "Your shift for care is over"),
        ("Sun 18:00", "ann", "Your shift is over"),
        ("Sun 18:00", "cleo", "You are on call for care until"),
    ]
    assert "@ann has it" in stage.reads(CLEO, stage.newest("#care", "card"))


def test_a_wedding_is_covered_and_nobody_disturbs_whoever_is_there(worlds: Worlds) -> None:
    weekend = Weekend.over(worlds.open(policy=WEEKEND, start_at=at(THURSDAY, "15:50")))
    stage = weekend.stage
    stage.until("Thu 16:00")
    stage.order("/control/slack/command", **{"as": ANN, "channel": "care", "text": "/dibs cover"})
    stage.settle()
    stage.fills(ANN, note="My sister gets married")
    stage.until("Thu 16:10")
    asked = stage.newest("dev", "@ann asks for cover")
    assert sorted(where for _, where, gist in weekend.told() if gist == "@ann asks for cover") == list(SPARE)

    stage.does(DEV, "I'll take it", asked)
    stage.until("Fri 18:05")
    stage.does(DEV, "I've got it", stage.newest("dev", "You are on call"))
    stage.until("Sat 09:40")
    before = len(stage.told)
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 10:51")

    assert weekend.told()[before:] == [
        ("Sat 09:40", "#care", "card 1"),
        ("Sat 10:25", "#care", "A case is due soon: 1"),
        ("Sat 10:40", "dev", "A case is late: 1"),
        ("Sat 10:50", "ben", "A case is late: 1"),
    ]
    assert [(when, gist) for when, where, gist in weekend.told() if where == "ann"] == [
        ("Thu 16:00", "You asked 12 colleagues to cover for you"),
        ("Thu 16:10", "@dev covers for you"),
    ]
    for one in SPARE:
        spot = next(Spot(heard.channel, heard.ts) for heard in stage.told if heard.where == one)
        assert weekend.world.labels(spot, spot.channel.removeprefix("@")) == []


def test_monday_begins_with_a_brief_of_what_the_weekend_left(worlds: Worlds) -> None:
    weekend = Weekend.over(worlds.open(policy=MONDAY, start_at=at(THURSDAY, "20:00")))
    stage = weekend.stage
    stage.until("Sat 09:00")
    before = len(stage.told)
    stage.until("Sun 15:30")
    stage.post("harriet_runs", RUDE)
    stage.until("Sun 15:45")
    stage.post("marco_spin", f"{RUDE} as well")
    stage.does(BEN, "Claim", stage.newest("#care", "card 2"))
    stage.until("Mon 09:05")
    brief = stage.newest("cleo", "You are on call")
    said = stage.reads(CLEO, brief)

    stage.does(CLEO, "I've got it", brief)
    stage.until("Mon 09:20")

    assert [one for one in said.split(" • ")[1:] if one.startswith("case")] == [
        f"case 1: {RUDE} · due Mon 09:30",
        f"case 2: {RUDE} as well · @ben has it · due Mon 09:45 I've got it Without an answer within 15 minutes"
        " your backup and the manager hear of it.",
    ]
    assert weekend.told()[before:] == [
        ("Sun 15:30", "#care", "card 1"),
        ("Sun 15:45", "#care", "card 2"),
        ("Mon 09:00", "ann", "Your shift for care is over"),
        ("Mon 09:00", "cleo", "You are on call for care until"),
        ("Mon 09:15", "#care", "A case is due soon: 1"),
    ]
