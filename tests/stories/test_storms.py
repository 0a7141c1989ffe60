"""A storm: many cases at once share messages, emergencies don't wait, and whoever claims gets a card of their own."""

from tests.stories.conftest import Worlds
from tests.stories.world import NORA, Spot, World

BURST = 70


def comes_a_storm(world: World) -> None:
    for number in range(BURST):
        world.post(f"@TidewellGyms rude staff again, complaint number {number}", f"guest{number}")
    world.post("@TidewellGyms somebody collapsed and your staff were rude", "worried_wes")
    world.advance(30)


def batches(world: World) -> list[Spot]:
    found = world.messages("care")
    return [Spot("care", m["ts"]) for m in found if m["blocks"][0]["type"] == "header"]


def test_a_storm_shares_messages_and_the_emergency_comes_first(worlds: Worlds) -> None:
    world = worlds.open(rates=1.0)

    comes_a_storm(world)

    messages = world.messages("care")
    assert any("collapsed" in message["text"] for message in messages[:3])
    assert len(messages) < BURST / 2
    told = "\n".join(str(message["blocks"]) for message in messages)
    assert all(f"complaint number {number}" in told for number in range(BURST))


def test_a_case_claimed_in_a_batch_gets_a_card_of_its_own(worlds: Worlds) -> None:
    world = worlds.open(rates=1.0)
    comes_a_storm(world)
    batch = batches(world)[0]

    first = world.pressable(NORA, "Claim", batch)
    world.press(NORA, first, batch)
    world.press("U0ANN", first, batch)
    world.advance(10)

    own = [message for message in world.messages("care") if f"<@{NORA}> has it" in message["text"]]
    assert len(own) == 1
    assert "open it" in str(world.message(batch)["blocks"])
    assert any("was faster" in message["text"] for message in world.messages("care", "U0ANN"))
