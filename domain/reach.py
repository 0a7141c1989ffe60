"""Whether somebody can be reached just now, as far as Slack says."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Reach:
    """What is known of one person: None in `away` or `quiet_until` is "no idea", and holds no nag back.

    `away` is asked only of those who opted in; `quiet_until` is set while do-not-disturb is on; without an
    `active_account` nothing reaches them any more.
    """

    slack_id: str
    away: bool | None = None
    quiet_until: datetime | None = None
    active_account: bool = True

    def quiet_at(self, now: datetime) -> bool:
        """Whether a message would wake nobody at that moment, because they asked for quiet."""
        return self.quiet_until is not None and now < self.quiet_until

    @property
    def awake(self) -> bool:
        """Whether they surely sit at their desk: known to be active, and not quiet."""
        return self.active_account and self.away is False and self.quiet_until is None
