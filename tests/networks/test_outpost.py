"""Plain HTTP: what becomes of a call, a feed and a heartbeat, whatever the other side does."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta

import pytest

from domain.deliveries import Delivered, No, Outcome, Unsure, Wait
from networks.outpost import Failed, Fetched, Outpost, Unchanged
from tests.networks.test_x_sending import answering
from tests.sandbox.conftest import Running

FEED = "BEGIN:VCALENDAR\r\nSUMMARY:Zoë\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def outpost() -> Outpost:
    """Ours, in a hurry."""
    return Outpost(sandbox=True, timeouts=(1.0, 1.5))


def _order(sandbox: Running, service: str, outcome: str) -> None:
    sandbox.post("/control/faults", service=service, method="*", outcome=outcome)


@pytest.fixture
def feed(sandbox: Running) -> str:
    """The address of a feed that is served."""
    return str(sandbox.post("/control/feeds", name="rota", text=FEED)["url"])


@contextmanager
def dripping(begin: bytes) -> Iterator[str]:
    """A server that answers with this and then with a byte every tenth of a second, for ever; its address."""
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection), suppress(OSError):
                connection.recv(65_536)
                connection.sendall(begin)
                while not over.wait(0.1):
                    connection.sendall(b"x")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/secret-path"
        over.set()
        thread.join(5)


def test_a_call_arrives_with_its_key(sandbox: Running, outpost: Outpost) -> None:
    assert outpost.post(f"{sandbox.url}/phone", {"text": "Case 7 is late"}, "k1") == Delivered()
    assert outpost.post(f"{sandbox.url}/phone", {"text": "Case 7 is late"}, "k1") == Delivered()
    assert outpost.post(f"{sandbox.url}/phone", {"dedup_key": "incident", "text": "x"}, "k2") == Delivered()
    calls = sandbox.get("/control/phone")
    assert [(call["dedup_key"], call["times"], call["received"]) for call in calls] == [
        ("k1", 1, 2),
        ("incident", 1, 1),
    ]


@pytest.mark.parametrize(
    ("fault", "outcome", "rang"),
    [
        ("refuse:403", No("HTTP 403"), 0),
        ("refuse:410", No("HTTP 410"), 0),
        ("refuse:408", Unsure("HTTP 408"), 0),
        ("redirect:http://127.0.0.1/elsewhere", No("HTTP 302"), 0),
        ("429:17", Wait(timedelta(seconds=17), "ratelimited"), 0),
        ("5xx_before", Unsure("HTTP 503"), 0),
        ("5xx_after", Unsure("HTTP 503"), 1),
        ("html_502", Unsure("HTTP 502"), 0),
        ("reset_before", Unsure("ConnectionError"), 0),
        ("reset_after", Unsure("ConnectionError"), 1),
        ("garbage", Delivered(), 0),
        ("huge", Delivered(), 0),
        ("drip", Delivered(), 0),
    ],
)
def test_every_fault_of_a_call_has_its_outcome(
    sandbox: Running, outpost: Outpost, fault: str, outcome: Outcome, rang: int
) -> None:
    _order(sandbox, "phone", fault)
    assert outpost.post(f"{sandbox.url}/phone", {"text": "x"}, "k1") == outcome
    assert len(sandbox.get("/control/phone")) == rang


def test_a_call_that_is_answered_too_late_may_have_rung(sandbox: Running, outpost: Outpost) -> None:
    _order(sandbox, "phone", "delay:3")
    outcome = outpost.post(f"{sandbox.url}/phone", {"text": "x"}, "k1")
    assert isinstance(outcome, Unsure)
    assert len(sandbox.get("/control/phone")) == 1


def test_nobody_listening_means_surely_not_delivered(outpost: Outpost) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    outcome = outpost.post(f"http://127.0.0.1:{port}/", {}, "k1")
    assert isinstance(outcome, Wait)
    assert "not reached" in outcome.reason


def test_a_host_without_an_address_means_surely_not_delivered() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise socket.gaierror("no such host")

    outpost = Outpost(resolve=nowhere)
    assert outpost.post("https://phone.example/x", {}, "k1") == Wait(timedelta(seconds=5), "not reached: gaierror")
    assert outpost.fetch("https://feeds.example/x") == Failed("It could not be reached (gaierror).")


def test_a_feed_comes_whole_and_then_only_when_it_changed(sandbox: Running, outpost: Outpost, feed: str) -> None:
    first = outpost.fetch(feed)
    assert isinstance(first, Fetched)
    assert first.text == FEED
    assert outpost.fetch(feed, first.etag) == Unchanged()
    sandbox.post("/control/feeds", name="rota", text=FEED * 2)
    changed = outpost.fetch(feed, first.etag)
    assert isinstance(changed, Fetched)
    assert changed.text == FEED * 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refuse:404", "It answered 404."),
        ("5xx_before", "It answered 503."),
        ("html_502", "It answered 502."),
        ("redirect:http://127.0.0.1/", "pointing elsewhere"),
        ("reset_before", "could not be reached"),
        ("reset_after", "could not be reached"),
        ("huge", "longer than 1 MB"),
        ("garbage", "not text"),
        ("drip", "took too long"),
        ("delay:3", "took too long"),
    ],
)
def test_every_fault_of_a_feed_has_its_sentence(
    sandbox: Running, outpost: Outpost, feed: str, fault: str, reason: str
) -> None:
    _order(sandbox, "feeds", fault)
    began = time.monotonic()
    failed = outpost.fetch(feed)
    assert isinstance(failed, Failed)
    assert reason in failed.reason
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("size", [1_000_000, 1_000_001])
def test_a_feed_may_have_a_megabyte_and_no_byte_more(sandbox: Running, outpost: Outpost, feed: str, size: int) -> None:
    sandbox.post("/control/feeds", name="rota", text="x" * size)
    assert isinstance(outpost.fetch(feed), Fetched if size == 1_000_000 else Failed)


def test_headers_that_never_end_are_cut_off(outpost: Outpost) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ") as address:
        began = time.monotonic()
        assert isinstance(outpost.post(address, {}, "k1"), Unsure)
        assert time.monotonic() - began < 4


def test_a_body_that_ends_because_it_was_cut_is_no_feed(outpost: Outpost) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\ncontent-type: text/calendar\r\nconnection: close\r\n\r\n") as address:
        assert outpost.fetch(address) == Failed("It took too long.")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd",
    ],
    ids=["nothing", "no HTTP", "less than promised", "bad chunks", "packed"],
)
def test_an_answer_that_is_none_is_a_failure(outpost: Outpost, answer: bytes) -> None:
    with answering(answer) as address:
        assert isinstance(outpost.fetch(address), Failed)


def test_a_tag_that_no_header_can_hold_is_left_out(outpost: Outpost) -> None:
    with answering(b"HTTP/1.1 200 OK\r\netag: \xe9\xff\r\ncontent-length: 1\r\n\r\nx") as address:
        assert outpost.fetch(address) == Fetched("x", None)


def test_a_knock_is_a_heartbeat(sandbox: Running, outpost: Outpost) -> None:
    assert outpost.knock(f"{sandbox.url}/heartbeat/dibs") == Delivered()
    assert sandbox.get("/control/heartbeats")["dibs"]["count"] == 1
    _order(sandbox, "heartbeat", "5xx_before")
    assert outpost.knock(f"{sandbox.url}/heartbeat/dibs") == Unsure("HTTP 503")


def test_no_proxy_of_the_environment_is_asked(
    sandbox: Running, outpost: Outpost, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert outpost.knock(f"{sandbox.url}/heartbeat/dibs") == Delivered()


def test_an_address_is_in_no_log_and_no_reason(
    sandbox: Running, outpost: Outpost, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    told = [outpost.fetch(f"{sandbox.url}/feeds/secret-path.ics")]
    with closing(socket.create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    told += [outpost.fetch(f"http://127.0.0.1:{port}/secret-path")]
    outcomes = [outpost.post(f"http://127.0.0.1:{port}/secret-path", {}, "k1"), outpost.knock("http://a.b/secret-path")]
    assert "secret-path" not in caplog.text + str(told) + str(outcomes)
