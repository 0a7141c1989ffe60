"""From watched to armed: a back-test of today, how broad and how loud a rule may be, and a week's report."""

from datetime import timedelta

import pytest

from desk import rule_changes, rule_watch, rules
from desk.desk import Desk
from desk.rule_changes import Doubtful, Untested
from domain.errors import Refusal
from domain.tokens import read
from tests.desk.conftest import AT, ELI, a_post, by, case_of, take_in
from tests.desk.ruling import DAY, FIELDS, made, mode, row, said, tried, with_policy


def test_a_rule_without_a_back_test_of_today_isnt_armed(desk: Desk) -> None:
    made(desk)
    tried(desk)

    early = rule_changes.arm(desk, row(desk), by(ELI, AT + DAY + timedelta(seconds=1)))
    watched = mode(desk)
    in_time = rule_changes.arm(desk, row(desk), by(ELI, AT + DAY - timedelta(seconds=1)))

    assert isinstance(early, Untested)
    assert watched == "monitor"
    assert in_time is None
    assert mode(desk) == "armed"


def test_a_back_test_of_other_words_doesnt_count(desk: Desk) -> None:
    made(desk)
    tried(desk)
    rule_changes.edit(desk, row(desk), {**FIELDS, "query": "dirty"}, by(ELI))

    assert isinstance(rule_changes.arm(desk, row(desk), by(ELI)), Untested)


def test_an_armed_rule_that_is_edited_is_only_watched_again(desk: Desk) -> None:
    made(desk)
    tried(desk)
    rule_changes.arm(desk, row(desk), by(ELI))

    rule_changes.edit(desk, row(desk), {**FIELDS, "query": "dirty"}, by(ELI))

    assert mode(desk) == "monitor"


def test_what_matches_most_of_the_past_cant_be_armed_and_says_how_much_that_is(desk: Desk) -> None:
    take_in(desk, *(a_post(n, f"@TidewellGyms the desk, number {n}", author_id=str(n)) for n in range(1, 5)))
    made(desk, query="desk")
    later = by(ELI, AT + DAY)
    tried(desk, at=later)

    with pytest.raises(Refusal, match="4 of the last 4 posts"):
        rule_changes.arm(desk, row(desk), by(ELI, AT + DAY))

    assert mode(desk) == "monitor"


def test_a_rule_of_absences_only_cant_be_armed(desk: Desk) -> None:
    made(desk, query="NOT lovely")
    tried(desk)

    with pytest.raises(Refusal, match="doesn't say"):
        rule_changes.arm(desk, row(desk), by(ELI))


def test_one_that_pages_often_is_asked_about_once_more(desk: Desk) -> None:
    desk = with_policy(desk, "[rules]\npages_a_week = 1\n")
    complaints = [a_post(n, f"@TidewellGyms shower number {n} is cold", author_id=str(n)) for n in (1, 2)]
    praise = [a_post(n, f"@TidewellGyms lovely pool {n}", author_id=str(n)) for n in (3, 4)]
    take_in(desk, *complaints, *praise)
    made(desk, query="shower", severity="urgent")
    tried(desk, at=by(ELI, AT + DAY))

    doubtful = rule_changes.arm(desk, row(desk), by(ELI, AT + DAY))
    watched = mode(desk)
    rule_changes.arm(desk, row(desk), by(ELI, AT + DAY), sure=True)

    assert isinstance(doubtful, Doubtful)
    assert (doubtful.pages, doubtful.most, watched) == (2, 1, "monitor")
    assert mode(desk) == "armed"


def test_after_a_week_of_watching_its_maker_is_told_once(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms rude, and a dirty room"))
    case = case_of(desk)
    made(desk, severity="urgent")
    with desk.store.begin() as tx:
        rules.noted(tx, rules.rule_set(desk, tx).judge(read("a dirty room")), 1, case.id, AT + DAY)

    due = rule_watch.next_at(desk)
    early = rule_watch.tick(desk, AT + 7 * DAY - timedelta(seconds=1))
    rule_watch.tick(desk, AT + 7 * DAY)
    rule_watch.tick(desk, AT + 8 * DAY)

    (told,) = said(desk, "rule_watched")
    assert (due, early) == (AT + 7 * DAY, 0)
    assert (told["to"], told["posts"], told["pages"]) == (ELI, 1, 1)
    assert told["moved"] == int(case.team != "facilities")
    assert rule_watch.next_at(desk) is None


def test_a_rule_that_is_armed_or_off_tells_nobody_after_a_week(desk: Desk) -> None:
    made(desk)
    rule_changes.set_mode(desk, row(desk), "off", by(ELI))

    rule_watch.tick(desk, AT + 9 * DAY)

    assert rule_watch.next_at(desk) is None
    assert said(desk, "rule_watched") == []


def test_the_message_that_asked_says_what_became_of_the_rule(desk: Desk) -> None:
    made(desk)
    rule_watch.tick(desk, AT + 7 * DAY)

    rule_changes.delete(desk, row(desk), by(ELI, AT + 7 * DAY))

    assert said(desk, "rule_watched") == []
    # The click's own answer, and what was the question.
    assert [one["act"] for one in said(desk, "rule_done")].count("deleted") == 2
