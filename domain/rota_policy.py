"""A team's rota as the policy has it: written shifts, overrides, a feed, and turns that are shared out fairly."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from domain.parts import Part
from domain.rota import Override, Shift, handed_over, layered, overlaps
from domain.rota_turns import Name, Turns
from domain.wall import Moment, Zone, instant

_Place = tuple[str | int, ...]
_Found = tuple[_Place, str]


class Row(Part):
    """A stretch of time and its people. Times without an offset are the rota's zone's."""

    model_config = ConfigDict(serialize_by_alias=True)

    from_: Moment = Field(alias="from")
    to: Moment
    backup: Name | None = None

    def times(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when till when, as instants."""
        return instant(self.from_, zone), instant(self.to, zone, ends=True)


class ShiftRow(Row):
    """A written shift."""

    primary: Name


class OverrideRow(Row):
    """Somebody else for a while: as primary, as backup or as both."""

    primary: Name | None = None


class RotaPolicy(Part):
    """`[rota.care]`: who is on call when.

    Where several say something, overrides win, then written shifts, then the feed, then weekends, then weekdays.
    """

    zone: Zone
    shifts: tuple[ShiftRow, ...] = ()
    overrides: tuple[OverrideRow, ...] = ()
    ical: str | None = Field(default=None, min_length=1)
    weekends: Turns | None = None
    weekdays: Turns | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> "RotaPolicy":
        found = [*self._faults_of_rows(), *self._faults_of_overlaps(), *self._fault_of_nobody()]
        if found:
            raise _refused(found)
        return self

    def _rows(self) -> Iterator[tuple[_Place, ShiftRow | OverrideRow]]:
        yield from ((("shifts", n), row) for n, row in enumerate(self.shifts))
        yield from ((("overrides", n), row) for n, row in enumerate(self.overrides))

    def _faults_of_rows(self) -> Iterator[_Found]:
        for place, row in self._rows():
            from_at, until_at = row.times(self.tz)
            if from_at >= until_at:
                yield place, "`from` has to come before `to`"
            if row.primary == row.backup:
                yield place, "names nobody" if row.primary is None else f"{row.primary!r} can't be their own backup"

    def _faults_of_overlaps(self) -> Iterator[_Found]:
        written = [shift for shift in self._written("") if shift.from_at < shift.until_at]
        for one, other in overlaps(written):
            first, second = sorted(int(shift.source.rsplit(".", 1)[1]) for shift in (one, other))
            yield ("shifts", second), f"overlaps shifts.{first}; two shifts of a team can't run at once"

    def _fault_of_nobody(self) -> Iterator[_Found]:
        if not (self.shifts or self.ical or self.weekends or self.weekdays):
            yield (), "has nobody; write shifts, a table of weekends or weekdays, or an iCal feed with `ical`"

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)

    def people(self) -> dict[str, str]:
        """Everybody it names, by the key within the rota, such as "shifts.0.primary"."""
        named = {
            f"{place[0]}.{place[1]}.{role}": name
            for place, row in self._rows()
            for role, name in (("primary", row.primary), ("backup", row.backup))
        }
        for key, turns in self._turns().items():
            named |= {f"{key}.people.{n}": name for n, name in enumerate(turns.people)}
        return {key: name for key, name in named.items() if name is not None}

    def _turns(self) -> dict[str, Turns]:
        return {key: turns for key in ("weekends", "weekdays") if (turns := getattr(self, key)) is not None}

    def shifts_of(self, team: str, until_at: datetime, feed: Sequence[Shift] = ()) -> list[Shift]:
        """The team's shifts, from the first to at least two months beyond a moment; `feed` is what `ical` leads to."""
        return list(_kept(self.model_dump_json(), team, until_at.astimezone(self.tz).date(), tuple(feed)))

    def laid_out(self, team: str, until_on: date, feed: Sequence[Shift]) -> list[Shift]:
        """The same, worked out anew."""
        found = layered(self._written(team), feed)
        for key, turns in self._turns().items():
            found = layered(found, turns.shifts(team, f"rota.{team}.{key}", self.tz, until_on))
        return found

    def overrides_of(self, team: str) -> list[Override]:
        """The overrides of the file."""
        return [
            Override(team, *row.times(self.tz), row.primary, row.backup, source=f"rota.{team}.overrides.{n}")
            for n, row in enumerate(self.overrides)
        ]

    def _written(self, team: str) -> list[Shift]:
        rows = [
            Shift(team, *row.times(self.tz), row.primary, row.backup, source=f"rota.{team}.shifts.{n}")
            for n, row in enumerate(self.shifts)
        ]
        return handed_over(rows, self.tz)


def _refused(found: Sequence[_Found]) -> ValidationError:
    """Every fault at its own place, so that each is told with its key's path."""
    details = [
        InitErrorDetails(type=PydanticCustomError("rota", "{said}", {"said": said}), loc=place, input=None)
        for place, said in found
    ]
    return ValidationError.from_exception_data("rota", details)


@lru_cache(maxsize=64)
def _kept(policy: str, team: str, until_on: date, feed: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """Shifts worked out before: whoever asks who is on call asks again soon."""
    return tuple(RotaPolicy.model_validate_json(policy).laid_out(team, until_on, feed))
