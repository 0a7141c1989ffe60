"""Whom Slack would reach now, asked of the sandbox's Slack."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import slack
from bot.reach import Lookout
from domain.reach import Reach
from tests.sandbox.conftest import Running, Start, sandbox, start_sandbox

__all__ = ["sandbox", "start_sandbox"]
BEN, CLEO, DEV = "U0BEN", "U0CLEO", "U0DEV"


@pytest.fixture
def lookout(sandbox: Running) -> Lookout:
    """Ours, with the client the bot uses."""
    return lookout_on(sandbox)


def lookout_on(running: Running) -> Lookout:
    return Lookout(slack.client(running.bot_token, f"{running.url}/api/", 2))


def now_in(running: Running) -> datetime:
    return datetime.fromisoformat(running.get("/control/clock")["now"])


def test_somebody_in_peace_is_neither_quiet_nor_asked_for_their_presence(sandbox: Running, lookout: Lookout) -> None:
    sandbox.post("/control/slack/users", id=BEN, presence="away")
    assert lookout.look([BEN], now_in(sandbox)) == {BEN: Reach(BEN)}


def test_do_not_disturb_is_known_with_its_end(sandbox: Running, lookout: Lookout) -> None:
    now = now_in(sandbox)
    until = (now + timedelta(hours=2)).replace(microsecond=0)
    sandbox.post("/control/slack/users", id=BEN, dnd_until=until.isoformat())

    found = lookout.look([BEN, DEV], now_in(sandbox))

    assert (found[BEN].quiet_until, found[DEV].quiet_until) == (until, None)
    assert found[BEN].quiet_at(now)
    assert not found[BEN].quiet_at(until)


def test_daily_hours_count_only_while_they_last(start_sandbox: Start) -> None:
    running = start_sandbox(start_at=datetime(2026, 11, 25, 20, 30, tzinfo=UTC))
    for one in (BEN, CLEO):
        running.post("/control/slack/users", id=one, dnd_schedule="21:00-08:00")
    found = lookout_on(running).look([BEN, CLEO], now_in(running))
    assert found[BEN].quiet_until is None
    assert found[CLEO].quiet_until == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)


def test_presence_is_asked_of_those_who_opted_in(sandbox: Running, lookout: Lookout) -> None:
    sandbox.post("/control/slack/users", id=CLEO, presence="away")
    found = lookout.look([BEN, CLEO, DEV], now_in(sandbox), opted_in={BEN, CLEO})
    assert {one: reach.away for one, reach in found.items()} == {BEN: False, CLEO: True, DEV: None}
    assert [one for one, reach in found.items() if reach.awake] == [BEN]


def test_who_has_left_is_known_without_asking(sandbox: Running, lookout: Lookout) -> None:
    sandbox.order("*", "refuse:fatal_error", times=9)
    found = lookout.look([BEN], now_in(sandbox), gone={BEN}, opted_in={BEN})
    assert found == {BEN: Reach(BEN, active_account=False)}
    assert sandbox.get("/control/faults")[0]["times"] == 9


@pytest.mark.parametrize(
    "outcome",
    ["refuse:missing_scope", "refuse:fatal_error", "429:30", "5xx_before", "html_502", "reset_after", "delay:3"],
)
def test_a_slack_that_does_not_answer_leaves_everything_unknown(
    sandbox: Running, lookout: Lookout, outcome: str
) -> None:
    sandbox.post("/control/slack/users", id=BEN, presence="away", dnd_minutes=60)
    sandbox.order("*", outcome, times=2)
    assert lookout.look([BEN], now_in(sandbox), opted_in={BEN}) == {BEN: Reach(BEN)}


def test_a_method_that_failed_is_left_alone_for_a_while_and_then_asked_again(
    sandbox: Running, lookout: Lookout
) -> None:
    sandbox.post("/control/slack/users", id=BEN, dnd_minutes=60)
    sandbox.order("dnd.teamInfo", "429:45", times=2)
    now = now_in(sandbox)

    lookout.look([BEN], now)
    lookout.look([BEN], now + timedelta(seconds=44))

    assert sandbox.get("/control/faults")[0]["times"] == 1
    sandbox.http.delete("/control/faults")
    assert lookout.look([BEN], now + timedelta(seconds=46))[BEN].quiet_until is not None


def test_an_answer_is_remembered_for_a_minute(sandbox: Running, lookout: Lookout) -> None:
    now = now_in(sandbox)
    lookout.look([BEN], now, opted_in={BEN})
    sandbox.post("/control/slack/users", id=BEN, presence="away")
    assert lookout.look([BEN], now + timedelta(seconds=59), opted_in={BEN})[BEN].away is False
    assert lookout.look([BEN], now + timedelta(seconds=60), opted_in={BEN})[BEN].away is True


def test_more_than_fifty_are_asked_in_parts(sandbox: Running, lookout: Lookout) -> None:
    many = [f"U1N{number}" for number in range(60)]
    for one in many:
        sandbox.post("/control/slack/users", id=one, name=one.lower(), dnd_minutes=60)
    found = lookout.look(many, now_in(sandbox))
    assert all(reach.quiet_until is not None for reach in found.values())


def test_a_crowd_that_opted_in_is_asked_within_slacks_limit(sandbox: Running, lookout: Lookout) -> None:
    many = [f"U1N{number}" for number in range(60)]
    for one in many:
        sandbox.post("/control/slack/users", id=one, name=one.lower())
    found = lookout.look(many, now_in(sandbox), opted_in=set(many))
    assert sum(reach.away is False for reach in found.values()) == 25
