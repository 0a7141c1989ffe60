"""Why here, the digest and words about corrections: valid for Slack, inert whatever a post says, true to its text."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amplification import Amplification, Reach, Velocity, amplification
from domain.digests import DigestLine, DigestSheet
from domain.lessons import WORSE, Lesson
from domain.sheets import WhySheet
from domain.triage import Kept
from sandbox.blocks import faults_of
from tests.views.given import NASTY, NOW, a_case, a_post, a_sheet, outside_text
from tests.views.reading import alarms, controls, pressables, sendable, shouts, words
from views.card import card
from views.corrections import suggestions
from views.digest import digest, dismissed
from views.reasons import highlighted, likely, merged, reach
from views.why import why

KEPT = Kept(
    post=1, tier="card", source="mention", complaint=0.91, team="facilities", other="billing", severity="urgent",
    language="de", reasons={
        "rule": {"name": "dirty-rooms", "team": "facilities", "at": [[4, 18]]}, "also": ["showers"],
        "monitored": [{"name": "watched", "at": []}], "severity": ["money is at stake"],
        "weighed": [{"at": [[23, 28]], "cue": "reproach", "odds": 1.3}, {"at": [], "cue": "its length", "odds": -0.4}],
    }, model="m1+2", rules="r7", put_away=False,
)  # fmt: skip
places = st.lists(st.tuples(st.integers(-5, 400), st.integers(-5, 400)), max_size=6)


def a_line(text: str | None, **changes: Any) -> DigestLine:
    return DigestLine(**{"case_id": 4, "epoch": 0, "handle": "jane", "text": text, "images": 1, "kept": KEPT,
        "put_away": True, **changes})  # fmt: skip


def test_the_window_names_rule_score_source_severity_language_and_versions() -> None:
    drawn = why(WhySheet(a_sheet(a_case(severity="urgent"), verdict=KEPT), may_act=True))

    said = words(drawn)
    for part in (
        "dirty-rooms", "showers", "watched", "0.91", "surely a complaint", "the author named us", "in German",
        "money is at stake", "else billing", "m1+2", "r7", "reproach +1.3",
    ):  # fmt: skip
        assert part in said, part
    assert set(pressables(drawn)) == {"case.wrong_team", "case.dismiss", "case.worse"}
    assert faults_of(drawn, "modal") == []


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (None, ""),
        (amplification(Reach(), Velocity()), "how far it reaches isn't known"),
        (amplification(Reach(240, 80), Velocity(0)), "carries no further than most"),
        (amplification(Reach(6_000), Velocity()), "carries no further than most (6,000 followers)"),
        (amplification(Reach(30_000), Velocity()), "may carry further than most (30,000 followers)"),
        (amplification(Reach(), Velocity(40)), "may carry far (shared 40 times in half an hour)"),
    ],
)
def test_the_window_says_how_far_it_carries_and_by_what_numbers(far: Amplification | None, said: str) -> None:
    shown = words(why(WhySheet(a_sheet(verdict=KEPT, far=far), may_act=True)))

    assert reach(far) == said
    assert said in shown
    assert ("Reach" in shown) is bool(said)


def test_the_window_shows_the_places_in_bold_and_nothing_else() -> None:
    drawn = highlighted("The changing rooms are dirty again", [(23, 28), (4, 18), (8, 12)])

    assert [(run["text"], bool(run.get("style"))) for run in drawn] == [
        ("The ", False), ("changing rooms", True), (" are ", False), ("dirty", True), (" again", False),
    ]  # fmt: skip


def test_an_ended_case_and_a_reader_who_may_not_act_get_no_buttons() -> None:
    assert pressables(why(WhySheet(a_sheet(a_case(status="dismissed"), verdict=KEPT), may_act=True))) == {}
    assert pressables(why(WhySheet(a_sheet(verdict=KEPT), may_act=False))) == {}


def test_what_was_corrected_just_now_stands_first_with_the_way_back() -> None:
    lesson = Lesson(8, 1, 12, WORSE, "urgent", "normal", "U0ANN", NOW)
    drawn = why(WhySheet(a_sheet(a_case(severity="urgent"), verdict=KEPT), may_act=True, undo=lesson))

    said = words(drawn)
    assert said.index("Case 12 counts as urgent now. Said by <@U0ANN>.") < said.index("Why here:")
    assert pressables(drawn)["lesson.undo"]["value"] == "8:12"
    assert faults_of(drawn, "modal") == []


def test_the_step_to_an_emergency_asks_first_and_the_one_before_it_doesnt() -> None:
    step = {
        severity: pressables(why(WhySheet(a_sheet(a_case(severity=severity), verdict=KEPT), may_act=True)))
        for severity in ("normal", "urgent", "emergency")
    }

    assert "confirm" not in step["normal"]["case.worse"]
    assert "calls the person" in step["urgent"]["case.worse"]["confirm"]["text"]["text"]
    assert "case.worse" not in step["emergency"]


def test_what_cant_wait_is_shown_in_the_posts_own_words_and_only_while_they_are_there() -> None:
    kept = replace(KEPT, severity="urgent", reasons={"emergency": {"level": "flag", "at": [[4, 18]]}})

    drawn = words(why(WhySheet(a_sheet(verdict=kept), may_act=True)))
    gone = words(why(WhySheet(a_sheet(None, a_post(None), verdict=kept), may_act=True)))

    assert "Can't wait:" in drawn
    assert "changing rooms" in drawn
    assert "Can't wait" not in gone


def test_a_post_its_author_took_back_leaves_no_words() -> None:
    drawn = why(WhySheet(a_sheet(None, a_post(None), verdict=KEPT), may_act=True))

    assert "removed this post" in words(drawn)
    assert faults_of(drawn, "modal") == []


@given(outside_text, places)
def test_whatever_a_post_says_the_window_is_valid_and_inert(text: str, spans: list[tuple[int, int]]) -> None:
    weighed = [{"at": [list(span) for span in spans], "cue": "", "odds": 1.0}]
    kept = replace(KEPT, reasons={**KEPT.reasons, "weighed": weighed})
    drawn = why(WhySheet(a_sheet(None, a_post(text), verdict=kept), may_act=True))
    plain = why(WhySheet(a_sheet(None, a_post("plain"), verdict=kept), may_act=True))

    assert faults_of(drawn, "modal") == []
    assert sendable(drawn)
    assert alarms(drawn) == alarms(plain)


@given(text=outside_text, handle=outside_text, away=st.booleans())
def test_whatever_posts_say_a_digest_is_valid_and_inert(text: str, handle: str, *, away: bool) -> None:
    who = None if away else "U0ANN"
    lines = [a_line(text, case_id=number, handle=handle, put_away=away, rescued_by=who) for number in range(15)]
    drawn = digest(DigestSheet(17, tuple(lines), more=2))

    assert faults_of(drawn["blocks"], "message") == []
    assert sendable(drawn)
    assert controls(drawn) == [] if away else controls(drawn) == ["@U0ANN"] * 15
    assert shouts(drawn) == []


def test_a_line_says_when_only_a_search_found_the_post() -> None:
    found = a_line("what a sunset", kept=replace(KEPT, source="found"))

    assert "found by a search" in words(digest(DigestSheet(1, (found,))))
    assert "found by a search" not in words(digest(DigestSheet(1, (a_line("thank you"),))))


def test_a_rescued_line_has_no_button_and_names_who_rescued_it() -> None:
    drawn = digest(DigestSheet(2, (a_line("one"), a_line("two", case_id=5, put_away=False, rescued_by="U0ANN"))))

    assert len([one for one in drawn["blocks"] if one.get("accessory")]) == 1
    assert "Rescued by <@U0ANN>" in words(drawn)


def test_nothing_put_away_is_said_in_a_sentence() -> None:
    assert "Nothing is put away" in words(dismissed(DigestSheet(0, ())))


@pytest.mark.parametrize("nasty", NASTY)
def test_a_suggested_term_is_only_ever_words(nasty: str) -> None:
    row = {"team": nasty, "term": nasty, "lessons": 2, "caught": 2, "past": 100}
    drawn = suggestions({"rows": [row]})

    assert controls(drawn) == []
    assert faults_of(drawn["blocks"], "message") == []


def test_a_card_says_in_one_line_why_it_is_here() -> None:
    case = a_case(severity="urgent")
    drawn = words(card(a_sheet(case, verdict=replace(KEPT, put_away=True))))

    assert "surely a complaint (0.91) · urgent: money is at stake · in German · late by triage" in drawn


def test_a_score_is_said_in_words_at_every_height() -> None:
    assert [likely(one).partition(" (")[0] for one in (1.0, 0.75, 0.5, 0.3, 0.1, 0.0)] == [
        "surely a complaint", "very likely a complaint", "likely a complaint", "perhaps a complaint",
        "hardly a complaint", "surely no complaint",
    ]  # fmt: skip


@given(places)
def test_merged_places_are_in_order_and_apart(spans: list[tuple[int, int]]) -> None:
    found = merged(spans)

    assert all(start < end for start, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
