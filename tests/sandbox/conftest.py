"""A running sandbox on loopback for each test, and the hands to use it."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from sandbox import serving
from sandbox.app import Options, Sandbox, build
from sandbox.shelf import Shelf
from sandbox.world import World, read

WORLD = Path(__file__).parents[2] / "workspace.toml"
Json = dict[str, Any]


@dataclass(frozen=True)
class Running:
    """A sandbox that listens on `url`; `inside` is its composition root, for what no call can show."""

    url: str
    world: World
    inside: Sandbox
    http: httpx2.Client

    @property
    def bot_token(self) -> str:
        """The app's bot token."""
        return self.world.app.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self.world.app.app_token

    def slack(self, token: str | None = None) -> WebClient:
        """The real client, without its retries."""
        return WebClient(token or self.bot_token, base_url=f"{self.url}/api/", retry_handlers=[], timeout=10)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at an address of the control API; fails unless it is 200."""
        answer = self.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        """The answer to an order to the control API; fails unless it is 200."""
        answer = self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def leap(self, seconds: float) -> None:
        """Move business time without waiting for anybody."""
        self.post("/control/clock", jump_seconds=seconds, patience_seconds=0)

    def order(self, method: str, outcome: str, times: int = 1) -> None:
        """Order a fault of the Slack side."""
        self.post("/control/faults", service="slack", method=method, outcome=outcome, times=times)


Start = Callable[..., Running]


def talkative() -> World:
    """The shipped world, whose app hears of messages as well, so that the sandbox has more to tell."""
    world = read(WORLD)
    more = ["message.channels", "message.groups", "message.im", "tokens_revoked"]
    return world.model_copy(update={"app": world.app.model_copy(update={"events": [*world.app.events, *more]})})


@pytest.fixture
def start_sandbox() -> Iterator[Start]:
    """Starts sandboxes: `start(world=…, state=folder, rates=…, demo=…)`; all of them stop after the test."""
    stops: list[Callable[[], None]] = []

    def start(world: World | None = None, state: Path | None = None, **wishes: Any) -> Running:
        running, stop = _started(world or talkative(), Shelf(state), {"demo": False} | wishes)
        stops.append(stop)
        return running

    yield start
    for stop in stops:
        stop()


@pytest.fixture
def sandbox(start_sandbox: Start) -> Running:
    """A sandbox of the shipped world, without demo posts."""
    return start_sandbox()


class ListeningApp:
    """The least app there is: one socket, every envelope acknowledged at once and kept for the test to read."""

    def __init__(self, running: Running) -> None:
        address = running.slack().apps_connections_open(app_token=running.app_token)["url"]
        self._ends = ExitStack()
        self._socket: ClientConnection = self._ends.enter_context(connect(str(address)))
        self._heard: queue.Queue[Json] = queue.Queue()
        assert json.loads(self._socket.recv(5))["type"] == "hello"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def next(self, kind: str) -> Json:
        """The payload of the next envelope of this kind; others are passed over. queue.Empty after five seconds."""
        while True:
            envelope = self._heard.get(timeout=5)
            if envelope["type"] == kind:
                payload: Json = envelope["payload"]
                return payload

    def event(self, name: str) -> Json:
        """The next event of this type."""
        while True:
            event: Json = self.next("events_api")["event"]
            if event["type"] == name:
                return event

    def stop(self) -> None:
        """Hang up."""
        self._ends.close()
        self._thread.join(5)

    def _listen(self) -> None:
        try:
            for frame in self._socket:
                envelope = json.loads(frame)
                if "envelope_id" in envelope:
                    self._socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
                    self._heard.put(envelope)
        except ConnectionClosed:
            return


@pytest.fixture
def listening_app(sandbox: Running) -> Iterator[ListeningApp]:
    """An app on the sandbox's socket."""
    app = ListeningApp(sandbox)
    yield app
    app.stop()


def _started(world: World, shelf: Shelf, wishes: Json) -> tuple[Running, Callable[[], None]]:
    listening = serving.listen(0)
    port = listening.getsockname()[1]
    app = build(world, shelf, Options(port, **wishes))
    server = serving.server_for(app)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    http = httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)

    def stop() -> None:
        http.close()
        server.should_exit = True
        thread.join(5)
        listening.close()
        shelf.close()
        assert not thread.is_alive(), "the sandbox did not stop"

    return Running(f"http://127.0.0.1:{port}", world, app.state.sandbox, http), stop
