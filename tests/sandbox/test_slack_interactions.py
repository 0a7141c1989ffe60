"""Clicks and choices: what the app is told, key by key, and who may not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.slack.messages import Content
from tests.sandbox.bolt import Office, bolt_app, connected, office

Json = dict[str, Any]
# The keys of Slack's own samples of these payloads, written down by hand from its documentation and SDK tests.
BLOCK_ACTIONS_IN_MESSAGE = {
    "type", "user", "api_app_id", "token", "container", "trigger_id", "team", "enterprise", "is_enterprise_install",
    "channel", "message", "state", "response_url", "actions",
}  # fmt: skip
BLOCK_SUGGESTION = {
    "type", "user", "container", "api_app_id", "token", "action_id", "block_id", "value", "team", "enterprise",
    "is_enterprise_install", "channel", "message",
}  # fmt: skip
SLASH_COMMAND = {
    "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text",
    "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
}  # fmt: skip
EVENT_CALLBACK = {
    "token", "team_id", "context_team_id", "context_enterprise_id", "api_app_id", "event", "type", "event_id",
    "event_time", "authorizations", "is_ext_shared_channel", "event_context",
}  # fmt: skip


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "it", **more}


ANY = re.compile(".*")
ANSWER: Json = {}
CARD: list[Json] = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {
                "type": "button",
                "action_id": "card.claim",
                "text": plain("Claim"),
                "value": "case-7",
                "style": "primary",
            },
            {"type": "button", "action_id": "card.link", "text": plain("View"), "url": "https://example.com/"},
            {"type": "overflow", "action_id": "card.more", "options": [option("split"), option("trail")]},
        ],
    }
]
OPTIONS = [option("low"), option("high")]
LOW, HIGH = ({**option(value), "text": {**plain(value.title()), "emoji": True}} for value in ("low", "high"))
CHOICES: list[tuple[Json, Any, str, Any]] = [
    (element("static_select", options=OPTIONS), "high", "selected_option", HIGH),
    (element("radio_buttons", options=OPTIONS), "low", "selected_option", LOW),
    (element("checkboxes", options=OPTIONS), ["low", "high"], "selected_options", [LOW, HIGH]),
    (element("checkboxes", options=OPTIONS), "low", "selected_options", [LOW]),
    (element("multi_static_select", options=OPTIONS), ["high"], "selected_options", [HIGH]),
    (element("datepicker"), "2026-11-23", "selected_date", "2026-11-23"),
    (element("timepicker"), "09:30", "selected_time", "09:30"),
    (element("datetimepicker"), 1790000000, "selected_date_time", 1790000000),
    (element("users_select"), "U0BEN", "selected_user", "U0BEN"),
    (element("multi_users_select"), ["U0BEN", "U0ANN"], "selected_users", ["U0BEN", "U0ANN"]),
    (element("conversations_select"), "C0CARE", "selected_conversation", "C0CARE"),
    (element("channels_select"), "care", "selected_channel", "C0CARE"),
]


@pytest.fixture(scope="module")
def place() -> Iterator[Office]:
    with office() as opened:
        yield opened


@pytest.fixture(scope="module")
def heard(place: Office) -> Iterator[list[Json]]:
    """Everything a connected app is told, newest last."""
    app, told = bolt_app(place), list[Json]()

    def listen(ack: Any, body: Json) -> None:
        told.append(body)
        ack()

    app.action({"action_id": ANY})(listen)
    app.event("app_home_opened")(lambda body: told.append(body))
    app.options("ask")(lambda ack, body: listen(lambda: ack(options=[option("sauna")]), body))
    app.command("/dibs")(lambda ack, body: listen(lambda: ack(**ANSWER), body))
    with connected(place, app):
        yield told


def click(place: Office, by: str = "U0ANN", channel: str = "care", **order: Any) -> Any:
    return place.try_to("click", by=by, channel=channel, **order)


def test_a_click_carries_every_key_slack_sends(place: Office, heard: list[Json]) -> None:
    ts = place.post_card(CARD)
    click(place, ts=ts, action_id="card.claim")
    told = heard[-1]
    assert set(told) == BLOCK_ACTIONS_IN_MESSAGE
    assert told["user"] == {"id": "U0ANN", "username": "ann", "name": "ann", "team_id": "T0TIDEWELL"}
    assert told["team"] == {"id": "T0TIDEWELL", "domain": "tidewell"}
    assert told["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0CARE", "is_ephemeral": False}
    assert told["channel"] == {"id": "C0CARE", "name": "care"}
    assert {"type", "user", "bot_id", "app_id", "team", "ts", "text", "blocks"} <= set(told["message"])
    assert set(told["actions"][0]) == {"type", "action_id", "block_id", "text", "value", "style", "action_ts"}
    assert told["actions"][0]["value"] == "case-7"


def test_a_link_button_also_tells_the_app(place: Office, heard: list[Json]) -> None:
    click(place, ts=place.post_card(CARD), action_id="card.link")
    assert heard[-1]["actions"][0]["url"] == "https://example.com/"


def test_an_overflow_menu_sends_the_option_chosen(place: Office, heard: list[Json]) -> None:
    click(place, ts=place.post_card(CARD), action_id="card.more", value="trail")
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "trail"


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: f"{choice[0]['type']}-{choice[1]}")
def test_a_choice_arrives_in_the_type_of_its_element(
    place: Office, heard: list[Json], choice: tuple[Json, Any, str, Any]
) -> None:
    menu, value, field, chosen = choice
    ts = place.post_card([{"type": "actions", "block_id": "menus", "elements": [menu]}])
    response = click(place, ts=ts, action_id="it", value=value)
    assert response.status_code == 200, response.text
    action = heard[-1]["actions"][0]
    assert action[field] == chosen
    assert heard[-1]["state"]["values"]["menus"]["it"] == {"type": menu["type"], field: chosen}


def test_a_message_in_a_thread_says_so(place: Office, heard: list[Json]) -> None:
    root = place.post_card(CARD)
    messages = place.side.messages
    reply = place.run(lambda: messages.post("C0CARE", messages.by_bot(), Content("", CARD), thread_ts=root))
    click(place, ts=reply["ts"], action_id="card.claim")
    assert heard[-1]["container"]["thread_ts"] == root


def test_an_ephemeral_can_be_clicked_by_its_person_alone_and_is_not_sent_along(
    place: Office, heard: list[Json]
) -> None:
    ts = place.run(lambda: place.side.messages.ephemeral("C0CARE", "U0ANN", Content("", CARD)))
    assert click(place, ts=ts, action_id="card.claim").status_code == 200
    assert heard[-1]["container"]["is_ephemeral"] is True
    assert set(heard[-1]) == BLOCK_ACTIONS_IN_MESSAGE - {"message"}
    assert click(place, by="U0BEN", ts=ts, action_id="card.claim").status_code == 404


def test_guests_and_outsiders_may_click_where_they_are_members(place: Office, heard: list[Json]) -> None:
    ts = place.post_card(CARD)
    for user, team in (("U0GUEST", "T0TIDEWELL"), ("U0OUT", "T0PARTNER")):
        assert click(place, by=user, ts=ts, action_id="card.claim").json()["error"] is None
        assert heard[-1]["user"]["team_id"] == team


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"by": "U0NOBODY"}, 404),
        ({"by": "U0GONE"}, 403),
        ({"by": "U0DIBSBOT"}, 404),
        ({"channel": "press"}, 403),
        ({"channel": "nowhere"}, 404),
        ({"ts": "1.000000"}, 404),
        ({"action_id": "card.gone"}, 404),
        ({"block_id": "stale"}, 404),
        ({"action_id": "card.more", "value": "no such"}, 404),
        ({"action_id": None}, 400),
        ({"view_id": "V0"}, 404),
    ],
    ids=str,
)
def test_nonsense_is_refused_with_a_sentence(place: Office, order: Json, status: int) -> None:
    ts = place.post_card(CARD)
    response = click(place, **{"ts": ts, "action_id": "card.claim", **order})
    assert response.status_code == status
    assert response.json()["error"]


def test_a_body_that_is_no_json_is_refused(place: Office) -> None:
    assert place.http.post("/control/slack/click", content=b"{").status_code == 400


def test_a_slash_command_is_flat_and_all_text(place: Office, heard: list[Json]) -> None:
    answer = place.act("command", by="U0ANN", channel="care", text="/dibs find cold showers")
    assert answer["error"] is None
    told = heard[-1]
    assert set(told) == SLASH_COMMAND
    assert (told["command"], told["text"]) == ("/dibs", "find cold showers")
    assert told["is_enterprise_install"] == "false"
    assert all(isinstance(value, str) for value in told.values())


def test_a_commands_answer_is_shown_to_its_person(place: Office, heard: list[Json]) -> None:  # noqa: ARG001 - connected
    ANSWER.update(text="Three cases are yours.")
    place.act("command", by="U0BEN", channel="care", text="/dibs mine")
    ANSWER.clear()
    shown = place.run(lambda: place.side.messages.ephemerals("U0BEN", "C0CARE"))
    assert [message["text"] for message in shown] == ["Three cases are yours."]


def test_a_command_in_a_direct_conversation_names_it_so(place: Office, heard: list[Json]) -> None:
    place.act("command", by="U0BEN", channel="@U0BEN", text="/dibs")
    assert (heard[-1]["channel_name"], heard[-1]["text"]) == ("directmessage", "")


@pytest.mark.parametrize(
    ("by", "text", "status"), [("U0ANN", "/nothing", 404), ("U0ANN", "hello", 404), ("U0OUT", "/dibs", 403)]
)
def test_a_command_that_cannot_be_given_is_refused(place: Office, by: str, text: str, status: int) -> None:
    assert place.try_to("command", by=by, channel="care", text=text).status_code == status


def test_nobody_commands_in_an_archived_channel(place: Office) -> None:
    place.run(lambda: place.side.directory.archive("C0BILLING", archived=True))
    assert place.try_to("command", by="U0ANN", channel="billing", text="/dibs").status_code == 409
    place.run(lambda: place.side.directory.archive("C0BILLING", archived=False))


def test_a_menu_asks_the_app_for_its_options_and_takes_what_was_offered(place: Office, heard: list[Json]) -> None:
    menu = {"type": "external_select", "action_id": "ask", "min_query_length": 1}
    ts = place.post_card([{"type": "actions", "block_id": "menus", "elements": [menu]}])
    where = {"by": "U0ANN", "channel": "care", "ts": ts, "action_id": "ask"}
    assert click(place, ts=ts, action_id="ask", value="sauna").status_code == 404
    assert place.act("suggest", **where, value="") == {"options": [], "error": None}
    assert place.act("suggest", **where, value="sau") == {"options": [option("sauna")], "error": None}
    assert set(heard[-1]) == BLOCK_SUGGESTION
    assert click(place, ts=ts, action_id="ask", value="sauna").json()["error"] is None
    assert heard[-1]["actions"][0]["selected_option"] == option("sauna")


def test_an_event_carries_every_key_slack_sends(place: Office, heard: list[Json]) -> None:
    event = {"type": "app_home_opened", "user": "U0CLEO", "channel": "D0CLEO", "tab": "home", "event_ts": "1.0"}
    before = len(heard)
    place.run(lambda: place.side.links.event(event))
    place.until(lambda: len(heard) > before)
    told = heard[-1]
    assert set(told) == EVENT_CALLBACK
    assert {"type", "user", "channel", "tab", "event_ts"} <= set(told["event"])
    assert told["authorizations"][0] == {
        "enterprise_id": None,
        "team_id": "T0TIDEWELL",
        "user_id": "U0DIBSBOT",
        "is_bot": True,
        "is_enterprise_install": False,
    }
