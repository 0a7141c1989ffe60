"""Feeds that are files: a calendar beside the policy, read when it is asked for."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.parts import BadPolicy, Fault
from domain.rota import Shift
from networks.ical import BadFeed, read

AROUND = timedelta(days=400)
"""How far beyond a span shifts are looked at, to say who comes next."""


def shifts_in(path: Path, team: str, zone: ZoneInfo, span: tuple[datetime, datetime]) -> list[Shift]:
    """The shifts a team's iCal file has around a span; BadPolicy says why it can't be read."""
    try:
        return read(path.read_bytes(), team, zone, (span[0] - AROUND, span[1] + AROUND))
    except (OSError, BadFeed) as bad:
        raise BadPolicy([Fault(f"rota.{team}.ical", f"{path.name} can't be used: {bad}")]) from bad
