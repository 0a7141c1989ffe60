"""The budgets, arrows and names of the house, and proof that the measuring finds what breaks them."""

import re
from pathlib import Path

import pytest

from tests import house
from tests.house import FILE_LINES, RULES, Fault, Module, Rule, tracked

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = {
    "catches everything: bot/clock.py": "the edge of a loop: one failed tick must not stop the clock",
    "catches everything: bot/courier.py": "the edge of a loop: one delivery's failure must not stop the others",
    "catches everything: bot/errands.py": "the edge of a loop: one failed errand must not end the others",
    "catches everything: bot/watcher.py": "the edge of a loop: one failed poll must not end the watch",
    "name says nothing: storage/types.py::Moment.process_bind_param": "SQLAlchemy calls it by this name",
    "name says nothing: storage/types.py::Moment.process_result_value": "SQLAlchemy calls it by this name",
    "name says nothing: storage/types.py::Json.process_bind_param": "SQLAlchemy calls it by this name",
    "name says nothing: storage/types.py::Json.process_result_value": "SQLAlchemy calls it by this name",
}
"""Faults that stand, each with its reason. One that no longer occurs has to go."""
MADE_BY_TOOLS = ("storage/migrations/versions/",)
MACHINES = re.compile(
    r"(?<![\w.])/wo(?:rk)/|/ro(?:ot)/|/opt/py(?:pi)|py(?:pi)\.org|python(?:hosted)\.org|npm(?:js)\.org"
)
"""Machines and registries that a copy of the project mustn't depend on; written so that it doesn't match itself."""
TEXTS = {"", ".py", ".md", ".toml", ".txt", ".in", ".sh", ".yml", ".js", ".css", ".html", ".example", ".mako", ".svg"}


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paths() -> list[str]:
    return tracked(ROOT)


@pytest.fixture(scope="module")
def modules(paths: list[str]) -> list[Module]:
    ours = [path for path in paths if path.endswith(".py") and not path.startswith(MADE_BY_TOOLS)]
    return [Module(path, _read(path)) for path in ours]


@pytest.fixture(scope="module")
def faults(modules: list[Module]) -> dict[Rule, list[Fault]]:
    return {rule: list(rule(modules)) for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule: Rule, faults: dict[Rule, list[Fault]]) -> None:
    standing = [fault for fault in faults[rule] if _key(fault) not in EXCEPTIONS]

    if standing:
        pytest.fail("\n".join(map(str, standing)), pytrace=False)


def test_every_exception_is_still_needed(faults: dict[Rule, list[Fault]]) -> None:
    found = {_key(fault) for several in faults.values() for fault in several}

    assert EXCEPTIONS.keys() - found == set()


def test_the_page_is_written_in_short_files(paths: list[str]) -> None:
    sources = [path for path in paths if path.endswith((".js", ".css", ".html"))]
    long = [path for path in sources if len(_read(path).splitlines()) > FILE_LINES]

    assert long == []


def test_no_text_names_a_machine_or_a_registry(paths: list[str]) -> None:
    texts = [path for path in paths if Path(path).suffix in TEXTS]
    found = {path: match[0] for path in texts if (match := MACHINES.search(_read(path)))}

    assert found == {}


def _key(fault: Fault) -> str:
    return f"{fault.rule}: {fault.place}"


def _body(lines: int) -> str:
    return "def claim() -> None:\n" + "    pass\n" * (lines - 1)


