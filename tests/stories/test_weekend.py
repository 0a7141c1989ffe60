"""A case on Saturday: who is told what at which minute, that nobody else is, and how everybody is stood down."""

from tests.stories.people import ANN, BEN, NORA, THIRTEEN
from tests.stories.weekend import HAND_OVER, RUDE, SORRY, Told, Weekend

CLIMB: list[Told] = [
    ("Sat 09:40", "#care", "card 1"),
    ("Sat 10:25", "#care", "A case is due soon: 1"),
    ("Sat 10:40", "ann", "A case is late: 1"),
    ("Sat 10:50", "ben", "A case is late: 1"),
    ("Sat 11:00", "nora", "A case is late: 1"),
]
"""A complaint of 09:40 with an hour to be answered: channel, on call, backup, manager."""


def test_what_nobody_sees_climbs_and_everybody_is_stood_down_in_place(weekend: Weekend) -> None:
    stage = weekend.stage
    assert stage.until("Sat 09:40") == []
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 11:05")
    assert weekend.told() == CLIMB

    stage.does(BEN, "Claim", stage.newest("#care", "card"))

    assert weekend.told() == CLIMB
    for reader, where in ((NORA, "#care"), (ANN, "ann"), (BEN, "ben"), (NORA, "nora")):
        nag = stage.newest(where, "A case")
        assert stage.reads(reader, nag).startswith("case 1: claimed by @ben, Sat 11:05")
        assert weekend.world.labels(nag, reader) == []


def test_an_answered_case_disturbs_nobody_until_monday(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 09:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 10:30")

    stage.does(BEN, "Claim", stage.newest("#care", "card"))
    stage.replies(BEN, stage.newest("#care", "card"), SORRY)
    stage.until("Mon 12:00")

    assert weekend.told() == [*CLIMB[:2], ("Sat 10:30", "#care thread", "@ben replied"), *HAND_OVER]
    assert weekend.world.public_replies() == [SORRY]


def test_a_manager_is_told_again_while_the_doors_are_open_and_left_in_peace_at_night(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 15:40")
    stage.post("harriet_runs", RUDE)

    stage.until("Sun 10:35")

    again = [(when, where) for when, where, _ in weekend.told()[5:]]
    assert again == [("Sun 10:00", "nora"), ("Sun 10:30", "nora")]


def test_a_pile_up_of_thirteen_has_one_winner_and_no_word_in_public(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 09:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 10:41")
    card = stage.newest("#care", "card")

    weekend.world.all_at_once(THIRTEEN, "Claim", card)
    stage.until("Sat 11:20")

    (holder,) = [person for person in THIRTEEN if f"<@{person}> has it" in weekend.world.words(card)]
    told_aside = {person: weekend.world.told(person) for person in THIRTEEN if person != holder}
    assert all(len(said) == 1 and f"<@{holder}> was faster" in said[0] for said in told_aside.values())
    assert weekend.world.told(holder) == []
    assert weekend.told() == CLIMB[:3]


def test_on_it_without_an_answer_comes_back_and_climbs_anew(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 09:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 10:41")

    stage.does(ANN, "On it", stage.newest("ann"))
    stage.until("Sat 11:50")

    assert weekend.told() == [
        *CLIMB[:3],
        ("Sat 11:11", "ann", "Are you still on case 1 (open its card)"),
        ("Sat 11:26", "#care", "card 1"),
        ("Sat 11:26", "#care thread", "@ann didn't answer"),
        ("Sat 11:26", "ann", "A case is late: 1"),
        ("Sat 11:36", "ben", "A case is late: 1"),
        ("Sat 11:46", "nora", "A case is late: 1"),
    ]


def test_still_on_it_keeps_everybody_else_in_peace(weekend: Weekend) -> None:
    stage = weekend.stage
    stage.until("Sat 09:40")
    stage.post("harriet_runs", RUDE)
    stage.until("Sat 10:41")
    stage.does(ANN, "On it", stage.newest("ann"))
    stage.until("Sat 11:15")

    stage.does(ANN, "Still on it", stage.newest("ann", "Are you still"))
    stage.until("Sat 11:40")

    assert weekend.told() == [*CLIMB[:3], ("Sat 11:11", "ann", "Are you still on case 1 (open its card)")]
