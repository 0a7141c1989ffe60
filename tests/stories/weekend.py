"""A weekend to walk through: a policy whose shifts are easy to remember, and who was told what at which minute."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.control import Link
from bot.story.hearing import LONDON, weekday
from bot.story.stage import Stage
from tests.stories.world import World

THURSDAY, SATURDAY = date(2026, 11, 26), date(2026, 11, 28)
RUDE = "@TidewellGyms the lady at the desk was rude to me"
SMOKE = "@TidewellGyms there is smoke coming out of the sauna"
REFUND = "@TidewellGyms I am still waiting for my refund"
SORRY = "So sorry about that. We are looking into it with the team right now."
Told = tuple[str, str, str]
"""The minute, the place and how it opened."""
WEEKEND = """
[preflight]
on = false

[brand]
key = "tidewell"
name = "Tidewell Leisure"
ops_channel = "dibs-ops"
manager = "nora"

[networks.x]
account = "TidewellGyms"

[team.care]
channel = "care"
default = true
terms = ["rude", "sauna"]
calendar = "clubs"
sla = "standard"

[team.billing]
channel = "billing"
calendar = "clubs"
sla = "patient"
terms = ["refund", "charged"]

[emergency]
person = "kit"
terms = ["smoke", "fire"]

[calendar.clubs]
zone = "Europe/London"
hours = { mon = "09:00-18:00", tue = "09:00-18:00", wed = "09:00-18:00", thu = "09:00-18:00", fri = "09:00-18:00" }
weekend = { sat = "09:00-17:00", sun = "10:00-16:00" }

[sla.standard.normal]
first_response = "1h"
next_response = "1h"

[sla.standard.emergency]
first_response = "20m"

[sla.patient.normal]
first_response = "1h"

[sla.patient.emergency]
first_response = "20m"

[sla.patient.weekend]
wait = ["normal"]

[rota.care]
zone = "Europe/London"
shifts = [
    { from = "2026-11-26T09:00", to = "2026-11-27T18:00", primary = "cleo", backup = "dev" },
    { from = "2026-11-27T18:00", to = "2026-11-29T18:00", primary = "ann", backup = "ben" },
    { from = "2026-11-29T18:00", to = "2026-12-04T18:00", primary = "cleo", backup = "dev" },
]

[rota.billing]
zone = "Europe/London"
shifts = [{ from = "2026-11-26T09:00", to = "2026-12-04T18:00", primary = "hana", backup = "ian" }]
"""
NOT_SEEN = "@cleo is on call for care since and has not said “I've got it” yet"
HAND_OVER: list[Told] = [
    ("Sun 18:00", "ann", "Your shift for care is over"),
    ("Sun 18:00", "cleo", "You are on call for care until"),
    ("Sun 18:15", "dev", NOT_SEEN),
    ("Sun 18:15", "nora", NOT_SEEN),
]
"""What the end of a shift brings when whoever comes on says nothing."""

NIGHT = """
[preflight]
on = false

[brand]
key = "tidewell"
name = "Tidewell Leisure"
ops_channel = "dibs-ops"
manager = "nora"

[networks.x]
account = "TidewellGyms"

[team.care]
channel = "care"
default = true
terms = ["rude"]
calendar = "always"
sla = "standard"

[emergency]
person = "kit"
terms = ["smoke"]

[calendar.always]
zone = "Europe/London"
hours = {{ mon = "09:00-18:00" }}
weekend = {{ sat = "00:00-24:00", sun = "00:00-24:00" }}

[sla.standard.normal]
first_response = "2h"

[sla.standard.emergency]
first_response = "20m"

[rota.care]
zone = "Europe/London"
shifts = [
    {{ from = "{sunday}T00:00", to = "{sunday}T03:00", primary = "ann", backup = "ben" }},
    {{ from = "{sunday}T03:00", to = "{sunday}T18:00", primary = "cleo", backup = "dev" }},
]
"""


@dataclass
class Weekend:
    """A stage, and the world it stands in."""

    world: World
    stage: Stage

    @classmethod
    def over(cls, world: World, thursday: date = THURSDAY) -> "Weekend":
        """Begin to listen in this world."""
        return cls(world, Stage(Link(world.sandbox.url), thursday))

    def told(self) -> list[Told]:
        """Everything the bot has told anybody, minute by minute; within a minute by place, for couriers race."""
        found = sorted(self.stage.told, key=lambda one: (one.at.replace(second=0, microsecond=0), one.where))
        return [(weekday(one.at), one.where, one.gist) for one in found]


def at(day: date, clock: str) -> datetime:
    """That wall time in London."""
    return datetime.combine(day, time.fromisoformat(clock), LONDON)
