"""Hands: what customers and staff do in the play, done on the stage and told by the narrator in one breath."""

from dataclasses import dataclass

from bot.story.cast import Cast
from bot.story.hearing import Heard
from bot.story.narrator import Narrator
from bot.story.stage import Spot, Stage


@dataclass
class Hands:
    """Everything a scene needs."""

    stage: Stage
    narrator: Narrator
    cast: Cast

    def posts(self, handle: str, text: str) -> None:
        """A customer posts, and the bot sees it."""
        self.narrator.says(handle, text)
        self.stage.post(handle, text)

    def clicks(self, person: str, label: str, spot: Spot) -> None:
        """One person presses a button."""
        self.narrator.does(person, f"clicks {label}")
        self.stage.does(person, label, spot)

    def answers(self, person: str, spot: Spot, text: str) -> None:
        """Claim and reply."""
        if not self.holds(person, spot):
            self.clicks(person, "Claim", spot)
        self.narrator.does(person, f"replies: {text}")
        self.stage.replies(person, spot, text)

    def pile_up(self, people: tuple[str, ...], label: str, spot: Spot) -> None:
        """Everybody at the same moment."""
        self.narrator.happens(f"{len(people)} people click {label} at the same moment")
        self.stage.all_at_once(people, label, spot)

    def taps(self, label: str, since: int) -> None:
        """Everybody who was asked for it in private since then taps this button."""
        spots = [Spot(one.channel, one.ts) for one in self.stage.told[since:] if one.to_person]
        asked = {spot.channel.removeprefix("@"): spot for spot in spots}
        ready = [one for one, spot in asked.items() if self.stage.can_press(one, label, spot)]
        if ready:
            names = ", ".join(map(self.narrator.name, ready))
            self.narrator.happens(f"{names} {'taps' if len(ready) == 1 else 'tap'} “{label}”")
        for person in ready:
            self.stage.does(person, label, asked[person])

    def holds(self, person: str, spot: Spot) -> bool:
        """Whether the card says that they have it."""
        return f"@{self.stage.ears.names[person]} has it" in self.stage.reads(person, spot)

    def told(self, person: str, since: int, opening: str = "") -> list[Heard]:
        """What this person was told in private since then (a count of messages)."""
        name = self.stage.ears.names[person]
        return [one for one in self.stage.told[since:] if one.where == name and one.gist.startswith(opening)]

    def expects(self, what: str, *, held: bool) -> None:
        """Something the reader was promised."""
        self.narrator.expects(what, held=held)
