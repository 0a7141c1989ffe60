"""What is wrong with a payload, in the shape of the errors of Slack's `blocks.validate`."""

from collections.abc import Iterable
from typing import Any, Literal, NotRequired, TypedDict

Surface = Literal["message", "modal", "home"]
Json = Any


class Constraint(TypedDict):
    """What was expected; `got` only where the offending word helps."""

    type: str
    expected: Json
    got: NotRequired[Json]


class Fault(TypedDict):
    """One fault: `pointer` leads into the payload that was checked, so it begins with an index for a list of blocks."""

    pointer: str
    code: str
    message: str
    constraint: NotRequired[Constraint]
    field: NotRequired[str]


def missing(at: str, field: str) -> Fault:
    """A required field is absent; the pointer names the object that lacks it."""
    return Fault(pointer=at, code="missing_field", message=f"missing required field: {field}", field=field)


def unknown(at: str, field: str) -> Fault:
    """A field that Slack doesn't know; the pointer names the field itself."""
    pointer = step(at, field)
    return Fault(pointer=pointer, code="unknown_field", message=f"invalid additional property: {field}", field=field)


def wrong_type(at: str, expected: str) -> Fault:
    """A value of another JSON type than the one expected."""
    article = "an" if expected[0] in "aeiou" else "a"
    constraint = Constraint(type="type", expected=expected)
    return Fault(pointer=at, code="invalid_type", message=f"must provide {article} {expected}", constraint=constraint)


def broken(at: str, kind: str, expected: Json, message: str) -> Fault:
    """A value of the right type that breaks the constraint `kind`."""
    constraint = Constraint(type=kind, expected=expected)
    return Fault(pointer=at, code="failed_constraint", message=message, constraint=constraint)


def not_among(at: str, expected: Iterable[str], got: Json, message: str) -> Fault:
    """A word outside its list."""
    constraint = Constraint(type="enum", expected=list(expected), got=got)
    return Fault(pointer=at, code="failed_constraint", message=message, constraint=constraint)


def duplicate(at: str, field: str, value: str) -> Fault:
    """An id that something earlier in the payload bears already."""
    constraint = Constraint(type="unique", expected=field, got=value)
    message = f"`{field}` already exists: {value}"
    return Fault(pointer=at, code="duplicate", message=message, constraint=constraint, field=field)


def step(at: str, key: str | int) -> str:
    """The pointer one level deeper, escaped as RFC 6901 asks."""
    return f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"


def messages_of(faults: Iterable[Fault], surface: Surface = "message") -> list[str]:
    """The faults as `response_metadata.messages` carries them: below /blocks for a message, below /view for a view."""
    root = "/blocks" if surface == "message" else "/view"
    return [f"[ERROR] {fault['message']} [json-pointer:{root}{fault['pointer']}]" for fault in faults]
