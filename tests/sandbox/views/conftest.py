"""A sandbox with the desk's app connected, one for each module of tests."""

from collections.abc import Iterator

import pytest

from tests.sandbox.bolt import Office, connected, office
from tests.sandbox.views.desk import Desk


@pytest.fixture(scope="module")
def place() -> Iterator[Office]:
    with office() as opened:
        yield opened


@pytest.fixture(scope="module")
def connected_desk(place: Office) -> Iterator[Desk]:
    desk = Desk(place)
    with connected(place, desk.app()):
        yield desk


@pytest.fixture
def desk(connected_desk: Desk) -> Desk:
    connected_desk.place.run(connected_desk.place.side.views.reset)
    connected_desk.act = lambda _client, _body: None
    connected_desk.answer = {}
    connected_desk.told.clear()
    connected_desk.refusals.clear()
    return connected_desk
