"""Cover and swap: whose duty it is, which hours of it may be given away, and when somebody else must hear of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from domain.errors import Invalid, Stale
from domain.rota import Override, Shift, stretches
from domain.rota_words import Timed

PRIMARY, BACKUP = "primary", "backup"
OPEN, TAKEN, WITHDRAWN, OVER = "open", "taken", "withdrawn", "over"
AHEAD = timedelta(days=30)
"""How far ahead shifts are offered for cover."""
DAY, HOUR, LATE = timedelta(hours=24), timedelta(hours=1), timedelta(hours=2)
LEEWAY = timedelta(minutes=10)
"""A start picked this long ago means now: filling in a window takes a moment."""
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Duty:
    """One person's stretch on call, as PRIMARY or BACKUP; `person` is a Slack name."""

    team: str
    role: str
    from_at: datetime
    until_at: datetime
    person: str

    @property
    def key(self) -> str:
        """What names it in an option's or a button's value."""
        return f"{self.team}|{self.role}|{int(self.from_at.timestamp())}|{int(self.until_at.timestamp())}"

    def override(self, by: str) -> Override:
        """Somebody else instead, in the same role."""
        primary, backup = (by, None) if self.role == PRIMARY else (None, by)
        return Override(self.team, self.from_at, self.until_at, primary, backup)

    def kept(self) -> dict[str, str]:
        """As a row keeps it."""
        return {"key": self.key, "person": self.person}

    @classmethod
    def read(cls, row: Mapping[str, str]) -> "Duty":
        """As a row kept it."""
        team, role, from_s, until_s = row["key"].split("|")
        times = [datetime.fromtimestamp(int(moment), UTC) for moment in (from_s, until_s)]
        return cls(team, role, times[0], times[1], row["person"])


@dataclass(frozen=True)
class Cover:
    """A wish for cover. `gives` are the swaps offered for it: by whom, and which of their duties they'd give."""

    id: int
    team: str
    asker: str
    role: str
    from_at: datetime
    until_at: datetime
    state: str
    taker: str | None
    note: str | None
    asked: tuple[str, ...]
    next_at: datetime | None
    made_at: datetime
    gives: Mapping[str, Duty] = field(default_factory=dict)

    @property
    def closes_at(self) -> datetime:
        """When it ends if nobody takes it."""
        return closes_at((self.from_at, self.until_at), self.made_at)


def duties(shifts: Sequence[Shift], overrides: Sequence[Override], span: tuple[datetime, datetime]) -> list[Duty]:
    """Everybody's duties in the time, whole, overrides made; a hand-over on the rota ends one, even to oneself."""
    near = [one for one in shifts if _meets(one, span)]
    timed: list[Shift | Override] = [*near, *(one for one in overrides if _meets(one, span))]
    whole = min([span[0], *(one.from_at for one in timed)]), max([span[1], *(one.until_at for one in timed)])
    edges = {moment for one in near for moment in (one.from_at, one.until_at)}
    found = list[Duty]()
    for role in (PRIMARY, BACKUP):
        found += _joined(list(_pieces(near, overrides, (role, sorted(edges)), whole)), edges)
    return sorted((one for one in found if _meets(one, span)), key=lambda one: (one.from_at, one.role != PRIMARY))


def _meets(one: Timed, span: tuple[datetime, datetime]) -> bool:
    return one.from_at < span[1] and one.until_at > span[0]


def _pieces(
    shifts: Sequence[Shift],
    overrides: Sequence[Override],
    cut: tuple[str, Sequence[datetime]],
    span: tuple[datetime, datetime],
) -> Iterator[Duty]:
    role, edges = cut
    timed: list[Shift | Override] = [*shifts, *overrides]
    team = timed[0].team if timed else ""
    for one in stretches(shifts, overrides, *span):
        person = one.primary if role == PRIMARY else one.backup
        moments = [one.from_at, *(edge for edge in edges if one.from_at < edge < one.until_at), one.until_at]
        for from_at, until_at in pairwise(moments):
            if person:
                yield Duty(team, role, from_at, until_at, person)


def _joined(pieces: Sequence[Duty], edges: set[datetime]) -> list[Duty]:
    """Neighbours of one person are one duty, unless the rota hands over between them."""
    found = list[Duty]()
    for one in pieces:
        last = found[-1] if found else None
        if last and last.person == one.person and last.until_at == one.from_at and one.from_at not in edges:
            found[-1] = replace(last, until_at=one.until_at)
        else:
            found.append(one)
    return found


def holds(shifts: Sequence[Shift], overrides: Sequence[Override], duty: Duty) -> bool:
    """Whether all of these hours are this person's in this role."""
    found = stretches(shifts, overrides, duty.from_at, duty.until_at)
    return all((one.primary if duty.role == PRIMARY else one.backup) == duty.person for one in found)


def busy(shifts: Sequence[Shift], overrides: Sequence[Override], span: tuple[datetime, datetime]) -> set[str]:
    """Who is on call at any time of the span, in whatever role; names."""
    return {name for one in stretches(shifts, overrides, *span) for name in (one.primary, one.backup) if name}


def wanted(duty: Duty, span: tuple[datetime, datetime], now: datetime) -> Duty:
    """The hours somebody wants covered, checked: within their duty, not past; Invalid names the field to change."""
    from_at, until_at = span
    if from_at >= until_at:
        raise Invalid("until", "The end has to come after the beginning.")
    if from_at < duty.from_at:
        raise Invalid("from", "Your shift begins later than that. Pick a time within it.")
    if until_at > duty.until_at:
        raise Invalid("until", "Your shift ends earlier than that. Pick a time within it.")
    if until_at <= now:
        raise Invalid("until", "These hours are over already. Pick an end that is still to come.")
    if from_at < now - LEEWAY:
        raise Invalid("from", "That is in the past already. Pick a beginning from now on.")
    return replace(duty, from_at=max(from_at, now), until_at=until_at)


def closes_at(span: tuple[datetime, datetime], made_at: datetime) -> datetime:
    """A request stands until its hours begin; one made at the last minute stands for an hour at least."""
    return max(span[0], min(span[1], made_at + HOUR))


def manager_at(from_at: datetime, made_at: datetime) -> datetime:
    """When the manager hears that nobody took it: a day before; if asked later, after two hours, an hour before."""
    if from_at - DAY > made_at:
        return from_at - DAY
    return max(made_at, min(made_at + LATE, from_at - HOUR))


def closed(cover: Cover, person: str) -> Stale:
    """Why a click on it comes too late, in words to this person."""
    if cover.state == TAKEN and cover.taker == person:
        return Stale("You took these hours already. They are yours.")
    words = {
        TAKEN: f"<@{cover.taker}> was faster and covers these hours. There is nothing left for you to do.",
        WITHDRAWN: f"<@{cover.asker}> took the request back, so these hours need no cover any more.",
        OVER: f"This request has ended without anybody taking it. The hours are still <@{cover.asker}>'s.",
    }
    return Stale(words.get(cover.state, "This request has moved on. `/dibs rota` shows how things stand."))
