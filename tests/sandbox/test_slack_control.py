"""What a person can see and change through the control API."""

from typing import Any

import pytest

from tests.sandbox.conftest import Running

ANN = {"as": "U0ANN"}


def _error(sandbox: Running, path: str, status: int, **body: Any) -> str:
    answer = sandbox.http.post(path, json=body)
    assert answer.status_code == status, answer.text
    return str(answer.json()["error"])


def test_people_are_told_with_kind_presence_and_quiet_hours(sandbox: Running) -> None:
    people = {person["id"]: person for person in sandbox.get("/control/slack/users")}
    assert {person["kind"] for person in people.values()} == {"staff", "guest", "outsider", "deactivated"}
    assert sandbox.world.app.bot_user not in people
    assert (people["U0ANN"]["presence"], people["U0ANN"]["dnd_until"]) == ("active", None)


def test_channels_are_told_with_their_active_people_by_kind(sandbox: Running) -> None:
    care = next(c for c in sandbox.get("/control/slack/channels") if c["name"] == "care")
    assert (care["id"], len(care["members"]), care["guests"], care["outsiders"]) == (
        "C0CARE",
        14,
        ["U0GUEST"],
        ["U0OUT"],
    )
    assert "U0GONE" not in care["members"]


def test_a_person_can_be_changed(sandbox: Running) -> None:
    until = "2026-11-24T07:00:00+00:00"
    changed = sandbox.post("/control/slack/users", id="U0BEN", presence="away", dnd_until=until, name="benny")
    assert (changed["presence"], changed["dnd_until"], changed["name"]) == ("away", until, "benny")
    assert sandbox.slack().users_getPresence(user="U0BEN")["presence"] == "away"


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        ({"id": "U0NOBODY"}, 404, "U0NOBODY"),
        ({}, 400, "id"),
        ({"id": "U0BEN", "kind": "alien"}, 400, "kind"),
        ({"id": "U0BEN", "presence": "asleep"}, 400, "presence"),
        ({"id": "U0BEN", "dnd_until": "tomorrow"}, 400, "dnd_until"),
        ({"id": "U0BEN", "tz": "Mars/Olympus"}, 400, "tz"),
        ({"id": "U0BEN", "channels": ["nowhere"]}, 404, "nowhere"),
    ],
)
def test_a_bad_change_says_what_is_wrong(sandbox: Running, change: dict[str, Any], status: int, word: str) -> None:
    assert word in _error(sandbox, "/control/slack/users", status, **change)


def test_a_person_writes_and_everybody_in_the_channel_reads(sandbox: Running) -> None:
    ts = sandbox.post("/control/slack/message", **ANN, channel="care", text="hello")["ts"]
    sandbox.post("/control/slack/message", **{"as": "U0BEN"}, channel="care", text="hi", thread=ts)
    seen = sandbox.get("/control/slack/messages", channel="care", **{"as": "U0GUEST"})
    assert [(m["ts"], m["text"], m["user"], m["ephemeral"], m["reply_count"]) for m in seen] == [
        (ts, "hello", "U0ANN", False, 1)
    ]
    thread = sandbox.get("/control/slack/messages", channel="care", thread=ts, **ANN)
    assert [m["text"] for m in thread] == ["hello", "hi"]


def test_who_is_not_in_a_channel_neither_reads_nor_writes(sandbox: Running) -> None:
    outside = {"as": "U0BEN", "channel": "dibs-ops"}
    assert sandbox.http.get("/control/slack/messages", params=outside).status_code == 403
    assert "U0BEN" in _error(sandbox, "/control/slack/message", 403, **outside, text="x")
    gone = {"as": "U0GONE", "channel": "care"}
    assert sandbox.http.get("/control/slack/messages", params=gone).status_code == 403


def test_nobody_writes_into_an_archived_channel(sandbox: Running) -> None:
    sandbox.post("/control/slack/archive", channel="care")
    assert "archived" in _error(sandbox, "/control/slack/message", 409, **ANN, channel="care", text="x")


def test_direct_messages_are_between_one_person_and_the_bot(sandbox: Running) -> None:
    sandbox.slack().chat_postMessage(channel="U0ANN", text="psst")
    assert [m["text"] for m in sandbox.get("/control/slack/messages", channel="@U0ANN", **ANN)] == ["psst"]
    stranger = {"as": "U0BEN", "channel": "@U0ANN"}
    assert sandbox.http.get("/control/slack/messages", params=stranger).status_code == 403


def test_messages_come_oldest_first_and_by_pages(sandbox: Running) -> None:
    stamps = [sandbox.post("/control/slack/message", **ANN, channel="care", text=str(n))["ts"] for n in range(4)]

    def texts(**query: Any) -> list[str]:
        return [m["text"] for m in sandbox.get("/control/slack/messages", channel="care", **ANN, **query)]

    assert texts() == ["0", "1", "2", "3"]
    assert texts(limit=2) == ["2", "3"]
    assert texts(after=stamps[0], limit=2) == ["1", "2"]
    assert texts(after="0", limit=1) == ["0"]
    assert (
        sandbox.http.get("/control/slack/messages", params={"channel": "care", "limit": "x", **ANN}).status_code == 400
    )


def test_unread_counts_what_others_wrote_since_one_read(sandbox: Running) -> None:
    sandbox.post("/control/slack/message", **ANN, channel="care", text="mine")
    sandbox.post("/control/slack/message", **{"as": "U0BEN"}, channel="care", text="theirs")
    sandbox.slack().chat_postMessage(channel="U0ANN", text="psst")
    assert sandbox.get("/control/slack/unread", **ANN) == {"care": 1, "billing": 0, "dibs-ops": 0, "@U0ANN": 1}
    sandbox.post("/control/slack/read", **ANN, channel="care")
    assert sandbox.get("/control/slack/unread", **ANN)["care"] == 0


def test_the_world_says_what_a_page_must_know(sandbox: Running) -> None:
    world = sandbox.get("/control/world")
    assert (world["workspace"]["name"], world["brand"]["username"]) == ("Tidewell Leisure", "TidewellGyms")
    assert (world["app"]["bot_user"], world["commands"]) == ("U0DIBSBOT", ["/dibs"])


def test_a_reset_begins_the_world_anew_but_not_the_time(sandbox: Running) -> None:
    sandbox.slack().chat_postMessage(channel="care", text="x")
    sandbox.post("/control/slack/users", id="U0BEN", kind="deactivated")
    sandbox.post("/control/slack/revoke", token="bot")
    sandbox.order("*", "5xx_before")
    sandbox.leap(3600)
    before = sandbox.get("/control/clock")["now"]

    sandbox.post("/control/reset")

    assert sandbox.slack().auth_test()["ok"]
    assert sandbox.get("/control/slack/messages", channel="care", **{"as": "U0BEN"}) == []
    assert sandbox.get("/control/clock")["now"] > before


def test_a_revoked_token_must_be_one_of_the_apps(sandbox: Running) -> None:
    assert "token" in _error(sandbox, "/control/slack/revoke", 404, token="made-up")


@pytest.mark.parametrize("body", [b"[1]", b'{"as":', b"[" * 100_000], ids=["a list", "half", "too deep"])
def test_a_body_that_is_no_json_object_is_refused(sandbox: Running, body: bytes) -> None:
    answer = sandbox.http.post("/control/slack/home", content=body)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
