"""Sending: whatever X does with the attempt, the customer gets exactly one answer, or a person is asked."""

import pytest

from tests.stories.people import ANN, BEN
from tests.stories.test_the_loop import SORRY, given_a_card, given_a_claimed_card
from tests.stories.world import World

CREATE = "POST /2/tweets"
TIMELINE = "GET /2/users/:id/tweets"


@pytest.mark.parametrize("outcome", ["reset_after", "5xx_after", pytest.param("delay:12", marks=pytest.mark.slow)])
def test_a_reply_whose_answer_got_lost_is_found_and_never_sent_twice(world: World, outcome: str) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, outcome)

    world.replies(ANN, card, SORRY)
    world.advance(180)

    assert world.public_replies() == [SORRY]
    assert "Answered" in world.words(card)
    assert len([line for line in world.thread(card) if SORRY in line]) == 1


@pytest.mark.parametrize("outcome", ["reset_before", "5xx_before", "html_502"])
def test_a_reply_that_is_found_nowhere_is_a_persons_to_decide(world: World, outcome: str) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, outcome)
    world.replies(ANN, card, SORRY)
    assert "Checking whether it was posted" in world.words(card)

    world.advance(300)

    assert world.public_replies() == []
    assert "please look on X" in world.words(card)
    assert f"<@{ANN}>, please look on X" in world.thread(card)[-1]


def given_an_unsettled_reply(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, "reset_before")
    world.replies(ANN, card, SORRY)
    world.advance(300)


def test_a_person_may_say_send_it_again(world: World) -> None:
    given_an_unsettled_reply(world)
    card = world.card_of("rude")

    world.does(ANN, "It is not, send again", card)

    assert world.public_replies() == [SORRY]
    assert "Answered" in world.words(card)


def test_a_person_may_drop_it(world: World) -> None:
    given_an_unsettled_reply(world)
    card = world.card_of("rude")

    world.does(ANN, "Drop it", card)

    assert world.public_replies() == []
    assert f"<@{ANN}> has it" in world.words(card)
    assert "Reply" in world.labels(card)


def test_a_person_may_say_where_it_stands(world: World) -> None:
    given_an_unsettled_reply(world)
    card = world.card_of("rude")
    found = world.brand_posts("so sorry, which gym?")

    world.does(ANN, "It is public", card)
    world.confirms(ANN, link=f"https://x.com/TidewellGyms/status/{found}")

    assert "Answered" in world.words(card)


def test_only_the_holder_decides_about_it(world: World) -> None:
    given_an_unsettled_reply(world)
    card = world.card_of("rude")

    world.does(BEN, "It is not, send again", card)

    assert world.public_replies() == []
    assert f"<@{ANN}> holds this case" in " ".join(world.told(BEN))


def test_xs_word_for_a_duplicate_makes_us_look(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, "refuse:duplicate")

    world.replies(ANN, card, SORRY)
    assert "Checking whether it was posted" in world.words(card)
    world.advance(300)

    assert "please look on X" in world.words(card)


def test_a_limit_of_x_is_waited_for(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, "429:120")
    world.replies(ANN, card, SORRY)
    assert world.public_replies() == []

    world.advance(180)

    assert world.public_replies() == [SORRY]


@pytest.mark.parametrize(("outcome", "told"), [("refuse:credits", "out of credit"), ("refuse:unauthorized", "keys")])
def test_what_only_a_person_can_mend_is_told_to_ops_and_nothing_is_lost(world: World, outcome: str, told: str) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", CREATE, outcome)

    world.replies(ANN, card, SORRY)
    assert world.public_replies() == []
    assert told in " ".join(world.everything("dibs-ops"))
    world.advance(360)

    assert world.public_replies() == [SORRY]