DEEP = """
def claim():
    for a in b:
        if a:
            with c:
                while d:
                    pass
"""
FLAT = """
def claim():
    if a:
        pass
    elif b:
        pass
    elif c:
        pass
    elif d:
        pass
    else:
        pass
"""
BROKEN = [
    (house.sizes, "desk/a.py", "\n" * 301, "file too long"),
    (house.sizes, "desk/a.py", _body(41), "function too long"),
    (house.sizes, "handlers/a.py", _body(31), "function too long"),
    (house.sizes, "desk/a.py", _body(23) + _body(23), "too long as a rule"),
    (house.handlers_are_thin, "handlers/a.py", _body(9), "too long as a rule"),
    (house.shapes, "desk/a.py", DEEP, "nested too deep"),
    (house.shapes, "desk/a.py", "def claim(a, b, c, d, *, e, f): ...", "too many parameters"),
    (house.shapes, "desk/a.py", "def claim():\n    import os", "import inside a function"),
    (house.names, "desk/a.py", "def process_click(): ...", "name says nothing"),
    (house.names, "desk/a.py", "class A:\n    def _handle(self): ...", "name says nothing"),
    (house.names, "desk/a.py", "class CaseMixin: ...", "name says nothing"),
    (house.names, "desk/utils.py", "", "name says nothing"),
    (house.openings, "desk/a.py", "import os", "no opening sentence"),
    (house.silencers, "desk/a.py", "a = 1  # noqa: S105", "silencer without a reason"),
    (house.silencers, "desk/a.py", "a = 1  # type: ignore[misc]", "silencer without a reason"),
    (house.broad_excepts, "desk/a.py", "try: ...\nexcept Exception: ...", "catches everything"),
    (house.broad_excepts, "desk/a.py", "try: ...\nexcept (OSError, BaseException): ...", "catches everything"),
    (house.mocks, "tests/a.py", "from unittest.mock import Mock", "mock"),
    (house.mocks, "tests/a.py", "from unittest import mock", "mock"),
    (house.mocks, "tests/a.py", "def test_a(mocker): ...", "mock"),
    (house.excuses, "tests/a.py", "import time\ntime.sleep(1)", "test steps aside"),
    (house.excuses, "tests/a.py", "@pytest.mark.skip\ndef test_a(): ...", "test steps aside"),
    (house.excuses, "tests/a.py", "@pytest.mark.xfail()\ndef test_a(): ...", "test steps aside"),
]
WHOLE = [
    (house.shapes, "desk/a.py", FLAT),
    (house.shapes, "desk/a.py", "class A:\n    def claim(self, a, b, c, d, e): ..."),
    (
        house.names,
        "desk/service_clock.py",
        "def handed_over(): ...\ndef _handle() -> str: ...\nclass ServiceClock: ...",
    ),
    (house.openings, "desk/a.py", '"""Says what it is for."""'),
    (house.silencers, "desk/a.py", "a = 1  # noqa: S105 - no secret, a name"),
    (house.silencers, "desk/a.py", "# The library's own signature is wrong.\na = 1  # type: ignore[misc]"),
    (house.broad_excepts, "desk/a.py", "try: ...\nexcept OSError: ..."),
    (house.excuses, "tests/a.py", "pytest.skip(reason='no Chromium here')"),
]


@pytest.mark.parametrize(("rule", "path", "source", "finding"), BROKEN)
def test_a_breach_is_found(rule: Rule, path: str, source: str, finding: str) -> None:
    assert finding in [fault.rule for fault in rule([Module(path, source)])]


@pytest.mark.parametrize(("rule", "path", "source"), WHOLE)
def test_what_keeps_the_rule_is_left_alone(rule: Rule, path: str, source: str) -> None:
    assert list(rule([Module(path, source)])) == []


def test_a_circle_of_imports_is_found() -> None:
    circle = [
        Module("desk/a.py", "from desk import b"),
        Module("desk/b.py", "import desk.c"),
        Module("desk/c.py", "from desk.a import claim"),
        Module("desk/__init__.py", ""),
    ]

    assert [fault.rule for fault in house.cycles(circle)] == ["import cycle"]
    assert list(house.cycles(circle[1:])) == []


def test_an_import_for_types_only_makes_no_circle() -> None:
    pair = [
        Module("desk/a.py", "from desk.b import B"),
        Module("desk/b.py", "if TYPE_CHECKING:\n    from desk.a import A"),
    ]

    assert list(house.cycles(pair)) == []


def test_a_machine_is_found_by_its_path() -> None:
    assert MACHINES.search("see /wo" + "rk/notes")
    assert not MACHINES.search("see docs/work/notes and a/wo" + "rk/b")
