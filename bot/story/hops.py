"""Hops: the sandbox's clock from one due moment to the next, hearing at each what was told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from bot.control import Link
from bot.story.hearing import DAYS, LONDON, Ears, Heard

Json = dict[str, Any]
HOP = timedelta(hours=3)
"""A hop is never longer, so that what nobody announced as due is late, not lost."""
LEAST = 0.05
PATIENCE = 40.0


class Unsettled(Exception):
    """The bot was still busy after all our patience, or the sandbox refused what was asked."""


@dataclass
class Hops:
    """`thursday` is the day the play begins; moments are said as "Sat 09:40", wall time in London."""

    link: Link
    thursday: date
    tell: Callable[[list[Heard]], None] | None = None
    told: list[Heard] = field(default_factory=list)
    """Everything the bot has written so far."""
    hops: int = 0
    ears: Ears = field(init=False)

    def __post_init__(self) -> None:
        self.ears = Ears(self.link)

    def moment(self, said: str) -> datetime:
        """ "Sat 09:40" is the first Saturday from the Thursday on; "Sun 01:30 again" in an hour that comes twice."""
        day, clock, *again = said.split()
        ahead = (DAYS.index(day) - self.thursday.weekday()) % 7
        wall = time.fromisoformat(clock).replace(fold=len(again))
        return datetime.combine(self.thursday + timedelta(days=ahead), wall, LONDON)

    def now(self) -> datetime:
        """Business time."""
        return datetime.fromisoformat(self.link.get("/control/clock")["now"])

    def until(self, said: str) -> list[Heard]:
        """Hop there, from one due moment to the next; what was told on the way."""
        goal, before = self.moment(said).astimezone(UTC), len(self.told)
        answer = self._move(0)
        while (left := (goal - datetime.fromisoformat(answer["now"])).total_seconds()) > 0:
            answer = self._move(min(left, self._hop(answer)))
        return self.told[before:]

    def settle(self) -> list[Heard]:
        """Let the bot finish what it is at; what was told."""
        before = len(self.told)
        self._move(1)
        return self.told[before:]

    def outage(self, said: str) -> None:
        """Leap there at once, with nobody to wait for."""
        left = (self.moment(said).astimezone(UTC) - self.now()).total_seconds()
        self.order("/control/clock", jump_seconds=max(left, 0.0), patience_seconds=0)

    def _hop(self, answer: Json) -> float:
        if not answer.get("next_at"):
            return HOP.total_seconds()
        due = (datetime.fromisoformat(answer["next_at"]) - datetime.fromisoformat(answer["now"])).total_seconds()
        return min(max(due, LEAST), HOP.total_seconds())

    def _move(self, seconds: float) -> Json:
        answer = self.order("/control/clock", jump_seconds=seconds, patience_seconds=PATIENCE)
        if not answer["settled"]:
            raise Unsettled(f"Dibs was still busy after {PATIENCE:.0f} s, at {answer['now']}")
        self.hops += 1
        self.listen()
        return answer

    def listen(self) -> None:
        """Take in what was written since the last look."""
        news = self.ears.news()
        self.told += news
        if news and self.tell is not None:
            self.tell(news)

    def order(self, path: str, **body: Any) -> Json:
        """An order to the control API; Unsettled when it is refused."""
        status, answer = self.link.post(path, body)
        if status != HTTPStatus.OK:
            raise Unsettled(f"{path} {body}: {answer}")
        found: Json = answer
        return found
