"""Rules between the fields of one object."""

import re
from collections.abc import Iterator

from sandbox.blocks.fault import Fault, Json, broken, duplicate, step
from sandbox.blocks.shapes import Rule


def some_of(*names: str) -> Rule:
    """At least one of these fields."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if not any(name in value for name in names):
            yield broken(at, "any_of", list(names), f"must have at least one of: {', '.join(names)}")

    return rule


def one_of(*names: str) -> Rule:
    """Exactly one of these fields."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if sum(name in value for name in names) != 1:
            yield broken(at, "one_of", list(names), f"must have exactly one of: {', '.join(names)}")

    return rule


def ordered(low: str, high: str) -> Rule:
    """The first field isn't greater than the second; numbers in strings are compared as numbers."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if low in value and high in value and float(value[low]) > float(value[high]):
            yield broken(step(at, low), "maximum", value[high], f"{low} must not be greater than {high}")

    return rule


def fits(name: str, low: str, high: str) -> Rule:
    """The string in `name` is as long as `low` and `high` allow."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if name not in value:
            return
        length = len(value[name])
        if low in value and length < value[low]:
            yield broken(step(at, name), "min_length", value[low], f"must be at least {value[low]} characters")
        if high in value and length > value[high]:
            yield broken(step(at, name), "max_length", value[high], f"must be less than {value[high] + 1} characters")

    return rule


def requires(name: str, other: str) -> Rule:
    """`name` may be true only where `other` is."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if value.get(name) is True and value.get(other) is not True:
            yield broken(step(at, name), "requires", other, f"{name} needs {other} to be true")

    return rule


def excludes(name: str, other: str) -> Rule:
    """`name` may not be true where `other` is."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if value.get(name) is True and value.get(other) is True:
            yield broken(step(at, name), "excludes", other, f"{name} cannot be set when {other} is true")

    return rule


def choices(value: dict[str, Json]) -> list[Json]:
    """Every option of an element, those inside groups included."""
    return [
        *value.get("options", []),
        *(option for group in value.get("option_groups", []) for option in group["options"]),
    ]


def initial_among_options(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """What is selected at first must be one of the options, letter by letter."""
    offered = choices(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        yield _not_offered(step(at, "initial_option"))
    for index, option in enumerate(value.get("initial_options", [])):
        if option not in offered:
            yield _not_offered(step(step(at, "initial_options"), index))


def _not_offered(at: str) -> Fault:
    return broken(at, "option", "one of options", "must exactly match one of the provided options")


def distinct_values(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """Two options with one value can't be told apart by the app."""
    seen: set[str] = set()
    for index, option in enumerate(value.get("options", [])):
        if option["value"] in seen:
            pointer = step(step(step(at, "options"), index), "value")
            yield duplicate(pointer, "value", option["value"])
        seen.add(option["value"])


def whole_numbers(value: dict[str, Json], at: str) -> Iterator[Fault]:
    """A number_input without decimals has no decimals in its bounds either."""
    if value["is_decimal_allowed"]:
        return
    for name in ("initial_value", "min_value", "max_value"):
        if name in value and not re.fullmatch(r"-?\d+", value[name]):
            yield broken(step(at, name), "format", "a whole number", "must be a whole number")


def within(name: str, low: str, high: str) -> Rule:
    """The number in the string `name` lies between the two others."""

    def rule(value: dict[str, Json], at: str) -> Iterator[Fault]:
        if name not in value:
            return
        number = float(value[name])
        if low in value and number < float(value[low]):
            yield broken(step(at, name), "minimum", value[low], f"must be {value[low]} or more")
        if high in value and number > float(value[high]):
            yield broken(step(at, name), "maximum", value[high], f"must be {value[high]} or less")

    return rule
