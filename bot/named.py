"""Everybody a policy file names, by the key they stand under, read as the file stands: its other faults hide nobody."""

from collections.abc import Iterator
from typing import Any

_ROLES = ("primary", "backup")


def people_of(raw: Any) -> Iterator[tuple[str, str]]:
    """Each key that names somebody, with the name."""
    yield from _texts({"brand.manager": _at(raw, "brand", "manager")})
    yield from _texts({"emergency.person": _at(raw, "emergency", "person")})
    for team, rota in _rows(_at(raw, "rota")):
        yield from _of_rota(f"rota.{team}", rota)
    for name, ladder in _rows(_at(raw, "escalation")):
        yield from _of_ladder(f"escalation.{name}", ladder)
        yield from _of_ladder(f"escalation.{name}.weekend", _at(ladder, "weekend"))


def _of_rota(path: str, rota: Any) -> Iterator[tuple[str, str]]:
    for kind in ("shifts", "overrides"):
        for n, row in _rows(_at(rota, kind)):
            yield from _texts({f"{path}.{kind}.{n}.{role}": _at(row, role) for role in _ROLES})
    for kind in ("weekends", "weekdays"):
        yield from _texts({f"{path}.{kind}.people.{n}": name for n, name in _rows(_at(rota, kind, "people"))})


def _of_ladder(path: str, ladder: Any) -> Iterator[tuple[str, str]]:
    for n, step in _rows(_at(ladder, "steps")):
        kind, _, name = str(_at(step, "tell")).partition(":")
        if kind == "person":
            yield f"{path}.steps.{n}.tell", name


def _texts(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((key, name) for key, name in found.items() if isinstance(name, str))


def _rows(found: Any) -> list[tuple[Any, Any]]:
    """A table's or a list's entries with their keys; nothing of what is neither."""
    return list(found.items()) if isinstance(found, dict) else list(enumerate(found)) if isinstance(found, list) else []


def _at(raw: Any, *path: str) -> Any:
    for step in path:
        raw = raw.get(step) if isinstance(raw, dict) else None
    return raw
