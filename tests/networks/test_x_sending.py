"""What becomes of a reply: done, surely not, refused or unknown, and how an unknown one is found again."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from domain.replies import Done, Refused, SurelyNot, Unknown
from networks.errors import Unreachable
from networks.x import X, XAccess
from tests.networks.test_x import connect
from tests.sandbox.conftest import Running
from tests.sandbox.on_x import OnX, on_x

ACCESS = XAccess("a", "b", "c", "d")


@pytest.fixture
def people(sandbox: Running) -> OnX:
    """Customers on X."""
    return on_x(sandbox)


@pytest.fixture
def network(sandbox: Running) -> X:
    """What we speak through."""
    return connect(sandbox)


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that reads one request and answers these bytes, then hangs up; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                connection.recv(65_536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join(5)


def _http(status: str, body: bytes, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
    return head.encode() + body


def test_a_reply_is_done_with_its_id(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    done = network.send("Sorry, “we” fix it — today 😊 & soon: https://example.com/x", target)
    [reply] = people.replies()
    assert done == Done(reply["id"])
    assert (reply["in_reply_to"], reply["text"]) == (
        target,
        "Sorry, “we” fix it — today 😊 & soon: https://example.com/x",
    )


def test_a_post_of_our_own_needs_no_target(network: X, people: OnX) -> None:
    assert isinstance(network.send("We are open", None), Done)
    assert people.replies()[0]["in_reply_to"] is None


@pytest.mark.parametrize(
    "code", ["not_summoned", "reply_settings", "too_long", "target_gone", "suspended", "text_rejected"]
)
def test_a_refusal_has_our_code_and_their_words(network: X, people: OnX, code: str) -> None:
    people.order("POST /2/tweets", f"refuse:{code}")
    refused = network.send("Sorry", None)
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert len(refused.message) > 30


@pytest.mark.parametrize("code", ["some_new_reason", "400", "404", "409"])
def test_an_unknown_refusal_is_other(network: X, people: OnX, code: str) -> None:
    people.order("POST /2/tweets", f"refuse:{code}")
    refused = network.send("Sorry", None)
    assert isinstance(refused, Refused)
    assert refused.code == "other"


def test_real_refusals_are_told_apart(network: X, people: OnX) -> None:
    unnamed = people.post("marco", "Tidewell is cold")
    closed = people.post("anna", "@TidewellGyms cold", reply_settings="following")
    gone = people.post("ben", "@TidewellGyms cold")
    people.sandbox.post("/control/x/delete", id=gone)
    outcomes = [network.send("Sorry", target) for target in (unnamed, closed, gone)]
    outcomes.append(network.send("x" * 281, None))
    codes = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert codes == ["not_summoned", "reply_settings", "target_gone", "too_long"]


@pytest.mark.parametrize(("outcome", "kind"), [("refuse:401", "auth"), ("refuse:402", "credits")])
def test_without_rights_or_credits_nothing_was_sent(network: X, people: OnX, outcome: str, kind: str) -> None:
    people.order("POST /2/tweets", outcome)
    result = network.send("Sorry", None)
    assert isinstance(result, SurelyNot)
    assert (result.kind, result.retry_at) == (kind, None)


def test_a_limit_says_when_to_try_again(network: X, people: OnX) -> None:
    people.order("POST /2/tweets", "429:600")
    result = network.send("Sorry", None)
    now = datetime.fromtimestamp(people.sandbox.inside.clock.time(), UTC)
    assert isinstance(result, SurelyNot)
    assert result.kind == "rate"
    assert result.retry_at is not None
    assert timedelta(seconds=590) < result.retry_at - now < timedelta(seconds=605)


@pytest.mark.parametrize(
    ("outcome", "published"),
    [("5xx_before", 0), ("5xx_after", 1), ("html_502", 0), ("reset_before", 0), ("reset_after", 1)],
)
def test_what_may_have_gone_through_is_unknown_and_never_tried_twice(
    network: X, people: OnX, outcome: str, published: int
) -> None:
    people.order("POST /2/tweets", outcome)
    assert isinstance(network.send("Sorry", None), Unknown)
    assert len(people.replies()) == published


def test_words_that_are_public_already_are_unknown(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    done = network.send("Sorry", target)
    again = network.send("Sorry", target)
    assert isinstance(done, Done)
    assert isinstance(again, Unknown)
    assert network.find_sent("Sorry", target, _ago(people, 60)) == done.remote_id


def test_an_answer_that_takes_too_long_is_unknown() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        network = X(ACCESS, api=f"http://127.0.0.1:{silent.getsockname()[1]}", timeouts=(1.0, 0.2))
        assert isinstance(network.send("Sorry", None), Unknown)


@pytest.mark.parametrize(
    "api", ["http://127.0.0.1:9", "http://dibs.invalid", "https://127.0.0.1:9"], ids=["port", "name", "tls"]
)
def test_nobody_there_means_surely_not_sent(api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _no_such_name if "invalid" in api else socket.getaddrinfo)
    result = X(ACCESS, api=api).send("Sorry", None)
    assert isinstance(result, SurelyNot)
    assert (result.kind, result.retry_at) == ("network", None)


@pytest.mark.parametrize(
    "answer",
    [
        _http("201 Created", b"<html>created</html>", "text/html"),
        _http("201 Created", b"[]"),
        _http("201 Created", b'{"data": {"id": 5}}'),
        _http("201 Created", b'{"data": null}'),
        _http("201 Created", b'{"data": "x"}'),
        _http("200 OK", b""),
        _http("302 Found\r\nlocation: http://127.0.0.1:9/", b""),
        _http("408 Request Timeout", b"[]"),
        _http("500 Internal Server Error", b'["nothing"]'),
        b"HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{",
        b"HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
)
def test_an_answer_nobody_can_read_is_unknown(answer: bytes) -> None:
    with answering(answer) as api:
        assert isinstance(X(ACCESS, api=api).send("Sorry", None), Unknown)


@pytest.mark.parametrize(
    "answer",
    [
        _http("200 OK", b"<html>", "text/html"),
        _http("200 OK", b"[]"),
        _http("200 OK", b'{"data": []}'),
        _http("200 OK", b'{"data": {"id": "1"}}'),
        b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{",
    ],
)
def test_a_read_nobody_can_read_is_unreachable(answer: bytes) -> None:
    with answering(answer) as api, pytest.raises(Unreachable):
        X(ACCESS, api=api).identity()


def test_every_reply_goes_over_a_fresh_connection() -> None:
    answer = b'HTTP/1.1 201 Created\r\ncontent-length: 21\r\n\r\n{"data": {"id": "7"}}'
    with closing(socket.create_server(("127.0.0.1", 0))) as listening, ExitStack() as open_ones:

        def serve() -> None:
            for _ in range(2):
                connection = open_ones.enter_context(closing(listening.accept()[0]))
                connection.recv(65_536)
                connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        network = X(ACCESS, api=f"http://127.0.0.1:{listening.getsockname()[1]}", timeouts=(1.0, 1.0))
        assert [network.send("Sorry", None), network.send("Sorry", None)] == [Done("7"), Done("7")]


def test_the_day_used_up_waits_for_the_day() -> None:
    head = "429 Too Many Requests\r\nx-rate-limit-reset: 1800000000\r\nx-app-limit-24hour-remaining: 0"
    with answering(_http(f"{head}\r\nx-app-limit-24hour-reset: 1800080000", b"{}")) as api:
        result = X(ACCESS, api=api).send("Sorry", None)
    assert isinstance(result, SurelyNot)
    assert result.retry_at == datetime.fromtimestamp(1_800_080_000, UTC)


@pytest.mark.parametrize(
    "settings",
    [{}, {"implied_mentions": True}, {"naming": "post_only"}, {"naming": "post_only", "implied_mentions": True}],
)
def test_a_reply_whose_answer_was_lost_is_found(network: X, people: OnX, settings: dict[str, object]) -> None:
    people.switch(**settings)
    target, other = people.post("anna", "@TidewellGyms cold"), people.post("ben", "@TidewellGyms cold")
    network.send("Sorry <3 & é https://example.com/a", other)
    people.order("POST /2/tweets", "reset_after")
    assert isinstance(network.send("Sorry <3 & é https://example.com/a", target), Unknown)
    [reply] = [reply for reply in people.replies() if reply["in_reply_to"] == target]
    assert network.find_sent("Sorry <3 & e\u0301 https://example.com/a", target, _ago(people, 60)) == reply["id"]


def test_an_address_typed_without_http_is_recognised(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    ours = people.post("TidewellGyms", "See tidewell.com/pool today", in_reply_to=target)
    link = {"url": "https://t.co/aaaaaaaaaa", "expanded_url": "http://tidewell.com/pool"}
    on_the_wire = {"text": "See https://t.co/aaaaaaaaaa today", "entities": {"urls": [link]}}
    people.sandbox.post("/control/x/mangle", id=ours, changes=on_the_wire)
    assert network.find_sent("See tidewell.com/pool today", target, _ago(people, 60)) == ours
    assert network.find_sent("See tidewell.com/sauna today", target, _ago(people, 60)) is None


def test_a_reply_that_never_arrived_is_not_found(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    network.send("Something else", target)
    assert network.find_sent("Sorry", target, _ago(people, 60)) is None


def test_a_timeline_that_cannot_be_read_settles_nothing(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    people.order("*", "5xx_before")
    with pytest.raises(Unreachable):
        network.find_sent("Sorry", target, _ago(people, 60))


def test_a_timeline_with_an_unreadable_post_settles_nothing(network: X, people: OnX) -> None:
    target = people.post("anna", "@TidewellGyms cold")
    ours = people.post("TidewellGyms", "Sorry", in_reply_to=target)
    people.sandbox.post("/control/x/mangle", id=ours, changes={"text": None})
    with pytest.raises(Unreachable):
        network.find_sent("Sorry", target, _ago(people, 60))


def _ago(people: OnX, seconds: float) -> datetime:
    return datetime.fromtimestamp(people.sandbox.inside.clock.time() - seconds, UTC)


def _no_such_name(*_facts: object, **_more: object) -> list[object]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
