"""Promises, briefs and the check before the weekend: drawn as Slack takes them, whatever was said in them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.deadlines import PROMISE, RUNNING, Deadline
from domain.occasions import BriefSheet, Check, PreflightSheet
from domain.promises import Pledge
from domain.sheets import HomeSheet, Line
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, a_sheet, held, outside_text
from tests.views.reading import alarms, pressables, sendable, words
from tests.views.test_modals import a_reply_sheet
from views import occasions, promises
from views.card import card
from views.home import home
from views.reply_modal import asked, reply

hard = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LINK = "https://tidewell.slack.com/archives/C1/p1"


def a_promise(said: str = "We'll call you Monday", **changes: Any) -> Deadline:
    due = NOW + timedelta(hours=2)
    plain = Deadline(
        id=7, case_id=12, target=PROMISE, n=1, state=RUNNING, follows="customer", started_at=NOW,
        length=timedelta(hours=2), customer_due_at=due, service_due_at=due, due_at=due, paused_at=None, ended_at=None,
        breached_at=None, policy=None, severity="normal", person="U0BEN", said=said,
    )  # fmt: skip
    return replace(plain, **changes)


def a_line(text: str | None = "The changing rooms are dirty") -> Line:
    return Line(a_case(), "jane_doe", text, LINK)


def a_brief(text: str = "dirty", **changes: Any) -> BriefSheet:
    plain = BriefSheet(
        key="shift:care:2026-11-27T18:00:00+00:00",
        team="care",
        from_at=NOW,
        until_at=NOW + timedelta(days=2),
        incoming="U0BEN",
        outgoing="U0ANN",
        backup="U0GUS",
        cases=((a_line(text), NOW), (a_line(text), None)),
        in_hand=14,
        promised=((a_promise(text), a_line(text)),),
        drafts=((a_line(text), "U0ANN"),),
    )
    return replace(plain, **changes)


def a_check(name: str = "zoe", count: int = 1) -> PreflightSheet:
    span = {"from": NOW, "until": NOW + timedelta(hours=3)}
    checks = [
        Check("rota", good=True, facts={"team": name}),
        Check("gap", good=False, facts={"team": name, "missing": "primary", **span}),
        Check("gap", good=False, facts={"team": name, "missing": "backup", **span}),
        Check("route", good=True, facts={"person": "U0ANN", "key": "route:2026-11-26:U0ANN"}),
        Check("route", good=False, facts={"person": "U0BEN", "key": "route:2026-11-26:U0BEN"}),
        Check("route", good=None, facts={"person": "U0GUS", "key": "route:2026-11-26:U0GUS"}),
        Check("stranger", good=False, facts={"name": name}),
        Check("sources", good=False, facts={"kind": "credits", "since": ""}),
        Check("feed", good=False, facts={"name": name, "fault": name}),
        Check("manager", good=False, facts={"name": name}),
        Check("days", good=None, facts={"calendar": name, "days": [(date(2026, 12, 24), name)]}),
        Check("campaign", good=None, facts={"name": name, **span}),
        Check("something new", good=False),
    ]
    return PreflightSheet("preflight:2026-11-26", NOW, NOW + timedelta(days=3), tuple(checks * count))


def test_the_reply_modal_asks_with_a_moment_and_a_person_suggested() -> None:
    pledge = Pledge("We'll call you Monday", NOW, "U0BEN")
    view = reply(a_reply_sheet("Sorry. We'll call you Monday", pledge=pledge))

    assert faults_of(view, "modal") == []
    assert "You promise: “We'll call you Monday”. By when, and who keeps it?" in words(view)
    fields = pressables(view)
    assert fields["promise.due"]["initial_date_time"] == int(NOW.timestamp())
    assert fields["promise.keeper"]["initial_user"] == "U0BEN"
    assert fields["promise.none"]["type"] == "checkboxes"


def test_without_a_promise_nothing_is_asked() -> None:
    assert asked(None) == []


@hard
@given(outside_text)
def test_the_question_stays_valid_and_inert_whatever_was_typed(said: str) -> None:
    view = reply(a_reply_sheet(pledge=Pledge(said, None, "U0BEN")))
    assert faults_of(view, "modal") == []
    assert alarms({"blocks": asked(Pledge(said, None, "U0BEN"))}) == set()


def test_a_new_time_is_asked_for_with_a_reason() -> None:
    view = promises.new_time(held(), a_promise())
    assert faults_of(view, "modal") == []
    assert set(pressables(view)) == {"moved.due", "moved.reason"}
    assert '"clock":7' in view["private_metadata"]


def test_the_card_shows_open_promises_with_their_buttons_however_the_case_stands() -> None:
    for case in (held(), a_case(status="resolved")):
        drawn = card(a_sheet(case, deadlines=(a_promise(), a_promise(state="met", id=8))))
        assert faults_of(drawn["blocks"], "message") == []
        assert pressables(drawn)["promise.kept"]["value"] == "12:3:7"
        assert words(drawn).count("Promised “We'll call you Monday”") == 1
        assert "<@U0BEN> keeps it, due" in words(drawn)


def test_a_broken_promise_says_so() -> None:
    drawn = card(a_sheet(held(), deadlines=(a_promise(breached_at=NOW),)))
    assert "*was due <!date^" in words(drawn)


def test_home_lists_promises_and_nothing_when_there_are_none() -> None:
    view = home(HomeSheet(NOW, promised=((a_promise(), a_line()),)))
    assert faults_of(view, "home") == []
    assert "Promises made by you" in words(view)
    assert "promise.new_time" in pressables(view)
    assert "Promises made by you" not in words(home(HomeSheet(NOW)))


@hard
@given(outside_text)
def test_a_brief_is_valid_and_inert_whatever_customers_said(text: str) -> None:
    for sheet in (a_brief(text), a_brief(text, seen_at=NOW), a_brief(text, is_farewell=True, incoming=None)):
        drawn = occasions.message(sheet)
        assert faults_of(drawn["blocks"], "message") == []
        assert alarms(drawn) <= {"@U0ANN", "@U0BEN", "@U0GUS", f"{LINK}|case 12"}
        assert sendable(drawn)


def test_a_brief_says_until_when_with_whom_and_what_is_open() -> None:
    said = words(occasions.message(a_brief()))
    for part in ("on call for *care* until <!date^", "<@U0GUS> is your backup", "14 open", "…and 12 more", "dirty"):
        assert part in said
    assert set(pressables(occasions.message(a_brief()))) == {"brief.got_it"}
    assert pressables(occasions.message(a_brief(seen_at=NOW))) == {}


def test_a_farewell_names_whoever_has_it_since_when() -> None:
    assert "<@U0BEN> is on call now" in words(occasions.message(a_brief(is_farewell=True)))
    assert "<@U0BEN> has it since <!date^" in words(occasions.message(a_brief(is_farewell=True, seen_at=NOW)))
    assert "Nobody is on call after you" in words(occasions.message(a_brief(is_farewell=True, incoming=None)))


@hard
@given(outside_text)
def test_the_check_is_valid_and_inert_whatever_a_feed_says(text: str) -> None:
    drawn = occasions.message(a_check(text, 5))
    assert faults_of(drawn["blocks"], "message") == []
    assert alarms(drawn) <= {"@U0ANN", "@U0BEN", "@U0GUS"}


def test_red_lines_come_first_and_each_has_what_helps() -> None:
    drawn = occasions.message(a_check())
    lines = [block for block in drawn["blocks"][2:] if block["type"] == "section"]
    reds = [block for block in lines if block["text"]["text"].startswith(":red_circle:")]
    assert lines[: len(reds)] == reds
    assert len(reds) == 8
    assert all("accessory" in block for block in reds)
    assert not any("accessory" in block for block in lines[len(reds) :])
    assert "8 things need somebody" in words(drawn)


@pytest.mark.parametrize(
    ("good", "title"), [(True, "All is well"), (None, "1 still to tap"), (False, "1 thing needs somebody")]
)
def test_the_title_is_green_yellow_or_red(good: bool | None, title: str) -> None:  # noqa: FBT001 - the case's own value
    sheet = replace(a_check(), checks=(Check("route", good, {"person": "U0ANN", "key": "route:x:U0ANN"}),))
    assert title in words(occasions.message(sheet))
