"""Hearing: every message the bot has written, to whom and at which business minute, wherever it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.control import Link
from bot.story.reading import is_card, words

Json = dict[str, Any]
_LINK = re.compile(r"<(?:https?:[^|>]*)\|([^>]*)>")
_WHEN = re.compile(r"<!date\^(\d+)\^[^|]*\|[^>]*>")
_ROOM = re.compile(r"<#(\w+)>")
_PERSON = re.compile(r"<@(\w+)>")
_SIGN = re.compile(r":[a-z_]+: ?")
_CASE = re.compile(r"\bcase (\d+)")
_FIRST = re.compile(r"[^:.?·]*")
LONDON = ZoneInfo("Europe/London")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LINES = 2
NAGS = ("A case is late", "A case is due soon", "cases need somebody")


def weekday(at: datetime) -> str:
    """ "Sat 13:10", to the minute in London; "again" in the hour that comes twice."""
    here = at.astimezone(LONDON)
    return f"{DAYS[here.weekday()]} {here:%H:%M}{' again' if here.fold else ''}"


@dataclass(frozen=True)
class Heard:
    """One message: `where` is "#care", "#care thread" or a person's name; `gist` is how it opened at the time."""

    at: datetime
    where: str
    gist: str
    channel: str
    ts: str
    whole: str
    """Its first lines, as they are read aloud."""

    @property
    def to_person(self) -> bool:
        """Whether it went to one person alone."""
        return not self.where.startswith("#")


@dataclass
class Ears:
    """Listens everywhere. What was there when it began is no news."""

    link: Link
    names: dict[str, str] = field(default_factory=dict)
    """Who is called what, by Slack id."""
    staff: list[str] = field(default_factory=list)
    """The names of those who work here."""
    rooms: dict[str, list[str]] = field(default_factory=dict)
    """Who of them is in which channel, as Slack ids."""
    _places: list[tuple[str, str, str]] = field(default_factory=list)
    _known: set[tuple[str, str]] = field(default_factory=set)
    _replies: dict[tuple[str, str], int] = field(default_factory=dict)
    _bot: str = ""

    def __post_init__(self) -> None:
        self._bot = str(self.link.get("/control/world")["app"]["bot_user"])
        people = self.link.get("/control/slack/users")
        self.names |= {one["id"]: one["name"] for one in people}
        staff = [one["id"] for one in people if one["kind"] == "staff"]
        self._places = [(f"@{one}", one, self.names[one]) for one in staff]
        self.staff += [self.names[one] for one in staff]
        for room in self.link.get("/control/slack/channels"):
            self.names[room["id"]] = room["name"]
            readers = self.rooms[room["name"]] = [one for one in room["members"] if one in staff]
            self._places += [(room["name"], readers[0], f"#{room['name']}")] if readers else []
        self.news()

    def news(self) -> list[Heard]:
        """What the bot has written since the last look, oldest first."""
        found = [heard for channel, reader, shown in self._places for heard in self._in(channel, reader, shown)]
        return sorted(found, key=lambda heard: (heard.ts, heard.where))

    def _in(self, channel: str, reader: str, shown: str) -> Iterator[Heard]:
        for message in self.link.get("/control/slack/messages", **{"channel": channel, "as": reader}):
            yield from self._one(message, (channel, shown))
            if message.get("reply_count", 0) > self._replies.get((channel, message["ts"]), 0):
                self._replies[channel, message["ts"]] = message["reply_count"]
                asked = {"channel": channel, "as": reader, "thread": message["ts"]}
                for reply in self.link.get("/control/slack/messages", **asked)[1:]:
                    yield from self._one(reply, (channel, f"{shown} thread"))

    def _one(self, message: Json, place: tuple[str, str]) -> Iterator[Heard]:
        channel, shown = place
        if message["ephemeral"] or message["user"] != self._bot or (channel, message["ts"]) in self._known:
            return
        self._known.add((channel, message["ts"]))
        at = datetime.fromtimestamp(float(message["ts"]), UTC)
        aloud = " ".join((message.get("text") or words(message)).splitlines()[:LINES])
        yield Heard(at, shown, self.gist(message), channel, message["ts"], self.plain(aloud))

    def gist(self, message: Json) -> str:
        """How it opens: a card or a nag with the numbers of its cases, anything else by its first clause."""
        if is_card(message):
            block = next(str(one["block_id"]) for one in message["blocks"] if "case-" in str(one.get("block_id")))
            return f"card {block.split('-')[1]}"
        said = self.plain(_WHEN.sub("", message.get("text") or words(message)))
        title = _FIRST.match(said)
        opening = title[0].strip(" ·") if title else said
        if any(nag in opening for nag in NAGS):
            return f"{opening}: {', '.join(_CASE.findall(said))}"
        return opening

    def plain(self, text: str) -> str:
        """A message as it is read aloud: names for ids, moments as they stand, no marks."""
        text = _PERSON.sub(lambda found: f"@{self.names.get(found[1], found[1])}", text)
        text = _ROOM.sub(lambda found: f"#{self.names.get(found[1], found[1])}", text)
        text = _WHEN.sub(lambda found: weekday(datetime.fromtimestamp(int(found[1]), LONDON)), text)
        text = _SIGN.sub("", _LINK.sub(r"\1", text))
        return " ".join(text.replace("*", "").split())
