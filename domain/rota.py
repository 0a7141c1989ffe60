"""The rota: who is on call when, with overrides over shifts, and where nobody is."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import islice, pairwise

from domain.rota_words import lead_of, said_at, span_of


@dataclass(frozen=True)
class Shift:
    """A stretch of duty, half-open: at `until_at` the next person is on call. `source` is the key it stands under."""

    team: str
    from_at: datetime
    until_at: datetime
    primary: str
    backup: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Override:
    """Somebody else for a while: as primary, as backup or as both. Without `made_at` it stands in the file.

    The one made last wins; the file's count as older than any other, and among them the one written last wins.
    """

    team: str
    from_at: datetime
    until_at: datetime
    primary: str | None = None
    backup: str | None = None
    made_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True)
class OnCall:
    """The answer for a moment. `until_at` is when it changes next, or None if it never does.

    Nobody on call: `primary` is None, `why` names the next shift, and `until_at` is its start.
    """

    primary: str | None
    backup: str | None
    why: str
    until_at: datetime | None


@dataclass(frozen=True)
class Stretch:
    """A time through which the same people are on call, or nobody is."""

    from_at: datetime
    until_at: datetime
    primary: str | None
    backup: str | None


@dataclass(frozen=True)
class Gap:
    """A time without a primary, or without a backup."""

    from_at: datetime
    until_at: datetime
    missing: str


@dataclass(frozen=True)
class _Duty:
    """Who is on call at a moment, and by which shift and overrides."""

    primary: str | None
    backup: str | None
    shift: Shift | None
    cover: Override | None
    relief: Override | None

    @property
    def people(self) -> tuple[str | None, str | None]:
        return self.primary, self.backup


class _Roster:
    """A team's shifts in the order of time and its overrides, the one made last first. Shifts don't overlap."""

    def __init__(self, shifts: Sequence[Shift], overrides: Sequence[Override]) -> None:
        self._shifts = sorted(shifts, key=lambda shift: shift.from_at)
        self._starts = [shift.from_at for shift in self._shifts]
        oldest = datetime.min.replace(tzinfo=UTC)
        self._overrides = sorted(overrides, key=lambda one: one.made_at or oldest)[::-1]
        timed: list[Shift | Override] = [*shifts, *overrides]
        self._changes = sorted({moment for one in timed for moment in (one.from_at, one.until_at)})

    def duty_at(self, at: datetime) -> _Duty:
        """Who is on call. A backup who takes over as primary leaves the backup's place to whoever else is named."""
        shift = self._shift_at(at)
        valid = [one for one in self._overrides if one.from_at <= at < one.until_at]
        cover = next((one for one in valid if one.primary), None)
        primary = cover.primary if cover else shift.primary if shift else None
        relief = next((one for one in valid if one.backup and one.backup != primary), None)
        backup = relief.backup if relief else shift.backup if shift and shift.backup != primary else None
        return _Duty(primary, backup, shift, cover, relief)

    def _shift_at(self, at: datetime) -> Shift | None:
        n = bisect_right(self._starts, at) - 1
        return self._shifts[n] if n >= 0 and at < self._shifts[n].until_at else None

    def changes_after(self, at: datetime) -> Iterator[datetime]:
        """Every later moment at which something begins or ends."""
        yield from self._changes[bisect_right(self._changes, at) :]

    def changed_at(self, at: datetime) -> datetime | None:
        """The first later moment at which other people are on call."""
        people = self.duty_at(at).people
        return next((moment for moment in self.changes_after(at) if self.duty_at(moment).people != people), None)


def who(shifts: Sequence[Shift], overrides: Sequence[Override], at: datetime, zone: tzinfo = UTC) -> OnCall:
    """Who is on call at a moment, and why, in words with the zone's times.

    `shifts` and `overrides` are one team's; shifts mustn't overlap (`overlaps` finds those, `layered` cuts them).
    """
    roster = _Roster(shifts, overrides)
    duty, until_at = roster.duty_at(at), roster.changed_at(at)
    if duty.primary is None:
        starts_at = next((moment for moment in roster.changes_after(at) if roster.duty_at(moment).primary), None)
        coming = roster.duty_at(starts_at).primary if starts_at else None
        return OnCall(None, duty.backup, _why_nobody(coming, starts_at, zone), starts_at)
    return OnCall(duty.primary, duty.backup, _why(duty, zone), until_at)


