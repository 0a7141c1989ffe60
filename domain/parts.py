"""What every part of the policy is made of: tables that know their keys, lengths of time, and faults with a path."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

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


def _written(length: timedelta) -> str:
    return f"{length.total_seconds():.0f}s"


Length = Annotated[timedelta, BeforeValidator(parse_length), PlainSerializer(_written, when_used="json")]
"""A length of time; as JSON it is written so that it can be read again."""


class Part(BaseModel):
    """A table of the file; a key nobody knows is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


def fault_of(error: Any) -> Fault:
    """One of pydantic's errors as a fault with its path."""
    path = ".".join(str(step) for step in error["loc"] if step != "[key]")
    message = {"missing": "is missing", "extra_forbidden": "is not a key Dibs knows"}.get(error["type"], error["msg"])
    return Fault(path, message.removeprefix("Value error, "))


def refuse(faults: Iterable[tuple[tuple[str | int, ...], str]], value: object) -> None:
    """Refuse a table for several reasons at once, each with its key below the table; without any, go on."""
    errors = [
        InitErrorDetails(type=PydanticCustomError("refused", "{why}", {"why": why}), loc=loc, input=value)
        for loc, why in faults
    ]
    if errors:
        raise ValidationError.from_exception_data("policy", errors)
