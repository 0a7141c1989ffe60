"""The stage: the sandbox's control API in the words of a play: what people do, and what stands in Slack."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bot.control import Link
from bot.story.hops import Hops, Unsettled
from bot.story.reading import Pressable, labels, pressables, words

__all__ = ["Spot", "Stage", "Unsettled"]
Json = dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """Where a message stands."""

    channel: str
    ts: str


class Stage(Hops):
    """Hops that people stand on."""

    # What people do.

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
        answer = self.order("/control/slack/click", **self.click_order(person, label, spot))
        if answer["error"] is not None:
            raise Unsettled(f"{label} of {person} went wrong: {answer['error']}")
        self._move(1)
        return answer

    def all_at_once(self, people: Sequence[str], label: str, spot: Spot) -> None:
        """Everybody presses the same thing at the same moment."""
        orders = [self.click_order(person, label, spot) for person in people]
        with ThreadPoolExecutor(len(people)) as hands:
            list(hands.map(lambda order: Link(self.link.address).post("/control/slack/click", order), orders))
        self._move(1)

    def click_order(self, person: str, label: str, spot: Spot) -> Json:
        what = self.pressable(person, label, spot)
        order = {"as": person, "channel": spot.channel, "ts": spot.ts, "action_id": what.action_id}
        return order | {"block_id": what.block_id} | ({"value": what.value} if what.value else {})

    def fills(self, person: str, **values: str) -> None:
        """Fill in the modal, by the last word of each field's name, and submit it."""
        view = self.view(person)
        named = {_field(view, name): value for name, value in values.items()}
        answer = self.order("/control/slack/submit", **{"as": person, "view_id": view["id"], "values": named})
        if not answer["closed"]:
            raise Unsettled(f"{person} was told: {answer['errors']}")
        self._move(1)

    def types(self, person: str, name: str, text: str) -> None:
        """Type into a field of the open modal, and close it without sending."""
        view = self.view(person)
        order = {"as": person, "view_id": view["id"]}
        self.order("/control/slack/type", **order, action_id=_field(view, name), value=text)
        self.order("/control/slack/close", **order)
        self._move(1)

    def view(self, person: str) -> Json:
        """The modal this person looks at."""
        found: Json = self.link.get("/control/slack/view", **{"as": person})
        return found

    def replies(self, person: str, spot: Spot, text: str) -> None:
        """The whole reply, from the button to X."""
        self.does(person, "Reply", spot)
        self.fills(person, text=text)

    def commands(self, person: str, text: str, channel: str = "care") -> str:
        """What `/dibs …` answers this person."""
        before = self.aside(person, channel)
        self.order("/control/slack/command", **{"as": person, "channel": channel, "text": text})
        self._move(1)
        return " ".join(self.aside(person, channel)[len(before) :])

    def aside(self, person: str, channel: str) -> list[str]:
        """What only this person sees there."""
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

    def can_press(self, person: str, label: str, spot: Spot) -> bool:
        """Whether this person sees such a button now."""
        return label in labels(self.message(person, spot))

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
