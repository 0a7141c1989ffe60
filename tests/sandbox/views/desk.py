"""An app with one modal and one home, whose every act and answer a test decides; and builders of views."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.bolt import Office, bolt_app

Json = dict[str, Any]
# The keys of Slack's own samples of these payloads, written down by hand from its documentation and SDK tests.
VIEW = {
    "id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash", "title", "clear_on_close",
    "notify_on_close", "close", "submit", "previous_view_id", "root_view_id", "app_id", "external_id",
    "app_installed_team_id", "bot_id",
}  # fmt: skip
VIEW_SUBMISSION = {
    "type", "team", "user", "api_app_id", "token", "trigger_id", "view", "response_urls", "is_enterprise_install",
    "enterprise",
}  # fmt: skip
VIEW_CLOSED = {
    "type", "team", "user", "api_app_id", "token", "view", "is_cleared", "is_enterprise_install", "enterprise",
}  # fmt: skip
BLOCK_ACTIONS_IN_VIEW = {
    "type", "user", "api_app_id", "token", "container", "trigger_id", "team", "enterprise", "is_enterprise_install",
    "view", "actions",
}  # fmt: skip


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def words(action_id: str = "text", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = list(blocks) or [field("reply", words())]
    view = {"type": "modal", "callback_id": "reply", "title": plain("Reply"), "submit": plain("Send"), "blocks": shown}
    return view | more


def press(action_id: str) -> Json:
    return {
        "type": "actions",
        "block_id": action_id,
        "elements": [{"type": "button", "action_id": action_id, "text": plain(action_id)}],
    }


def home(text: str = "Nothing waits for you.") -> Json:
    return {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}


class Desk:
    """An app whose modal, next act and answer to a submission a test sets beforehand."""

    def __init__(self, place: Office) -> None:
        self.place = place
        self.view: Json = modal()
        self.act: Callable[[WebClient, Json], Any] = lambda _client, _body: None
        self.answer: Json = {}
        self.told: list[Json] = []
        self.refusals: list[str] = []

    def app(self) -> App:
        app = bolt_app(self.place)
        app.action("open")(self.on_open)
        app.action("act")(self.on_act)
        app.action("text")(self.on_act)
        app.view("reply")(self.on_submit)
        app.view_closed("reply")(self.on_close)
        app.event("app_home_opened")(self.on_home)
        return app

    def on_open(self, ack: Any, client: WebClient, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=self.view)
        ack()

    def on_act(self, ack: Any, client: WebClient, body: Json) -> None:
        self.told.append(body)
        try:
            self.act(client, body)
        except SlackApiError as refused:
            self.refusals.append(str(refused.response["error"]))
        ack()

    def on_submit(self, ack: Any, body: Json) -> None:
        self.told.append(body)
        ack(**self.answer)

    def on_home(self, client: WebClient, event: Json) -> None:
        client.views_publish(user_id=event["user"], view=home(f"Hello <@{event['user']}>"))

    def on_close(self, ack: Any, body: Json) -> None:
        self.told.append(body)
        ack()

    def open(self, view: Json | None = None, by: str = "U0ANN") -> str:
        """Somebody opens the modal from a card; answers its id."""
        self.view = view or modal()
        ts = self.place.post_card([press("open")])
        answer = self.place.act("click", by=by, channel="care", ts=ts, action_id="open")
        assert answer["error"] is None
        return str(answer["view_id"])

    def submit(self, view_id: str, by: str = "U0ANN", **values: Any) -> Json:
        return self.place.act("submit", by=by, view_id=view_id, values=values)

    def shown(self, by: str = "U0ANN") -> Json:
        return dict(self.place.look("view", by).json())


def client_of(place: Office) -> WebClient:
    return WebClient(place.side.world.app.bot_token, base_url=f"{place.origin}/api/")


def refusal(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])
