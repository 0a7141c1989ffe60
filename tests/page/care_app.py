"""A small Bolt app for the page to meet: cards with Claim, a reply modal, a home, a command, a button that sleeps."""

from threading import Barrier, Event, Lock
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

Json = dict[str, Any]
LONGEST = 280


def text(words: str) -> Json:
    """Plain text that is shown as it was written."""
    return {"type": "plain_text", "text": words, "emoji": True}


def button(words: str, action_id: str, **more: Any) -> Json:
    """A button of a card."""
    return {"type": "button", "text": text(words), "action_id": action_id, "value": "case-1", **more}


def card(words: str, holder: str | None) -> list[Json]:
    """A complaint: the customer's words inert in rich text, the state, and what can be done."""
    said = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    state = f":large_green_circle: *<@{holder}>* has it" if holder else ":white_circle: Nobody has this yet"
    claim = [] if holder else [button("Claim", "card.claim", style="primary")]
    more = [button("Reply", "card.reply"), button("Sleep", "card.sleep", style="danger")]
    options = [
        {"text": text("Wrong team → facilities"), "value": "facilities"},
        {"text": text("Trail"), "value": "trail"},
    ]
    return [
        {"type": "header", "text": text("@harriet_runs")},
        {"type": "rich_text", "elements": [said]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": state}]},
        {
            "type": "actions",
            "block_id": f"card-{holder or 'free'}",
            "elements": [*claim, *more, {"type": "overflow", "action_id": "card.more", "options": options}],
        },
    ]


def reply_modal(left: int | None = None) -> Json:
    """The reply form; `left` is how many characters are left, once something was typed."""
    count = f"{left} characters left" if left is not None else "X counts its own way; we count along."
    field = {
        "type": "plain_text_input",
        "action_id": "reply.text",
        "multiline": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    accounts = [{"text": text("@TidewellGyms"), "value": "main"}, {"text": text("@TidewellHelp"), "value": "help"}]
    return {
        "type": "modal",
        "callback_id": "reply",
        "title": text("Reply to @harriet_runs"),
        "submit": text("Send reply"),
        "close": text("Not now"),
        "notify_on_close": True,
        "blocks": [
            {
                "type": "section",
                "block_id": "said",
                "text": {"type": "mrkdwn", "text": "> the changing rooms are filthy"},
            },
            {
                "type": "input",
                "block_id": "text",
                "label": text("Your answer"),
                "element": field,
                "dispatch_action": True,
                "hint": text(count),
            },
            {
                "type": "input",
                "block_id": "from",
                "label": text("From"),
                "element": {"type": "static_select", "action_id": "reply.from", "options": accounts},
            },
        ],
    }


class CareApp:
    """The app on its own threads; what it was told stays in lists for the tests to read."""

    def __init__(self, origin: str, tokens: Json) -> None:
        self.client = WebClient(tokens["bot_token"], base_url=f"{origin}/api/")
        # The SDK reads proxies from the environment; nothing here may leave the machine.
        self.client.proxy = None
        self.app = App(client=self.client, process_before_response=True)
        self._handler = SocketModeHandler(self.app, tokens["app_token"], concurrency=20)
        self._lock = Lock()
        self.holders: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.claims: list[str] = []
        self.typed: list[str] = []
        self.sent: list[tuple[str, str]] = []
        self.closed: list[str] = []
        self.may_wake = Event()
        self.together: Barrier | None = None
        self._listen()

    def start(self) -> None:
        """Connect; returns when the socket is up."""
        self._handler.connect()  # type: ignore[no-untyped-call]  # Bolt's own gap

    def stop(self) -> None:
        """Hang up."""
        self.may_wake.set()
        self._handler.close()  # type: ignore[no-untyped-call]  # Bolt's own gap

    def post(self, words: str, channel: str = "C0CARE") -> str:
        """Post a card; answers its ts."""
        escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        ts = str(self.client.chat_postMessage(channel=channel, text=escaped, blocks=card(words, None))["ts"])
        self.words[ts] = words
        return ts

    def _listen(self) -> None:
        self.app.action("card.claim")(self._on_claim)
        self.app.action("card.reply")(self._on_reply)
        self.app.action("card.sleep")(self._on_sleep)
        self.app.action("card.more")(self._on_more)
        self.app.action("home.refresh")(lambda ack: ack())
        self.app.action("reply.text")(self._on_typing)
        self.app.view("reply")(self._on_submit)
        self.app.view_closed("reply")(self._on_closed)
        self.app.command("/dibs")(self._on_command)
        self.app.event("app_home_opened")(self._on_home)
        self.app.event("message")(lambda ack: ack())

    def _on_claim(self, ack: Any, body: Json, respond: Any) -> None:
        ts, user = body["message"]["ts"], body["user"]["id"]
        if self.together is not None:
            self.together.wait()
        with self._lock:
            self.claims.append(user)
            holder = self.holders.setdefault(ts, user)
        ack()
        if holder != user:
            respond(
                text=f"<@{holder}> was faster, by a moment. You could watch it or suggest a reply.",
                replace_original=False,
            )
            return
        blocks = card(self.words[ts], holder)
        self.client.chat_update(channel=body["channel"]["id"], ts=ts, text="Claimed", blocks=blocks)

    def _on_reply(self, ack: Any, body: Json) -> None:
        self.client.views_open(trigger_id=body["trigger_id"], view=reply_modal())
        ack()

    def _on_sleep(self, ack: Any) -> None:
        self.may_wake.wait(10)
        ack()

    def _on_more(self, ack: Any, respond: Any, action: Json) -> None:
        ack()
        respond(text=f"You chose *{action['selected_option']['value']}*.", replace_original=False)

    def _on_typing(self, ack: Any, body: Json, action: Json) -> None:
        words = action.get("value") or ""
        self.typed.append(words)
        self.client.views_update(view_id=body["view"]["id"], view=reply_modal(LONGEST - len(words)))
        ack()

    def _on_submit(self, ack: Any, view: Json) -> None:
        values = view["state"]["values"]
        words = values["text"]["reply.text"]["value"]
        if len(words) > LONGEST:
            ack(response_action="errors", errors={"text": f"That is {len(words) - LONGEST} characters too long for X."})
            return
        self.sent.append((words, values["from"]["reply.from"]["selected_option"]["value"]))
        ack()

    def _on_closed(self, ack: Any, body: Json) -> None:
        self.closed.append(body["user"]["id"])
        ack()

    def _on_command(self, ack: Any, command: Json) -> None:
        ack(text=f"*Dibs* heard `{command['text']}`. Nothing is yours just now, enjoy it.")

    def _on_home(self, event: Json) -> None:
        desk: list[Json] = [
            {"type": "header", "text": text("Your desk")},
            {
                "type": "section",
                "text": {
                    "type": "mrkdwn",
                    "text": f"Good to see you, <@{event['user']}>. *2 cases* wait for somebody.",
                },
            },
            {"type": "actions", "elements": [button("Refresh", "home.refresh")]},
        ]
        self.client.views_publish(user_id=event["user"], view={"type": "home", "blocks": desk})
