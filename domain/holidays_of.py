"""Public holidays by country and subdivision, such as "GB-ENG": which days, what comes next, how far we know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, islice
from types import MappingProxyType

import holidays

LOOK_AHEAD = 3
"""Years whose holidays are looked at ahead."""
ENGLISH = ("en_GB", "en_US")


class UnknownHolidays(ValueError):
    """Nobody knows holidays of this country or subdivision; the message names those that are known."""


@dataclass(frozen=True, order=True)
class Holiday:
    """A day and what it is called."""

    on: date
    name: str


def check(code: str) -> str:
    """The code itself, if its holidays are known, or raise UnknownHolidays."""
    country, _, subdivision = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise UnknownHolidays(f'there are no holidays for {code!r}; write a country such as "GB" or "GB-ENG"')
    if code != country and subdivision not in known[country]:
        have = ", ".join(known[country]) or "no subdivisions"
        raise UnknownHolidays(f"there are no holidays for {code!r}; {country} has {have}")
    return code


@lru_cache(maxsize=256)
def in_year(code: str, year: int) -> Mapping[date, str]:
    """The holidays of a year and their names, English where there are English ones."""
    country, _, subdivision = code.partition("-")
    spoken = holidays.country_holidays(country, subdiv=subdivision or None).supported_languages
    language = next((one for one in ENGLISH if one in spoken), None)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language=language)
    return MappingProxyType(dict(sorted(found.items())))


def upcoming(code: str, on: date, count: int = 6) -> tuple[Holiday, ...]:
    """The next holidays from that day on, the day included, for somebody to confirm."""
    days = chain.from_iterable(in_year(code, year).items() for year in range(on.year, on.year + LOOK_AHEAD))
    return tuple(islice((Holiday(day, name) for day, name in days if day >= on), count))


def days_left(code: str, on: date) -> timedelta:
    """For how long from that day on the holidays are known: to the end of the last year that has any."""
    year = on.year
    while year < on.year + LOOK_AHEAD and in_year(code, year):
        year += 1
    return max(date(year, 1, 1) - on, timedelta(0))
