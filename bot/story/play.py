"""Playing the weekend: the scenes in their order, with a printed line per event and a verdict at the end."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bot.control import Link
from bot.story import weekend, weekend_end
from bot.story.cast import cast
from bot.story.hands import Hands
from bot.story.narrator import Narrator
from bot.story.stage import Stage, Unsettled
from domain.policy import Policy

THURSDAY = date(2027, 10, 28)
"""The clocks go back in the night to the Sunday after it."""
START = "2027-10-28T09:50:00+01:00"
STORIES = ("weekend",)


class Stopped(Exception):
    """Somebody has seen enough."""


def play(
    address: str, world: Path, policy: Policy, voice: tuple[Callable[[str], None], Callable[[float], None]]
) -> bool:
    """Play it in the sandbox at this address; whether everything that was expected happened.

    Raises Stopped when the pause does.
    """
    stage = Stage(Link(address), THURSDAY)
    narrator = Narrator(stage, *voice)
    stage.tell = narrator.heard
    try:
        _scenes(Hands(stage, narrator, cast(stage, policy)), _token(world), policy)
    except (Unsettled, OSError, LookupError) as why:
        narrator.expects(f"the play goes on to its end ({why})", held=False)
    narrator.summary()
    return not narrator.missed


def _scenes(hands: Hands, access_token: str, policy: Policy) -> None:
    stage = hands.stage
    saturday = stage.moment("Sat 12:00")
    shifts = policy.rota["care"].shifts_of("care", saturday)
    shift = next(one for one in shifts if one.from_at <= saturday < one.until_at)
    taker = weekend.thursday(hands, shift)
    weekend.friday(hands)
    weekend.saturday(hands, taker)
    weekend_end.token(hands, taker, access_token)
    weekend_end.night(hands, taker)
    weekend_end.sunday(hands, taker)
    weekend_end.monday(hands, taker)


def _token(world: Path) -> str:
    described: dict[str, Any] = tomllib.loads(world.read_text(encoding="utf-8"))
    return str(described["x"]["accounts"][0]["access_token"])
