"""Promises: which ones hold for a post, when they are due by both clocks, and what a pause does to them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.policy import BadPolicy, PartialPolicy, parse_part
from domain.sla import SlaPolicy, Target, resumed, targets

CALENDAR = """
[team.care]
calendar = "care"
sla = "std"
[team.quiet]
[calendar.care]
zone = "Europe/London"
hours = { mon = "09:00-18:00", tue = "09:00-18:00", wed = "09:00-18:00", thu = "09:00-18:00", fri = "09:00-18:00" }
weekend = { sat = "10:00-14:00" }
"""
STANDARD = """
[sla.std]
at_risk = "15m"
[sla.std.normal]
first_response = "2h"
[sla.std.urgent]
first_response = "30m"
next_response = "2h"
resolution = "1d"
at_risk = "5m"
[sla.std.weekend]
wait = ["normal"]
[sla.std.weekend.urgent]
first_response = "1h"
"""
FRIDAY, SATURDAY = "2026-11-27 17:30", "2026-11-28 09:00"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(text: str) -> datetime:
    """A moment in UTC; London's time in November."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def policy(sla: str = STANDARD) -> PartialPolicy:
    """A file with nothing but what promises need."""
    return parse_part(CALENDAR + sla)


def promised(severity: str, post_at: str, sla: str = STANDARD) -> dict[str, Target]:
    """The care team's targets by their names."""
    return {target.target: target for target in targets(policy(sla), "care", severity, at(post_at))}


def test_every_target_has_both_moments() -> None:
    found = promised("urgent", FRIDAY)

    assert list(found) == ["first_response", "next_response", "resolution"]
    first = found["first_response"]
    assert (first.customer_due_at, first.service_due_at) == (at("2026-11-27 18:00"), at("2026-11-27 18:00"))
    following = found["next_response"]
    assert (following.customer_due_at, following.service_due_at) == (at("2026-11-27 19:30"), at("2026-11-28 11:30"))
    assert following.windows == (
        (at("2026-11-27 17:30"), at("2026-11-27 18:00")),
        (at("2026-11-28 10:00"), at("2026-11-28 11:30")),
    )


def test_a_day_is_24_hours_of_the_clock() -> None:
    found = promised("urgent", "2026-11-23 09:00")["resolution"]

    assert found.customer_due_at == at("2026-11-24 09:00")
    assert found.service_due_at == at("2026-11-25 15:00")


def test_what_waits_for_monday_does_not_count_the_weekend() -> None:
    assert promised("normal", FRIDAY)["first_response"].service_due_at == at("2026-11-30 10:30")
    assert promised("normal", SATURDAY)["first_response"].service_due_at == at("2026-11-30 11:00")


def test_a_weekend_table_changes_what_it_names_and_leaves_the_rest() -> None:
    found = promised("urgent", SATURDAY)

    assert found["first_response"].length == HOUR
    assert found["next_response"].length == 2 * HOUR
    assert promised("urgent", FRIDAY)["first_response"].length == 30 * MINUTE


def test_a_weekend_begins_at_the_teams_midnight() -> None:
    summer = "2026-06-26 23:30"  # half past midnight on Saturday in London

    assert promised("urgent", summer)["first_response"].length == HOUR


def test_an_emergency_without_a_table_takes_the_next_milder_one_by_the_customers_clock() -> None:
    first = promised("emergency", "2026-11-27 23:00")["first_response"]

    assert (first.length, first.clock, first.due_at) == (30 * MINUTE, "customer", at("2026-11-27 23:30"))
    assert first.service_due_at == at("2026-11-28 10:30")


def test_an_emergency_does_not_borrow_the_clock_with_the_table() -> None:
    sla = '[sla.std.normal]\nfirst_response = "1h"\nclock = "service"'

    assert promised("emergency", FRIDAY, sla)["first_response"].clock == "customer"
    assert promised("urgent", FRIDAY, sla)["first_response"].clock == "service"


def test_a_clock_of_its_own_is_followed() -> None:
    sla = '[sla.std.urgent]\nfirst_response = "1h"\nclock = "customer"\n[sla.std.emergency]\nresolution = "1h"\n'

    assert promised("urgent", FRIDAY, sla)["first_response"].due_at == at("2026-11-27 18:30")
    assert promised("emergency", FRIDAY, sla + 'clock = "service"')["resolution"].due_at == at("2026-11-28 10:30")


def test_an_emergencys_own_table_comes_before_a_milder_one_of_the_weekend() -> None:
    found = promised("emergency", SATURDAY, STANDARD + '[sla.std.emergency]\nfirst_response = "10m"')

    assert [(target.target, target.length) for target in found.values()] == [("first_response", 10 * MINUTE)]


def test_at_risk_is_the_tables_own_or_the_policys() -> None:
    assert promised("urgent", SATURDAY)["first_response"].at_risk == 5 * MINUTE
    assert promised("normal", SATURDAY)["first_response"].at_risk == 15 * MINUTE


def test_nothing_is_promised_without_a_policy_or_a_table() -> None:
    assert targets(policy(), "quiet", "urgent", at(FRIDAY)) == ()
    assert promised("normal", FRIDAY, '[sla.std.urgent]\nfirst_response = "1h"') == {}


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ValueError, match="there are: normal, urgent, emergency"):
        promised("calm", FRIDAY)


