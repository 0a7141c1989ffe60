"""Nags and the words around them: most urgent first, within Slack's limits, inert, and without buttons once over."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.cases import AWAITING, OPEN, RESOLVED
from domain.deadlines import (
    FIRST_RESPONSE,
    HOLDS,
    NEXT_RESPONSE,
    ON_IT,
    PAUSED,
    PROMISE,
    RESOLUTION,
    RUNNING,
    SNOOZED,
    Deadline,
    Tending,
)
from domain.nags import IN_FULL, Ended, NagEntry, NagSheet, Why
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, a_sheet, held, outside_text
from tests.views.reading import alarms, objects, pressables, sendable, shouts, words
from views import nudging
from views.clocks import clocks
from views.nags import ACTIONS, nag
from views.notices import message

hard = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LINK = "https://tidewell.slack.com/archives/C1/p1"
ROLES = ("on_call", "backup", "manager", "awake", "holder", "handed", "person:kit")
ENDS = ("claimed", "answered", "on_it", "snoozed", "handed", "resolved", "dismissed", "rerouted", "withdrawn", "new")


def a_deadline(due_at: datetime = NOW + HOUR, **changes: Any) -> Deadline:
    plain = Deadline(
        id=3,
        case_id=12,
        target=FIRST_RESPONSE,
        n=1,
        state=RUNNING,
        follows="service",
        started_at=NOW - HOUR,
        length=2 * HOUR,
        customer_due_at=due_at,
        service_due_at=due_at,
        due_at=due_at,
        paused_at=None,
        ended_at=None,
        breached_at=None,
        policy=None,
        severity="normal",
    )
    return replace(plain, **changes)


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


@pytest.mark.parametrize("hours", [0, 0.5, 1, 4, 24, 100])
def test_a_snooze_is_offered_up_to_the_cap(hours: float) -> None:
    view = nudging.snooze(a_case(), timedelta(hours=hours) or 10 * MINUTE)

    options = pressables(view)[nudging.LENGTH]["options"]
    assert faults_of(view, "modal") == []
    assert options
    assert all(int(option["value"]) <= max(hours * 3600, 600) for option in options)


@pytest.mark.parametrize("reason", [None, "shift", "away"])
def test_the_question_whether_somebody_still_is_on_it_has_two_answers(reason: str | None) -> None:
    asked = message({"says": "still_on_it", "case": 12, "epoch": 3, "until": NOW.isoformat(), "reason": reason})

    assert {key: found["value"] for key, found in pressables(asked).items()} == {
        "tend.still": "12:3",
        "tend.give_back": "12:3",
    }
    assert "Without an answer by <!date^" in asked["text"]


@pytest.mark.parametrize("how", ["still", "given_back", "no_answer", "over"])
def test_an_answered_question_asks_no_more(how: str) -> None:
    assert pressables(message({"says": "still_answered", "case": 12, "how": how})) == {}


@pytest.mark.parametrize("why", ["no_answer", "gone", "given_back", "over", "something else"])
def test_a_case_that_came_back_asks_who_takes_it(why: str) -> None:
    text = message({"says": "came_back", "case": 12, "person": "U0BEN", "kind": HOLDS, "why": why})["text"]

    assert text.endswith("Drafts and notes are kept. Who takes it?")


@hard
@given(outside_text)
def test_no_nudge_lets_text_from_outside_do_anything(nasty: str) -> None:
    for says in nudging.NUDGING:
        strange = {"summary": nasty, "name": nasty, "team": nasty, "reason": nasty, "why": nasty, "how": nasty}
        told = message({"says": says, "case": 12, "epoch": 3, "person": "U0BEN", **strange})
        assert faults_of(told["blocks"], "message") == []
        assert alarms(told) <= {"@U0BEN"}
        assert shouts(told) == []
        assert sendable(told)


def said(*deadlines: Deadline, **changes: Any) -> str:
    blocks = clocks(a_sheet(changes.pop("case", None), deadlines=deadlines, **changes))
    assert faults_of([{"type": "divider"}, *blocks], "message") == []
    return words({"blocks": blocks})


def test_the_card_shows_both_clocks_when_they_differ() -> None:
    both = a_deadline(customer_due_at=NOW, service_due_at=NOW + 48 * HOUR, due_at=NOW + 48 * HOUR)

    ours, theirs = int((NOW + 48 * HOUR).timestamp()), int(NOW.timestamp())
    text = said(both)
    assert f"First response due <!date^{ours}^" in text
    assert f"on the customer's clock <!date^{theirs}^" in text
    assert "day or night" in said(replace(both, follows="customer"))
    assert "clock" not in said(a_deadline())


def test_the_answer_that_is_due_next_comes_before_the_resolution() -> None:
    resolution = a_deadline(NOW - HOUR, id=4, target=RESOLUTION)

    text = said(resolution, a_deadline(NOW + HOUR, target=NEXT_RESPONSE))

    assert "Next response due" in text
    assert "Resolution" not in text


def test_a_waiting_case_says_that_its_clock_stands_still() -> None:
    paused = a_deadline(target=RESOLUTION, state=PAUSED, paused_at=NOW)

    assert "stands still while we wait for the customer" in said(paused, case=held(status=AWAITING))
    assert said(paused, case=a_case(status=RESOLVED)) == ""
    assert said() == ""


def test_a_promise_is_shown_with_its_words_its_person_and_its_time() -> None:
    promise = a_deadline(target=PROMISE, person="U0BEN", said="We'll call you on Monday")

    text = said(promise)
    assert "We'll call you on Monday" in text
    assert "<@U0BEN>" in text
    assert f"<!date^{int((NOW + HOUR).timestamp())}^" in text


def test_who_says_they_are_on_it_is_named_until_somebody_claims() -> None:
    on_it = Tending(12, "U0BEN", ON_IT, NOW, NOW, None, NOW + HOUR)
    snoozed = Tending(12, "U0BEN", SNOOZED, NOW, NOW, None, NOW + HOUR, "the plumber comes")

    assert "<@U0BEN> is on it" in said(tending=on_it, case=a_case(status=OPEN))
    assert said(tending=on_it, case=held()) == ""
    assert "Snoozed by <@U0BEN> until <!date^" in said(tending=snoozed)
    assert "the plumber comes" in said(tending=snoozed)


@hard
@given(outside_text)
def test_neither_a_promise_nor_a_reason_does_anything_on_a_card(nasty: str) -> None:
    promise = a_deadline(target=PROMISE, person="U0BEN", said=nasty[:300])
    snoozed = Tending(12, "U0BEN", SNOOZED, NOW, NOW, None, NOW + HOUR, nasty[:300])

    payload = {"blocks": clocks(a_sheet(deadlines=(a_deadline(), promise), tending=snoozed))}

    assert faults_of(payload["blocks"], "message") == []
    assert alarms(payload) <= {"@U0BEN"}
    assert shouts(payload) == []
    assert sendable(payload)
