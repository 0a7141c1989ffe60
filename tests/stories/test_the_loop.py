"""The loop: a post becomes a card, one person claims it, the customer is answered, the thread tells."""

from tests.stories.world import World

FILTHY = "@TidewellGyms the changing rooms at Harbour St are filthy again"
ANN, BEN, ELI = "U0ANN", "U0BEN", "U0ELI"


def test_a_post_becomes_one_card(world: World) -> None:
    world.customer_posts(FILTHY)
    world.advance(60)

    card = world.card_of("filthy again", "facilities")

    assert "*Open*" in world.words(card)
    assert "Claim" in world.labels(card)
    assert len(world.cards("facilities")) == 1
