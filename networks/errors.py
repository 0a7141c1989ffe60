"""Why a network could not be asked.

NetworkTrouble   nothing was learnt; `kind` is unreachable, rate, auth or credits
  Unreachable    no answer, or none that could be read
  RateLimited    too many calls; `until` says when to ask again, where the network said so
  AuthFailed     it no longer takes our tokens, or the account may not read
  OutOfCredits   the prepaid credits are used up
"""

from datetime import datetime


class NetworkTrouble(Exception):
    """The network could not be asked; the text says why, for the log and the people who run Dibs."""

    kind = "unreachable"


class Unreachable(NetworkTrouble):
    """No answer, or none that could be read."""


class RateLimited(NetworkTrouble):
    """Too many calls; `until` is business time, or None where the network named no moment."""

    kind = "rate"

    def __init__(self, until: datetime | None) -> None:
        super().__init__("too many calls" + (f" until {until.isoformat()}" if until else ""))
        self.until = until


class AuthFailed(NetworkTrouble):
    """The network no longer takes our tokens, or the account may not do this."""

    kind = "auth"


class OutOfCredits(NetworkTrouble):
    """The prepaid credits are used up: somebody has to pay before anything works again."""

    kind = "credits"
