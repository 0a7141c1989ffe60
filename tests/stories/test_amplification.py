"""How far a post carries and which language it is in, as X says them: the card knows, and Why here? says why."""

from tests.stories.people import BEN
from tests.stories.test_triage import due
from tests.stories.world import CUSTOMER, World

RUDE = "@TidewellGyms the man at the desk was rude to my son"


def why_here(world: World, said: str) -> str:
    """What the window says to a colleague."""
    world.does(BEN, "Why here?", world.card_of(said))
    return str(world.view(BEN))


def test_a_complaint_by_somebody_with_a_million_followers_is_urgent_and_says_why(world: World) -> None:
    world.sandbox.post("/control/x/people", username=CUSTOMER, followers=1_200_000)

    world.customer_posts(RUDE, metrics={"impression_count": 25_000})

    assert "urgent: may carry far" in world.words(world.card_of("rude"))
    assert "1,200,000" not in world.words(world.card_of("rude"))
    assert "may carry far (1,200,000 followers; seen 25,000 times)" in why_here(world, "rude")


def test_a_complaint_that_spreads_after_it_came_rises_on_its_card_and_is_promised_sooner(world: World) -> None:
    post = world.customer_posts(RUDE)
    usual = due(world, world.card_of("rude"))
    cards = len(world.messages("care"))
    world.advance(120)
    assert "carries no further than most" in why_here(world, "rude")

    world.sandbox.post("/control/x/metrics", id=post, metrics={"retweet_count": 30, "quote_count": 10})
    world.advance(120)

    card = world.card_of("rude")
    assert "urgent: may carry far" in world.words(card)
    assert due(world, card) < usual
    assert len(world.messages("care")) == cards
    assert "shared 40 times in half an hour" in why_here(world, "rude")


def test_a_few_words_in_another_language_are_read_by_a_person(world: World) -> None:
    world.customer_posts("@TidewellGyms pésimo servicio", lang="es")
    world.customer_posts("@TidewellGyms bahut kharab service", "marco_spin")

    for said, tongue in (("pésimo", "in Spanish"), ("kharab", "in Hindi")):
        words = world.words(world.card_of(said))
        assert "not scored; a person should read it" in words
        assert tongue in words
