"""Nags and the words around them: most urgent first, within Slack's limits, inert, and without buttons once over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.cases import AWAITING
from domain.nags import IN_FULL, Ended, NagEntry, NagSheet, Why
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, a_deadline, held, outside_text
from tests.views.reading import alarms, objects, pressables, sendable, shouts, words
from views.nags import ACTIONS, nag

hard = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LINK = "https://tidewell.slack.com/archives/C1/p1"
ROLES = ("on_call", "backup", "manager", "awake", "holder", "handed", "person:kit")
ENDS = ("claimed", "answered", "on_it", "snoozed", "handed", "resolved", "dismissed", "rerouted", "withdrawn", "new")


def an_entry(number: int = 12, **changes: Any) -> NagEntry:
    clock = a_deadline(id=number, case_id=number)
    plain = NagEntry(a_case(id=number), clock, Why("on_call"), NOW, "jane_doe", "The changing rooms are dirty", LINK)
    return replace(plain, **changes)


def ended(number: int, how: str = "claimed", person: str | None = "U0BEN") -> NagEntry:
    return an_entry(number, ended=Ended(how, person, NOW))


def drawn(*entries: NagEntry, direct: bool = False, **changes: Any) -> dict[str, Any]:
    return nag(NagSheet(direct, entries, **changes))


def test_each_case_has_its_words_and_four_ways_to_go_on() -> None:
    message_of = drawn(an_entry())

    assert faults_of(message_of["blocks"], "message") == []
    assert set(pressables(message_of)) == set(ACTIONS)
    assert {found["value"] for found in pressables(message_of).values()} == {"12:3"}
    assert "The changing rooms are dirty" in words(message_of)
    assert f"<{LINK}|case 12>: first response is due <!date^" in words(message_of)


def test_cases_stand_in_the_order_they_are_given_most_urgent_first() -> None:
    fire = an_entry(31, case=a_case(id=31, severity="emergency"))

    text = words(drawn(fire, an_entry(7), an_entry(2)))

    assert text.index("case 31") < text.index("case 7") < text.index("case 2")
    assert ":rotating_light: *Emergency* · <" in text


def test_an_emergency_offers_no_snooze() -> None:
    buttons = pressables(drawn(an_entry(case=a_case(severity="emergency"))))

    assert set(buttons) == {"nag.claim", "nag.on_it", "nag.hand_on"}


@pytest.mark.parametrize("status", [held().status, AWAITING])
def test_a_case_that_is_held_is_reminded_of_without_buttons(status: str) -> None:
    message_of = drawn(an_entry(case=held(status=status)), direct=True)

    assert pressables(message_of) == {}
    assert "Reply from its card" in words(message_of)


def test_what_is_late_is_told_from_what_is_due() -> None:
    late = an_entry(deadline=a_deadline(NOW, breached_at=NOW))

    assert drawn(late)["text"].startswith("A case is late: case 12, first response was due <!date^")
    assert drawn(an_entry())["text"].startswith("A case is due soon: case 12, first response is due <!date^")
    assert drawn(late, an_entry(2))["text"].startswith("2 cases need somebody, 1 is late: ")
    assert drawn(an_entry(1), an_entry(2))["text"].startswith("2 cases need somebody: ")


@pytest.mark.parametrize("first", [1, 1_000_000, 10**15])
def test_five_hundred_cases_fit_one_message_and_each_is_counted(first: int) -> None:
    shown = [an_entry(first + n, text="x" * 900, deadline=a_deadline(breached_at=NOW)) for n in range(IN_FULL)]
    over = [ended(first + 500 + n) for n in range(IN_FULL)]

    message_of = drawn(*shown, *over, more=tuple(range(first + IN_FULL, first + 500)))

    assert faults_of(message_of["blocks"], "message") == []
    assert len(message_of["blocks"]) <= 50
    assert len(message_of["text"]) <= 4000
    assert "500 cases need somebody" in message_of["text"]
    assert f"{first + IN_FULL}, {first + IN_FULL + 1}" in words(message_of)


def test_numbers_that_do_not_fit_are_counted() -> None:
    text = words(drawn(an_entry(), more=tuple(range(10**6, 10**6 + 900))))

    named = sum(str(number) in text for number in range(10**6, 10**6 + 900))
    assert 250 <= named < 900
    assert f" and {900 - named} more" in text


@pytest.mark.parametrize("how", ENDS)
def test_stood_down_there_is_nothing_left_to_press(how: str) -> None:
    message_of = drawn(ended(12, how), ended(13, how, None))

    assert faults_of(message_of["blocks"], "message") == []
    assert pressables(message_of) == {}
    assert "case 12: " in message_of["text"]
    assert "case 13: " in message_of["text"]
    assert "None" not in message_of["text"]


def test_a_claim_is_said_with_who_and_when() -> None:
    assert "case 12: claimed by <@U0BEN>, <!date^" in drawn(ended(12))["text"]


def test_what_is_over_stands_small_under_what_is_not() -> None:
    message_of = drawn(an_entry(1), ended(2))

    assert [block["type"] for block in message_of["blocks"]][-1] == "context"
    assert {found["value"] for found in pressables(message_of).values()} == {"1:3"}


def test_a_replaced_list_leads_to_the_newer_one_and_has_no_buttons() -> None:
    message_of = drawn(an_entry(1), ended(2), replaced=True, newer=LINK)

    assert pressables(message_of) == {}
    assert f"<{LINK}|a newer message>" in message_of["text"]
    assert faults_of(message_of["blocks"], "message") == []
    assert "further down" in drawn(an_entry(1), replaced=True)["text"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("because", [None, "quiet", "gone", "nobody"])
def test_a_person_reads_why_it_is_them(role: str, because: str | None) -> None:
    entry = an_entry(why=Why(role, "U0ANN", because))

    told, aloud = words(drawn(entry, direct=True)), words(drawn(entry))
    assert " you" in told.lower()
    assert "you" not in aloud.lower()
    assert ("<@U0ANN> " in told) == (because in ("quiet", "gone") or role == "handed")


@hard
@given(outside_text, outside_text)
def test_neither_a_post_nor_a_name_in_a_rota_does_anything_in_a_nag(nasty: str, name: str) -> None:
    entry = an_entry(text=nasty, handle=nasty, link=nasty, why=Why("backup", name, "gone"))

    message_of = drawn(entry, ended(3, nasty), direct=True)

    assert faults_of(message_of["blocks"], "message") == []
    assert alarms(message_of) <= {"@U0BEN", f"@{name}"} - ({f"@{name}"} if not name.isalnum() else set())
    assert shouts(message_of) == []
    assert sendable(message_of)


@pytest.mark.parametrize("text", [None, "", "\u200b\u200d", " \n "])
def test_a_post_without_words_is_not_quoted(text: str | None) -> None:
    kinds = [block["type"] for block in drawn(an_entry(text=text))["blocks"]]

    assert "rich_text" not in kinds


def test_slack_leaves_our_own_words_as_they_are() -> None:
    texts = [found for found in objects(drawn(an_entry(), ended(2))["blocks"]) if found.get("type") == "mrkdwn"]

    assert all(found["verbatim"] is True for found in texts)


def test_a_late_resolution_does_not_say_that_nobody_has_answered_yet() -> None:
    clock = a_deadline(id=12, case_id=12, target="resolution")

    assert "has been waiting" not in words(drawn(an_entry(deadline=clock)))
    assert "has been waiting" in words(drawn(an_entry()))


def test_the_rest_is_looked_up_where_it_is_listed() -> None:
    text = words(drawn(an_entry(), more=(3, 4)))

    assert "Home tab" in text
    assert "/dibs mine" not in text
