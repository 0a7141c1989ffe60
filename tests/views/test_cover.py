"""Cover, swap, the rota and quiet hours as they are drawn: valid, inert, and exact about whose hours they are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from domain.covers import BACKUP, OPEN, PRIMARY, Cover, Duty
from domain.deadlines import PROMISE
from domain.quiet import Preferences
from domain.rota import Gap, OnCall
from domain.rota_sheets import CoverSheet, RotaSheet, SwapSheet, TeamRota
from domain.sheets import HomeSheet, Line
from sandbox.blocks import faults_of
from tests.views.given import a_deadline, an_offer, held, outside_text
from tests.views.reading import alarms, pressables, sendable, shouts, words
from views import covers, rota, wishes
from views.cover_words import COVERING
from views.home import home
from views.notices import message

hard = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SATURDAY = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = SATURDAY - 3 * DAY
DUTY = Duty("care", PRIMARY, SATURDAY, SATURDAY + 12 * HOUR, "ann")
LATER = Duty("care", BACKUP, SATURDAY + 7 * DAY, SATURDAY + 8 * DAY, "ann")
WISH = Cover(7, "care", "U0ANN", PRIMARY, DUTY.from_at, DUTY.until_at, OPEN, None, None, ("U0TOM",), None, NOW)
ROOMS = {"care": "C0CARE"}
FACTS: dict[str, Any] = {
    "cover": 7,
    "team": "care",
    "channel": "C0CARE",
    "role": "primary",
    "asker": "U0ANN",
    "taker": "U0TOM",
    "from": SATURDAY.isoformat(),
    "until": (SATURDAY + 12 * HOUR).isoformat(),
    "gave_role": "backup",
    "gave_from": LATER.from_at.isoformat(),
    "gave_until": LATER.until_at.isoformat(),
    "count": 3,
    "note": "My sister marries",
    "how": "taken",
    "brief": [
        {"case": 4, "link": "https://tidewell.slack.com/archives/C1/p1", "due": NOW.isoformat(), "text": "so rude"},
        {"case": 5, "link": None, "due": None, "holder": "U0BEN", "promised": "a call on Monday", "text": ""},
    ],
}


def said(says: str, **changes: Any) -> dict[str, Any]:
    return message({"says": says, **FACTS, **changes})


def a_team(**changes: Any) -> TeamRota:
    crew = OnCall("ann", "ben", "Ann has 08:00–20:00 on Sat 28 Nov; Ben is backup", SATURDAY + 12 * HOUR)
    then = OnCall("gus", "ben", "Gus has it", SATURDAY + DAY)
    return replace(TeamRota("care", "C0CARE", crew, then), **changes)


def a_rota(*teams: TeamRota, **changes: Any) -> RotaSheet:
    people = {"ann": "U0ANN", "ben": "U0BEN"}
    sheet = RotaSheet(NOW, teams or (a_team(),), (DUTY, LATER), (WISH,), people, ROOMS, "U0ELI")
    return replace(sheet, **changes)


def test_the_window_begins_with_the_whole_shift() -> None:
    view = covers.cover(CoverSheet(NOW, (DUTY, LATER), DUTY, ROOMS))

    fields = pressables(view)
    assert faults_of(view, "modal") == []
    assert fields["cover.choose"]["initial_option"]["value"] == DUTY.key
    assert fields["cover.from"]["initial_date_time"] == int(SATURDAY.timestamp())
    assert fields["cover.until"]["initial_date_time"] == int((SATURDAY + 12 * HOUR).timestamp())


def test_the_window_of_a_running_shift_begins_with_the_next_minute() -> None:
    view = covers.cover(CoverSheet(SATURDAY + timedelta(seconds=90), (DUTY,), DUTY, ROOMS))

    assert pressables(view)["cover.from"]["initial_date_time"] == int(SATURDAY.timestamp()) + 120


def test_another_shift_brings_fields_of_its_own_so_that_old_hours_dont_stick() -> None:
    ids = [
        {block["block_id"] for block in covers.cover(CoverSheet(NOW, (DUTY, LATER), one, ROOMS))["blocks"][2:4]}
        for one in (DUTY, LATER)
    ]

    assert ids[0].isdisjoint(ids[1])


def test_a_hundred_shifts_of_a_team_with_a_long_name_fit() -> None:
    many = tuple(Duty("c" * 64, PRIMARY, SATURDAY + n * DAY, SATURDAY + n * DAY + 12 * HOUR, "ann") for n in range(100))

    for view in (covers.cover(CoverSheet(NOW, many, many[0])), covers.swap(SwapSheet(WISH, many, "C0CARE"))):
        assert faults_of(view, "modal") == []


def test_who_is_asked_can_take_decline_or_swap() -> None:
    drawn = said("cover_asked")

    assert "<@U0ANN> asks for cover: on call for <#C0CARE>, <!date^" in drawn["text"]
    assert "My sister marries" in words(drawn)
    assert {key: found["value"] for key, found in pressables(drawn).items()} == {
        "cover.take": "7",
        "cover.decline": "7",
        "cover.swap": "7",
    }


@pytest.mark.parametrize("says", ["cover_over", "cover_taken", "cover_yours", "cover_line", "cover_unmet"])
@pytest.mark.parametrize("how", ["taken", "withdrawn", "over", "yours", "declined"])
def test_once_it_is_settled_there_is_nothing_to_press(says: str, how: str) -> None:
    assert pressables(said(says, how=how)) == {}


def test_everybody_reads_who_took_it() -> None:
    assert "<@U0TOM> covers for <@U0ANN>" in said("cover_over")["text"]
    assert "<@U0TOM> covers for you" in said("cover_over", mine=True)["text"]
    assert "You took these hours from <@U0ANN>" in said("cover_over", how="yours")["text"]


def test_the_brief_names_each_open_case_its_promise_and_its_words_in_ten_lines() -> None:
    rows = [{**FACTS["brief"][0], "case": n} for n in range(40)]

    text = words(said("cover_yours"))
    assert [part for part in ("case 4", "so rude", "case 5", "a call on Monday") if part not in text] == []
    assert words(said("cover_yours", brief=rows)).count("so rude") == 8
    assert "Nothing is open" in words(said("cover_yours", brief=[]))


def test_an_offered_swap_says_what_is_given_and_what_is_got() -> None:
    drawn = said("swap_offered")

    assert "You give: on call for <#C0CARE>" in drawn["text"]
    assert "You'd be backup <!date^" in drawn["text"]
    assert {found["value"] for found in pressables(drawn).values()} == {"7:U0TOM"}


@pytest.mark.parametrize("says", COVERING)
@hard
@given(nasty=outside_text)
def test_no_word_of_it_lets_a_note_or_a_post_do_anything(says: str, nasty: str) -> None:
    rows = [{**row, "text": nasty, "promised": nasty, "link": nasty} for row in FACTS["brief"]]
    strange = {"note": nasty, "brief": rows, "team": nasty, "how": nasty, "asker": nasty}

    drawn = said(says, **strange)

    assert faults_of(drawn["blocks"], "message") == []
    assert alarms(drawn) <= {"@U0TOM", "#C0CARE", "user:U0BEN", "@U0ANN"} | (
        {f"@{nasty}"} if nasty.isalnum() else set()
    )
    assert shouts(drawn) == []
    assert sendable(drawn)


def test_the_rota_says_who_until_when_and_why() -> None:
    drawn = rota.rota(a_rota())

    text = words(drawn)
    assert faults_of(drawn["blocks"], "message") == []
    assert "*<#C0CARE>*: <@U0ANN>, backup <@U0BEN> until <!date^" in text
    assert "Then gus." in text
    assert "Why: Ann has 08:00–20:00 on Sat 28 Nov; Ben is backup." in text


def test_nobody_on_call_and_coming_gaps_are_red_and_name_who_can_fill_them() -> None:
    nobody = OnCall(None, None, "Nobody is on call, and no shift follows", None)
    holes = (Gap(SATURDAY, SATURDAY + DAY, "primary"), Gap(SATURDAY + DAY, SATURDAY + 2 * DAY, "backup"))

    text = words(rota.rota(a_rota(a_team(now=nobody, then=None, gaps=holes))))

    assert ":red_circle: *<#C0CARE>*: nobody is on call, and no shift follows." in text
    assert ":red_circle: *Nobody on call*: <!date^" in text
    assert "<@U0ELI> can fill the rota." in text
    assert "No backup: <!date^" in text


def test_a_feed_that_is_down_says_which_copy_is_shown() -> None:
    shaky = words(rota.rota(a_rota(a_team(shaky=True, copy_of_at=NOW))))

    assert "You see the copy of <!date^" in shaky
    assert "no copy of it yet" in words(rota.rota(a_rota(a_team(shaky=True))))
    assert "calendar" not in words(rota.rota(a_rota()))


def test_ones_own_shifts_can_be_given_away_and_requests_taken_back() -> None:
    drawn = rota.rota(a_rota(asked=(WISH,)))

    assert [block["accessory"]["value"] for block in drawn["blocks"] if "accessory" in block] == [
        DUTY.key,
        LATER.key,
        "7",
    ]


def test_the_short_answer_is_a_line_a_team() -> None:
    drawn = rota.on_call(a_rota(a_team(), a_team(channel="C0BILLING")))

    assert len(drawn["blocks"]) == 2
    assert drawn["text"].count("backup <@U0BEN>") == 2


def test_a_rota_of_many_teams_and_gaps_stays_within_a_message() -> None:
    holes = tuple(Gap(SATURDAY + n * DAY, SATURDAY + n * DAY + HOUR, "primary") for n in range(60))
    crowd = [a_team(gaps=holes, shaky=True) for _ in range(30)]
    sheet = a_rota(*crowd, mine=(DUTY,) * 40, asked=(WISH,) * 40)

    for drawn in (rota.rota(sheet), rota.on_call(sheet)):
        assert faults_of(drawn["blocks"], "message") == []
        assert len(drawn["blocks"]) <= 50
        assert len(drawn["text"]) <= 3000
    assert len(rota.at_home(sheet)) <= 50


def test_a_full_home_stays_within_its_hundred_blocks() -> None:
    row = Line(held(), "jane_doe", "The changing rooms are dirty again", None)
    holes = tuple(
        Gap(SATURDAY + n * DAY, SATURDAY + n * DAY + HOUR, one) for n in range(60) for one in ("primary", "backup")
    )
    crowd = [a_team(gaps=holes, shaky=True) for _ in range(30)]
    offers = tuple((an_offer(id=n), row) for n in range(40))
    promises = tuple((a_deadline(id=n, target=PROMISE, person="U0ANN", said="We'll call"), row) for n in range(40))
    sheet = HomeSheet(NOW, (row,) * 60, (row,) * 60, offers, promised=promises)

    view = home(sheet, a_rota(*crowd, mine=(DUTY,) * 40, asked=(WISH,) * 40, wishes=Preferences("U0ANN")))

    assert faults_of(view, "home") == []
    assert "You have no quiet hours" in words(view)
    assert "On call" in words(view)


def test_who_may_not_see_it_reads_why() -> None:
    sheet = RotaSheet(NOW, refused="The rota is for colleagues of this workspace.")

    assert "for colleagues" in words(rota.rota(sheet))
    assert "for colleagues" in words(rota.on_call(sheet))
    assert rota.at_home(sheet) == []
    assert "no team's channel" in words(rota.rota(RotaSheet(NOW)))


@hard
@given(outside_text, outside_text)
def test_names_of_a_feed_are_inert(name: str, why: str) -> None:
    crew = OnCall(name or "x", name, why, SATURDAY)

    for drawn in (rota.rota(a_rota(a_team(now=crew, then=crew), mine=(), asked=())),):
        assert faults_of(drawn["blocks"], "message") == []
        assert alarms(drawn) <= {"#C0CARE"}
        assert shouts(drawn) == []
        assert sendable(drawn)


@pytest.mark.parametrize("wish", [Preferences("U0ANN"), Preferences("U0ANN", "22:00", "07:00", awake=True)])
def test_wishes_are_asked_for_with_what_is_set(wish: Preferences) -> None:
    view = wishes.quiet(wish, "Europe/London")

    assert faults_of(view, "modal") == []
    assert faults_of(wishes.saved(wish, "Europe/London"), "modal") == []
    assert pressables(view)["quiet.from"].get("initial_time") == wish.quiet_from
    assert bool(pressables(view)["quiet.awake"].get("initial_options")) == wish.awake


def test_wishes_are_shown_back_in_words() -> None:
    plain = wishes.in_words(Preferences("U0ANN"), "Europe/London")
    full = wishes.in_words(Preferences("U0ANN", "22:00", "07:00", awake=True), "Europe/London")

    assert plain == "You have no quiet hours. You are told when it is your turn."
    assert full == (
        "You rest from 22:00 to 07:00 (Europe/London); only emergencies reach you then."
        " When you are around, you are asked first."
    )
