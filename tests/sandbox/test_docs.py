"""The sandbox's page of documentation against its addresses."""

from starlette.routing import Route

from sandbox.app import routes
from tests.sandbox.conftest import WORLD, Running

PAGE = WORLD.parent / "docs" / "sandbox.md"


def test_every_call_of_the_control_api_is_documented(sandbox: Running) -> None:
    written = PAGE.read_text(encoding="utf-8")
    paths = {route.path for route in routes(sandbox.inside) if isinstance(route, Route)}
    control = {path for path in paths if path.startswith("/control/")}
    assert len(control) > 20
    assert {path for path in control if path not in written} == set()
