"""HTTP mode: a real Bolt app behind a request URL, signed requests, and repetition of what was not accepted."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from tests.sandbox.bolt import Office, office

Json = dict[str, Any]
BUTTON: Json = {"type": "button", "action_id": "card.claim", "text": {"type": "plain_text", "text": "Claim"}}
CARD: list[Json] = [{"type": "actions", "block_id": "buttons", "elements": [BUTTON]}]
HOME_OPENED: Json = {"type": "app_home_opened", "user": "U0ANN", "channel": "D0ANN", "tab": "home", "event_ts": "1.0"}


class Threads(socketserver.ThreadingMixIn, WSGIServer):
    """One thread for each request, and no name lookups."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing about requests."""

    def log_message(self, format: str, *_arguments: Any) -> None:
        """Say nothing."""


def noting(app: Any, statuses: list[str]) -> Any:
    """The same WSGI application, which also writes down each status it answers."""

    def answer(environ: Json, start_response: Any) -> Any:
        def begin(status: str, headers: Any, *more: Any) -> Any:
            statuses.append(status)
            return start_response(status, headers, *more)

        return app(environ, begin)

    return answer


@contextmanager
def behind_url(secret: str | None = None, statuses: list[str] | None = None) -> Iterator[tuple[Office, App]]:
    """An office in HTTP mode and the app behind its request URL; `statuses` collects what the app answers."""
    server = Threads(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with office(request_url=f"http://127.0.0.1:{server.server_port}/slack/events") as place:
        client = WebClient(place.side.world.app.bot_token, base_url=f"{place.origin}/api/")
        signing = secret or place.side.world.app.signing_secret
        app = App(client=client, process_before_response=True, signing_secret=signing)
        server.set_app(noting(SlackRequestHandler(app), [] if statuses is None else statuses))
        yield place, app
    server.shutdown()
    server.server_close()


@pytest.fixture
def url_mode() -> Iterator[tuple[Office, App]]:
    with behind_url() as pair:
        pair[0].until(pair[0].side.links.connected)
        yield pair


def test_the_url_counts_as_connected_once_it_answered_the_challenge(url_mode: tuple[Office, App]) -> None:
    place, _ = url_mode
    assert place.run(place.side.links.connected) is True


def test_a_click_is_acknowledged_by_the_answer(url_mode: tuple[Office, App]) -> None:
    place, app = url_mode
    app.action("card.claim")(lambda ack: ack())
    ts = place.post_card(CARD)
    answer = place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")
    assert answer["error"] is None
    assert answer["acked_ms"] is not None


def test_a_commands_answer_comes_with_its_acknowledgement(url_mode: tuple[Office, App]) -> None:
    place, app = url_mode
    app.command("/dibs")(lambda ack: ack("Nothing waits."))
    place.act("command", by="U0ANN", channel="care", text="/dibs mine")
    shown = place.run(lambda: place.side.messages.ephemerals("U0ANN", "C0CARE"))
    assert shown[-1]["text"] == "Nothing waits."


def test_a_click_that_is_answered_with_404_fails_at_once(url_mode: tuple[Office, App]) -> None:
    place, _ = url_mode
    answer = place.act("click", by="U0ANN", channel="care", ts=place.post_card(CARD), action_id="card.claim")
    assert answer["error"]
    assert place.rows("interactive")[-1]["outcome"] == "failed"


def test_an_event_that_was_refused_comes_again_with_its_number_and_reason(url_mode: tuple[Office, App]) -> None:
    place, app = url_mode
    heard: list[Any] = []

    @app.event("app_home_opened")
    def once(request: Any) -> BoltResponse:
        heard.append([request.headers.get(f"x-slack-retry-{name}") for name in ("num", "reason")])
        return BoltResponse(status=503 if len(heard) == 1 else 200)

    place.run(lambda: place.side.links.event(HOME_OPENED))
    place.until(lambda: len(place.side.links.log.rows()) == 2)
    assert heard == [[None, None], [["1"], ["http_error"]]]
    assert [row["outcome"] for row in place.rows("events_api")] == ["retry 1", "acked"]


def test_an_app_can_ask_not_to_be_told_again(url_mode: tuple[Office, App]) -> None:
    place, app = url_mode
    app.event("app_home_opened")(lambda: BoltResponse(status=500, headers={"x-slack-no-retry": "1"}))
    place.run(lambda: place.side.links.event(HOME_OPENED))
    place.until(lambda: place.side.links.log.rows())
    assert place.rows("events_api")[-1]["outcome"] == "failed"


def test_an_app_with_another_secret_never_counts_as_connected() -> None:
    statuses: list[str] = []
    with behind_url("somebody else's", statuses) as (place, _):
        place.until(lambda: place.side.links.connected() or statuses)
        assert place.run(place.side.links.connected) is False
    assert statuses[0].startswith("401")
