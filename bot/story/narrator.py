"""The narrator: a readable line per event, what was expected and didn't happen, and a summary at the end."""

import textwrap
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.story.hearing import NAGS, Heard, weekday
from bot.story.stage import Stage

WIDTH = 110
"""Characters of a message that are printed."""
INDENT = 17


@dataclass
class Narrator:
    """Prints through `out` and lets the reader read through `pace`, given the length of a pause."""

    stage: Stage
    out: Callable[[str], None]
    pace: Callable[[float], None]
    missed: list[str] = field(default_factory=list)
    """What was expected and didn't happen."""
    kept: int = 0

    def scene(self, title: str) -> None:
        """A new chapter."""
        self.out(f"\n-- {title} --")
        self.pace(1.2)

    def heard(self, news: list[Heard]) -> None:
        """The bot has written something; the same to several at once is one line."""
        alike: dict[tuple[str, str], list[Heard]] = {}
        for heard in news:
            alike.setdefault((weekday(heard.at), heard.whole), []).append(heard)
        for (_, whole), several in alike.items():
            places = ", ".join(heard.where for heard in several)
            self._line(several[0].at, f"  Dibs to {places}:", textwrap.shorten(whole, WIDTH, placeholder=" …"))

    def says(self, handle: str, text: str) -> None:
        """Somebody posts on X."""
        self._line(self.stage.now(), f"@{handle}", f"posts: {textwrap.shorten(text, WIDTH, placeholder=' …')}")

    def does(self, person: str, what: str) -> None:
        """One of the staff does something."""
        self._line(self.stage.now(), self.name(person), what)

    def happens(self, what: str) -> None:
        """Something happens that nobody does."""
        self._line(self.stage.now(), "*", what)

    def expects(self, what: str, *, held: bool) -> None:
        """Note whether it came true; what didn't is printed at once."""
        if held:
            self.kept += 1
        else:
            self.missed.append(what)
            self.out(f"{'':{INDENT}}NOT AS EXPECTED: {what}")

    def name(self, person: str) -> str:
        """What somebody is called."""
        return self.stage.ears.names.get(person, person).capitalize()

    def _line(self, at: datetime, who: str, what: str) -> None:
        self.out(f"{weekday(at):{INDENT}}{who} {what}")
        self.pace(0.8)

    def summary(self) -> None:
        """Whom it told, how often, what was late, and who had a weekend."""
        told = Counter(heard.where for heard in self.stage.told)
        people = {place: count for place, count in told.items() if not place.startswith("#")}
        rooms = {place: count for place, count in told.items() if place.startswith("#") and " " not in place}
        begins, ends = self.stage.moment("Fri 18:00"), self.stage.moment("Mon 07:00")
        woken = {one.where for one in self.stage.told if one.to_person and begins <= one.at < ends}
        rested = sorted(name for name in self.stage.ears.staff if name not in woken)
        self.out("\n-- What it came to --")
        self.out(f"Direct messages: {_counted(people)}.")
        self.out(f"In channels: {_counted(rooms)}.")
        self.out(f"Cases that were late: {', '.join(self.late()) or 'none'}.")
        self.out(f"Not disturbed from Friday 18:00 to Monday 07:00: {', '.join(rested) or 'nobody'}.")
        total = self.kept + len(self.missed)
        self.out(f"Expectations: {self.kept} of {total} came true.")
        for what in self.missed:
            self.out(f"  not as expected: {what}")

    def late(self) -> list[str]:
        """The numbers of cases that were named as late, in order."""
        nags = [heard.gist for heard in self.stage.told if any(nag in heard.gist for nag in NAGS)]
        numbers = {one for gist in nags if "late" in gist for one in gist.rpartition(": ")[2].split(", ")}
        return sorted(numbers, key=int)


def _counted(found: dict[str, int]) -> str:
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered) or "none"
