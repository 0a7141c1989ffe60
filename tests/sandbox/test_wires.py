"""The phone system, the calendar feeds and the heartbeat's receiver."""

from typing import Any

import httpx2
import pytest

from tests.sandbox.conftest import Running, Start

CALL = {"dedup_key": "case-7", "text": "Case 7 is late", "to": "Kit"}


def _ring(sandbox: Running, key: str | None = None, **more: Any) -> httpx2.Response:
    headers = {"idempotency-key": key} if key else {}
    return sandbox.http.post("/phone", json={**CALL, **more}, headers=headers)


def _order(sandbox: Running, service: str, outcome: str, method: str = "*") -> None:
    sandbox.post("/control/faults", service=service, method=method, outcome=outcome)


def test_a_call_is_listed_with_its_words_and_moment(sandbox: Running) -> None:
    assert _ring(sandbox).status_code == 202
    [call] = sandbox.get("/control/phone")
    assert (call["text"], call["to"], call["times"]) == ("Case 7 is late", "Kit", 1)
    assert call["at"][:13] == sandbox.get("/control/clock")["now"][:13]


def test_a_call_without_words_is_told_by_what_it_brought(sandbox: Running) -> None:
    sandbox.http.post("/phone", json={"dedup_key": "a", "case": 7, "team": "care", "link": None})
    assert sandbox.get("/control/phone")[0]["text"] == "case: 7 · team: care"


def test_calls_of_one_key_are_one_and_a_repeated_request_rings_no_further_time(sandbox: Running) -> None:
    for key in ("first", "first", "second", None):
        _ring(sandbox, key)
    _ring(sandbox, "other", dedup_key="case-8")
    found = {call["dedup_key"]: (call["times"], call["received"]) for call in sandbox.get("/control/phone")}
    assert found == {"case-7": (3, 4), "case-8": (1, 1)}


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"dedup_key": 7}', b"dedup_key=7"])
def test_a_call_without_a_key_is_refused(sandbox: Running, body: bytes) -> None:
    assert sandbox.http.post("/phone", content=body).status_code == 400
    assert sandbox.get("/control/phone") == []


@pytest.mark.parametrize(("outcome", "calls"), [("reset_before", 0), ("reset_after", 1)])
def test_the_line_to_the_phone_can_break_before_or_after_the_call(sandbox: Running, outcome: str, calls: int) -> None:
    _order(sandbox, "phone", outcome)
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)):
        _ring(sandbox)
    assert len(sandbox.get("/control/phone")) == calls


def test_a_feed_is_served_with_a_tag_and_not_twice_to_who_has_it(sandbox: Running) -> None:
    url = sandbox.post("/control/feeds", name="rota", text="BEGIN:VCALENDAR\r\n")["url"]
    first = sandbox.http.get(url)
    again = sandbox.http.get(url, headers={"if-none-match": first.headers["etag"]})
    sandbox.post("/control/feeds", name="rota", text="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    changed = sandbox.http.get(url, headers={"if-none-match": first.headers["etag"]})

    assert (first.status_code, first.text) == (200, "BEGIN:VCALENDAR\r\n")
    assert first.headers["content-type"].startswith("text/calendar")
    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed.text[-15:]) == (200, "END:VCALENDAR\r\n")
    assert (sandbox.get("/control/feeds")[0]["served"], sandbox.get("/control/feeds")[0]["unchanged"]) == (2, 1)


def test_a_feed_that_is_taken_away_is_not_there(sandbox: Running) -> None:
    url = sandbox.post("/control/feeds", name="rota", text="BEGIN:VCALENDAR\r\n")["url"]
    sandbox.post("/control/feeds", name="rota", text=None)
    assert sandbox.http.get(url).status_code == 404
    assert sandbox.get("/control/feeds") == []


@pytest.mark.parametrize("feed", [{"name": "../x", "text": ""}, {"text": ""}, {"name": "rota", "text": 7}])
def test_a_feed_that_cannot_be_is_refused(sandbox: Running, feed: dict[str, Any]) -> None:
    assert sandbox.http.post("/control/feeds", json=feed).status_code == 400


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("5xx_before", 503), ("html_502", 502), ("refuse:403", 403), ("redirect:http://169.254.169.254/", 302)],
)
def test_a_feeds_faults_are_ordered_by_its_name(sandbox: Running, outcome: str, status: int) -> None:
    for name in ("rota", "holidays"):
        sandbox.post("/control/feeds", name=name, text="BEGIN:VCALENDAR\r\n")
    _order(sandbox, "feeds", outcome, "rota")
    assert sandbox.http.get("/feeds/holidays.ics").status_code == 200
    answer = sandbox.http.get("/feeds/rota.ics")
    assert answer.status_code == status
    assert answer.headers.get("location") == (outcome.partition(":")[2] if status == 302 else None)


def test_a_feed_can_be_huge_or_garbage(sandbox: Running) -> None:
    sandbox.post("/control/feeds", name="rota", text="BEGIN:VCALENDAR\r\n")
    _order(sandbox, "feeds", "huge")
    assert len(sandbox.http.get("/feeds/rota.ics").content) > 7_000_000
    _order(sandbox, "feeds", "garbage")
    with pytest.raises(UnicodeDecodeError):
        sandbox.http.get("/feeds/rota.ics").content.decode()


def test_a_heartbeat_is_remembered_by_both_clocks(sandbox: Running) -> None:
    sandbox.http.get("/heartbeat/dibs")
    sandbox.leap(86_400)
    sandbox.http.post("/heartbeat/dibs", content=b"{}")
    [name] = found = sandbox.get("/control/heartbeats")
    first, second = found[name]["beats"]
    assert (name, found[name]["count"]) == ("dibs", 2)
    assert first["at"][:10] < second["at"][:10]
    assert first["machine_at"][:10] == first["at"][:10]
    assert second["machine_at"] < second["at"]


def test_a_heartbeat_can_be_refused(sandbox: Running) -> None:
    _order(sandbox, "heartbeat", "429:9", "dibs")
    assert sandbox.http.get("/heartbeat/dibs").headers["retry-after"] == "9"
    assert sandbox.get("/control/heartbeats") == {}


def test_all_of_it_outlasts_a_restart_and_not_a_reset(start_sandbox: Start, tmp_path: Any) -> None:
    running = start_sandbox(state=tmp_path)
    _ring(running)
    running.http.get("/heartbeat/dibs")
    running.post("/control/feeds", name="rota", text="x")
    again = start_sandbox(state=tmp_path)
    kept = [again.get(f"/control/{what}") for what in ("phone", "heartbeats", "feeds")]
    again.post("/control/reset")
    assert all(kept)
    assert not any(again.get(f"/control/{what}") for what in ("phone", "heartbeats", "feeds"))
