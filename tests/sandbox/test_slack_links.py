"""The lines to the app: tickets, acknowledgements, refresh, repetition of events and never of clicks."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import websocket
from slack_bolt import BoltResponse

from sandbox.shelf import Shelf
from tests.sandbox.bolt import Office, bolt_app, connected, office

Json = dict[str, Any]
HOME_OPENED: Json = {"type": "app_home_opened", "user": "U0ANN", "channel": "D0ANN", "tab": "home", "event_ts": "1.0"}


def button(action_id: str = "card.claim", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": "Claim"}, **more}


def card(*elements: Json) -> list[Json]:
    return [{"type": "actions", "block_id": "buttons", "elements": list(elements)}]


def note(seen: list[str], what: str, ack: Callable[[], object]) -> None:
    seen.append(what)
    ack()


@pytest.fixture
def place() -> Iterator[Office]:
    with office() as opened:
        yield opened


def test_a_click_is_acknowledged_through_a_real_bolt_app(place: Office) -> None:
    app = bolt_app(place)
    app.action("card.claim")(lambda ack: ack())
    ts = place.post_card(card(button()))
    with connected(place, app):
        answer = place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")
    assert answer["error"] is None
    assert answer["view_id"] is None
    assert 0 <= answer["acked_ms"] < 3000


def test_thirteen_simultaneous_clicks_are_all_acknowledged(place: Office) -> None:
    app, clicked = bolt_app(place), list[str]()
    app.action("card.claim")(lambda ack, body: note(clicked, body["user"]["id"], ack))
    ts = place.post_card(card(button()))
    staff = [person.id for person in place.side.world.users if person.kind == "staff"][:13]
    with connected(place, app), ThreadPoolExecutor(13) as crowd:
        answers = list(
            crowd.map(lambda user: place.act("click", by=user, channel="C0CARE", ts=ts, action_id="card.claim"), staff)
        )
    assert [answer["error"] for answer in answers] == [None] * 13
    assert sorted(clicked) == sorted(staff)


def test_a_late_acknowledgement_shows_the_person_an_error_and_the_log_how_late(place: Office) -> None:
    app, go_on = bolt_app(place), Event()
    place.side.links.patience = 0.3
    app.action("card.claim")(lambda ack: (go_on.wait(10), ack()))
    ts = place.post_card(card(button()))
    with connected(place, app):
        answer = place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")
        before = place.rows("interactive")[-1].copy()
        go_on.set()
        place.until(lambda: place.side.links.log.rows()[-1]["ms"])
    assert answer["acked_ms"] is None
    assert answer["error"]
    assert (before["outcome"], before["ms"]) == ("late", None)
    assert place.rows("interactive")[-1]["ms"] > 300


def test_a_click_without_a_connection_fails_at_once(place: Office) -> None:
    ts = place.post_card(card(button()))
    answer = place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")
    assert answer == {"acked_ms": None, "error": answer["error"], "view_id": None}
    assert answer["error"]
    assert place.rows("interactive")[-1]["outcome"] == "failed"


def test_a_click_is_never_handed_over_twice(place: Office) -> None:
    app, seen = bolt_app(place), []
    place.side.links.patience = 0.3
    app.action("card.claim")(lambda body: seen.append(body["trigger_id"]))
    ts = place.post_card(card(button()))
    with connected(place, app):
        place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")
        place.run(lambda: place.side.clock.on_move[0]())
    assert len(seen) == 1


def test_an_event_comes_again_at_once_then_after_one_and_five_business_minutes(place: Office) -> None:
    app, heard, links = bolt_app(place), [], place.side.links

    @app.event("app_home_opened")
    def deaf(body: Json, request: Any) -> None:
        number, reason = (request.headers.get(f"x-slack-retry-{name}") for name in ("num", "reason"))
        heard.append((body["event_id"], number, reason))
        raise RuntimeError("not today")

    @app.error
    def silent() -> BoltResponse:
        return BoltResponse(status=500)

    links.patience = 0.3
    with connected(place, app):
        place.run(lambda: links.event(HOME_OPENED))
        place.until(lambda: len(heard) == 2 and not links.unacked())
        assert place.run(lambda: links.unacked()) is False
        move(place, 60)
        place.until(lambda: len(heard) == 3 and not links.unacked())
        move(place, 300)
        place.until(lambda: len(heard) == 4 and not links.unacked())
        move(place, 3600)
    assert len({event_id for event_id, _, _ in heard}) == 1
    assert [attempt for _, attempt, _ in heard] == [["0"], ["1"], ["2"], ["3"]]
    assert {str(reason) for _, _, reason in heard[1:]} == {"['timeout']"}
    assert [row["outcome"] for row in place.rows("events_api")] == ["retry 1", "retry 2", "retry 3", "failed"]


def move(place: Office, seconds: float) -> None:
    def leap() -> None:
        place.side.clock.offset += seconds
        for hook in place.side.clock.on_move:
            hook()

    place.run(leap)


def test_events_wait_for_the_app_to_connect(place: Office) -> None:
    app, heard = bolt_app(place), []
    app.event("app_home_opened")(lambda body: heard.append(body["event"]["user"]))
    place.run(lambda: place.side.links.event(HOME_OPENED))
    place.run(lambda: place.side.links.event(HOME_OPENED | {"user": "U0BEN"}))
    with connected(place, app):
        place.until(lambda: len(heard) == 2)
    assert sorted(heard) == ["U0ANN", "U0BEN"]


def test_events_nobody_asked_for_do_not_go_out(place: Office) -> None:
    with connected(place, bolt_app(place)):
        place.run(lambda: place.side.links.event({"type": "emoji_changed", "event_ts": "1.0"}))
        assert place.run(place.side.links.unacked) is False


def test_a_refresh_loses_no_click_and_no_event(place: Office) -> None:
    app, clicked = bolt_app(place), list[str]()
    app.action("card.claim")(lambda ack, body: note(clicked, body["user"]["id"], ack))
    ts = place.post_card(card(button()))

    def press(_number: int) -> Any:
        return place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")["error"]

    with connected(place, app), ThreadPoolExecutor(3) as crowd:
        refreshed = crowd.submit(lambda: place.act("link", trouble="refresh", seconds=1))
        errors = list(crowd.map(press, range(100)))
        refreshed.result()
        errors += [press(0) for _ in range(5)]
    assert errors == [None] * 105
    assert len(clicked) == 105


def test_after_a_line_was_cut_the_app_comes_back(place: Office) -> None:
    app = bolt_app(place)
    app.action("card.claim")(lambda ack: ack())
    ts = place.post_card(card(button()))
    with connected(place, app):
        place.act("link", trouble="drop")
        place.until(place.side.links.connected)
        assert place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")["error"] is None


def test_a_ticket_opens_one_connection(place: Office) -> None:
    ticket = place.run(place.side.links.sockets.ticket)
    url = f"{place.origin.replace('http', 'ws')}/link/?ticket={ticket}"
    line = websocket.create_connection(url, timeout=5)
    assert '"hello"' in line.recv()
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(url, timeout=5)
    line.close()


def test_an_eleventh_connection_is_turned_away(place: Office) -> None:
    address = place.origin.replace("http", "ws")
    lines = []
    for _ in range(11):
        ticket = place.run(place.side.links.sockets.ticket)
        lines.append(websocket.create_connection(f"{address}/link/?ticket={ticket}", timeout=5))
    first_words = [json.loads(line.recv()) for line in lines]
    assert [words["type"] for words in first_words] == ["hello"] * 10 + ["disconnect"]
    assert first_words[9]["num_connections"] == 10
    assert first_words[10]["reason"] == "too_many_websockets"
    for line in lines:
        line.close()


def test_an_acknowledgement_counts_on_any_connection_of_the_app(place: Office) -> None:
    lines = []
    for _ in range(2):
        ticket = place.run(place.side.links.sockets.ticket)
        url = f"{place.origin.replace('http', 'ws')}/link/?ticket={ticket}"
        lines.append(websocket.create_connection(url, timeout=5))
        lines[-1].recv()
    place.run(lambda: place.side.links.event(HOME_OPENED))
    envelope = json.loads(lines[0].recv())
    assert place.run(place.side.links.unacked) is True
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    lines[1].send(json.dumps({"envelope_id": envelope["envelope_id"]}))
    place.until(lambda: not place.side.links.unacked())
    assert place.rows("events_api")[-1]["outcome"] == "acked"
    for line in lines:
        line.close()


def test_a_lost_acknowledgement_repeats_an_event_and_fails_a_click(place: Office) -> None:
    app, heard = bolt_app(place), list[str]()
    app.action("card.claim")(lambda ack: ack())
    app.event("app_home_opened")(lambda body: heard.append(body["event_id"]))
    place.side.links.patience = 0.3
    ts = place.post_card(card(button()))
    with connected(place, app):
        place.until(lambda: not place.side.links.unacked())  # the card's own event is told as well
        place.act("link", trouble="lose_acks")
        place.run(lambda: place.side.links.event(HOME_OPENED))
        place.until(lambda: len(heard) == 2 and not place.side.links.unacked())
        place.act("link", trouble="lose_acks")
        assert place.act("click", by="U0ANN", channel="care", ts=ts, action_id="card.claim")["error"]
    assert heard[0] == heard[1]


def test_an_event_that_waits_survives_a_restart(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with office(shelf) as before:
        before.run(lambda: before.side.links.event(HOME_OPENED))
        before.run(lambda: None)
    shelf.close()
    heard: list[str] = []
    with office(Shelf(tmp_path)) as after:
        app = bolt_app(after)
        app.event("app_home_opened")(lambda body: heard.append(body["event"]["user"]))
        with connected(after, app):
            after.until(lambda: heard)
    assert heard == ["U0ANN"]


@pytest.mark.parametrize("order", [{}, {"trouble": "dance"}, {"trouble": "refresh", "seconds": "soon"}], ids=str)
def test_unknown_trouble_is_refused(place: Office, order: Json) -> None:
    assert place.try_to("link", **order).status_code == 400
