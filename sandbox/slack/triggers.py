"""Trigger ids: a person's gesture, good for one view within three seconds of machine time."""

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.slack.calls import Refused

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

GOOD_FOR = 3.0
REMEMBERED = 600.0
"""Seconds for which a used or expired id is still told from an invented one."""


@dataclass
class Trigger:
    """Whose gesture, when, and whether it came from inside an open modal."""

    user: str
    at: float
    view_id: str | None
    spent: bool = False


class Triggers:
    """The ids given out lately."""

    def __init__(self) -> None:
        self._given: dict[str, Trigger] = {}

    def issue(self, side: "SlackSide", user: str, view_id: str | None = None) -> str:
        """A fresh id for this person's gesture."""
        now = time.monotonic()
        for old in [key for key, trigger in self._given.items() if now - trigger.at > REMEMBERED]:
            del self._given[old]
        number = int.from_bytes(side.world.workspace.id.encode()[-5:])
        trigger_id = f"{time.time_ns() // 1000}.{number}.{secrets.token_hex(16)}"
        self._given[trigger_id] = Trigger(user, now, view_id)
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        """Use the id up; refused when it is unknown, used or older than three seconds."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.spent:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.at > GOOD_FOR:
            raise Refused("expired_trigger_id")
        trigger.spent = True
        return trigger
