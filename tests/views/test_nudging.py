"""The words around nags: a snooze, the question whether somebody still is on it, and the deadlines on a card."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.cases import AWAITING, OPEN, RESOLVED
from domain.deadlines import (
    HOLDS,
    NEXT_RESPONSE,
    ON_IT,
    PAUSED,
    PROMISE,
    RESOLUTION,
    SNOOZED,
    Deadline,
    Tending,
)
from sandbox.blocks import faults_of
from tests.views.given import NOW, a_case, a_deadline, a_sheet, held, outside_text
from tests.views.reading import alarms, pressables, sendable, shouts, words
from views import nudging
from views.clocks import clocks
from views.notices import message

hard = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


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