def stretches(
    shifts: Sequence[Shift], overrides: Sequence[Override], from_at: datetime, until_at: datetime
) -> list[Stretch]:
    """Who is on call from one moment to another, without a break: neighbours differ in their people."""
    roster, found = _Roster(shifts, overrides), list[Stretch]()
    inner = [moment for moment in roster.changes_after(from_at) if moment < until_at]
    for start, end in pairwise([from_at, *inner, until_at]):
        people = roster.duty_at(start).people
        if found and (found[-1].primary, found[-1].backup) == people:
            found[-1] = replace(found[-1], until_at=end)
        else:
            found.append(Stretch(start, end, *people))
    return found


def settled(
    shifts: Sequence[Shift], overrides: Sequence[Override], from_at: datetime, until_at: datetime
) -> list[Shift]:
    """The shifts as they are with every override made: what others are shown."""
    team = next((one.team for one in shifts), None) or next((one.team for one in overrides), "")
    found = stretches(shifts, overrides, from_at, until_at)
    return [Shift(team, one.from_at, one.until_at, one.primary, one.backup) for one in found if one.primary]


def gaps(shifts: Sequence[Shift], overrides: Sequence[Override], from_at: datetime, until_at: datetime) -> list[Gap]:
    """Where there is nobody ("primary") or nobody to fall back on ("backup"), in the order of time."""
    found = list[Gap]()
    for one in stretches(shifts, overrides, from_at, until_at):
        missing = "primary" if one.primary is None else "backup" if one.backup is None else None
        if missing and found and found[-1].missing == missing and found[-1].until_at == one.from_at:
            found[-1] = replace(found[-1], until_at=one.until_at)
        elif missing:
            found.append(Gap(one.from_at, one.until_at, missing))
    return found


def overlaps(shifts: Sequence[Shift]) -> list[tuple[Shift, Shift]]:
    """Each shift that begins before another has ended, with the one it runs into."""
    found, furthest = list[tuple[Shift, Shift]](), None
    for shift in sorted(shifts, key=lambda one: one.from_at):
        if furthest and shift.from_at < furthest.until_at:
            found.append((furthest, shift))
        if furthest is None or shift.until_at > furthest.until_at:
            furthest = shift
    return found


def handed_over(shifts: Sequence[Shift], zone: tzinfo) -> list[Shift]:
    """In the order of time; a hand-over at a time that comes twice in a DST night happens the first time."""
    found = list[Shift]()
    for shift in sorted(shifts, key=lambda one: one.from_at):
        if (
            found
            and shift.from_at < found[-1].until_at
            and _shown(shift.from_at, zone) == _shown(found[-1].until_at, zone)
        ):
            found[-1] = replace(found[-1], until_at=shift.from_at)
        found.append(shift)
    return found


def _shown(at: datetime, zone: tzinfo) -> datetime:
    """What the clock on the wall shows."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def layered(above: Sequence[Shift], below: Sequence[Shift]) -> list[Shift]:
    """Both together, in the order of time; where they meet, those above stay and those below are cut."""
    cutters = sorted(above, key=lambda one: one.from_at)
    starts = [one.from_at for one in cutters]
    parts = [part for shift in below for part in _cut(shift, cutters, max(0, bisect_right(starts, shift.from_at) - 1))]
    return sorted([*above, *parts], key=lambda one: one.from_at)


def _cut(shift: Shift, cutters: Sequence[Shift], first: int) -> Iterator[Shift]:
    """What the cutters leave of a shift; those before the first end before it begins."""
    from_at = shift.from_at
    for one in islice(cutters, first, None):
        if one.from_at >= shift.until_at:
            break
        if from_at < one.from_at:
            yield replace(shift, from_at=from_at, until_at=one.from_at)
        from_at = max(from_at, one.until_at)
    if from_at < shift.until_at:
        yield replace(shift, from_at=from_at)


def _why(duty: _Duty, zone: tzinfo) -> str:
    parts = [f"{lead_of(duty.shift.primary)} has {span_of(duty.shift, zone)}"] if duty.shift else []
    if duty.cover:
        where = "" if duty.shift else ", where the rota has nobody"
        parts.append(f"{lead_of(duty.cover.primary)} covers {span_of(duty.cover, zone)}{where}")
    if duty.backup:
        times = f" {span_of(duty.relief, zone)}" if duty.relief else ""
        parts.append(f"{lead_of(duty.backup)} is backup{times}")
    return "; ".join(parts)


def _why_nobody(coming: str | None, starts_at: datetime | None, zone: tzinfo) -> str:
    if starts_at is None:
        return "Nobody is on call, and no shift follows"
    return f"Nobody is on call; next is {lead_of(coming)}, from {said_at(starts_at, zone)}"
