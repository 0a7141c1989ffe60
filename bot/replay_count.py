"""What became of a replay: what X has been given, what the bot has kept, and what stands in Slack, held together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.control import Link
from bot.replay_world import Place
from storage.scope import Scope
from storage.store import Store, open_store
from storage.tally import Tally
from views.card import ACTIONS

Json = dict[str, Any]
ALL = "100000000"


@dataclass
class Result:
    """The figures of one account or of all."""

    stored: set[str] = field(default_factory=set)
    doubled: int = 0
    cases: int = 0
    messages: int = 0
    channels: Counter[str] = field(default_factory=Counter)
    put_away: Counter[str] = field(default_factory=Counter)
    """Posts that made no card, by tier."""

    def add(self, other: "Result") -> None:
        """Take in another account's figures."""
        self.stored |= other.stored
        self.doubled += other.doubled
        self.cases += other.cases
        self.messages += other.messages
        self.channels.update(other.channels)
        self.put_away.update(other.put_away)


def stored_in(place: Place) -> set[str]:
    """The ids of the posts that a folder's database has already."""
    if not (place.folder / "dibs.db").exists():
        return set()
    return set(_read(place, Tally.posts))


def count(place: Place, link: Link) -> Result:
    """Hold the sandbox's X and Slack against the bot's database."""
    published = {post["id"] for post in link.get("/control/x/posts", limit=ALL)}
    kept = _read(place, Tally.posts)
    slack = _Slack(link)
    cards = _read(place, Tally.cards)
    # A card counts only where Slack shows it: the database's word alone would always agree with itself.
    seen = {(case, channel) for case, channel, ts in cards if ts in slack.shown.get(channel, ())}
    return Result(
        stored=set(kept) & published,
        doubled=_more_than_once(kept) + len(_twice(case for case, _, _ in cards) | _twice(slack.cards)),
        cases=_read(place, Tally.cases),
        messages=slack.messages,
        channels=Counter(slack.names[channel] for _, channel in seen),
        put_away=Counter(_read(place, Tally.put_away)),
    )


class _Slack:
    """Every message of the bot's that anybody can see."""

    def __init__(self, link: Link) -> None:
        self.names: dict[str, str] = {}
        self.shown: dict[str, set[str]] = {}
        self.cards: list[int] = []
        """The case of every message with a card's buttons, once for each such message."""
        self.messages = 0
        for channel in link.get("/control/slack/channels"):
            if channel["members"]:
                self._read(link, channel)
        for person in link.get("/control/slack/users"):
            if person["kind"] == "staff":
                direct = link.get("/control/slack/messages", channel=f"@{person['id']}", **{"as": person["id"]})
                self.messages += len(direct)

    def _read(self, link: Link, channel: Json) -> None:
        messages = link.get("/control/slack/messages", channel=channel["name"], **{"as": channel["members"][0]})
        self.names[channel["id"]] = channel["name"]
        self.shown[channel["id"]] = {message["ts"] for message in messages}
        self.messages += len(messages) + sum(message.get("reply_count", 0) for message in messages)
        self.cards += [case for message in messages if (case := _case_of(message)) is not None]


def _case_of(message: Json) -> int | None:
    """The case on whose card one can click; None for any other message, a folded card among them."""
    for block in message["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            value = element.get("value") or (element.get("options") or [{}])[0].get("value", "")
            if element.get("action_id") in ACTIONS and value.count(":"):
                return int(value.split(":")[-2])
    return None


def _twice(cases: Iterable[int]) -> set[int]:
    return {case for case, times in Counter(cases).items() if times > 1}


def _more_than_once(ids: list[str]) -> int:
    return len(ids) - len(set(ids))


def _read(place: Place, ask: Any) -> Any:
    store: Store = open_store(place.database, Scope("", place.account.lower()))
    try:
        with store.look() as tx:
            return ask(Tally(tx.connection, tx.scope))
    finally:
        store.close()
