"""Slack's Web API as we call it: no retries by the client, short timeouts, every outcome one of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from domain.deliveries import Delivered, No, Outcome, Unsure, Wait

TIMEOUT = 5
"""Seconds a delivery may take on the wire."""
CLICK_TIMEOUT = 2
"""Seconds a listener may spend opening a view: the trigger lives three."""
PERHAPS_DONE = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
"""Slack's words for "part of it may have happened" (its error table says so of the first two)."""
EVENT = "dibs_delivery"
"""The metadata's event type: how a message is found again after an unknown outcome."""

Json = dict[str, Any]


def client(token: str, base_url: str, timeout: int) -> WebClient:
    """A client that never repeats a call by itself, and asks no proxy about this machine."""
    web = WebClient(token, base_url=base_url, timeout=timeout, retry_handlers=[])
    if _here(base_url):
        web.proxy = None
    return web


def _here(url: str) -> bool:
    """Whether it is on this machine. An empty proxy is no way to say so: the SDK then asks a host without a name."""
    return "127.0.0.1" in url


@dataclass(frozen=True)
class Post:
    """A message for Slack: `content` has text and blocks, `delivery` finds it again."""

    channel: str
    content: Json
    delivery: int
    thread_ts: str | None = None


def outcome_of(call: Callable[[], Any]) -> Outcome:
    """Run a call and say how it ended."""
    try:
        answer = call()
    except SlackApiError as error:
        return _refusal(error)
    except (SlackClientError, URLError, OSError) as error:
        return _broken(error)
    return Delivered(answer.get("ts"), answer.get("channel"))


def _refusal(error: SlackApiError) -> Outcome:
    response = error.response
    status = getattr(response, "status_code", 200)
    code = str(response.get("error", "")) if hasattr(response, "get") else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Wait(asked_for(response), "ratelimited", whole_lane=True)
    if status >= 500 or code in PERHAPS_DONE or not code:
        return Unsure(code or f"HTTP {status}")
    return No(code)


def asked_for(response: Any) -> timedelta:
    """How long Slack wants to be left alone."""
    headers = {str(name).lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
    value = headers.get("retry-after", "1")
    value = value[0] if isinstance(value, list) else value
    seconds = float(value) if str(value).replace(".", "", 1).isdigit() else 30.0
    return timedelta(seconds=min(max(seconds, 1.0), 300.0))


def _broken(error: Exception) -> Outcome:
    cause = getattr(error, "reason", error)
    if isinstance(cause, ConnectionRefusedError) or type(cause).__name__ == "gaierror":
        return Wait(timedelta(seconds=1), f"not reached: {type(cause).__name__}")
    return Unsure(type(cause).__name__)


def post(web: WebClient, message: Post) -> Outcome:
    """chat.postMessage, with links never unfolded and the delivery's number as metadata."""
    metadata = {"event_type": EVENT, "event_payload": {"id": message.delivery}}
    return outcome_of(
        lambda: web.chat_postMessage(
            channel=message.channel,
            thread_ts=message.thread_ts,
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
            metadata=metadata,
            **message.content,
        )
    )


def update(web: WebClient, channel: str, ts: str, content: Json) -> Outcome:
    """chat.update, always with blocks: without them Slack would take the old ones away."""
    return outcome_of(lambda: web.chat_update(channel=channel, ts=ts, parse="none", link_names=False, **content))


def answer(url: str, content: Json, *, replace: bool) -> Outcome:
    """Through a click's response_url: repaint the clicked message, or a word only its person sees."""
    hook = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
    if _here(url):
        hook.proxy = None
    body = {"replace_original": replace, **content}
    if not replace:
        body["response_type"] = "ephemeral"
    try:
        reply = hook.send_dict(body)
    except (SlackClientError, URLError, OSError) as error:
        return _broken(error)
    if reply.status_code == 200:
        return Delivered()
    if reply.status_code == 429:
        return Wait(timedelta(seconds=1), "ratelimited")
    return (
        Unsure(f"HTTP {reply.status_code}") if reply.status_code >= 500 else No(str(reply.body)[:60] or "expired_url")
    )


def find(web: WebClient, where: tuple[str, str | None], delivery: int, since: datetime) -> str | None:
    """The ts of the message of this delivery in (channel, thread), or None. SlackApiError when it can't be asked."""
    channel, thread = where
    oldest = f"{(since - timedelta(minutes=2)).timestamp():.6f}"
    asked: Json = {"channel": channel, "oldest": oldest, "include_all_metadata": True, "limit": 200}
    cursor = ""
    while True:
        page = (
            web.conversations_replies(ts=thread, cursor=cursor, **asked)
            if thread
            else web.conversations_history(cursor=cursor, **asked)
        )
        for message in page.get("messages") or []:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == EVENT and (metadata.get("event_payload") or {}).get("id") == delivery:
                return str(message["ts"])
        cursor = ((page.get("response_metadata") or {}).get("next_cursor")) or ""
        if not cursor:
            return None