@dataclass(frozen=True)
class Clock:
    """A clock that stands still."""

    severity: str
    customer_due_at: datetime
    service_due_at: datetime
    paused_at: datetime | None


def paused(severity: str, post_at: str, since: str) -> Clock:
    """The clock of a first response, paused."""
    target = promised(severity, post_at)["first_response"]
    return Clock(severity, target.customer_due_at, target.service_due_at, at(since))


def test_a_pause_moves_the_customers_clock_by_its_length_and_the_service_clock_by_what_was_left() -> None:
    clock = paused("normal", "2026-11-23 09:00", "2026-11-23 10:30")

    due = resumed(policy(), "care", clock, at("2026-11-24 17:45"))

    assert due == (at("2026-11-24 18:15"), at("2026-11-25 09:15"))


def test_a_pause_over_closed_hours_takes_no_business_time() -> None:
    clock = paused("normal", "2026-11-23 16:30", "2026-11-23 17:00")

    _, service_at = resumed(policy(), "care", clock, at("2026-11-24 08:00"))

    assert service_at == at("2026-11-24 10:30")


def test_what_waits_for_monday_goes_on_waiting_after_a_pause() -> None:
    clock = paused("normal", FRIDAY, "2026-11-27 17:45")

    _, service_at = resumed(policy(), "care", clock, at("2026-11-28 11:00"))

    assert service_at == at("2026-11-30 10:45")


def test_what_was_late_before_the_pause_stays_late() -> None:
    clock = paused("urgent", "2026-11-23 09:00", "2026-11-23 09:30")

    assert resumed(policy(), "care", clock, at("2026-11-24 12:00")) == (clock.customer_due_at, clock.service_due_at)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 20_000), st.sampled_from(["normal", "urgent"]))
def test_a_pause_never_makes_a_deadline_earlier_nor_takes_open_time(
    post: int, until: int, pause: int, how: str
) -> None:
    post_at = at("2026-10-20 00:00") + post * MINUTE
    target = targets(policy(), "care", how, post_at)[0]
    paused_at = post_at + until * MINUTE
    clock = Clock(how, target.customer_due_at, target.service_due_at, paused_at)

    customer_at, service_at = resumed(policy(), "care", clock, paused_at + pause * MINUTE)

    assert customer_at >= target.customer_due_at >= post_at
    assert service_at >= target.service_due_at >= post_at
    if customer_at > paused_at:
        assert customer_at - target.customer_due_at == pause * MINUTE


@pytest.mark.parametrize(
    ("table", "path", "told"),
    [
        ({}, "", "promises nothing; give it a table for at least one of normal, urgent, emergency"),
        ({"urgent": {}}, "urgent", "promises nothing; give at least one of first_response"),
        ({"urgent": {"first_response": "0m"}}, "urgent.first_response", "must be between 1s and 366d"),
        ({"urgent": {"first_response": "soon"}}, "urgent.first_response", "write a length of time"),
        ({"urgent": {"first_response": "9m", "at_risk": "9m"}}, "urgent.at_risk", "must be shorter than first_resp"),
        ({"calm": {"first_response": "9m"}}, "calm", "Extra inputs"),
        ({"normal": {"resolution": "9m"}, "weekend": {"wait": ["emergency"]}}, "weekend.wait.0", "never waits"),
        (
            {"normal": {"resolution": "9m", "clock": "customer"}, "weekend": {"wait": ["urgent", "normal"]}},
            "weekend.wait.1",
            "normal follows the customer clock, which runs through the weekend",
        ),
    ],
)
def test_promises_that_make_no_sense_are_refused_by_their_key(table: dict[str, Any], path: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SlaPolicy.model_validate(table)

    assert any(told in one["msg"] for one in refused.value.errors() if ".".join(map(str, one["loc"])) == path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'calendar = "care"\n',
            "",
            "team.care.sla: needs team.care.calendar: an SLA without business hours would silently run day and night",
        ),
        (
            'calendar = "care"\n',
            'calendar = "cafe"\n',
            "team.care.calendar: there is no calendar.cafe here; there are: care",
        ),
        ('sla = "std"\n', 'sla = "gold"\n', "team.care.sla: there is no sla.gold here; there are: std"),
        (
            "[team.quiet]",
            '[escalation.std]\nsteps = [{ at = "0m", tell = "on_call" }]\n[team.quiet]\nescalation = "up"',
            "team.quiet.escalation: there is no escalation.up here; there are: std",
        ),
        (
            "hours =",
            "# hours =",
            "sla.std.weekend.wait: team.care waits for Monday, but calendar.care opens on weekend",
        ),
    ],
)
def test_teams_name_what_exists_and_what_can_be_kept(old: str, new: str, told: str) -> None:
    text = CALENDAR + STANDARD
    assert old in text

    with pytest.raises(BadPolicy) as bad:
        parse_part(text.replace(old, new, 1))

    assert told in str(bad.value)


def test_faults_of_tables_and_of_names_are_told_together() -> None:
    text = (CALENDAR + STANDARD).replace("Europe/London", "Europe/Lodon").replace('sla = "std"', 'sla = "gold"')

    with pytest.raises(BadPolicy) as bad:
        parse_part(text)

    assert [fault.path for fault in bad.value.faults] == ["calendar.care.zone", "team.care.sla"]
