"""The rota as one person sees it, and what they wish about nudges, read from rows."""

from datetime import timedelta

import pytest

from desk import covers, rota_sheets, wishes
from desk.desk import Desk
from domain.errors import Invalid, NotAllowed
from domain.policy import Policy
from domain.quiet import Preferences
from tests.desk import wedding
from tests.desk.conftest import ANN, AT, GUS, TEAM, by
from tests.desk.wedding import AFTERNOON, HOUR, NOON, SATURDAY, asks


@pytest.fixture
def policy() -> Policy:
    """The wedding's rota."""
    return wedding.policy()


def test_who_is_on_call_now_and_next_with_their_slack_ids(desk: Desk) -> None:
    sheet = rota_sheets.rota(desk, ANN, AT)

    (care,) = sheet.teams
    assert (care.now.primary, care.now.backup, care.now.until_at) == ("kit", "ben", SATURDAY)
    assert care.then is not None
    assert care.then.primary == "ann"
    assert sheet.people == {"kit": "U0KIT", "ann": ANN, "ben": "U0BEN"}
    assert [one.from_at for one in sheet.mine] == [SATURDAY]


def test_a_cover_says_who_covers_for_whom_and_until_when(desk: Desk) -> None:
    cover = asks(desk, span=(NOON, AFTERNOON))
    covers.take(desk, cover.id, by(TEAM[0], AT))

    (care,) = rota_sheets.rota(desk, ANN, NOON + HOUR).teams

    assert (care.now.primary, care.now.until_at) == ("t0", AFTERNOON)
    assert care.now.why == "Ann has 08:00–20:00 on Sat 28 Nov; T0 covers 12:00–18:00 on Sat 28 Nov; Ben is backup"


def test_an_open_request_is_shown_to_its_asker_alone(desk: Desk) -> None:
    cover = asks(desk)

    assert [one.id for one in rota_sheets.rota(desk, ANN, AT).asked] == [cover.id]
    assert rota_sheets.rota(desk, GUS, AT).asked == ()


def test_who_sits_in_several_channels_sees_each_rota(desk: Desk) -> None:
    assert [one.team for one in rota_sheets.rota(desk, GUS, AT).teams] == ["care", "facilities"]
    assert [one.team for one in rota_sheets.rota(desk, TEAM[0], AT).teams] == ["care"]


def test_gaps_of_the_next_two_weeks_are_found(desk: Desk) -> None:
    late = SATURDAY + timedelta(days=10)

    (care,) = rota_sheets.rota(desk, TEAM[0], late).teams

    assert [(gap.missing, gap.from_at) for gap in care.gaps] == [("primary", SATURDAY + timedelta(days=14))]


def test_a_feed_that_is_down_is_shown_with_the_age_of_its_copy(desk: Desk) -> None:
    with desk.store.begin() as tx:
        tx.rotas.point_feed("rota:care", "https://calendar.example/care.ics")
        tx.rotas.fetched("rota:care", "[]", None, AT)
        tx.rotas.failed("rota:care", "it answers 503", AT + HOUR)

    (care,) = rota_sheets.rota(desk, TEAM[0], AT + HOUR).teams

    assert (care.shaky, care.copy_of_at) == (True, AT)


@pytest.mark.parametrize("person", ["U0GUEST", "U0OUT", "U0GONE", "U0NOBODY"])
def test_the_rota_is_for_colleagues(desk: Desk, person: str) -> None:
    assert rota_sheets.rota(desk, person, AT).refused
    with pytest.raises(NotAllowed):
        covers.window(desk, person, "", AT)
    with pytest.raises(NotAllowed):
        wishes.of(desk, person)


def test_wishes_are_kept_and_shown(desk: Desk) -> None:
    picked = Preferences(ANN, "22:00", "07:00", awake=True)

    wishes.keep(desk, picked, by(ANN))

    assert wishes.of(desk, ANN) == (picked, "Europe/London")
    assert rota_sheets.rota(desk, ANN, AT).wishes == picked
    assert wishes.of(desk, GUS)[0] == Preferences(GUS)


@pytest.mark.parametrize(
    ("hours", "field"), [(("22:00", None), "until"), ((None, "07:00"), "from"), (("07:00", "07:00"), "until")]
)
def test_half_of_the_quiet_hours_is_refused(desk: Desk, hours: tuple[str | None, str | None], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wishes.keep(desk, Preferences(ANN, *hours), by(ANN))

    assert refused.value.field == field
    assert wishes.of(desk, ANN)[0] == Preferences(ANN)
