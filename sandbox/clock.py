"""Business time: wall time plus an offset that only grows, and the walk that waits for whoever lives by it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

STRIDE = 60.0
"""A walk stops at least this often, in business seconds."""
PATIENCE = 55.0
"""Wall seconds after which a walk or a leap answers `settled: false`: callers are promised an answer within 60."""


@dataclass
class Reported:
    """A program's last word: at clock `version` it had nothing left to do before `next_at` (epoch seconds or None)."""

    version: int
    next_at: float | None
    at: float


@dataclass
class Clock:
    """`offset` seconds ahead of the wall; `version` rises with every move."""

    offset: float = 0.0
    version: int = 0
    world: int = 0
    """Rises when everything begins anew, so that whoever remembers the old world can tell."""
    walking: bool = False
    reports: dict[str, Reported] = field(default_factory=dict)
    touched_at: float = 0.0
    x_news: int = 0
    """How often something has happened on X; who follows the clock may spare itself a look when nothing has."""
    moved_at: float = 0.0
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    sandbox_next: list[Callable[[], float | None]] = field(default_factory=list)
    """Each answers the epoch second of the sandbox's own next due thing, or None."""
    sandbox_busy: list[Callable[[], bool]] = field(default_factory=list)
    """Each answers whether the sandbox still waits for something, such as an envelope's acknowledgement."""
    on_move: list[Callable[[], None]] = field(default_factory=list)
    """Called after each move, before anybody is waited for."""

    def time(self) -> float:
        """Business time in epoch seconds."""
        return time.time() + self.offset

    def now(self) -> datetime:
        """Business time, aware UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def touch(self) -> None:
        """Something was handed to the bot: a report older than this moment no longer proves that it is idle."""
        self.touched_at = time.monotonic()

    async def report(self, name: str, version: int, next_at: float | None) -> bool:
        """Note that `name` is idle at `version`; the answer says whether a walk still needs a newer report."""
        self.reports[name] = Reported(version, next_at, time.monotonic())
        async with self.moved:
            self.moved.notify_all()
        return self.walking and not self.settled()

    def forget(self, name: str) -> None:
        """`name` has left: nobody waits for it any more."""
        self.reports.pop(name, None)

    def settled(self) -> bool:
        """Whether everybody known has reported idle here, after the last thing that was handed over."""
        if not self.reports or any(busy() for busy in self.sandbox_busy):
            return False
        return all(r.version >= self.version and r.at >= self.touched_at for r in self.reports.values())

    async def wait(self, after: int, seconds: float) -> None:
        """Return when the version is past `after`, or when `seconds` of wall time are over."""
        try:
            async with asyncio.timeout(seconds), self.moved:
                await self.moved.wait_for(lambda: self.version > after)
        except TimeoutError:
            return

    async def jump(self, seconds: float, *, patience: float = PATIENCE) -> bool:
        """Leap, as an outage does; True when everybody was idle again within the patience."""

        async def leap(patience_ends: float) -> bool:
            await self._move(seconds)
            return await self._settle(patience_ends)

        return await self._alone(leap, patience)

    async def walk(self, seconds: float, *, stride: float = STRIDE, patience: float = PATIENCE) -> bool:
        """Advance, stopping at least every `stride` seconds until everybody is idle; False when patience ran out."""

        async def stroll(patience_ends: float) -> bool:
            return await self._stroll(self.time() + seconds, stride, patience_ends)

        return await self._alone(stroll, patience)

    async def _alone(self, go: Callable[[float], Awaitable[bool]], patience: float) -> bool:
        """One move at a time; waiting for another's to end is part of the patience."""
        patience_ends = time.monotonic() + patience
        try:
            async with asyncio.timeout(patience):
                await self.moving.acquire()
        except TimeoutError:
            return False
        self.walking = True
        try:
            return await go(patience_ends)
        finally:
            self.walking = False
            self.moving.release()

    async def _stroll(self, goal: float, stride: float, patience_ends: float) -> bool:
        if self.touched_at >= self.moved_at:
            # Something new lies there that nobody may have looked for yet, and an older report proves nothing of it.
            await self._move(0.0)
        while await self._settle(patience_ends):
            left = goal - self.time()
            if left <= 0:
                return True
            await self._move(min(left, self._next_step(stride)))
        return False

    def next_at(self) -> float | None:
        """When the next thing that anybody knows of is due, epoch seconds."""
        stops = [r.next_at for r in self.reports.values()] + [ask() for ask in self.sandbox_next]
        return min((at for at in stops if at is not None), default=None)

    def _next_step(self, stride: float) -> float:
        due = self.next_at()
        return stride if due is None else min(stride, max(due - self.time(), 0.001))

    async def _move(self, seconds: float) -> None:
        async with self.moved:
            self.offset += max(seconds, 0.0)
            self.version += 1
            self.moved_at = time.monotonic()
            for hook in self.on_move:
                hook()
            self.moved.notify_all()

    async def _settle(self, patience_ends: float) -> bool:
        while not self.settled():
            left = patience_ends - time.monotonic()
            if left <= 0:
                return False
            try:
                async with asyncio.timeout(min(left, 0.05)), self.moved:
                    await self.moved.wait()
            except TimeoutError:
                continue
        return True
