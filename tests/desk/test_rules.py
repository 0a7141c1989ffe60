"""Rules made in Slack: the file is the base, who may change them, and a change is told and kept."""

from datetime import timedelta

import pytest

from desk import rule_changes, rules
from desk.desk import Desk
from domain.errors import Invalid, NotAllowed, Stale
from domain.tokens import read
from tests.desk.conftest import ANN, AT, BEN, ELI, GUS, a_post, by, take_in
from tests.desk.ruling import DAY, FIELDS, made, mode, row, said, with_policy

HOUR = timedelta(hours=1)


def test_a_new_rule_is_watched_told_to_its_team_and_kept(desk: Desk) -> None:
    made(desk)

    with desk.store.look() as tx:
        (change,) = tx.rules.changes("dirty-rooms")
    assert mode(desk) == "monitor"
    assert [(one["channel"], one["by"], one["act"]) for one in said(desk, "rule_changed")] == [
        ("C0FACILITIES", ELI, "made")
    ]
    assert (change.act, change.staff, change.old, change.new and change.new.query) == (
        "made",
        ELI,
        None,
        "dirty NEAR/5 room",
    )


def test_two_of_a_name_are_refused(desk: Desk) -> None:
    made(desk)

    with pytest.raises(Invalid, match="already") as refused:
        made(desk)

    assert refused.value.field == "name"
    assert len(said(desk, "rule_changed")) == 1


def test_a_name_of_the_file_is_refused_when_it_is_saved(desk: Desk) -> None:
    desk = with_policy(desk, '[rule.dirty-rooms]\nquery = "dirty"\nteam = "care"\n')

    with pytest.raises(Invalid, match=r"dibs\.toml") as refused:
        made(desk)

    assert refused.value.field == "name"


def test_the_files_rule_wins_over_a_row_of_its_name_and_ops_hears_of_it_once(desk: Desk) -> None:
    made(desk)
    later = with_policy(desk, '[rule.dirty-rooms]\nquery = "filthy"\nteam = "care"\n')

    rules.report_clashes(later, AT)
    rules.report_clashes(later, AT + DAY)
    with later.store.look() as tx:
        found = rules.rule_set(later, tx)

    (told,) = said(desk, "rule_clashes")
    assert told["channel"] == "C0OPS"
    assert "dirty-rooms" in told["faults"][0]
    first = found.judge(read("filthy")).first
    assert first is not None
    assert first.rule.team == "care"
    assert found.judge(read("dirty room")).monitored == ()


