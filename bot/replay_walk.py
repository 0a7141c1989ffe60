"""Walking an account's posts through its sandbox: publish what is due, move the clock, wait until the bot is idle."""

import http.client
import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from bot.replay_input import Given, Refusal

STEP = 300.0
"""Business seconds the clock moves at most."""
LEAST = 2.1
"""Business seconds it moves at least when the bot waits for a budget: two messages' worth of a channel."""
QUIET_STEPS = 2
"""Whole steps after the last post, so that a lagging search has shown everything."""
PATIENCE = 100
"""Machine seconds a question may take; the sandbox itself waits 60 for the bot."""


class Link:
    """One kept-alive connection to a sandbox's control API."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str, **asked: str) -> Any:
        """What is there; OSError when it can't be had."""
        status, body = self._ask("GET", f"{path}?{urlencode(asked)}" if asked else path, None)
        if status != http.HTTPStatus.OK:
            raise OSError(f"{path} answered {status}: {body}")
        return body

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """The status and what was answered."""
        return self._ask("POST", path, json.dumps(body))

    def close(self) -> None:
        """Let go."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, Any]:
        try:
            self._connection.request(method, path, body, {"content-type": "application/json"} if body else {})
            response = self._connection.getresponse()
            return response.status, json.loads(response.read())
        except (http.client.HTTPException, ValueError) as why:
            raise OSError(f"{path} gave no readable answer: {why!r}") from None


@dataclass
class Walk:
    """One account's walk; `fallen` raises when a process of its has ended, `told` hears of every published post."""

    link: Link
    fallen: Callable[[], None]
    told: Callable[[int], None]
    refused: list[Refusal] = field(default_factory=list)
    stops: int = 0
    _now: float = 0.0
    _next_at: float | None = None

    def go(self, posts: Sequence[Given]) -> None:
        """Publish all of them, each at its time, and go on until nothing is left to be sent."""
        self._now = _seconds(self.link.get("/control/clock")["now"])
        waiting, quiet = deque(posts), 0
        while waiting or quiet < QUIET_STEPS or self._next_at is not None:
            while waiting and waiting[0].created_at.timestamp() <= self._now:
                self._publish(waiting.popleft())
            quiet += 0 if waiting or self._next_at is not None else 1
            self._step()

    def _publish(self, post: Given) -> None:
        said = {
            "id": post.id,
            "author": post.author,
            "text": post.text,
            "created_at": post.created_at.isoformat(),
            "conversation_id": post.conversation,
            "in_reply_to": post.reply_to,
        }
        status, answer = self.link.post("/control/x/posts", {name: value for name, value in said.items() if value})
        already = status == http.HTTPStatus.CONFLICT and "already" in str(answer)
        if status != http.HTTPStatus.OK and not already:
            self.refused.append(Refusal(post.line, str(answer.get("error", answer))))
        self.told(1)

    def _step(self) -> None:
        """Move to where the bot may send again, or one whole step; come back when it has done all it could."""
        ahead = STEP if self._next_at is None else min(STEP, max(LEAST, self._next_at - self._now))
        settled = False
        while not settled:
            self.fallen()
            status, answer = self.link.post("/control/clock", {"jump_seconds": ahead})
            if status != http.HTTPStatus.OK:
                raise OSError(f"the clock could not be moved: {answer}")
            settled, ahead = bool(answer["settled"]), 0.0
        self.stops += 1
        self._now = _seconds(answer["now"])
        self._next_at = _seconds(answer["next_at"]) if answer.get("next_at") else None


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
