"""HTTP mode: Slack's signed requests do what clicks over a socket do, and everything unsigned is turned away."""

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from bot import app
from bot.policy import load_policy
from bot.pulse import Pulse
from bot.rota_token import path_of
from bot.settings import read
from sandbox.world import read as read_world
from storage.migrations import migrate
from tests.sandbox.conftest import WORLD, Start, start_sandbox
from tests.stories.bots import settings_for
from tests.stories.conftest import wait_until_ready
from tests.stories.world import World

__all__ = ["start_sandbox"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(start_sandbox: Start, tmp_path: Path) -> Iterator[tuple[World, str]]:
    """A sandbox that sends signed requests, the bot that serves them, and the bot's address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    described = read_world(WORLD)
    ours = described.app.model_copy(update={"request_url": f"{address}/slack/events"})
    database = f"sqlite:///{tmp_path / 'dibs.db'}"
    migrate(database)
    sandbox = start_sandbox(world=described.model_copy(update={"app": ours}), rates=50.0)
    settings = read(settings_for(sandbox, database, 50.0) | {"SLACK_APP_TOKEN": "", "PORT": str(port)})
    parts = app.build(settings, load_policy(settings.policy_path), Pulse())
    app.start(parts)
    wait_until_ready(sandbox)
    yield World(sandbox, database), address
    app.stop(parts)


def test_a_claim_by_signed_request_is_a_claim(served: tuple[World, str]) -> None:
    world, _ = served
    world.customer_posts("@TidewellGyms the man at the desk was rude to my son and nobody cares")
    card = world.cards("care")[0]

    pressed = world.click("U0ANN", "Claim", card)

    assert pressed["error"] is None
    world.advance(1)
    assert "<@U0ANN> has it" in world.message(card, "U0ANN")["text"]


UNSIGNED: list[dict[bytes, bytes]] = [
    {},
    {b"x-slack-request-timestamp": b"now", b"x-slack-signature": b"v0=00"},
    {b"x-slack-request-timestamp": b"1", b"x-slack-signature": b"v0=00"},
    {b"x-slack-request-timestamp": b"9" * 400, b"x-slack-signature": b"v0=00"},
    {b"x-slack-request-timestamp": b"1700000000", b"x-slack-signature": b"v0=\xff\xfe"},
]


def test_what_slack_did_not_sign_is_turned_away(served: tuple[World, str]) -> None:
    _, address = served

    answers = [
        httpx2.post(f"{address}/slack/events", content=body, headers=headers)
        for headers in UNSIGNED
        for body in (b"payload=%7B%7D", b"\xff\xfe", b"x" * 1_100_000)
    ]

    assert {answer.status_code for answer in answers} == {401}


def test_health_says_that_we_are_well(served: tuple[World, str]) -> None:
    _, address = served

    assert httpx2.get(f"{address}/health").json()["ok"] is True


def test_a_rota_is_a_feed_for_whoever_has_its_address(served: tuple[World, str]) -> None:
    _, address = served
    secret = read_world(WORLD).app.signing_secret

    found = httpx2.get(f"{address}{path_of('care', secret)}")
    guessed = httpx2.get(f"{address}/rota/care/{'0' * 40}.ics")
    unknown = httpx2.get(f"{address}{path_of('nobody', secret)}")

    assert found.headers["content-type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in found.text
    assert (guessed.status_code, unknown.status_code) == (404, 404)
