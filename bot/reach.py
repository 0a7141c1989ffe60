"""Whom Slack would reach now: do-not-disturb and presence, asked sparingly; what can't be learnt is unknown."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack import asked_for
from domain.reach import Reach

log = logging.getLogger("dibs.reach")
TEAM_AT_MOST = 50
"""People in one dnd.teamInfo (Slack, dnd.teamInfo)."""
PRESENCE_AT_MOST = 25
"""Times presence is asked in one look: half of what Slack grants a minute, so that a second look is possible."""
GOOD_FOR = timedelta(seconds=60)
"""Business time an answer is remembered: nobody can tell a minute-old presence from a new one."""
REST = timedelta(seconds=30)
"""Business time a method is left alone after it failed."""
NEWEST = 4_102_444_800
"""Epoch seconds up to which a moment is believed: the year 2100."""
NOT_EVER = datetime.fromtimestamp(0, UTC)

Json = dict[str, Any]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Window:
    """When do-not-disturb begins and ends, as Slack told it."""

    starts_at: datetime
    ends_at: datetime

    def until(self, now: datetime) -> datetime | None:
        """Its end while it lasts."""
        return self.ends_at if self.starts_at <= now < self.ends_at else None


@dataclass
class Memory(Generic[Answer]):
    """Answers of one method, each good for a minute, and until when the method is left alone."""

    method: str
    answers: dict[str, tuple[datetime, Answer]] = field(default_factory=dict)
    rest_until: datetime = NOT_EVER

    def of(self, slack_id: str, now: datetime) -> Answer | None:
        """What is remembered, if it is still good."""
        heard_at, answer = self.answers.get(slack_id, (None, None))
        # Business time may begin anew: an answer from the future is none.
        return answer if heard_at is not None and timedelta() <= now - heard_at < GOOD_FOR else None

    def unknown(self, slack_ids: Iterable[str], now: datetime) -> list[str]:
        """Whom to ask about; nobody while the method rests."""
        resting = timedelta() < self.rest_until - now <= timedelta(minutes=5)
        return [] if resting else [one for one in slack_ids if self.of(one, now) is None]

    def ask(self, call: Callable[[], Any], now: datetime) -> Json | None:
        """The answer, or None when there is none; a method that failed is left alone for a while."""
        try:
            answer = call()
        except SlackApiError as error:
            self._failed(error, now)
        except (SlackClientError, OSError) as error:
            log.info("%s can't be asked (%s)", self.method, type(error).__name__)
            self.rest_until = now + REST
        else:
            return dict(answer.data) if isinstance(answer.data, dict) else None
        return None

    def _failed(self, error: SlackApiError, now: datetime) -> None:
        code = str(error.response.get("error", "")) if hasattr(error.response, "get") else ""
        log.info("%s was refused (%s)", self.method, code or "no reason given")
        if code != "user_not_found":
            self.rest_until = now + max(REST, asked_for(error.response))


class Lookout:
    """Asks Slack who can be reached. One thread asks at a time."""

    def __init__(self, web: WebClient) -> None:
        self._web = web
        self._quiet: Memory[Window] = Memory("dnd.teamInfo")
        self._away: Memory[bool] = Memory("users.getPresence")

    def look(
        self, people: Sequence[str], now: datetime, *, opted_in: Collection[str] = (), gone: Collection[str] = ()
    ) -> dict[str, Reach]:
        """Everybody asked for, by Slack id. `gone` are those the directory knows as deactivated: Slack isn't asked.

        Never raises: what Slack doesn't tell stays None.
        """
        here = [one for one in dict.fromkeys(people) if one not in gone]
        self._learn_quiet(here, now)
        self._learn_away([one for one in here if one in opted_in], now)
        away = {one: self._away.of(one, now) for one in here if one in opted_in}
        quiet = {one: self._quiet.of(one, now) for one in here}
        known = {one: Reach(one, away.get(one), window.until(now) if window else None) for one, window in quiet.items()}
        return known | {one: Reach(one, active_account=False) for one in people if one in gone}

    def _learn_quiet(self, people: list[str], now: datetime) -> None:
        asked = self._quiet.unknown(people, now)
        for start in range(0, len(asked), TEAM_AT_MOST):
            some = asked[start : start + TEAM_AT_MOST]
            answer = self._quiet.ask(partial(self._web.dnd_teamInfo, users=some), now)
            if answer is None:
                return
            self._quiet.answers |= {one: (now, window) for one, window in _windows(answer)}

    def _learn_away(self, people: list[str], now: datetime) -> None:
        for one in self._away.unknown(people, now)[:PRESENCE_AT_MOST]:
            answer = self._away.ask(partial(self._web.users_getPresence, user=one), now)
            if answer is not None and answer.get("presence") in ("active", "away"):
                self._away.answers[one] = (now, answer["presence"] == "away")
            elif not self._away.unknown([one], now):
                return


def _windows(answer: Json) -> list[tuple[str, Window]]:
    told = answer.get("users")
    found = [(str(one), _window(quiet)) for one, quiet in told.items()] if isinstance(told, dict) else []
    return [(one, window) for one, window in found if window is not None]


def _window(told: Any) -> Window | None:
    """None when it can't be read; without do-not-disturb a window that never lasts."""
    if not isinstance(told, dict):
        return None
    names = ("next_dnd_start_ts", "next_dnd_end_ts")
    moments = [_moment(told.get(name)) for name in names] if told.get("dnd_enabled") else [NOT_EVER, NOT_EVER]
    starts_at, ends_at = moments
    return Window(starts_at, ends_at) if starts_at is not None and ends_at is not None else None


def _moment(told: Any) -> datetime | None:
    believable = isinstance(told, int) and 0 <= told <= NEWEST
    return datetime.fromtimestamp(told, UTC) if believable else None
