"""The rota's tables: what they mean, and every fault with its own path."""

from datetime import UTC, datetime

import pytest

from domain.policy import BadPolicy, parse_part
from domain.rota import who
from domain.rota_policy import RotaPolicy

WEEKENDS = """
[rota.care]
zone = "Europe/London"
[rota.care.weekends]
people = ["ann", "ben", "cleo"]
starts = "fri 18:00"
ends = "mon 09:00"
first = "2026-11-27"
away = { ben = ["2026-12-05"], ann = ["2026-12-18..2027-01-03"] }
"""
ROW = '{ from = "2026-11-27T18:00", to = "2026-11-30T09:00", primary = "maya" }'


def rota(text: str) -> RotaPolicy:
    return parse_part(text).rota["care"]


def written(*rows: str, zone: str = "Europe/London", more: str = "") -> str:
    return f'[rota.care]\nzone = "{zone}"\nshifts = [{", ".join(rows)}]\n{more}'


def faults_of(text: str) -> list[str]:
    with pytest.raises(BadPolicy) as bad:
        parse_part(text)
    return [str(fault) for fault in bad.value.faults]


def on_call(policy: RotaPolicy, at: str) -> tuple[str | None, str | None]:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    found = who(policy.shifts_of("care", moment), policy.overrides_of("care"), moment, policy.tz)
    return found.primary, found.backup


@pytest.mark.parametrize(
    "times",
    [
        'from = 2027-06-04T18:00:00, to = "2027-06-07T09:00"',
        'from = "2027-06-04T18:00+01:00", to = 2027-06-07T08:00:00Z',
        'from = "2027-06-04 18:00", to = "2027-06-07T10:00+02:00"',
    ],
)
def test_times_are_the_zones_unless_they_have_an_offset(times: str) -> None:
    (shift,) = rota(written(f'{{ {times}, primary = "maya" }}')).shifts_of("care", datetime(2027, 6, 1, tzinfo=UTC))

    assert shift.from_at == datetime(2027, 6, 4, 17, tzinfo=UTC)
    assert shift.until_at == datetime(2027, 6, 7, 8, tzinfo=UTC)
    assert shift.source == "rota.care.shifts.0"


def test_weekends_go_round_and_leave_out_who_is_away() -> None:
    policy = rota(WEEKENDS)

    assert on_call(policy, "2026-11-27T17:59") == (None, None)
    assert on_call(policy, "2026-11-27T18:00") == ("ann", "ben")
    assert on_call(policy, "2026-12-05T12:00") == ("cleo", "ann")
    assert on_call(policy, "2026-12-12T12:00") == ("ben", "ann")
    assert on_call(policy, "2026-12-19T12:00") == ("cleo", "ben")
    assert on_call(policy, "2045-01-07T12:00")[0] in {"ann", "ben", "cleo"}


def test_a_written_shift_stands_over_the_weekends() -> None:
    policy = rota(WEEKENDS.replace("[rota.care]", f"[rota.care]\nshifts = [{ROW.replace('27T18:00', '28T12:00')}]"))

    assert on_call(policy, "2026-11-28T11:59") == ("ann", "ben")
    assert on_call(policy, "2026-11-28T12:00") == ("maya", None)


def test_weekdays_may_be_handed_over_daily() -> None:
    days = (
        '[rota.care.weekdays]\npeople = ["ann", "ben"]\nstarts = "mon 09:00"\nends = "fri 18:00"\nfirst = 2026-11-30\n'
    )

    weekly, daily = rota(WEEKENDS + days), rota(WEEKENDS + days + 'hand_over = "daily"\nbackup = "none"')

    assert [on_call(weekly, f"2026-12-0{n}T09:00")[0] for n in (1, 2, 3, 4)] == ["ann"] * 4
    assert [on_call(daily, f"2026-12-0{n}T09:00") for n in (1, 2)] == [("ben", None), ("ann", None)]
    assert on_call(daily, "2026-12-02T08:59") == ("ben", None)
    assert on_call(daily, "2026-12-04T18:00") == ("cleo", "ann")


