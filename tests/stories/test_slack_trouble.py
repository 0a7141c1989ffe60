"""When Slack goes wrong: every case still gets exactly one card, and nothing that was promised is lost."""

import pytest

from bot.story.reading import words
from tests.stories.conftest import Worlds, wait_until_ready
from tests.stories.people import ANN, BEN
from tests.stories.test_the_loop import RUDE, SORRY, given_a_card, given_a_claimed_card
from tests.stories.world import World

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
POST = "chat.postMessage"


@pytest.mark.parametrize("outcome", ["5xx_after", "reset_after", "5xx_before", "reset_before", "html_502", "429:5"])
def test_a_card_whose_fate_was_unknown_stands_exactly_once(world: World, outcome: str) -> None:
    world.fault("slack", POST, outcome)
    world.customer_posts(RUDE)

    world.advance(30)

    assert len(world.cards()) == 1


@pytest.mark.parametrize("outcome", ["5xx_before", "reset_before", "html_502", "429:5", "refuse:fatal_error"])
def test_a_look_up_that_fails_is_made_again_before_anything_is_sent(world: World, outcome: str) -> None:
    world.fault("slack", POST, "reset_after")
    world.fault("slack", "conversations.history", outcome, times=2)
    world.customer_posts(RUDE)

    world.advance(120)

    assert len(world.cards()) == 1
    assert "Claim" in world.labels(world.cards()[0])


def test_a_thread_line_whose_fate_was_unknown_stands_exactly_once(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("slack", POST, "reset_after")

    world.replies(ANN, card, SORRY)
    world.advance(30)

    assert len([line for line in world.thread(card) if SORRY in line]) == 1


def test_a_direct_message_whose_fate_was_unknown_stands_exactly_once(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.fault("slack", POST, "5xx_after")

    world.confirms(ANN, to=BEN)
    world.advance(30)

    assert len(world.direct_messages(BEN)) == 1


def test_a_repaint_that_failed_is_made_again(world: World) -> None:
    card = given_a_card(world)
    world.fault("slack", "response_url", "5xx_before")

    world.does(ANN, "Claim", card)
    world.advance(10)

    assert f"<@{ANN}> has it" in world.words(card)


def test_an_archived_channel_is_told_to_ops_and_gets_its_cards_when_it_is_back(world: World) -> None:
    world.sandbox.post("/control/slack/archive", channel="press")
    world.customer_posts("@TidewellGyms a journalist here, who can talk about the closure?")
    world.advance(5)
    assert "can't post in" in " ".join(world.everything("dibs-ops"))

    world.sandbox.post("/control/slack/archive", channel="press", archived=False)
    world.advance(10)

    assert len(world.cards("press")) == 1


def test_a_channel_dibs_was_removed_from_is_told_to_ops_and_gets_its_cards_later(world: World) -> None:
    everywhere = ["care", "facilities", "billing", "press", "dibs-ops"]
    without = [name for name in everywhere if name != "billing"]
    world.sandbox.post("/control/slack/users", id="U0DIBSBOT", channels=without)
    world.customer_posts("@TidewellGyms I want a refund")
    world.advance(5)
    assert "can't post in" in " ".join(world.everything("dibs-ops"))

    world.sandbox.post("/control/slack/users", id="U0DIBSBOT", channels=everywhere)
    world.advance(10)

    assert len(world.cards("billing")) == 1


def test_the_manager_hears_when_the_ops_channel_is_the_one_that_is_gone(world: World) -> None:
    world.sandbox.post("/control/slack/archive", channel="dibs-ops")
    world.sandbox.post("/control/slack/archive", channel="press")

    world.customer_posts("@TidewellGyms a journalist here, who can talk about the closure?")
    world.advance(10)

    assert "can't post in" in " ".join(world.direct_messages("U0NORA"))


def test_a_revoked_token_loses_nothing(world: World) -> None:
    world.sandbox.post("/control/slack/revoke", token="bot")
    world.customer_posts(RUDE)
    world.advance(60)
    assert world.cards() == []

    world.sandbox.post("/control/slack/revoke", token="bot", revoked=False)
    world.advance(120)

    assert len(world.cards()) == 1


def test_a_deleted_card_is_posted_anew(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(ANN, "Claim", card)
    world.sandbox.slack().chat_delete(channel="C0CARE", ts=card.ts)

    world.customer_posts("@TidewellGyms and nobody cares")
    world.advance(10)

    assert claim.label == "Claim"
    assert len(world.cards()) == 1


def test_a_response_url_that_is_used_up_gives_way_to_an_update(world: World) -> None:
    card = given_a_claimed_card(world)

    for n in range(7):
        world.customer_posts(f"@TidewellGyms and another thing, number {n}")

    assert "number 6" in world.words(card)


def test_a_lost_acknowledgement_is_shown_and_the_claim_stands(world: World) -> None:
    card = given_a_card(world)
    world.sandbox.post("/control/slack/link", trouble="lose_acks", times=1)

    answer = world.click(ANN, "Claim", card)
    world.settle()

    assert answer["error"]
    assert f"<@{ANN}> has it" in world.words(card)


def test_a_dropped_line_comes_back(worlds: Worlds) -> None:
    worlds.expected.append("Connection to remote host was lost")
    world = worlds.open()
    card = given_a_card(world)
    world.sandbox.post("/control/slack/link", trouble="drop")
    wait_until_ready(world.sandbox)

    world.does(ANN, "Claim", card)

    assert f"<@{ANN}> has it" in world.words(card)


@pytest.mark.slow
def test_at_slacks_own_pace_a_burst_of_posts_loses_nothing(worlds: Worlds) -> None:
    world = worlds.open(rates=1.0)
    for n in range(30):
        world.post(f"@TidewellGyms they were rude, number {n}", f"customer_{n}")

    world.advance(120)

    said = " ".join(words(one) for one in world.messages("care"))
    assert [n for n in range(30) if f"number {n}" not in said] == []
