"""A sandbox that begins anew, and a bot that follows it there."""

from tests.stories.people import ANN
from tests.stories.test_the_loop import RUDE, given_a_claimed_card
from tests.stories.world import World


def test_after_a_reset_the_bot_remembers_nothing_of_the_old_world(world: World) -> None:
    given_a_claimed_card(world)

    answer = world.sandbox.post("/control/reset")

    assert answer["settled"]
    assert world.messages("care") == []
    assert "has it" not in str(world.home(ANN))
    assert "@harriet_runs" not in str(world.home(ANN))


def test_after_a_reset_the_loop_begins_again(world: World) -> None:
    given_a_claimed_card(world)
    world.sandbox.post("/control/reset")

    card = given_a_claimed_card(world)

    assert len(world.cards()) == 1
    assert RUDE in world.words(card)
