"""Home and the answers of `/dibs`: what is mine, what waits, and kind words when nothing does."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.sheets import FoundSheet, HomeSheet, Line
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, an_offer, held, outside_text
from tests.views.reading import alarms, pressables, sendable, shouts, words
from views import commands, modals
from views.home import home
from views.ids import ACTIONS, CALLBACKS

hard = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINK = "https://tidewell.slack.com/archives/C1/p1"
ROW = Line(held(), "jane_doe", "The changing rooms are dirty again", LINK)
WAITING = Line(a_case(severity="emergency"), "bob", "Smoke in the sauna", None)


def test_home_shows_what_is_mine_what_waits_and_what_i_am_asked_to_take() -> None:
    view = home(HomeSheet(NOW, (ROW,), (WAITING,), ((an_offer(), ROW),)))
    said = words(view)
    assert faults_of(view, "home") == []
    for part in ("Yours", "Waiting for somebody", "You are asked to take", "dirty again", "Smoke in the sauna"):
        assert part in said
    assert f"link:{LINK}" in alarms(view)
    assert pressables(view)["offer.accept"]["value"] == "5"
    assert pressables(view)["offer.decline"]["value"] == "5"


def test_an_empty_desk_is_said_kindly() -> None:
    view = home(HomeSheet(NOW))
    assert faults_of(view, "home") == []
    assert "You hold nothing right now" in words(view)
    assert "Nobody is waiting" in words(view)


def test_somebody_who_may_not_act_reads_why() -> None:
    view = home(HomeSheet(NOW, (ROW,), refused="Guests see the cards."))
    assert "Guests see the cards" in words(view)
    assert "dirty again" not in words(view)


def test_a_taken_back_post_is_not_quoted_on_home() -> None:
    assert "[The author removed this post]" in words(home(HomeSheet(NOW, (replace(ROW, text=None),))))


@hard
@given(st.lists(outside_text, max_size=60), outside_text)
def test_home_and_lists_stay_valid_and_inert_whatever_was_said(texts: list[str], handle: str) -> None:
    rows = tuple(Line(held(), handle, text, LINK) for text in texts)
    sheet = HomeSheet(NOW, rows, rows, tuple((an_offer(id=n), row) for n, row in enumerate(rows)))
    view = home(sheet)
    assert faults_of(view, "home") == []
    assert alarms(view) <= {"user:U0BEN", "@U0BEN", f"link:{LINK}"}
    for drawn in (commands.mine(sheet), commands.found(FoundSheet(handle, rows)), commands.unknown(handle)):
        assert faults_of(drawn["blocks"], "message") == []
        assert alarms(drawn) <= {"user:U0BEN", f"link:{LINK}"}
        assert shouts(drawn) == []
        assert sendable(drawn)


def test_answers_to_commands_are_for_the_asker_only() -> None:
    for drawn in (
        commands.help_text(),
        commands.mine(HomeSheet(NOW)),
        commands.found(FoundSheet("pool")),
        commands.unknown("x"),
    ):
        assert drawn["response_type"] == "ephemeral"
        assert faults_of(drawn["blocks"], "message") == []


def test_help_names_every_command() -> None:
    text = commands.help_text()["text"]
    for command in ("/dibs mine", "/dibs find", "/dibs help"):
        assert command in text


def test_finding_nothing_says_what_was_looked_for_and_what_to_try() -> None:
    drawn = commands.found(FoundSheet("sauna"))
    assert "“sauna”" in drawn["text"]
    assert "Try one word" in drawn["text"]


def test_mine_counts_and_links() -> None:
    drawn = commands.mine(HomeSheet(NOW, (ROW,), offered=((an_offer(), ROW),)))
    assert drawn["text"].startswith("You hold 1 case.")
    assert "dirty again" in words(drawn)


def test_no_id_is_listed_twice() -> None:
    every = (*ACTIONS, *CALLBACKS, *modals.INPUTS)
    assert len(set(every)) == len(every)
    assert json.dumps(every)
