"""HTTP mode: signed requests to the app's request URL, verified first by a challenge."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx2

from sandbox.slack.envelopes import Answer, Envelope, NotAccepted, NotConnected
from sandbox.slack.payloads import TOKEN

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
GIVE_UP = 30.0
"""Seconds after which a request is abandoned; it counts as late long before."""
VERIFY_EVERY = 1.0
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class HttpMode:
    """The app behind its request URL."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self._verified = False
        self._asked_at = float("-inf")
        self._tasks: set[asyncio.Task[Any]] = set()
        self._client = httpx2.AsyncClient(timeout=GIVE_UP, trust_env=False, limits=httpx2.Limits())

    def connected(self) -> bool:
        """Whether the request URL has answered its challenge; while not, asking also asks it again."""
        now = time.monotonic()
        if not self._verified and now - self._asked_at > VERIFY_EVERY:
            self._asked_at = now
            self._keep(asyncio.create_task(self._verify()))
        return self._verified

    def send(self, envelope: Envelope) -> Answer:
        """Post it; the future gets what a 200 answer carries, or NotAccepted."""
        if not self.connected():
            raise NotConnected
        task = asyncio.create_task(self._post(envelope))
        self._keep(task)
        return task

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._drop)

    def _drop(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that nobody calls it forgotten

    async def _verify(self) -> None:
        challenge = secrets.token_hex(20)
        body = json.dumps({"token": TOKEN, "challenge": challenge, "type": "url_verification"})
        try:
            response = await self._request(body, {"content-type": JSON})
        except NotAccepted:
            return
        self._verified = response.status_code == httpx2.codes.OK and challenge in response.text
        if self._verified:
            self._side.links.wake()

    async def _post(self, envelope: Envelope) -> Json | None:
        body, kind = _body(envelope)
        headers = {"content-type": kind}
        if envelope.attempt:
            headers |= {"x-slack-retry-num": str(envelope.attempt), "x-slack-retry-reason": envelope.reason}
        response = await self._request(body, headers)
        if not response.is_success:
            raise NotAccepted("http_error", retry=response.headers.get("x-slack-no-retry") != "1")
        return _answer(response)

    async def _request(self, body: str, headers: dict[str, str]) -> httpx2.Response:
        url = self._side.world.app.request_url or ""
        try:
            return await self._client.post(url, content=body, headers=headers | self._signature(body))
        except httpx2.TimeoutException as slow:
            raise NotAccepted("http_timeout") from slow
        except httpx2.HTTPError as lost:
            raise NotAccepted("connection_failed") from lost

    def _signature(self, body: str) -> dict[str, str]:
        stamp = str(int(time.time()))
        secret = self._side.world.app.signing_secret.encode()
        digest = hmac.new(secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={digest}",
            "user-agent": "Slackbot 1.0 (sandbox)",
        }


def _body(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), JSON
    if envelope.kind == "interactive":
        return urlencode({"payload": json.dumps(envelope.payload)}), FORM
    return urlencode(envelope.payload), FORM


def _answer(response: httpx2.Response) -> Json | None:
    if not response.text:
        return None
    try:
        answer = response.json()
    except ValueError:
        return {"text": response.text}
    return answer if isinstance(answer, dict) and answer else None
