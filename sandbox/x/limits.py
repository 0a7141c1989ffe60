"""X's rate limits: so many calls in fifteen minutes per endpoint and token, and posts per day (X, rate limits)."""

from dataclasses import dataclass

from sandbox.clock import Clock
from sandbox.x.problems import Problem, too_many

QUARTER = 900.0
DAY = 86_400.0
Headers = dict[str, str]


@dataclass(frozen=True)
class Allowance:
    """Calls in fifteen business minutes by a user's token and by the app's; None where that token isn't taken."""

    user: int
    app: int | None = None


MENTIONS = Allowance(300, 450)
USER_POSTS = Allowance(900, 10_000)
SEARCH = Allowance(300, 450)
POSTS_LOOKUP = Allowance(5_000, 3_500)
POST_LOOKUP = Allowance(900, 450)
USERS = Allowance(900, 300)
ME = Allowance(75)
CREATE = Allowance(100)
DELETE = Allowance(50)
CREATE_A_DAY = 10_000


@dataclass
class Window:
    """`used` calls since it opened; it closes at `ends`."""

    ends: float
    used: int = 0


class Limits:
    """Counts calls in business time."""

    def __init__(self, clock: Clock, rates: float) -> None:
        self._clock, self._rates = clock, rates
        self._windows: dict[tuple[str, str], Window] = {}

    def spend(self, endpoint: str, token: str, allowed: int) -> Headers:
        """Count a call; the answer's headers. Raises Problem 429 when the window is used up."""
        limit = max(1, int(allowed * self._rates))
        window = self._window((endpoint, token), QUARTER)
        if window.used >= limit:
            raise too_many(int(window.ends) + 1, limit)
        window.used += 1
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(limit - window.used),
            "x-rate-limit-reset": str(int(window.ends) + 1),
        }

    def spend_day(self) -> Headers:
        """Count a post of the app's day. Raises Problem 429 when the day is used up."""
        limit = max(1, int(CREATE_A_DAY * self._rates))
        window = self._window(("day", "app"), DAY)
        headers = {
            "x-app-limit-24hour-limit": str(limit),
            "x-app-limit-24hour-remaining": str(max(limit - window.used - 1, 0)),
            "x-app-limit-24hour-reset": str(int(window.ends) + 1),
        }
        if window.used >= limit:
            problem: Problem = too_many(int(window.ends) + 1, limit)
            problem.headers |= headers
            raise problem
        window.used += 1
        return headers

    def _window(self, key: tuple[str, str], length: float) -> Window:
        now = self._clock.time()
        window = self._windows.get(key)
        if window is None or now >= window.ends:
            window = self._windows[key] = Window(now + length)
        return window
