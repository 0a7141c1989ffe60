"""Walking an account's posts through its sandbox: publish what is due, move the clock, wait until the bot is idle."""

import http
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.control import Link
from bot.replay_input import Given, Refusal

STEP = 300.0
"""Business seconds the clock moves at most."""
LEAST = 2.1
"""Business seconds it moves at least when the bot waits for a budget: two messages' worth of a channel."""
QUIET_STEPS = 2
"""Whole steps after the last post, so that a lagging search has shown everything."""


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
        """Publish all of them, each at its time, and go on until nothing is left to be sent.

        What is due later than a step ahead, such as a deadline or the next digest, is nothing a replay waits for.
        """
        self._now = _seconds(self.link.get("/control/clock")["now"])
        waiting, quiet = deque(posts), 0
        while waiting or quiet < QUIET_STEPS or self._is_due_soon:
            while waiting and waiting[0].created_at.timestamp() <= self._now:
                self._publish(waiting.popleft())
            quiet += 0 if waiting or self._is_due_soon else 1
            self._step()

    @property
    def _is_due_soon(self) -> bool:
        return self._next_at is not None and self._next_at - self._now <= STEP

    def _publish(self, post: Given) -> None:
        said = {
            "id": post.id,
            "author": post.author,
            "text": post.text,
            "created_at": post.created_at.isoformat(),
            "conversation_id": post.conversation,
            "in_reply_to": post.reply_to,
            "lang": post.lang,
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
