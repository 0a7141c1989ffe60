"""One account's replay: its sandbox and bot started, its posts walked through, the outcome counted, both ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from bot.control import Link
from bot.crew import Crew
from bot.neighbour import waiting_for
from bot.replay_count import Result, count, stored_in
from bot.replay_input import Given, Refusal
from bot.replay_walk import Walk
from bot.replay_world import ROOT, Place, searches, start_bot, start_sandbox
from domain.x import moment_of

PATIENCE = 60.0
"""Machine seconds both may take to find each other."""
OVERLAP = timedelta(minutes=10)
"""How far a poll looks back behind the last one, as the bot does by itself."""

EVERYTHING = timedelta(days=40 * 365)


class Stopped(Exception):
    """The replay can't go on; the text says why."""


@dataclass
class Run:
    """What one account needs, and what came of it. `held` is the folder's lock, for the processes to inherit."""

    place: Place
    posts: Sequence[Given]
    outside: dict[str, str]
    held: tuple[int, ...]
    stop: Event
    told: Callable[[int], None]
    before: set[str] = field(default_factory=set)
    result: Result = field(default_factory=Result)
    refused: list[Refusal] = field(default_factory=list)
    stops: int = 0

    def go(self) -> None:
        """Replay. Raises Stopped when a process falls or somebody wants an end."""
        crew = Crew(ROOT, self.held)
        try:
            self._go(crew)
        except OSError as why:
            self._check(crew)
            raise Stopped(f"@{self.place.account}'s sandbox can't be asked any more: {why}") from None
        finally:
            crew.end()

    def _go(self, crew: Crew) -> None:
        self.before = stored_in(self.place)
        start_sandbox(self.place, crew, self.outside, self.posts[0].created_at)
        self._wait(crew, lambda: waiting_for(self.place.port) is not None)
        start_bot(self.place, crew, self.outside, look_back(self.posts).total_seconds())
        self._wait(crew, lambda: waiting_for(self.place.port) == [])
        walk = Walk(Link(f"http://127.0.0.1:{self.place.port}"), lambda: self._check(crew), self.told)
        walk.go(self.posts)
        self.stops, self.refused = walk.stops, walk.refused
        self.result = count(self.place, walk.link)
        self.refused += self._not_for_us()
        walk.link.close()

    def _wait(self, crew: Crew, ready: Callable[[], bool]) -> None:
        waited = 0.0
        while not ready():
            self._check(crew)
            self.stop.wait(0.1)
            waited += 0.1
            if waited > PATIENCE:
                raise Stopped(f"@{self.place.account}'s sandbox and bot have not found each other; see their logs")

    def _check(self, crew: Crew) -> None:
        fallen = crew.fallen()
        if fallen is not None:
            raise Stopped(fallen.why())
        if self.stop.is_set():
            raise Stopped("stopped")

    def _not_for_us(self) -> list[Refusal]:
        """Posts that neither mention the account nor are found by its searches are no business of its bot's."""
        if not searches(self.place.account):
            return []
        told = {refusal.line for refusal in self.refused}
        account = self.place.account.lower()
        return [
            Refusal(post.line, f"it doesn't mention @{account}, and no search of dibs.toml finds it")
            for post in self.posts
            if post.id not in self.result.stored | self.before
            and post.line not in told
            and account not in post.handles | {post.author.lower()}
        ]


def look_back(posts: Sequence[Given]) -> timedelta:
    """The overlap that a poll needs: ids much older than their posts are found only by asking for everything."""
    late = max(post.created_at - moment_of(post.id) for post in posts)
    return OVERLAP if late <= OVERLAP / 2 else EVERYTHING
