"""A bot that is killed, stopped, doubled or late: nothing is lost, and nothing is done twice."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from sqlalchemy import make_url

from bot.story.reading import words
from tests.stories.bots import Process
from tests.stories.conftest import Worlds
from tests.stories.people import ANN, BEN, THIRTEEN
from tests.stories.test_the_loop import RUDE, SORRY
from tests.stories.world import World

pytestmark = pytest.mark.slow
PATIENCE = 60.0
"""Wall seconds: what a killed bot was at is taken up again when its lease of half a minute is over."""


def wait_until(holds: Callable[[], bool], why: str) -> None:
    """Poll the world from outside: a killed bot can't be asked whether it is idle."""
    pause, ends = Event(), monotonic() + PATIENCE
    while not holds():
        assert monotonic() < ends, why
        pause.wait(0.1)


@pytest.fixture
def killable(worlds: Worlds) -> tuple[World, Callable[[], Process]]:
    """An empty world, and what starts a bot in it as a process."""
    worlds.expected.append("Connection to remote host was lost")
    world = worlds.empty()

    def start() -> Process:
        process = worlds.spawn(world)
        wait_until(lambda: world.sandbox.http.get("/ready").status_code == 200, "the bot didn't come up")
        return process

    return world, start


def test_what_was_posted_while_the_bot_was_dead_arrives_once(killable: tuple[World, Callable[[], Process]]) -> None:
    world, start = killable
    bot = start()
    world.customer_posts(RUDE)
    bot.kill()
    world.post("@TidewellGyms the app is down again and nobody answers", "somebody_else")

    start()
    wait_until(lambda: len(world.cards()) == 2, "the second post has no card")
    world.advance(60)

    assert len(world.cards()) == 2


def test_a_claim_outlives_its_bot(killable: tuple[World, Callable[[], Process]]) -> None:
    world, start = killable
    bot = start()
    world.customer_posts(RUDE)
    card = world.card_of("rude")
    world.click(ANN, "Claim", card)
    bot.kill()

    start()
    wait_until(lambda: f"<@{ANN}> has it" in world.words(card), "the claim was lost")
    claim_of_ben = world.press(BEN, world.pressable(ANN, "Release", card), card)

    assert claim_of_ben["error"] is None


def test_a_bot_killed_while_it_sends_finds_its_reply(killable: tuple[World, Callable[[], Process]]) -> None:
    world, start = killable
    bot = start()
    world.customer_posts(RUDE)
    card = world.card_of("rude")
    world.does(ANN, "Claim", card)
    world.does(ANN, "Reply", card)
    world.fault("x", "POST /2/tweets", "delay:6")
    world.submit(ANN, text=SORRY)
    wait_until(lambda: world.public_replies() == [SORRY], "the attempt never began")
    bot.kill()

    start()
    world.leap(120)
    wait_until(lambda: "Answered" in world.words(card), "the reply was not found")

    assert world.public_replies() == [SORRY]
    assert len([line for line in world.thread(card) if SORRY in line]) == 1


@pytest.mark.long
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_bot_killed_while_it_posts_cards_posts_each_once(killable: tuple[World, Callable[[], Process]]) -> None:
    world, start = killable
    bot = start()
    world.fault("slack", "chat.postMessage", "delay:2", times=4)
    for n in range(8):
        world.post(f"@TidewellGyms rude, number {n}", f"customer_{n}")
    wait_until(lambda: world.cards() != [], "no card was posted")
    bot.kill()

    start()
    wait_until(lambda: len(world.cards()) >= 8, "cards are missing")
    world.sandbox.http.timeout = PATIENCE
    world.advance(60, PATIENCE - 10)

    said = [words(world.message(card)) for card in world.cards()]
    assert len(said) == 8
    assert all(sum(f"number {n}" in one for one in said) == 1 for n in range(8))


def test_a_stop_drains_within_ten_seconds_and_loses_nothing(killable: tuple[World, Callable[[], Process]]) -> None:
    world, start = killable
    bot = start()
    world.customer_posts(RUDE)
    card = world.card_of("rude")
    claim = world.pressable(ANN, "Claim", card)

    clicking = Thread(target=world.all_at_once, args=(THIRTEEN, "Claim", card))
    clicking.start()
    began = monotonic()
    bot.stop()
    assert monotonic() - began < 10
    clicking.join()
    start()
    world.press(ANN, claim, card)
    wait_until(lambda: "has it" in world.words(card), "nobody has it")

    holders = [person for person in THIRTEEN if f"<@{person}> has it" in world.words(card)]
    assert len(holders) == 1


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_two_bots_on_one_database_do_everything_once(worlds: Worlds) -> None:
    world = worlds.open()
    second = worlds.spawn(world)
    wait_until(lambda: "new session" in second.log.read_text(), "the second bot didn't come up")
    for n in range(12):
        world.post(f"@TidewellGyms rude, number {n}", f"customer_{n}")
    wait_until(lambda: len(world.cards()) >= 12, "cards are missing")
    card = world.card_of("number 3")

    world.all_at_once(THIRTEEN, "Claim", card)
    wait_until(lambda: "Collisions prevented: 12" in world.words(card), "not everybody was answered")
    (holder,) = [person for person in THIRTEEN if f"<@{person}> has it" in world.words(card)]
    world.does(holder, "Reply", card)
    world.submit(holder, text=SORRY)
    wait_until(lambda: "Answered" in world.words(card), "the reply didn't go out")
    world.advance(60)

    assert world.public_replies() == [SORRY]
    assert len(world.cards()) == 12
    assert len([line for line in world.thread(card) if SORRY in line]) == 1


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_click_that_meets_a_busy_database_is_shown_to_have_failed_and_changes_nothing(world: World) -> None:
    world.customer_posts(RUDE)
    card = world.card_of("rude")
    with Path(f"{make_url(world.database_url).database}.lock").open("ab") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        began = monotonic()
        answer = world.click(ANN, "Claim", card)
        waited = monotonic() - began

    assert answer["error"]
    assert answer["acked_ms"] is None
    assert waited < 3.5
    world.does(BEN, "Claim", card)
    assert f"<@{BEN}> has it" in world.words(card)
