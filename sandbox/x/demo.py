"""The demo posts: they trickle in after the first start, each exactly once."""

import asyncio
from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.shelf import Shelf
from sandbox.world import DemoPost

LATE = 60.0
Publish = Callable[[str, str, float], None]


class Demo:
    """Publishes what is due whenever business time moves, somebody calls, or a timer rings."""

    def __init__(self, posts: list[DemoPost], clock: Clock, shelf: Shelf, publish: Publish) -> None:
        self._posts = sorted(posts, key=lambda post: post.after)
        self._clock, self._shelf, self._publish = clock, shelf, publish
        self._started, self._published = 0.0, 0
        self._timer: asyncio.TimerHandle | None = None

    def load(self) -> None:
        """Go on where the last run stopped; the first run starts the count."""
        kept = self._shelf.get("x_demo", "progress")
        self._started = float(kept["started"]) if kept else self._clock.time()
        self._published = int(kept["published"]) if kept else 0
        self._write()

    def next_at(self) -> float | None:
        """When the next one is due, business time, or None."""
        if self._published >= len(self._posts):
            return None
        return self._started + self._posts[self._published].after

    def wake(self) -> None:
        """Publish what is due and set the timer for the next."""
        while (due := self.next_at()) is not None and due <= self._clock.time():
            post = self._posts[self._published]
            self._published += 1
            self._write()
            self._publish(post.author, post.text, self._moment(due))
        self._set_timer(due)

    def _moment(self, due: float) -> float:
        """A post nobody could see in time is one of now: it must not hide behind cursors that have moved on."""
        now = self._clock.time()
        return due if now - due < LATE else now

    def _set_timer(self, due: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if due is not None:
            seconds = max(due - self._clock.time(), 0.0) + 0.01
            self._timer = asyncio.get_running_loop().call_later(seconds, self.wake)

    def _write(self) -> None:
        self._shelf.put("x_demo", "progress", {"started": self._started, "published": self._published})
