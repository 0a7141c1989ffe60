"""Many who say the same, one who says it again and again, and more than is usual: on cards and in the channel."""

import re

import pytest

from tests.stories.world import World

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

AGAIN = "@TidewellGyms the sauna in Leeds is ice cold and nobody at the desk cares about it"
SAME = "@TidewellGyms your card machine declined everyone at the gate and we stood in the dirty rain"


def test_twenty_variants_of_one_author_are_one_card_that_counts_them(world: World) -> None:
    for number in range(20):
        world.post(f"{AGAIN}{'!' * (number % 4)}", "spammy_sam")
    world.advance(60)

    cards = [card for channel in ("care", "facilities") for card in world.cards(channel)]
    assert len(cards) == 1
    assert "+19: nearly the same words, 20 times in all" in world.words(cards[0])


def test_others_who_say_the_same_are_linked_to_their_cards(world: World) -> None:
    for number in range(4):
        world.customer_posts(SAME, f"guest_{number}")

    first = world.words(world.cards("facilities")[0])

    # The fourth one's card may not be posted yet when the first one's is drawn anew for it.
    found = re.search(r"3 others say the same: cases <(\S+?)\|2>, <(\S+?)\|3>, ", first)
    assert found, first
    stamps = {link.rpartition("/p")[2] for link in found.groups()}
    assert stamps <= {card.ts.replace(".", "") for card in world.cards("facilities")}


def test_a_spike_names_its_cases_and_leads_to_their_cards(world: World) -> None:
    for number in range(24):
        world.post(
            f"@TidewellGyms dirty lockers, number {number} floor {number * 7}, shut {number * 3}", f"seen_{number}"
        )
    world.advance(120)

    told = [said for said in world.everything("facilities") if "chart_with_upwards_trend" in said]
    assert len(told) == 1
    (spike,) = [one["text"] for one in world.messages("facilities") if "upwards_trend" in one["text"]]
    assert len(re.findall(r"<http\S+\|\d+>", spike)) == 5, spike
