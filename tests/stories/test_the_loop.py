"""The loop: a post becomes a card, one person claims it, the customer is answered, the thread tells."""

from bot.story.reading import words
from tests.stories.people import ANN, BEN, THIRTEEN
from tests.stories.world import Spot, World

RUDE = "@TidewellGyms the man at the desk was rude to my son"
SORRY = "We are sorry to hear that. Which gym was it, and when?"


def given_a_card(world: World, text: str = RUDE) -> Spot:
    world.customer_posts(text)
    return world.card_of(text[14:])


def given_a_claimed_card(world: World, person: str = ANN) -> Spot:
    card = given_a_card(world)
    world.does(person, "Claim", card)
    return card


def test_a_post_becomes_one_card_however_often_it_is_seen(world: World) -> None:
    world.customer_posts("@TidewellGyms the changing rooms at Harbour St are filthy again")
    world.advance(120)

    card = world.card_of("filthy again", "facilities")

    assert "*Open*" in world.words(card)
    assert "Claim" in world.labels(card)
    assert len(world.cards("facilities")) == 1


def test_of_thirteen_who_claim_at_once_one_wins_and_twelve_are_told_by_name(world: World) -> None:
    card = given_a_card(world)

    answers = world.all_at_once(THIRTEEN, "Claim", card)
    world.settle()

    told = {person: words for person in THIRTEEN if (words := " ".join(world.told(person)))}
    (winner,) = set(THIRTEEN) - set(told)
    assert f"<@{winner}> has it" in world.words(card)
    assert all(f"<@{winner}> was faster" in words for words in told.values())
    assert "Collisions prevented: 12" in world.words(card)
    assert [answer["error"] for answer in answers] == [None] * 13


def test_a_second_claim_by_the_holder_changes_nothing(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(ANN, "Claim", card)
    world.does(ANN, "Claim", card)

    world.press(ANN, claim, card)
    world.settle()

    assert f"<@{ANN}> has it" in world.words(card)
    assert "Collisions" not in world.words(card)


def test_the_holders_reply_goes_out_once_and_everybody_sees_it(world: World) -> None:
    card = given_a_claimed_card(world)

    world.replies(ANN, card, SORRY)
    world.advance(60)

    assert world.public_replies() == [SORRY]
    assert "Answered, waiting for the customer" in world.words(card)
    assert SORRY in world.words(card)
    assert [line for line in world.thread(card) if f"<@{ANN}> replied" in line and SORRY in line]


def test_the_first_response_time_counts_from_the_customers_post(world: World) -> None:
    world.post(RUDE)
    world.advance(300)
    card = world.card_of("rude")
    world.does(ANN, "Claim", card)

    world.replies(ANN, card, SORRY)

    world.does(ANN, "Trail and more", card)
    assert "First response time: 5 min" in words(world.view(ANN))


def test_the_customers_answer_comes_into_the_same_case_and_names_the_holder(world: World) -> None:
    card = given_a_claimed_card(world)
    world.replies(ANN, card, SORRY)
    ours = world.sandbox.get("/control/x/replies")[-1]["id"]

    world.customer_posts("@TidewellGyms Harbour St, this morning", in_reply_to=ours)

    assert world.cards() == [card]
    assert f"<@{ANN}> has it" in world.words(card)
    assert "Harbour St, this morning" in world.words(card)
    assert f"<@{ANN}>, the customer wrote again" in world.thread(card)[-1]


def test_an_answer_to_a_resolved_case_opens_it_again(world: World) -> None:
    card = given_a_claimed_card(world)
    world.replies(ANN, card, SORRY)
    world.does(ANN, "Resolve", card)
    assert "Resolved" in world.words(card)
    ours = world.sandbox.get("/control/x/replies")[-1]["id"]

    world.customer_posts("@TidewellGyms he did it again today", in_reply_to=ours)

    again = world.card_of("did it again today")
    assert f"<@{ANN}> has it" in world.words(again)
    assert [line for line in world.thread(again) if f"<@{ANN}>, the customer wrote again" in line]


def test_a_released_case_comes_anew_at_the_end_and_its_old_card_becomes_a_link(world: World) -> None:
    card = given_a_claimed_card(world)
    world.customer_posts("@TidewellGyms is the app down?", "somebody_else")

    world.does(ANN, "Release", card)

    anew = world.card_of("rude")
    assert anew.ts == world.messages("care")[-1]["ts"]
    assert "*Open*" in world.words(anew)
    assert world.labels(card) == []
    assert anew.ts.replace(".", "") in world.words(card)


def test_a_released_case_can_be_claimed_by_anybody(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Release", card)

    world.does(BEN, "Claim", world.card_of("rude"))

    assert f"<@{BEN}> has it" in world.words(world.card_of("rude"))
