"""The world of the stories: a sandbox, the real bot in it, and what people do and see there, in the trade's words."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.story.reading import Json, Pressable, is_card, labels, pressables, words
from bot.story.stage import Spot
from tests.sandbox.conftest import Running
from tests.stories.bots import POLICY, Bot

__all__ = ["CUSTOMER", "NORA", "Spot", "World"]
NORA = "U0NORA"
"""She sits in every channel, so she is who looks."""
CUSTOMER = "harriet_runs"


@dataclass
class World:
    """Everything goes over the wire, through the control API."""

    sandbox: Running
    database_url: str
    bots: list[Bot] = field(default_factory=list)
    policy: Path = POLICY

    # What the customer does.

    def post(self, text: str, author: str = CUSTOMER, **more: Any) -> str:
        """Somebody posts on X; nobody has looked yet."""
        return str(self.sandbox.post("/control/x/posts", author=author, text=text, **more)["id"])

    def customer_posts(self, text: str, author: str = CUSTOMER, **more: Any) -> str:
        """Somebody posts on X, and the bot sees it."""
        post_id = self.post(text, author, **more)
        self.advance(1)
        return post_id

    def brand_posts(self, text: str, **more: Any) -> str:
        """Somebody types on X itself, as the brand."""
        return self.customer_posts(text, self.sandbox.get("/control/x/brand")["username"], **more)

    def edit(self, post_id: str, text: str) -> str:
        """The customer changes a post."""
        edited = str(self.sandbox.post("/control/x/edit", id=post_id, text=text)["id"])
        self.advance(1)
        return edited

    def delete(self, post_id: str) -> None:
        """The customer takes a post back."""
        self.sandbox.post("/control/x/delete", id=post_id)

    # What staff do.

    def click(self, person: str, label: str, spot: Spot) -> Json:
        """Press the button, or choose the option of a menu, that a person finds under this label. Nobody waits."""
        return self.press(person, self.pressable(person, label, spot), spot)

    def press(self, person: str, what: Pressable, spot: Spot) -> Json:
        """Press what was seen in the message, which may look different by now."""
        order = {"as": person, "channel": spot.channel, "ts": spot.ts, "action_id": what.action_id}
        order |= {"block_id": what.block_id} | ({"value": what.value} if what.value else {})
        answer = self.sandbox.http.post("/control/slack/click", json=order)
        assert answer.status_code == 200, answer.text
        pressed: Json = answer.json()
        return pressed

    def pressable(self, person: str, label: str, spot: Spot) -> Pressable:
        """What this person sees under the label."""
        message = self.message(spot, person)
        found = [one for one in pressables(message) if one.label == label]
        assert found, f"{person} sees no {label!r}, only {labels(message)} in {words(message)[:300]!r}"
        return found[0]

    def does(self, person: str, label: str, spot: Spot) -> Json:
        """Press it, see that Slack shows no trouble, and let the bot finish."""
        answer = self.click(person, label, spot)
        assert answer["error"] is None, answer
        self.settle()
        return answer

    def all_at_once(self, people: Sequence[str], label: str, spot: Spot) -> list[Json]:
        """Everybody presses the same thing at the same moment."""
        seen = {person: self.pressable(person, label, spot) for person in people}
        with ThreadPoolExecutor(len(people)) as hands:
            return list(hands.map(lambda person: self.press(person, seen[person], spot), people))

    def view(self, person: str) -> Json:
        """The modal this person looks at; empty when there is none."""
        answer = self.sandbox.http.get("/control/slack/view", params={"as": person})
        view: Json = answer.json() if answer.status_code == 200 else {}
        return view

    def submit(self, person: str, **values: str) -> Json:
        """Fill in the modal and submit it: values by the last word of their action id."""
        view = self.view(person)
        ids = re.findall(r'"action_id": ?"([\w.]+)"', str(view["blocks"]).replace("'", '"'))
        named = {next(one for one in ids if one.endswith(f".{name}")): value for name, value in values.items()}
        order = {"as": person, "view_id": view["id"], "values": named}
        answer: Json = self.sandbox.post("/control/slack/submit", **order)
        return answer

    def confirms(self, person: str, **values: str) -> None:
        """Submit the modal, see it close without a complaint, and let the bot finish."""
        answer = self.submit(person, **values)
        assert answer["closed"], answer
        self.settle()

    def replies(self, person: str, spot: Spot, text: str) -> None:
        """The whole reply: the modal, the words, Send, and the time it takes."""
        self.does(person, "Reply", spot)
        self.confirms(person, text=text)

    def command(self, person: str, text: str, channel: str = "care") -> str:
        """What `/dibs …` answers this person."""
        before = len(self.told(person, channel))
        self.sandbox.post("/control/slack/command", **{"as": person, "channel": channel, "text": text})
        self.settle()
        return " ".join(self.told(person, channel)[before:])

    def home(self, person: str) -> Json:
        """The person's App Home."""
        view: Json = self.sandbox.post("/control/slack/home", **{"as": person})
        return view

    # What they see.

    def messages(self, channel: str, person: str = NORA, **more: Any) -> list[Json]:
        """Everything this person sees there."""
        found: list[Json] = self.sandbox.get("/control/slack/messages", **{"channel": channel, "as": person, **more})
        return found

    def message(self, spot: Spot, person: str = NORA) -> Json:
        """One message as it is now."""
        return next(one for one in self.messages(spot.channel, person) if one["ts"] == spot.ts)

    def cards(self, channel: str = "care") -> list[Spot]:
        """Every live card there, oldest first."""
        return [Spot(channel, one["ts"]) for one in self.messages(channel) if is_card(one)]

    def card_of(self, said: str, channel: str = "care") -> Spot:
        """The one live card that says this."""
        found = [spot for spot in self.cards(channel) if said in self.words(spot)]
        assert len(found) == 1, f"{len(found)} cards in #{channel} say {said!r}: {self.everything(channel)}"
        return found[0]

    def words(self, spot: Spot, person: str = NORA) -> str:
        """What a message says now."""
        return words(self.message(spot, person))

    def labels(self, spot: Spot, person: str = NORA) -> list[str]:
        """What can be pressed in a message now."""
        return labels(self.message(spot, person))

    def thread(self, spot: Spot, person: str = NORA) -> list[str]:
        """What the thread under a message says."""
        return [words(one) for one in self.messages(spot.channel, person, thread=spot.ts)[1:]]

    def told(self, person: str, channel: str = "care") -> list[str]:
        """What only this person sees in the channel."""
        return [words(one) for one in self.messages(channel, person) if one["ephemeral"]]

    def notice(self, person: str, channel: str = "care") -> Spot:
        """The newest message that only this person sees."""
        return Spot(channel, [one["ts"] for one in self.messages(channel, person) if one["ephemeral"]][-1])

    def direct_messages(self, person: str) -> list[str]:
        """What the bot has written to this person."""
        return [words(one) for one in self.messages(f"@{person}", person)]

    def direct_message(self, person: str) -> Spot:
        """The newest direct message."""
        return Spot(f"@{person}", self.messages(f"@{person}", person)[-1]["ts"])

    def everything(self, channel: str) -> list[str]:
        """Every message's words, for the reader of a failure."""
        return [words(one)[:200] for one in self.messages(channel)]

    def public_replies(self) -> list[str]:
        """What the brand has published on X."""
        return [one["text"] for one in self.sandbox.get("/control/x/replies")]

    # What happens around them.

    def advance(self, seconds: float, patience: float = 20) -> None:
        """Business time goes on, and the bot has done all there was to do on the way."""
        answer = self.sandbox.post("/control/clock", advance_seconds=seconds, patience_seconds=patience)
        assert answer["settled"], f"the bot was not idle in time: {answer}"

    def settle(self) -> None:
        """Let the bot finish what it is at."""
        self.advance(1)

    def leap(self, seconds: float) -> None:
        """Business time leaps, as an outage does."""
        answer = self.sandbox.post("/control/clock", jump_seconds=seconds, patience_seconds=20)
        assert answer["settled"], f"the bot was not idle in time: {answer}"

    def fault(self, service: str, method: str, outcome: str, times: int = 1) -> None:
        """The next calls go wrong in this way."""
        order = {"service": service, "method": method, "outcome": outcome, "times": times}
        self.sandbox.post("/control/faults", **order)

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        assert self.sandbox.http.delete("/control/faults").status_code == 200