def test_a_newcomer_changes_nothing_before_they_join() -> None:
    joined = WEEKENDS.replace('"cleo"]', '"cleo", "zoe"]') + 'joined = { zoe = "2027-02-01" }\n'
    moments = [f"2027-01-{day:02d}T12:00" for day in (2, 9, 16, 23, 30)]

    before, after = rota(WEEKENDS), rota(joined)

    assert [on_call(before, at) for at in moments] == [on_call(after, at) for at in moments]
    assert "zoe" in {on_call(after, f"2027-02-{day:02d}T12:00")[0] for day in (6, 13, 20, 27)}


def test_a_hand_over_at_a_time_that_comes_twice_happens_the_first_time() -> None:
    one = '{ from = "2026-10-24", to = "2026-10-25T01:30", primary = "ann" }'
    two = '{ from = "2026-10-25T01:30", to = "2026-10-26", primary = "ben" }'

    policy = rota(written(two, one))

    assert on_call(policy, "2026-10-25T00:29") == ("ann", None)
    assert on_call(policy, "2026-10-25T00:30") == ("ben", None)


def test_people_are_named_with_their_keys() -> None:
    assert rota(WEEKENDS).people() == {f"weekends.people.{n}": name for n, name in enumerate(("ann", "ben", "cleo"))}


def test_a_rota_can_be_written_down_and_read_again() -> None:
    policy = rota(WEEKENDS.replace("[rota.care]", f"[rota.care]\nshifts = [{ROW}]"))

    assert RotaPolicy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (written(), "rota.care: has nobody; write shifts"),
        (written(ROW, zone="Mars/Base"), "rota.care.zone: there is no time zone 'Mars/Base'"),
        (written(ROW, ROW), "rota.care.shifts.1: overlaps shifts.0"),
        (written(ROW.replace("30T09", "27T18")), "rota.care.shifts.0: `from` has to come before `to`"),
        (written(ROW.replace(" }", ', backup = "maya" }')), "rota.care.shifts.0: 'maya' can't be their own backup"),
        (written(ROW.replace("2026-11-30T09:00", "soon")), "rota.care.shifts.0.to: write a date and time"),
        (written(ROW.replace("primary", "who")), "rota.care.shifts.0.primary: is missing"),
        (written(ROW.replace('"maya"', '" "')), "rota.care.shifts.0.primary: "),
        (
            written(ROW, more='overrides = [{ from = "2026-11-28", to = "2026-11-29" }]'),
            "rota.care.overrides.0: names nobody",
        ),
        (WEEKENDS.replace("fri 18:00", "friday"), "rota.care.weekends.starts: write a day and a time"),
        (WEEKENDS.replace("2026-11-27", "2026-11-28"), "first has to be a day on which a turn starts (fri)"),
        (WEEKENDS.replace('"cleo"', '"ben"'), "rota.care.weekends: people names 'ben' twice"),
        (WEEKENDS.replace("ben = [", "eve = ["), "rota.care.weekends: away names 'eve', who isn't among people"),
        (WEEKENDS.replace('"2026-12-05"', '"2026-12-05..2026-12-04"'), "rota.care.weekends.away.ben.0: write a date"),
        (WEEKENDS + 'holidays = "GB-XYZ"', "rota.care.weekends.holidays: there are no holidays for 'GB-XYZ'"),
        (WEEKENDS + '[team.press]\nchannel = "press"', "rota.care: there is no team.care here"),
    ],
)
def test_a_fault_says_where_and_what(text: str, told: str) -> None:
    assert any(told in fault for fault in faults_of(text)), faults_of(text)


def test_every_fault_of_a_rota_is_named_at_once() -> None:
    later = ROW.replace('"maya"', '"tom", backup = "tom"')

    assert len(faults_of(written(ROW, later, ROW.replace("30T09", "26T18")))) == 3
