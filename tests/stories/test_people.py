"""Who may act, and what everybody else is told."""

import pytest

from bot.story.reading import words
from tests.stories.people import ANN, BEN, ELI, GUEST, NORA, OUTSIDER
from tests.stories.test_the_loop import SORRY, given_a_card, given_a_claimed_card
from tests.stories.world import World

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("person", "told"), [(GUEST, "Guests see the cards"), (OUTSIDER, "for people of this workspace")]
)
def test_who_is_no_colleague_is_refused_with_a_sentence(world: World, person: str, told: str) -> None:
    card = given_a_card(world)

    answer = world.click(person, "Claim", card)
    world.settle()

    assert answer["error"] is None
    assert told in " ".join(world.told(person))
    assert "*Open*" in world.words(card)


def test_somebody_made_a_guest_a_moment_ago_is_refused(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(BEN, "Claim", card)
    world.sandbox.post("/control/slack/users", id=BEN, kind="guest")
    world.settle()

    world.press(BEN, claim, card)
    world.settle()

    assert "*Open*" in world.words(card)


def test_a_newcomer_may_claim(world: World) -> None:
    world.sandbox.post("/control/slack/users", id="U0NEW", name="noor", channels=["care"])
    world.settle()
    card = given_a_card(world)

    world.does("U0NEW", "Claim", card)

    assert "<@U0NEW> has it" in world.words(card)


def test_a_holder_who_left_the_channel_still_answers(world: World) -> None:
    card = given_a_claimed_card(world)
    world.sandbox.post("/control/slack/users", id=ANN, channels=["billing", "dibs-ops"])
    world.settle()

    assert f"<@{ANN}> has it" in world.words(card)
    assert words(world.home(ANN)).count("rude") == 1


def test_a_customer_who_comes_back_to_a_holder_who_left_finds_somebody_else(world: World) -> None:
    card = given_a_claimed_card(world, BEN)
    world.replies(BEN, card, SORRY)
    world.sandbox.post("/control/slack/users", id=BEN, kind="deactivated")
    world.settle()

    world.customer_posts("@TidewellGyms hello? anybody?")

    again = world.card_of("hello? anybody?")
    assert "*Open" in world.words(again)
    assert "Claim" in world.labels(again)


def test_a_reply_is_the_holders_alone(world: World) -> None:
    card = given_a_claimed_card(world)

    world.does(BEN, "Reply", card)

    assert world.view(BEN) == {}
    assert f"<@{ANN}> holds this case" in " ".join(world.told(BEN))


def test_home_shows_what_is_mine_what_waits_and_what_i_am_asked_to_take(world: World) -> None:
    card = given_a_claimed_card(world)
    world.customer_posts("@TidewellGyms the app is down again and nobody answers", "somebody_else")
    assert "rude" in words(world.home(ANN))
    assert "the app is down again" in words(world.home(ANN))
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)

    offered = words(world.home(BEN))

    assert "You are asked to take" in offered
    assert f"<@{ANN}> would like you to have this" in offered


def test_an_offer_is_accepted_on_home(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)
    view = world.home(BEN)

    order = {"as": BEN, "view_id": view["id"], "action_id": "offer.accept"}
    world.sandbox.post("/control/slack/click", **order)
    world.settle()

    assert f"<@{BEN}> has it" in world.words(card)


def test_home_shows_each_only_their_own_channels(world: World) -> None:
    given_a_card(world)

    assert "rude" in words(world.home(NORA))
    assert "rude" in words(world.home(ELI))
    world.sandbox.post("/control/slack/users", id=ELI, channels=["facilities"])
    world.settle()
    assert "rude" not in words(world.home(ELI))


def test_home_of_a_guest_says_so(world: World) -> None:
    assert "Cases are for colleagues" in words(world.home(GUEST))


def test_the_command_helps(world: World) -> None:
    assert "one complaint, one owner, one answer" in world.command(ANN, "/dibs")
    assert "one complaint, one owner, one answer" in world.command(ANN, "/dibs help")


def test_the_command_lists_what_is_mine(world: World) -> None:
    given_a_claimed_card(world)

    assert "rude" in world.command(ANN, "/dibs mine")
    assert "You hold no case right now" in world.command(BEN, "/dibs mine")


def test_the_command_finds_whatever_its_case_and_accents(world: World) -> None:
    world.customer_posts("@TidewellGyms the Café on 100% of floors is rude_")

    assert "Café on 100%" in world.command(ANN, "/dibs find CAFE")
    assert "Café on 100%" in world.command(ANN, "/dibs find 100% of")
    assert "No case in your channels" in world.command(ANN, "/dibs find 10__ of")


def test_the_command_finds_an_author_by_their_handle(world: World) -> None:
    given_a_card(world)

    assert "rude" in world.command(ANN, "/dibs find @harriet_runs")


def test_the_command_says_what_it_does_not_know(world: World) -> None:
    assert "doesn't know  dance" in world.command(ANN, "/dibs dance")


def test_a_guest_finds_only_what_their_channels_show(world: World) -> None:
    given_a_card(world)
    world.customer_posts(
        "@TidewellGyms charged twice, and I want a refund and an invoice for my rude trainer", "tom_b_1984"
    )

    found = world.command(GUEST, "/dibs find rude")

    assert "rude to my son" in found
    assert "refund" not in found
