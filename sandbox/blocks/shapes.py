"""The small engine: what a value may look like, said as data, and the faults of a value that doesn't."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.blocks.fault import Fault, Json, broken, missing, not_among, step, unknown, wrong_type


class Spec(Protocol):
    """Anything that can say what is wrong with a value."""

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """The faults of `value`, which stands at the pointer `at`."""
        ...


Rule = Callable[[dict[str, Json], str], Iterator[Fault]]


@dataclass(frozen=True)
class String:
    """A string with a length, perhaps out of a list, perhaps of a form (`form` is what a person calls the pattern)."""

    longest: int | None = None
    shortest: int = 0
    among: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """Type first; then the one constraint that is broken."""
        if not isinstance(value, str):
            yield wrong_type(at, "string")
        elif self.among and value not in self.among:
            yield not_among(at, self.among, value, f"must be one of: {', '.join(self.among)}")
        else:
            yield from self._size(len(value), at)
            if self.pattern and not re.fullmatch(self.pattern, value):
                yield broken(at, "format", self.form, f"must be {self.form}")

    def _size(self, length: int, at: str) -> Iterator[Fault]:
        if length < self.shortest:
            yield broken(at, "min_length", self.shortest, f"must be more than {self.shortest - 1} characters")
        if self.longest is not None and length > self.longest:
            yield broken(at, "max_length", self.longest, f"must be less than {self.longest + 1} characters")


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """Only the type can be wrong."""
        if not isinstance(value, bool):
            yield wrong_type(at, "boolean")


@dataclass(frozen=True)
class Number:
    """A number with bounds; whole unless `fractions`."""

    least: int | None = None
    most: int | None = None
    fractions: bool = False

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """Python's booleans are integers, JSON's are not."""
        wanted = (int, float) if self.fractions else (int,)
        if isinstance(value, bool) or not isinstance(value, wanted):
            yield wrong_type(at, "number" if self.fractions else "integer")
        elif self.least is not None and value < self.least:
            yield broken(at, "minimum", self.least, f"must be {self.least} or more")
        elif self.most is not None and value > self.most:
            yield broken(at, "maximum", self.most, f"must be {self.most} or less")


@dataclass(frozen=True)
class Anything:
    """A value that Slack itself writes and apps pass through; only its JSON type is known."""

    python: type
    json: str

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """Only the type can be wrong."""
        if not isinstance(value, self.python):
            yield wrong_type(at, self.json)


@dataclass(frozen=True)
class Many:
    """An array of one spec, with a count."""

    of: Spec
    most: int | None = None
    least: int = 1

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """An array of the wrong size is not looked into: one fault names it."""
        if not isinstance(value, list):
            yield wrong_type(at, "array")
        elif len(value) < self.least:
            noun = "item" if self.least == 1 else "items"
            yield broken(at, "min_items", self.least, f"no less than {self.least} {noun} allowed")
        elif self.most is not None and len(value) > self.most:
            yield broken(at, "max_items", self.most, f"no more than {self.most} items allowed")
        else:
            for index, item in enumerate(value):
                yield from self.of.faults(item, step(at, index))


@dataclass(frozen=True)
class Shape:
    """An object: the fields it needs, the fields it may have, and rules between fields."""

    needed: Mapping[str, Spec] = field(default_factory=dict)
    allowed: Mapping[str, Spec] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """Rules between fields are asked only of an object whose fields are sound by themselves."""
        if not isinstance(value, dict):
            yield wrong_type(at, "object")
            return
        found = [*self._fields(value, at)]
        yield from found
        if not found:
            for rule in self.rules:
                yield from rule(value, at)

    def _fields(self, value: dict[str, Json], at: str) -> Iterator[Fault]:
        yield from (missing(at, name) for name in self.needed if name not in value)
        known = {**self.needed, **self.allowed}
        for name, item in value.items():
            if name in known:
                yield from known[name].faults(item, step(at, name))
            else:
                yield unknown(at, name)


@dataclass(frozen=True)
class Kinds:
    """An object that is one of several kinds, told apart by its `type`.

    The table is looked up at the moment of the check, so that a kind may name one that is described further down.
    """

    table: Mapping[str, Shape]
    names: tuple[str, ...]

    def faults(self, value: Json, at: str) -> Iterator[Fault]:
        """An object of an unknown kind, or of one out of place here, is not looked into."""
        if not isinstance(value, dict):
            yield wrong_type(at, "object")
        elif "type" not in value:
            yield missing(at, "type")
        elif not isinstance(value["type"], str):
            yield wrong_type(step(at, "type"), "string")
        elif value["type"] not in self.names:
            got = value["type"]
            yield not_among(step(at, "type"), self.names, got, f"unsupported type: {got}")
        else:
            rest = {name: item for name, item in value.items() if name != "type"}
            yield from self.table[value["type"]].faults(rest, at)
