"""Rules in Slack: lists, windows and words that Slack takes, inert whatever a rule says."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.back_test import SAMPLES, BackTest, Past, Week
from domain.rulebook import Change, Hit, Listed, MadeRule, RuleSheet, RulesSheet
from domain.rules import Rule
from sandbox.blocks import faults_of
from tests.views.given import NOW, outside_text
from tests.views.reading import alarms, pressables, sendable, shouts, words
from views import back_test, rule_windows, rules
from views.notices import message

hard = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RULE = Rule("dirty-rooms", "dirty NEAR/5 room", "facilities", "urgent", 5, "monitor")
MADE = MadeRule(3, RULE, "U0ELI", NOW, None, NOW, 2)
TEAMS = ("care", "facilities")
CHANNELS = {"care": "C0CARE", "facilities": "C0FACILITIES"}
HIT = Hit("dirty-rooms", 1, 12, NOW, "https://x.com/a/status/1", "care", "facilities", "urgent")
POST = Past(1, "The room is dirty", NOW, "https://x.com/a/status/1", 12, "care", "facilities", "open")


def a_sheet(*listed: Listed, theirs: tuple[str, ...] = TEAMS) -> RulesSheet:
    return RulesSheet(listed or (Listed(RULE, MADE, 7), Listed(replace(RULE, name="in-file"))), theirs, CHANNELS)


def a_window(rule: Rule = RULE, teams: tuple[str, ...] = TEAMS) -> RuleSheet:
    change = Change(rule.name, NOW, "U0ELI", "made", None, rule)
    return RuleSheet(Listed(rule, replace(MADE, rule=rule), 7), teams, (change,), (HIT,), 7)


def a_result(rule: Rule = RULE, post: Past = POST, **changes: Any) -> BackTest:
    weeks = tuple(Week(NOW + n * timedelta(days=7), n, 10 * n, n) for n in range(8))
    plain = BackTest(
        rule, (NOW, NOW + timedelta(days=56)), 280, 28, weeks, 20, 18, (("care", 5), ("billing", 2)), 12, 9, 2, 1,
        (("care", 3),), 18, 4, (("ben", 3), (None, 1)), (post,) * SAMPLES,
    )  # fmt: skip
    return replace(plain, **changes)


MODALS = [
    rules.window(RuleSheet(None, TEAMS)),
    rules.window(a_window()),
    rules.window(a_window(teams=())),
    rules.window(RuleSheet(Listed(RULE), TEAMS)),
    rules.window(RuleSheet(None, tuple(f"team-{n}" for n in range(150)))),
    rule_windows.sure("dirty-rooms", 2, 9, 5),
    rule_windows.goodbye("dirty-rooms", 2),
    rule_windows.said("Armed", "The rule decides from now on."),
    back_test.looking(4, 100_000),
    back_test.found(4, a_result(), "2:dirty-rooms"),
    back_test.found(4, a_result(caught=0, samples=(), weeks=())),
    back_test.failed(4),
]
MESSAGES = [
    rules.listed(a_sheet()),
    rules.listed(RulesSheet((), TEAMS, CHANNELS)),
    rules.listed(a_sheet(*(Listed(replace(RULE, name=f"rule-{n}"), MADE, n) for n in range(300)))),
]


@pytest.mark.parametrize("view", MODALS)
def test_every_window_is_one_slack_opens(view: dict[str, Any]) -> None:
    assert faults_of(view, "modal") == []


@pytest.mark.parametrize("drawn", MESSAGES)
def test_every_list_is_one_slack_shows(drawn: dict[str, Any]) -> None:
    assert faults_of(drawn["blocks"], "message") == []
    assert drawn["response_type"] == "ephemeral"


def test_the_list_says_what_a_reader_wants_to_know() -> None:
    said = words(rules.listed(a_sheet()))

    for part in ("dirty-rooms", "<#C0FACILITIES>", "watched", "7 posts", "<@U0ELI>", "in dibs.toml"):
        assert part in said


def choices(drawn: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in drawn.get("accessory", {}).get("options", [])]


@pytest.mark.parametrize(
    ("mode", "labels"),
    [
        ("monitor", ["Show and edit", "Try it", "Arm", "Switch off", "Delete"]),
        ("armed", ["Show and edit", "Try it", "Monitor", "Switch off", "Delete"]),
        ("off", ["Show and edit", "Try it", "Monitor", "Arm", "Delete"]),
    ],
)
def test_a_rule_made_in_slack_offers_what_it_isnt_yet(mode: str, labels: list[str]) -> None:
    rule = Rule("one", "dirty", "care", mode=mode)  # type: ignore[arg-type] # the three modes there are

    (_, row, _) = rules.listed(a_sheet(Listed(rule, MADE)))["blocks"]

    assert choices(row) == labels


def test_a_rule_of_the_file_is_only_shown_and_tried_and_says_where_it_stands() -> None:
    (_, row, _) = rules.listed(a_sheet(Listed(RULE)))["blocks"]

    assert choices(row) == ["Try it", "Show"]
    assert "It stands in dibs.toml" in words(rules.window(RuleSheet(Listed(RULE), TEAMS)))
    assert pressables(rules.window(RuleSheet(Listed(RULE), TEAMS))) == {}


def test_who_may_not_change_a_rule_is_offered_nothing() -> None:
    drawn = rules.listed(a_sheet(theirs=()))

    assert pressables(drawn) == {}


def test_a_rule_the_file_has_too_can_only_be_deleted_and_says_why() -> None:
    drawn = rules.listed(a_sheet(Listed(RULE, MADE, 0, "rule dirty-rooms stands in dibs.toml as well")))

    assert choices(drawn["blocks"][1]) == ["Delete"]
    assert "stands in dibs.toml as well" in words(drawn)


def test_the_window_keeps_what_the_rule_is() -> None:
    fields = pressables(rules.window(a_window()))

    assert fields["rule.query"]["initial_value"] == "dirty NEAR/5 room"
    assert fields["rule.team"]["initial_option"]["value"] == "facilities"
    assert fields["rule.severity"]["initial_option"]["value"] == "urgent"
    assert fields["rule.priority"]["initial_value"] == "5"
    assert "initial_value" not in fields["rule.languages"]
    assert "rule.name" not in fields
    assert json.loads(rules.window(a_window())["private_metadata"]) == {"rule": "dirty-rooms", "version": 2}


def test_a_rule_for_some_languages_says_so_wherever_it_is_shown() -> None:
    rule = replace(RULE, languages=("en", "de"))

    assert pressables(rules.window(a_window(rule)))["rule.languages"]["initial_value"] == "en, de"
    assert "only en, de" in words(rules.listed(a_sheet(Listed(rule, MADE, 7))))
    assert "only en, de" in words(rules.window(a_window(rule, teams=())))
    assert "every language" in words(rules.window(a_window(teams=())))


def test_a_watched_rule_shows_what_it_would_have_caught_with_links() -> None:
    drawn = rules.window(a_window())

    assert "would have caught *7 posts*" in words(drawn)
    assert "link:https://x.com/a/status/1" in alarms(drawn)


def test_a_back_test_answers_each_question_in_a_sentence() -> None:
    said = " ".join(back_test.sentences(a_result()))

    assert said == (
        "It would have caught 28 of 280 posts (10.0%)."
        " It would have moved 7 cases to facilities: 5 from care, 2 from billing. In 2 cases another rule comes first."
        " Of 12 cases that ended with facilities it catches 9. It misses 2 that colleagues passed on to facilities."
        " Of those it catches, people left 3 with care, 1 put aside as no complaint."
        " It would have paged for 18 cases, about 4 in an ordinary week; 4 of them at weekends or out of hours:"
        " ben 3, nobody on call 1."
    )


def test_one_that_is_too_broad_says_so() -> None:
    assert "too broad to be armed" in back_test.sentences(a_result(of=30))[0]


def test_one_that_caught_nothing_doesnt_speak_of_what_it_decides() -> None:
    said = " ".join(back_test.sentences(a_result(caught=0, moved=(), decides=0, cases=0)))

    assert "So it would have moved nothing." in said
    assert "what it decides" not in said


def test_only_cases_that_came_to_the_team_came_there_anyway() -> None:
    assert "came to facilities anyway" in " ".join(back_test.sentences(a_result(moved=())))
    assert "anyway" not in " ".join(back_test.sentences(a_result(moved=(), found=0)))


def test_without_a_past_nothing_is_said_of_the_words() -> None:
    said = " ".join(back_test.sentences(a_result(of=0, caught=0, moved=(), decides=0, cases=0)))

    assert "No post is stored yet" in said
    assert "worded" not in said


def test_a_watched_rule_is_dropped_only_by_somebody_who_was_asked() -> None:
    drawn = message({"says": "rule_watched", "name": "dirty-rooms", "version": 2})

    assert "confirm" in pressables(drawn)["rule.drop"]


def test_only_a_rule_that_can_be_armed_has_the_button() -> None:
    assert back_test.ARM not in pressables(back_test.found(4, a_result(of=30), "2:dirty-rooms"))
    assert back_test.ARM in pressables(back_test.found(4, a_result(), "2:dirty-rooms"))
    assert back_test.ARM not in pressables(back_test.found(4, a_result()))


def test_a_fault_of_a_draft_keeps_its_caret_in_place() -> None:
    place = 'dirty "rooms\n' + "\xa0" * 6 + "^"

    told = rule_windows.faulty("query", f"column 7: This quotation mark is never closed.\n{place}")

    assert told.startswith("*What a post must say*: column 7: This")
    assert '```dirty "rooms\n      ^```' in told


PAYLOADS = st.fixed_dictionaries(
    {
        "says": st.sampled_from(("rule_changed", "rule_done", "rule_watched", "rule_clashes", "back_test")),
        "act": st.one_of(st.sampled_from(("made", "changed", "armed", "monitor", "off", "deleted")), outside_text),
        "name": outside_text,
        "by": st.one_of(st.just("U0ELI"), outside_text),
        "team": outside_text,
        "severity": outside_text,
        "query": outside_text,
        "old": outside_text,
        "faults": st.lists(outside_text, max_size=30),
        "links": st.lists(outside_text, max_size=30),
        "failed": st.booleans(),
    }
)


@hard
@given(PAYLOADS)
def test_words_of_rules_are_inert_whatever_they_say(payload: dict[str, Any]) -> None:
    drawn = message(payload)

    assert faults_of(drawn["blocks"], "message") == []
    assert sendable(drawn)
    assert shouts(drawn) == []
    assert {one for one in alarms(drawn) if not one.startswith(("@U0ELI", "link:"))} <= {"@U0ELI"}


@hard
@given(outside_text, outside_text)
def test_windows_are_inert_whatever_a_rule_or_a_post_says(text: str, other: str) -> None:
    rule = replace(RULE, name=text[:60], query=other[:2000])
    drawn = [
        rules.window(replace(a_window(rule, ()), hits=(replace(HIT, url=other, put=text),))),
        back_test.found(4, a_result(rule, POST._replace(text=text, url=other, team=text[:60]))),
        rule_windows.sure(text[:60], 2, 9, 5),
        rule_windows.goodbye(text[:60], 2),
    ]

    for view in drawn:
        assert faults_of(view, "modal") == []
        assert sendable(view)
        assert {one for one in alarms(view) if "U0ELI" not in one and "x.com" not in one} <= set()