def test_a_post_that_does_not_mention_us_is_answered_on_x(world: World) -> None:
    world.customer_posts("Tidewell's front desk was rude to my son")
    world.advance(60)
    card = world.card_of("was rude to my son")

    world.does(ANN, "Claim", card)

    assert "Open in X" in world.labels(card)
    assert "Reply" not in world.labels(card)


def test_a_reply_typed_on_x_is_the_holders(world: World) -> None:
    card = given_a_claimed_card(world)
    post = world.sandbox.get("/control/x/posts")[0]["id"]

    world.brand_posts("So sorry, we are on it", in_reply_to=post)

    assert "Answered" in world.words(card)
    assert "answered on X itself" in world.thread(card)[-1]
    assert f"<@{ANN}>" in world.thread(card)[-1]


def test_what_nobody_held_when_it_was_answered_on_x_can_still_be_claimed(world: World) -> None:
    card = given_a_card(world)
    post = world.sandbox.get("/control/x/posts")[0]["id"]
    world.brand_posts("So sorry, we are on it", in_reply_to=post)
    assert "nobody has it" in world.words(card)

    world.does(ANN, "Claim", card)

    assert f"<@{ANN}> has it" in world.words(card)


def test_a_post_taken_back_is_not_answered(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.delete(world.sandbox.get("/control/x/posts")[0]["id"])

    world.confirms(ANN, text=SORRY)

    assert world.public_replies() == []
    assert "to my son" not in world.words(card)
    assert "Open in X" not in world.labels(card)
    assert "can't be answered any more" in world.thread(card)[-1]
    assert "The author removed the post" in world.words(card)


def test_a_reply_that_is_too_long_keeps_its_words(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    long = "We are so sorry. " * 20

    answer = world.submit(ANN, text=long)

    assert not answer["closed"]
    assert "too long" in " ".join(answer["errors"].values())
    world.sandbox.post("/control/slack/close", **{"as": ANN, "view_id": world.view(ANN)["id"]})
    world.does(ANN, "Reply", card)
    assert world.public_replies() == []


def test_what_was_typed_is_there_again(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    view = world.view(ANN)["id"]
    order = {"as": ANN, "view_id": view, "action_id": "reply.text", "value": "We are lookin"}
    world.sandbox.post("/control/slack/type", **order)
    world.sandbox.post("/control/slack/close", **{"as": ANN, "view_id": view})

    world.does(ANN, "Reply", card)

    assert "We are lookin" in str(world.view(ANN)["blocks"])


def test_a_modal_submitted_twice_sends_once(world: World) -> None:
    card = given_a_claimed_card(world)

    world.replies(ANN, card, SORRY)
    world.does(ANN, "Reply", card)
    answer = world.submit(ANN, text=SORRY)

    assert "exactly this already" in " ".join(answer["errors"].values())
    assert world.public_replies() == [SORRY]


def test_the_same_words_are_refused_before_our_own_timeline_shows_them(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", TIMELINE, "5xx_before", 9)
    world.replies(ANN, card, SORRY)

    world.does(ANN, "Reply", card)
    answer = world.submit(ANN, text=SORRY)

    assert "exactly this already" in " ".join(answer["errors"].values())


def test_an_earlier_reply_of_ours_is_not_taken_for_a_later_one(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", TIMELINE, "5xx_before", 9)
    world.replies(ANN, card, "Please tell us more at https://tidewell.example/1")
    world.fault("x", CREATE, "reset_before")
    world.replies(ANN, card, "Please tell us more at https://tidewell.example/2")

    world.advance(400)

    assert "please look on X" in world.words(card)
    assert len(world.public_replies()) == 1


def test_a_suspended_account_is_told_to_the_people_who_run_dibs(world: World) -> None:
    card = given_a_claimed_card(world)
    world.fault("x", "POST /2/tweets", "refuse:suspended")

    world.replies(ANN, card, SORRY)
    world.settle()

    assert any("our account is suspended" in line for line in world.everything("dibs-ops"))
    assert world.public_replies() == []
