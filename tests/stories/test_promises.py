"""A promise to a customer, over the wire: asked about before it goes out, told to its keeper, kept or passed on."""

from datetime import datetime

from tests.stories.people import ANN, BEN, CLEO, NORA
from tests.stories.test_the_loop import given_a_claimed_card
from tests.stories.world import Spot, World

WORDS = "We are so sorry. Our manager will call you tomorrow."
HOUR = 3600


def now(world: World) -> int:
    moment = str(world.sandbox.get("/control/clock")["now"])
    return int(datetime.fromisoformat(moment).timestamp())


def given_a_promise(world: World, keeper: str = BEN) -> tuple[Spot, int]:
    """Ann promised a call in two hours, and `keeper` keeps it."""
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.submit(ANN, text=WORDS)
    due = now(world) + 2 * HOUR
    world.confirms(ANN, text=WORDS, due=str(due), keeper=keeper)
    world.advance(30)
    return card, due


def reach(world: World, moment: int) -> None:
    """Go on to a moment."""
    world.advance(moment - now(world), 60)


def about_promises(world: World, person: str) -> list[str]:
    return [said for said in world.direct_messages(person) if "romise" in said]


def test_a_promise_is_asked_about_before_anything_goes_out(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)

    answer = world.submit(ANN, text=WORDS)
    world.advance(60)

    assert not answer["closed"]
    assert "You promise: “Our manager will call you tomorrow”" in str(world.view(ANN)["blocks"])
    assert world.public_replies() == []


def test_a_moment_that_has_passed_is_refused_in_the_modal(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.submit(ANN, text=WORDS)

    answer = world.submit(ANN, text=WORDS, due=str(now(world) - 60), keeper=BEN)

    assert not answer["closed"]
    assert "has passed" in str(answer)
    assert world.public_replies() == []


def test_what_is_no_promise_goes_out_with_one_tick(world: World) -> None:
    card = given_a_claimed_card(world)
    world.does(ANN, "Reply", card)
    world.submit(ANN, text=WORDS)

    world.confirms(ANN, text=WORDS, none="none")
    world.advance(30)

    assert world.public_replies() == [WORDS]
    assert "Promised" not in world.words(card)


def test_its_keeper_hears_in_time_says_kept_and_nobody_else_hears(world: World) -> None:
    card, due = given_a_promise(world)
    assert world.public_replies() == [WORDS]
    assert f"<@{BEN}> keeps it" in world.words(card)
    assert len(about_promises(world, BEN)) == 1

    reach(world, due - 14 * 60)
    message = world.direct_message(BEN)
    assert "Your promise" in world.words(message, BEN)
    world.does(BEN, "Kept", message)
    reach(world, due + 2 * HOUR)

    assert "was kept" in world.words(message, BEN)
    assert world.labels(message, BEN) == []
    assert "Promised" not in world.words(card)
    assert len(about_promises(world, BEN)) == 2
    assert [person for person in (ANN, CLEO, NORA) if about_promises(world, person)] == []


def test_a_new_time_wants_a_reason_and_shows_on_the_card(world: World) -> None:
    card, due = given_a_promise(world)
    later = due + 24 * HOUR

    world.does(ANN, "New time", card)
    world.confirms(ANN, due=str(later), reason="She is on a plane until tomorrow")
    reach(world, due + HOUR)

    assert f"<!date^{later}^" in world.words(card)
    assert len(about_promises(world, BEN)) == 1
    assert about_promises(world, NORA) == []


def test_a_promise_nobody_kept_reaches_the_manager(world: World) -> None:
    card, due = given_a_promise(world)

    reach(world, due + 31 * 60)

    assert len(about_promises(world, BEN)) == 3
    (told,) = about_promises(world, NORA)
    assert f"Nobody has said that <@{BEN}> kept this promise" in told
    assert "was due" in world.words(card)
