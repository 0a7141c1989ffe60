"""A spike is told of once, where it concerns people, with what is usual and the cases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.desk import Desk
from domain.posts import IncomingPost
from domain.spikes import WEEK, hour_of
from storage.schema_likeness import volumes
from tests.desk.conftest import AT, a_post, take_in
from views.notices import message

HOUR = timedelta(hours=1)
SERIES = ("brand", "team:care", "team:facilities", "team:billing", "team:press")


def dirty(number: int, at: datetime = AT) -> IncomingPost:
    """Somebody's post about the changing rooms, each in words of its own."""
    text = f"@TidewellGyms dirty {number} lockers{number} on floor{number} again{number}"
    return a_post(number, text, author_id=f"a{number}", author_handle=f"v{number}", created_at=at)


def told(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """The spikes that were told of, each with its channel."""
    with desk.store.look() as tx:
        rows = tx.connection.exec_driver_sql(
            "SELECT channel, payload FROM deliveries WHERE kind = 'channel' ORDER BY id"
        )
        found = [(row.channel, json.loads(row.payload)) for row in rows]
    return [(channel, payload) for channel, payload in found if payload.get("says") == "spike"]


def with_a_history(desk: Desk) -> None:
    """Eight weeks in which two posts an hour were usual in each series; the first case is as old."""
    began = AT - timedelta(weeks=8)
    take_in(desk, a_post(9_000, created_at=began), at=began)
    with desk.store.begin() as tx:
        hours = range(hour_of(AT) - 8 * WEEK, hour_of(AT) - 3)
        tx.spikes.add({(series, hour): 2 for series in SERIES for hour in hours})


def test_a_spike_tells_the_team_once_what_is_up_and_what_is_usual(desk: Desk) -> None:
    with_a_history(desk)

    take_in(desk, *(dirty(number, AT - HOUR + timedelta(minutes=3 * number)) for number in range(1, 19)))

    [(channel, payload)] = told(desk)
    assert channel == "C0FACILITIES"
    text = message(payload)["text"]
    assert "*18 posts about Facilities in the last hour*, by 18 people; usual for Monday 09:00 is 2." in text
    assert text.endswith("Newest cases: 19, 18, 17, 16, 15 and 13 more.")


def test_more_of_the_same_spike_is_not_told_again_until_six_hours_have_passed(desk: Desk) -> None:
    with_a_history(desk)
    take_in(desk, *(dirty(number, AT) for number in range(1, 31)))

    take_in(desk, *(dirty(number, AT + 4 * HOUR) for number in range(31, 61)), at=AT + 4 * HOUR)
    assert len(told(desk)) == 1

    later = AT + 7 * HOUR
    take_in(desk, *(dirty(number, later) for number in range(61, 121)), at=later)
    assert [payload["count"] for _, payload in told(desk)] == [30, 60]


def test_one_person_is_no_spike_however_often_they_write(desk: Desk) -> None:
    with_a_history(desk)

    take_in(desk, *(a_post(number, f"@TidewellGyms dirty thing {number}") for number in range(1, 60)))

    assert told(desk) == []


def test_what_is_spread_over_the_teams_is_told_to_those_who_run_dibs(desk: Desk) -> None:
    with_a_history(desk)
    words = ["dirty", "refund", "app", "reporter"]

    crowd = [a_post(number, f"{words[number % 4]} {number}", author_id=f"a{number}") for number in range(1, 25)]
    take_in(desk, *crowd, at=AT + timedelta(minutes=1))

    [(channel, payload)] = told(desk)
    assert (channel, payload["team"], payload["count"]) == ("C0OPS", "", 24)


def test_old_posts_that_come_in_late_are_counted_and_no_spike(desk: Desk) -> None:
    with_a_history(desk)

    take_in(desk, *(dirty(number, AT - 5 * HOUR) for number in range(1, 40)))

    assert told(desk) == []
    with desk.store.look() as tx:
        assert tx.spikes.lately("team:facilities", hour_of(AT - 5 * HOUR)) == 39 + 2 + 2


def test_a_spike_does_not_become_what_is_usual_for_its_hour(desk: Desk) -> None:
    with_a_history(desk)
    take_in(desk, *(dirty(number, AT) for number in range(1, 41)))
    week_later = AT + timedelta(weeks=1)

    with desk.store.look() as tx:
        span = (hour_of(week_later) - 8 * WEEK, hour_of(week_later))
        rates = [tx.spikes.baseline(series, *span, UTC).rate(hour_of(AT)) for series in ("team:facilities", "brand")]

    assert all(1.5 < rate < 2.7 for rate in rates), rates


def test_what_is_usual_goes_by_the_brands_clock_when_the_clocks_change(desk: Desk) -> None:
    zone, nine = ZoneInfo("Europe/London"), datetime(2027, 4, 5, 8, tzinfo=UTC)
    with_a_history(desk)
    days = [(nine - timedelta(days=day)).astimezone(zone).replace(hour=9) for day in range(1, 50)]
    with desk.store.begin() as tx:
        tx.spikes.add({("team:press", hour_of(day.astimezone(UTC))): 20 for day in days})

    with desk.store.look() as tx:
        found = tx.spikes.baseline("team:press", hour_of(nine) - 7 * WEEK, hour_of(nine), zone)

    assert found.rate(hour_of(nine)) > 15
    assert found.rate(hour_of(nine) + 1) < 6


def test_counts_that_nobody_looks_back_at_are_let_go_of_a_thousand_at_a_time(desk: Desk) -> None:
    kept = hour_of(AT) - 8 * WEEK
    old = hour_of(AT) - 10 * WEEK
    with desk.store.begin() as tx:
        tx.spikes.add({("team:press", hour): 1 for hour in (kept, *range(old - 1_499, old + 1))})

    take_in(desk, dirty(1))
    assert counted(desk, "team:press") == 501

    take_in(desk, dirty(2))
    assert counted(desk, "team:press") == 1


def counted(desk: Desk, series: str) -> int:
    """How many hours of a series are kept."""
    with desk.store.look() as tx:
        return len(tx.connection.execute(select(volumes).where(volumes.c.series == series)).all())


def test_in_the_first_week_a_crowd_is_told_of_without_a_figure_for_usual(desk: Desk) -> None:
    take_in(desk, *(dirty(number, AT) for number in range(1, 9)))
    assert told(desk) == []

    take_in(desk, *(dirty(number, AT) for number in range(9, 41)))

    [(_, payload)] = told(desk)
    assert payload["usual"] is None
    assert "what is usual isn't known yet" in message(payload)["text"]
