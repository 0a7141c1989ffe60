"""The stage: the sandbox's control API in the words of a play, and a clock that hops to what is due next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from bot.control import Link
from bot.story.hearing import Ears, Heard
from bot.story.reading import Pressable, labels, pressables, words

Json = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
HOP = timedelta(hours=3)
"""A hop is never longer, so that what nobody announced as due is late, not lost."""
LEAST = 0.05
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PATIENCE = 40.0


class Unsettled(Exception):
    """The bot was still busy after all our patience, or the sandbox refused what was asked."""


@dataclass(frozen=True)
class Spot:
    """Where a message stands."""

    channel: str
    ts: str


@dataclass
class Stage:
    """`thursday` is the day the play begins; moments are said as "Sat 09:40", wall time in London."""

    link: Link
    thursday: date
    tell: Callable[[Heard], None] | None = None
    told: list[Heard] = field(default_factory=list)
    """Everything the bot has written so far."""
    hops: int = 0
    ears: Ears = field(init=False)

    def __post_init__(self) -> None:
        self.ears = Ears(self.link)

    # Time.

    def moment(self, said: str) -> datetime:
        """ "Sat 09:40" is the first Saturday from the Thursday on; "Sun 01:30 again" when the hour comes twice."""
        day, clock, *again = said.split()
        ahead = (DAYS.index(day) - self.thursday.weekday()) % 7
        wall = time.fromisoformat(clock).replace(fold=len(again))
        return datetime.combine(self.thursday + timedelta(days=ahead), wall, LONDON)

    def said(self, at: datetime) -> str:
        """The other way round, to the minute."""
        here = at.astimezone(LONDON)
        return f"{DAYS[here.weekday()]} {here:%H:%M}{' again' if here.fold else ''}"

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
        for heard in self.ears.news():
            self.told.append(heard)
            if self.tell is not None:
                self.tell(heard)

    # People.

    def order(self, path: str, **body: Any) -> Json:
        """An order to the control API; Unsettled when it is refused."""
        status, answer = self.link.post(path, body)
        if status != HTTPStatus.OK:
            raise Unsettled(f"{path} {body}: {answer}")
        found: Json = answer
        return found

    def post(self, author: str, text: str, **more: Any) -> str:
        """Somebody posts on X, and the bot sees it."""
        post_id = str(self.order("/control/x/posts", author=author, text=text, **more)["id"])
        self._move(1)
        return post_id

    def person(self, slack_id: str, **facts: Any) -> None:
        """Somebody's presence, do-not-disturb and the like change."""
        self.order("/control/slack/users", id=slack_id, **facts)

    def does(self, person: str, label: str, spot: Spot) -> Json:
        """Press what the person finds under the label, and let the bot finish."""
        what = self.pressable(person, label, spot)
        order = {"as": person, "channel": spot.channel, "ts": spot.ts, "action_id": what.action_id}
        order |= {"block_id": what.block_id} | ({"value": what.value} if what.value else {})
        answer = self.order("/control/slack/click", **order)
        if answer["error"] is not None:
            raise Unsettled(f"{label} of {person} went wrong: {answer['error']}")
        self._move(1)
        return answer

    def fills(self, person: str, **values: str) -> None:
        """Fill in the modal, by the last word of each field's name, and submit it."""
        view = self.link.get("/control/slack/view", **{"as": person})
        named = {_field(view, name): value for name, value in values.items()}
        answer = self.order("/control/slack/submit", **{"as": person, "view_id": view["id"], "values": named})
        if not answer["closed"]:
            raise Unsettled(f"{person} was told: {answer['errors']}")
        self._move(1)

    def replies(self, person: str, spot: Spot, text: str) -> None:
        """The whole reply, from the button to X."""
        self.does(person, "Reply", spot)
        self.fills(person, text=text)

    def commands(self, person: str, text: str, channel: str = "care") -> str:
        """What `/dibs …` answers this person."""
        before = self._aside(person, channel)
        self.order("/control/slack/command", **{"as": person, "channel": channel, "text": text})
        self._move(1)
        return " ".join(self._aside(person, channel)[len(before) :])

    def _aside(self, person: str, channel: str) -> list[str]:
        return [self.ears.plain(words(one)) for one in self.messages(channel, person) if one["ephemeral"]]

    # What stands there.

    def messages(self, channel: str, person: str) -> list[Json]:
        """What this person sees there."""
        found: list[Json] = self.link.get("/control/slack/messages", **{"channel": channel, "as": person})
        return found

    def message(self, person: str, spot: Spot) -> Json:
        """One message as it is now."""
        return next(one for one in self.messages(spot.channel, person) if one["ts"] == spot.ts)

    def reads(self, person: str, spot: Spot) -> str:
        """What a message says now."""
        return self.ears.plain(words(self.message(person, spot)))

    def pressable(self, person: str, label: str, spot: Spot) -> Pressable:
        """What this person sees under the label. Raises Unsettled."""
        message = self.message(person, spot)
        found = [one for one in pressables(message) if one.label == label]
        if not found:
            raise Unsettled(f"{person} sees no {label!r}, only {labels(message)} in {words(message)[:200]!r}")
        return found[0]

    def newest(self, where: str, gist: str = "") -> Spot:
        """The newest message told there that opens like this."""
        found = [heard for heard in self.told if heard.where == where and heard.gist.startswith(gist)]
        if not found:
            raise Unsettled(f"{where} was never told {gist!r}, only {[h.gist for h in self.told if h.where == where]}")
        return Spot(found[-1].channel, found[-1].ts)


def _field(view: Json, name: str) -> str:
    for block in view["blocks"]:
        element = block.get("element") or {}
        if str(element.get("action_id", "")).endswith(f".{name}"):
            return str(element["action_id"])
    raise Unsettled(f"the form has no field {name!r}")
