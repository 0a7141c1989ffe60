"""Who holds a case: fences around a reply, hand-overs, take-overs, other teams, splits and endings."""

from bot.story.reading import words
from tests.stories.people import ANN, BEN, CLEO, ELI, FAY
from tests.stories.test_the_loop import RUDE, SORRY, given_a_card, given_a_claimed_card
from tests.stories.world import World

REASON = "Ann is off sick today"


def test_a_reply_written_before_the_customer_wrote_again_is_not_sent(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.customer_posts("@TidewellGyms and my bag is gone as well")

    answer = world.submit(ANN, text=SORRY)
    world.settle()

    assert not answer["closed"]
    assert "The customer wrote again" in words(world.view(ANN))
    assert "my bag is gone" in words(world.view(ANN))
    assert SORRY in words(world.view(ANN))
    assert world.public_replies() == []


def test_after_reading_what_the_customer_wrote_the_same_words_can_be_sent(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.customer_posts("@TidewellGyms and my bag is gone as well")
    world.submit(ANN, text=SORRY)

    world.confirms(ANN, text=SORRY)

    assert world.public_replies() == [SORRY]


def test_a_reply_of_somebody_who_lost_the_case_is_not_sent(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.does(BEN, "Take over", card)
    world.confirms(BEN, reason=REASON)

    answer = world.submit(ANN, text=SORRY)
    world.settle()

    assert not answer["closed"]
    assert "holds this case" in " ".join(answer["errors"].values())
    assert world.public_replies() == []


def test_a_hand_over_waits_for_a_yes(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)
    assert f"<@{ANN}> has it" in world.words(card)
    assert "would like you to take case" in world.direct_messages(BEN)[-1]

    world.does(BEN, "Accept", world.direct_message(BEN))

    assert f"<@{BEN}> has it" in world.words(card)
    assert f"<@{BEN}> took case" in world.direct_messages(ANN)[-1]
    assert f"<@{BEN}>, this case is yours now" in world.thread(card)[-1]


def test_a_hand_over_can_be_declined(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)

    world.does(BEN, "Decline", world.direct_message(BEN))

    assert f"<@{ANN}> has it" in world.words(card)
    assert f"<@{BEN}> can't take case" in world.direct_messages(ANN)[-1]


def test_a_hand_over_lapses_after_ten_minutes(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)
    offer = world.direct_message(BEN)
    accept = world.pressable(BEN, "Accept", offer)

    world.advance(11 * 60)
    world.press(BEN, accept, offer)
    world.settle()

    assert f"<@{ANN}> has it" in world.words(card)
    assert "didn't answer in time" in world.direct_messages(ANN)[-1]
    assert "no longer stands" in " ".join(world.direct_messages(BEN)[1:] + world.told(BEN, f"@{BEN}"))


def test_a_case_is_offered_only_to_who_may_take_it(world: World) -> None:
    world.customer_posts("@TidewellGyms the lift is broken")
    card = world.card_of("lift is broken", "facilities")
    world.does(ELI, "Claim", card)
    world.does(ELI, "Hand over", card)

    answer = world.submit(ELI, to=ANN)

    assert "can't take this case" in " ".join(answer["errors"].values())


def test_a_take_over_needs_a_reason(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(BEN, "Take over", card)

    answer = world.submit(BEN, reason="because")

    assert not answer["closed"]
    assert answer["errors"]
    assert f"<@{ANN}> has it" in world.words(card)


def test_a_take_over_with_a_reason_works_and_the_old_holder_is_told(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(BEN, "Take over", card)

    world.confirms(BEN, reason=REASON)

    assert f"<@{BEN}> has it" in world.words(card)
    assert f"<@{BEN}> took over case" in world.direct_messages(ANN)[-1]
    assert REASON in world.direct_messages(ANN)[-1]
    assert REASON in world.thread(card)[-1]


def test_nobody_takes_over_while_a_reply_may_be_public(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(BEN, "Take over", card)
    world.fault("x", "POST /2/tweets", "reset_before")
    world.replies(ANN, card, SORRY)

    answer = world.submit(BEN, reason=REASON)

    assert "A reply is on its way" in " ".join(answer["errors"].values())
    assert f"<@{ANN}> has it" in world.words(card)


def test_who_lost_a_claim_can_ask_and_be_given_the_case(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(BEN, "Claim", card)
    world.does(ANN, "Claim", card)
    world.press(BEN, claim, card)
    world.settle()

    world.does(BEN, "Ask for hand-over", world.notice(BEN))
    world.does(ANN, "Hand it over", world.direct_message(ANN))
    world.does(BEN, "Accept", world.direct_message(BEN))

    assert f"<@{BEN}> has it" in world.words(card)


def test_who_lost_a_claim_can_suggest_words_the_holder_then_finds(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(BEN, "Claim", card)
    world.does(ANN, "Claim", card)
    world.press(BEN, claim, card)
    world.settle()

    world.does(BEN, "Suggest a reply", world.notice(BEN))
    world.confirms(BEN, text="Offer him a free month")
    world.does(ANN, "Reply", card)

    assert "Offer him a free month" in words(world.view(ANN))
    assert "Offer him a free month" in world.thread(card)[-1]


def test_who_watches_hears_of_the_answer(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(BEN, "Watch", card)

    world.replies(ANN, card, SORRY)

    assert "it was answered" in world.direct_messages(BEN)[-1]
    assert "1 watching" in world.words(card)


def test_the_wrong_team_passes_the_case_on(world: World) -> None:
    card = given_a_card(world)

    world.does(ANN, "Wrong team", card)
    world.confirms(ANN, team="facilities")

    moved = world.card_of("rude", "facilities")
    assert "Claim" in world.labels(moved)
    assert world.labels(card) == []
    assert moved.ts.replace(".", "") in world.words(card)


def test_the_other_team_holds_what_was_passed_on(world: World) -> None:
    card = given_a_card(world)
    world.does(ANN, "Wrong team", card)
    world.confirms(ANN, team="facilities")
    moved = world.card_of("rude", "facilities")

    world.does(FAY, "Claim", moved)

    assert f"<@{FAY}> has it" in world.words(moved)


def test_posts_of_two_matters_are_split(world: World) -> None:
    card = given_a_card(world)
    world.customer_posts("@TidewellGyms by the way, is the sauna open on Monday")
    assert world.cards() == [card]

    world.does(ANN, "Split off", card)
    world.submit(ANN, post=_option(world, "sauna"))
    world.settle()

    assert "rude" in world.words(card)
    assert "sauna" not in world.words(card)
    assert "Claim" in world.labels(world.card_of("sauna"))
    assert len(world.cards()) == 2


def _option(world: World, said: str) -> str:
    (block,) = [block for block in world.view(ANN)["blocks"] if block["type"] == "input"]
    return next(str(one["value"]) for one in block["element"]["options"] if said in one["text"]["text"])


def test_what_is_no_complaint_is_put_away_and_can_come_back(world: World) -> None:
    card = given_a_card(world)
    world.does(BEN, "Not a complaint", card)
    assert "*Not a complaint*" in world.words(card)
    assert "Claim" not in world.labels(card)

    world.does(CLEO, "Reopen", card)

    again = world.card_of("rude")
    assert "*Open again*" in world.words(again)
    assert "Claim" in world.labels(again)


def test_a_button_of_an_old_card_says_what_has_changed(world: World) -> None:
    card = given_a_claimed_card(world)
    resolve = world.pressable(ANN, "Resolve", card)
    world.does(ANN, "Release", card)

    answer = world.press(ANN, resolve, card)
    world.settle()

    assert answer["error"] is None
    assert "Claim it first" in " ".join(world.told(ANN))
    assert "*Open*" in world.words(world.card_of("rude"))


def test_a_card_pressed_after_the_end_says_so(world: World) -> None:
    card = given_a_card(world)
    claim = world.pressable(BEN, "Claim", card)
    world.does(ANN, "Not a complaint", card)

    world.press(BEN, claim, card)
    world.settle()

    assert "it has been closed" in " ".join(world.told(BEN))


def test_the_trail_tells_everything_and_verifies(world: World) -> None:
    card = given_a_claimed_card(world)
    world.replies(ANN, card, SORRY)
    world.does(ANN, "Resolve", card)

    world.does(BEN, "Trail and more", card)

    trail = words(world.view(BEN))
    assert "The trail is complete" in trail
    for act in ("opened the case", f"<@{ANN}> claimed it", "pressed Send", "replied in public", "resolved it"):
        assert act in trail
    assert RUDE not in trail


def test_an_answered_offer_keeps_no_buttons_and_says_how_it_ended(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Hand over", card)
    world.confirms(ANN, to=BEN)
    offer = world.direct_message(BEN)

    world.does(BEN, "Accept", offer)
    world.settle()

    assert world.labels(offer, BEN) == []
    assert "You took case" in world.words(offer, BEN)
