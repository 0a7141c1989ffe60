"""The policy a manager edits in dibs.toml, as typed values; a bad file names every fault at once."""

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

_LENGTH = re.compile(r"(\d+)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def parse_length(value: object) -> object:
    """Read "30s", "15m", "24h" or "7d"; anything else is left for pydantic to refuse."""
    found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write a length of time such as "30m", "24h" or "7d"')
    try:
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    except OverflowError:
        raise ValueError("this is longer than any calendar") from None


Length = Annotated[timedelta, BeforeValidator(parse_length)]


class Part(BaseModel):
    """A table of the file; a key nobody knows is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Brand(Part):
    """Who we answer for. `manager` and `ops_channel` hear what Dibs can't settle alone."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,40}$")
    name: str = Field(min_length=1)
    ops_channel: str = Field(min_length=1)
    manager: str = Field(min_length=1)


class XPolicy(Part):
    """The account we answer from and how often we look. Searches cost money on the real X, so they are off there."""

    account: str = Field(pattern=r"^[A-Za-z0-9_]{1,15}$")
    poll: Length = Field(default=timedelta(seconds=15), ge=timedelta(seconds=1))
    search: tuple[str, ...] = ()
    search_live: bool = False
    length_limit: int = Field(default=280, ge=1, le=25_000)


class Networks(Part):
    """Where customers speak."""

    x: XPolicy


class CasePolicy(Part):
    """How posts become cases and how long offers stand."""

    join_window: Length = timedelta(hours=24)
    reopen_window: Length = timedelta(days=7)
    hand_over_within: Length = timedelta(minutes=10)


class Team(Part):
    """A team, its channel, and the terms that lead to it. Exactly one team is the default."""

    channel: str = Field(min_length=1)
    terms: tuple[str, ...] = ()
    default: bool = False


class Emergency(Part):
    """Terms that come before all others, the person they name (a Slack name), and the team, if not the default."""

    person: str = Field(min_length=1)
    terms: tuple[str, ...] = Field(min_length=1)
    team: str | None = None


class Policy(Part):
    """The whole file."""

    brand: Brand
    networks: Networks
    cases: CasePolicy = CasePolicy()
    team: dict[str, Team] = Field(min_length=1)
    emergency: Emergency

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Policy":
        faults = [*self._default_faults(), *self._term_faults()]
        if self.emergency.team is not None and self.emergency.team not in self.team:
            faults.append(f"emergency.team names {self.emergency.team!r}, which is no team here")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _default_faults(self) -> list[str]:
        defaults = [key for key, team in self.team.items() if team.default]
        if len(defaults) == 1:
            return []
        return [f"exactly one team needs default = true, not {len(defaults)} ({', '.join(defaults) or 'none'})"]

    def _term_faults(self) -> list[str]:
        tables = {f"team.{key}.terms": team.terms for key, team in self.team.items()}
        tables["emergency.terms"] = self.emergency.terms
        return [f"{path} has an empty term" for path, terms in tables.items() if any(not t.strip() for t in terms)]

    @property
    def default_team(self) -> str:
        """The key of the team that takes what no term claims."""
        return next(key for key, team in self.team.items() if team.default)


@dataclass(frozen=True)
class Fault:
    """One fault of the file: the key's path and what is wrong with it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class BadPolicy(Exception):
    """The file can't be used; `faults` has every reason, each with its key's path."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def _fault(error: Any) -> Fault:
    path = ".".join(str(step) for step in error["loc"])
    message = {"missing": "is missing", "extra_forbidden": "is not a key Dibs knows"}.get(error["type"], error["msg"])
    return Fault(path, message.removeprefix("Value error, "))


def parse(text: str) -> Policy:
    """Read dibs.toml's text, or raise BadPolicy with every fault."""
    try:
        return Policy.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy([Fault("", f"the file is not valid TOML: {error}")]) from error
    except ValidationError as error:
        raise BadPolicy([_fault(fault) for fault in error.errors()]) from error