def test_without_clashes_ops_hears_nothing(desk: Desk) -> None:
    made(desk)

    rules.report_clashes(desk, AT)

    assert said(desk, "rule_clashes") == []


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"query": 'dirty "rooms'}, "query", "column 7: This quotation mark is never closed"),
        ({"query": ""}, "query", "column 1"),
        ({"name": "  "}, "name", "needs a name"),
        ({"name": "x" * 61}, "name", "at most 60"),
        ({"team": "kitchen"}, "team", "Choose the team"),
        ({"severity": "dire"}, "severity", "how bad"),
        ({"priority": "much"}, "priority", "whole number"),
        ({"priority": "1001"}, "priority", "whole number"),
        ({"priority": "9" * 5000}, "priority", "whole number"),
        ({"priority": "²"}, "priority", "whole number"),
        ({"languages": "en, klingon"}, "languages", "“klingon” is no language code"),
        ({"languages": "日本"}, "languages", "no language code"),
        ({"languages": " ".join(f"{a}{b}" for a in "abc" for b in "abcdefg")}, "languages", "at most 20"),
    ],
)
def test_a_field_that_wont_do_is_named_with_the_reason(
    desk: Desk, fields: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        made(desk, **fields)

    assert refused.value.field == field
    assert said(desk, "rule_changed") == []


def test_the_caret_stands_under_the_column(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        made(desk, query='first line\nclean OR dirty "rooms')

    _told, shown, mark = str(refused.value).split("\n")
    assert shown[mark.index("^")] == '"'


@pytest.mark.parametrize("staff", ["U0GUEST", "U0OUT", "U0GONE", "U0NOBODY", BEN])
def test_only_colleagues_of_the_team_or_of_ops_may(desk: Desk, staff: str) -> None:
    with pytest.raises(NotAllowed):
        made(desk, staff)

    assert said(desk, "rule_changed") == []


def test_ops_may_change_any_teams_rules_and_a_colleague_sees_them_all(desk: Desk) -> None:
    made(desk, ANN, team="billing")

    mine, theirs = rules.listing(desk, ANN, AT), rules.listing(desk, BEN, AT)

    assert set(mine.theirs) == set(desk.policy.team)
    assert theirs.theirs == ("care",)
    assert [one.rule.name for one in theirs.rules] == ["dirty-rooms"]
    with pytest.raises(NotAllowed):
        rules.listing(desk, "U0GUEST", AT)


def test_moving_a_rule_to_another_team_needs_both_and_is_told_to_both(desk: Desk) -> None:
    made(desk)

    with pytest.raises(NotAllowed):
        rule_changes.edit(desk, row(desk), {**FIELDS, "team": "billing"}, by(ELI))
    rule_changes.edit(desk, row(desk), {**FIELDS, "team": "care"}, by(ANN))

    assert {one["channel"] for one in said(desk, "rule_changed")[1:]} == {"C0FACILITIES", "C0CARE"}


def test_a_rule_that_changed_meanwhile_is_left_alone(desk: Desk) -> None:
    made(desk)
    seen = row(desk)
    rule_changes.set_mode(desk, seen, "off", by(GUS))

    with pytest.raises(Stale):
        rule_changes.edit(desk, seen, FIELDS, by(ELI))
    with pytest.raises(Stale):
        rule_changes.delete(desk, seen, by(ELI))

    assert mode(desk) == "off"


def test_every_change_is_kept_with_who_and_what_it_was(desk: Desk) -> None:
    made(desk)
    rule_changes.edit(desk, row(desk), {**FIELDS, "query": "filthy"}, by(GUS, AT + DAY))
    rule_changes.delete(desk, row(desk), by(ELI, AT + 2 * DAY))

    with desk.store.look() as tx:
        kept = tx.rules.changes("dirty-rooms")

    assert [(one.act, one.staff, one.at) for one in kept] == [
        ("deleted", ELI, AT + 2 * DAY),
        ("changed", GUS, AT + DAY),
        ("made", ELI, AT),
    ]
    assert (kept[1].old and kept[1].old.query, kept[1].new and kept[1].new.query) == ("dirty NEAR/5 room", "filthy")


def test_the_rule_set_is_read_once_per_change(desk: Desk) -> None:
    made(desk)
    with desk.store.look() as tx:
        first, again = rules.rule_set(desk, tx), rules.rule_set(desk, tx)

    rule_changes.set_mode(desk, row(desk), "off", by(ELI))
    with desk.store.look() as tx:
        changed = rules.rule_set(desk, tx)

    assert again is first
    assert first.judge(read("dirty room")).monitored != ()
    assert changed.judge(read("dirty room")).monitored == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("en, de", ("en", "de")), (" EN;german de-AT ", ("en", "de")), ("pt_BR/eng", ("pt", "en")), ("", ()), (" , ", ())],
)
def test_languages_are_kept_as_codes_however_they_are_written(desk: Desk, typed: str, kept: tuple[str, ...]) -> None:
    assert made(desk, languages=typed).languages == kept


def test_an_edit_says_the_languages_anew_and_one_that_doesnt_ask_keeps_them(desk: Desk) -> None:
    made(desk, languages="en, de")

    rule_changes.edit(desk, row(desk), {**FIELDS, "query": "dirty"}, by(ELI))
    kept = languages(desk)
    rule_changes.edit(desk, row(desk), {**FIELDS, "languages": "fr"}, by(ELI))
    changed = languages(desk)
    rule_changes.edit(desk, row(desk), {**FIELDS, "languages": ""}, by(ELI))

    assert (kept, changed, languages(desk)) == (("en", "de"), ("fr",), ())


def languages(desk: Desk) -> tuple[str, ...]:
    with desk.store.look() as tx:
        found = tx.rules.get("dirty-rooms")
    assert found is not None
    return found.rule.languages


def test_matches_older_than_four_weeks_are_let_go_of(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms dirty room"), a_post(2, "@TidewellGyms dirty room once more"))
    made(desk)
    with desk.store.begin() as tx:
        ruling = rules.rule_set(desk, tx).judge(read("dirty room"))
        rules.noted(tx, ruling, 1, 1, AT - 28 * DAY - HOUR)
        rules.noted(tx, ruling, 2, 1, AT - 28 * DAY + HOUR)

    take_in(desk, a_post(3))

    with desk.store.look() as tx:
        assert [hit.post for hit in tx.rules.hits.latest("dirty-rooms", AT - 90 * DAY, 9)] == [2]


def test_what_a_watched_rule_matches_is_noted_once_and_shown(desk: Desk) -> None:
    take_in(desk, a_post(1, "@TidewellGyms dirty room"))
    made(desk)
    with desk.store.begin() as tx:
        ruling = rules.rule_set(desk, tx).judge(read("dirty room"))
        rules.noted(tx, ruling, 1, 1, AT)
        rules.noted(tx, ruling, 1, 1, AT)

    sheet = rules.sheet(desk, "dirty-rooms", ELI, AT + DAY)
    later = rules.sheet(desk, "dirty-rooms", ELI, AT + 8 * DAY)

    assert [(hit.post, hit.would_team, hit.url) for hit in sheet.hits] == [
        (1, "facilities", "https://x.com/harriet_runs/status/1")
    ]
    assert (sheet.total, later.total) == (1, 0)
