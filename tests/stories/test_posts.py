"""What customers post: threads, other authors, edits, emergencies, and texts that try to be something else."""

import pytest

from tests.stories.people import ANN, KIT
from tests.stories.test_the_loop import RUDE, SORRY, given_a_card, given_a_claimed_card
from tests.stories.world import World

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def test_an_emergency_reaches_its_person_by_name_and_its_card_comes_first(world: World) -> None:
    for n in range(4):
        world.post(f"@TidewellGyms they were rude, number {n}", f"customer_{n}")
    world.post("@TidewellGyms there is smoke coming out of the wall and your staff are rude", "oldharbourview")

    world.advance(20)

    card = world.card_of("smoke coming out")
    assert world.cards()[0] == card
    assert f"<@{KIT}>, please look at this one now" in world.words(card)
    assert "smoke coming out" in world.direct_messages(KIT)[0]
    assert len(world.direct_messages(KIT)) == 1


def test_a_case_that_becomes_an_emergency_comes_anew_and_calls_its_person(world: World) -> None:
    given_a_card(world)

    world.customer_posts("@TidewellGyms now somebody is unconscious")
    world.advance(20)

    card = world.card_of("somebody is unconscious")
    assert f"<@{KIT}>, please look" in world.words(card)
    assert len(world.direct_messages(KIT)) == 1
    assert world.cards() == [card]


def test_a_post_edited_into_an_emergency_calls_its_person(world: World) -> None:
    first = world.customer_posts(RUDE)

    world.edit(first, "@TidewellGyms the man at the desk was rude while there was smoke everywhere")
    world.advance(20)

    assert "smoke everywhere" in world.direct_messages(KIT)[0]
    assert f"<@{KIT}>, please look" in world.words(world.card_of("smoke everywhere"))


def test_another_author_in_the_thread_gets_a_case_of_their_own(world: World) -> None:
    first = world.customer_posts(RUDE)

    world.customer_posts("@TidewellGyms same here, rude and useless staff", "tom_b_1984", in_reply_to=first)

    assert len(world.cards()) == 2


def test_a_post_within_a_day_joins_and_a_later_one_does_not(world: World) -> None:
    card = given_a_card(world)
    world.leap(23 * 3600)
    world.customer_posts("@TidewellGyms still waiting")
    assert world.cards() == [card]
    world.leap(25 * 3600)

    world.customer_posts("@TidewellGyms nobody answers the phone, the staff are rude again")

    assert len(world.cards()) == 2


def test_the_same_conversation_joins_however_late(world: World) -> None:
    first = world.customer_posts(RUDE)
    world.leap(5 * 24 * 3600)

    world.customer_posts("@TidewellGyms any news?", in_reply_to=first)

    assert len(world.cards()) == 1


def test_an_edited_post_changes_its_card(world: World) -> None:
    first = world.customer_posts(RUDE)
    card = world.card_of("rude")

    world.edit(first, "@TidewellGyms the man at the desk was polite to my son")

    assert "polite to my son" in world.words(card)
    assert "was rude" not in world.words(card)
    assert len(world.cards()) == 1


def test_a_reply_written_for_an_earlier_wording_is_not_sent(world: World) -> None:
    first = world.customer_posts(RUDE)
    card = world.card_of("rude")
    world.does(ANN, "Claim", card)
    world.does(ANN, "Reply", card)
    world.edit(first, "@TidewellGyms the man at the desk hit my son")

    answer = world.submit(ANN, text=SORRY)
    world.settle()

    assert not answer["closed"]
    assert world.public_replies() == []


def test_terms_lead_to_teams_whatever_their_case_and_accents(world: World) -> None:
    world.customer_posts("@TidewellGyms DÍRECT  debit taken twice", "a_1")
    world.customer_posts("@TidewellGyms der AUFZUG ist seit Wochen kaputt", "b_2")

    assert len(world.cards("billing")) == 1
    assert len(world.cards("facilities")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "@TidewellGyms <!channel> <@U0ANN> <https://evil.example|your bank> come here, you rude lot",
        "@TidewellGyms *bold* _it_ ~no~ `code` :fire_engine: &lt;!here&gt; {placeholder}",
        "@TidewellGyms \u202eelbaliava ton si loop eht\u202c right, the staff were rude",
        "@TidewellGyms r\u200bu\u200bd\u200be z\u0335a\u0336l\u0337g\u0338o \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "@TidewellGyms \u0627\u0644\u0645\u0633\u0628\u062d \u0645\u063a\u0644\u0642",
        "@TidewellGyms " + "word " * 4990,
        "@TidewellGyms\n\n\n\n\n\n\nlines, and rude staff",
    ],
    ids=["mentions", "markup", "override", "invisible", "arabic", "25,000", "lines"],
)
def test_a_text_is_only_ever_a_text(world: World, text: str) -> None:
    world.customer_posts(text)

    (card,) = world.cards()
    message = world.message(card)
    assert "Claim" in world.labels(card)
    assert "<!channel>" not in message["text"]
    assert f"<@{ANN}>" not in message["text"]
    assert "<https://evil" not in message["text"]
    assert "\u202e" not in str(message)


def test_a_post_with_nothing_but_a_picture_gets_a_card(world: World) -> None:
    world.customer_posts("@TidewellGyms", images=2)

    (card,) = world.cards()
    assert "2 images" in world.words(card)


def test_what_is_no_post_is_passed_over_and_the_rest_arrives(world: World) -> None:
    broken = world.post("@TidewellGyms this one is broken", "a_1")
    world.sandbox.post("/control/x/mangle", id=broken, changes={"created_at": "yesterday"})
    world.post("@TidewellGyms rude again", "b_2")

    world.advance(5)

    assert len(world.cards()) == 1
    world.card_of("rude again")


def test_what_the_brand_says_unasked_makes_no_card(world: World) -> None:
    world.brand_posts("Our pools are open all day @harriet_runs")

    assert world.cards() == []


def test_a_post_found_by_search_alone_gets_its_card_once(world: World) -> None:
    world.post("Tidewell's staff are rude. Never again.", "marco_spin")

    world.advance(120)

    assert len(world.cards()) == 1


def test_an_outage_of_x_is_told_and_caught_up_with(world: World) -> None:
    world.fault("x", "*", "5xx_before", times=400)
    world.post(RUDE)
    world.advance(300)
    assert "X hasn't answered since" in " ".join(world.everything("dibs-ops"))

    world.heal()
    world.advance(30)

    assert len(world.cards()) == 1
    assert "X answers again" in " ".join(world.everything("dibs-ops"))


def test_a_customer_who_thanks_after_the_end_of_the_window_opens_a_new_case(world: World) -> None:
    card = given_a_claimed_card(world)
    world.replies(ANN, card, SORRY)
    world.does(ANN, "Resolve", card)
    world.leap(8 * 24 * 3600)

    ours = world.sandbox.get("/control/x/replies")[-1]["id"]
    world.customer_posts("@TidewellGyms thank you for nothing", in_reply_to=ours)

    assert "Resolved" in world.words(card)
    assert "*Open*" in world.words(world.card_of("thank you for nothing"))
