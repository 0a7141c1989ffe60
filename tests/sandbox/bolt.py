"""A real Bolt app over the real Socket Mode client, and a sandbox's Slack side on a real port to speak to."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from starlette.applications import Starlette

from sandbox.clock import Clock
from sandbox.control import slack_act
from sandbox.errors import Wrong, say_wrong
from sandbox.faults import Faults
from sandbox.live import Bus
from sandbox.serving import Connection, listen
from sandbox.shelf import Shelf
from sandbox.slack import response_urls, socket, webapi
from sandbox.slack.messages import Content
from sandbox.slack.side import SlackSide
from sandbox.world import World
from tests.sandbox.conftest import talkative

Json = dict[str, Any]
PATIENCE = 10.0


class Office:
    """The Slack side as a running server; `run` reaches into its loop, `post` and `get` are the control API."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        self._listening = listen(0)
        self.origin = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.side = SlackSide(world, Clock(), shelf, Faults(), Bus(), rates=100.0, origin=self.origin)
        routes = [*webapi.routes(self.side), *socket.routes(self.side), *response_urls.routes(self.side)]
        app = Starlette(routes=[*routes, *slack_act.routes(self.side)], exception_handlers={Wrong: say_wrong})
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="websockets-sansio",
            lifespan="off",
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.http = httpx2.Client(base_url=self.origin, timeout=30, trust_env=False)

    def start(self) -> None:
        """Listen; connections that come before the server is up wait in the socket's queue."""
        self._thread.start()

    def stop(self) -> None:
        """Close everything."""
        self.http.close()
        self.run(self._close)
        self._server.should_exit = True
        self._thread.join(PATIENCE)

    def run(self, act: Callable[[], Any]) -> Any:
        """Call this inside the server's loop and answer what it answers."""

        async def inside() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(inside(), self._loop).result(PATIENCE)

    def until(self, fact: Callable[[], Any]) -> Any:
        """Wait for a fact about the server; fails loudly when it does not come true."""
        ends, tick = time.monotonic() + PATIENCE, threading.Event()
        while not (found := self.run(fact)):
            assert time.monotonic() < ends, "what was waited for did not happen"
            tick.wait(0.01)
        return found

    def act(self, name: str, **order: Any) -> Json:
        """POST /control/slack/NAME; the order's `by` is the API's `as`. Fails on anything but 200."""
        response = self.try_to(name, **order)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def try_to(self, name: str, **order: Any) -> httpx2.Response:
        """The same without an opinion about the answer."""
        order["as"] = order.pop("by", None)
        return self.http.post(f"/control/slack/{name}", json=order)

    def look(self, name: str, user: str) -> httpx2.Response:
        """GET /control/slack/NAME?as=USER."""
        return self.http.get(f"/control/slack/{name}", params={"as": user})

    def post_card(self, blocks: list[Json], channel: str = "C0CARE") -> str:
        """The bot posts these blocks; answers the ts."""
        messages = self.side.messages
        posted = self.run(lambda: messages.post(channel, messages.by_bot(), Content("a card", blocks)))
        return str(posted["ts"])

    def rows(self, kind: str) -> list[Json]:
        """The delivery log's rows of one kind."""
        return [row for row in self.run(self.side.links.log.rows) if row["kind"] == kind]

    def _close(self) -> None:
        self.side.links.close_all()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._server.serve([self._listening]))


@contextmanager
def office(shelf: Shelf | None = None, **app: Any) -> Iterator[Office]:
    """A running Slack side of the world in workspace.toml, with changed facts about the app."""
    world = talkative()
    place = Office(world.model_copy(update={"app": world.app.model_copy(update=app)}), shelf or Shelf(None))
    place.start()
    try:
        yield place
    finally:
        place.stop()


def bolt_app(place: Office) -> App:
    """An app that acknowledges after its listener, pointed at the office."""
    tokens = place.side.world.app
    client = WebClient(tokens.bot_token, base_url=f"{place.origin}/api/")
    return App(client=client, process_before_response=True, signing_secret=tokens.signing_secret)


class BriskClient(SocketModeClient):
    """The real client, which otherwise may look for up to ten seconds at a line it has closed itself."""

    def _run_current_session(self) -> None:
        if self.current_session is not None:
            self.current_session.run_forever(ping_interval=self.ping_interval, ping_timeout=1)


class BriskHandler(SocketModeHandler):
    """Bolt's handler around the brisk client."""

    def __init__(self, app: App, app_token: str) -> None:
        self.app, self.app_token = app, app_token
        self.client = BriskClient(app_token, web_client=app.client, concurrency=20)
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]  # as Bolt itself does


@contextmanager
def connected(place: Office, app: App) -> Iterator[SocketModeHandler]:
    """The app, connected by Socket Mode."""
    handler = BriskHandler(app, place.side.world.app.app_token)
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        place.until(place.side.links.connected)
        # The client's own monitor may just replace a session that had not started when it first looked.
        place.until(lambda: handler.client.is_connected() and not handler.client.connect_operation_lock.locked())
        yield handler
    finally:
        handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
