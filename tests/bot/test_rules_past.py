"""`python -m bot rules try` and `export`: a draft over the past, and the file with the rules made in Slack in it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import rules
from bot.check import main as check
from bot.check_rules import remarks, rule_faults
from bot.policy import load_policy
from domain.parts import BadPolicy
from domain.policy import parse
from domain.posts import ReplyOption
from domain.rules import Rule
from storage.scope import Scope
from storage.store import Store, open_store
from tests.desk.conftest import a_post

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "dibs.toml"
_OPTION = ReplyOption("api", "")
SATURDAY = "2026-11-21T22:00:00Z"
POSTS = [
    {"text": "dirty changing rooms", "created_at": SATURDAY, "team": "care"},
    {"text": "the room is so dirty", "created_at": "2026-11-23T10:00:00Z", "team": "facilities"},
    {"text": "cold showers", "created_at": "2026-11-23T11:00:00Z", "team": "facilities", "first_team": "care"},
    {"text": "the sauna is closed", "created_at": "2026-11-23T12:00:00Z", "team": "facilities"},
    {"text": "lovely pool", "created_at": "2026-11-24T10:00:00Z", "team": "care"},
]


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """A file of posts."""
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join(json.dumps(post) for post in POSTS), encoding="utf-8")
    return file


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A database with one post in it."""
    opened = open_store(database_url, Scope("tidewell", "tidewellgyms"))
    yield opened
    opened.close()


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = rules.main(list(words))
    told = capsys.readouterr()
    return status, told.out, told.err


def keep(store: Store, *made: Rule) -> None:
    with store.begin() as tx:
        for rule in made:
            assert tx.rules.make(rule, "U0ELI", datetime(2026, 11, 20, tzinfo=UTC))


def test_a_query_over_a_file_says_what_it_would_have_done(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = ("--team", "facilities", "--severity", "urgent", "--posts", str(past), "--json")

    status, out, _ = answer(capsys, "try", "dirty NEAR/3 room", *wishes)

    (found,) = json.loads(out)
    assert status == 0
    assert (found["of"], found["caught"], found["moved"]) == (5, 2, {"care": 1})
    assert (found["theirs"], found["found"], found["missed"]) == (3, 1, 1)
    assert (found["pages"], found["away"]) == (2, 1)
    assert [one["times"] for one in found["woken"]] == [1]
    assert found["woken"][0]["person"] in ("eli", "fay", "gus")
    assert [post["text"] for post in found["samples"]] == ["the room is so dirty", "dirty changing rooms"]


def test_the_answer_in_words_says_the_same(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = answer(capsys, "try", "dirty", "--team", "facilities", "--posts", str(past))

    assert status == 0
    for said in ("2 of 5 posts (40.0%)", "1 case to facilities: 1 from care", "It misses 1", "woken nobody"):
        assert said in out


def test_only_the_weeks_asked_for_are_looked_at(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = {"text": "dirty room", "created_at": "2026-10-01T10:00:00Z", "team": "care"}
    past.write_text(past.read_text(encoding="utf-8") + "\n" + json.dumps(old), encoding="utf-8")

    _, out, _ = answer(capsys, "try", "dirty", "--posts", str(past), "--weeks", "1", "--json")

    assert json.loads(out)[0]["of"] == len(POSTS)


def test_what_matches_most_of_the_past_is_told_it_cant_be_armed(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "try", "dirty OR cold OR pool OR sauna", "--posts", str(past))

    assert "It can't be armed: this rule matches 5 of the last 5 posts (100%)" in out


def test_a_file_of_rules_is_tried_rule_by_rule(past: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drafts = tmp_path / "drafts.toml"
    text = '[rule.one]\nquery = "dirty"\nteam = "facilities"\n[rule.two]\nquery = "pool"\nteam = "care"\n'
    drafts.write_text(text, encoding="utf-8")

    _, out, _ = answer(capsys, "try", str(drafts), "--posts", str(past), "--json")

    assert [(one["rule"]["name"], one["caught"]) for one in json.loads(out)] == [("one", 2), ("two", 1)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (('dirty "rooms',), 'rule draft, column 7: This quotation mark is never closed.\ndirty "rooms\n      ^'),
        (("dirty", "--team", "kitchen"), "there is no team kitchen; there are: care"),
        (("dirty", "--weeks", "0"), "--weeks: has to be between 1 and 520"),
        (("missing.toml",), "missing.toml can't be read"),
    ],
)
def test_what_cant_be_tried_is_told_with_its_place(
    past: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    status, out, err = answer(capsys, "try", *words, "--posts", str(past))

    assert status == 2
    assert said in err
    assert out == ""


def test_a_fault_as_json_has_its_path(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = answer(capsys, "try", "dirty AND", "--posts", str(past), "--json")

    (error,) = json.loads(out)["errors"]
    assert status == 2
    assert error["path"].startswith("rule draft, column ")


def test_lines_that_are_no_posts_are_counted(past: Path, capsys: pytest.CaptureFixture[str]) -> None:
    past.write_text('{"text": "dirty"}\nnonsense\n[]\n{"text": 5}\n\n{"text": "x", "created_at": "soon"}', "utf-8")

    _, out, err = answer(capsys, "try", "dirty", "--posts", str(past), "--json")

    assert json.loads(out)[0]["of"] == 2
    assert "3 lines are no post" in err


def test_a_past_that_isnt_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = answer(capsys, "try", "dirty", "--database", f"sqlite:///{tmp_path / 'none.db'}")

    assert status == 2
    assert "there is no database" in err
    assert not (tmp_path / "none.db").exists()


def test_an_address_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = answer(capsys, "try", "dirty", "--database", "nowhere")

    assert status == 2
    assert "--database: this is no address of a database" in err


def test_a_database_is_looked_through_with_its_own_rules(
    store: Store, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ahead = datetime.now(UTC) + timedelta(days=30)
    with store.begin() as tx:
        tx.posts.store(a_post(1, "dirty room", created_at=ahead), _OPTION, ours=False, at=ahead)
    keep(store, Rule("first", "room", "press", priority=9))

    _, out, _ = answer(capsys, "try", "dirty", "--database", database_url, "--json")

    (found,) = json.loads(out)
    assert (found["of"], found["caught"], found["decides"]) == (1, 1, 0)


def test_the_export_has_both_and_can_be_read_again(
    store: Store, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty = 'dirty OR "changing\\rooms"\n  NEAR/5 é OR 🚿 OR "a\tb"'
    keep(store, Rule('öl "und" .ps', nasty, "facilities", "urgent", -5, "monitor", ("en", "de")))

    status, out, _ = answer(capsys, "export", "--database", database_url)

    found = parse(out)
    assert status == 0
    assert found.rule['öl "und" .ps'].rule("x") == Rule("x", nasty, "facilities", "urgent", -5, "monitor", ("en", "de"))
    assert found.model_copy(update={"rule": {}}) == load_policy(POLICY)


def test_in_the_export_the_files_rule_stands_and_the_other_is_named(
    store: Store, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "policy.toml"
    text = POLICY.read_text(encoding="utf-8") + '\n[rule.dirty]\nquery = "dirty"\nteam = "care"\n'
    file.write_text(text, encoding="utf-8")
    keep(store, Rule("dirty", "filthy", "care", mode="monitor"), Rule("lost", "x1", "kitchen", mode="monitor"))

    _, out, err = answer(capsys, "export", "--policy", str(file), "--database", database_url)

    assert parse(out).rule["dirty"].query == "dirty"
    assert "lost" not in parse(out).rule
    assert "rule dirty stands in policy.toml and was made in Slack as well" in err
    assert "no team" in err
    assert len(rule_faults(file, database_url)) == 2


def test_check_says_which_team_gets_a_term_that_two_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "policy.toml"
    text = POLICY.read_text(encoding="utf-8").replace('terms = ["booking"', 'terms = ["broken", "booking"')
    file.write_text(text, encoding="utf-8")

    told = remarks(file)
    check(["--sandbox", "--policy", str(file)])

    assert len(told) == 1
    assert "“broken” leads to care, and so not to facilities" in told[0]
    assert told[0] in capsys.readouterr().out
    assert remarks(POLICY) == []


def test_a_rule_of_a_team_that_isnt_there_is_a_fault_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    text = POLICY.read_text(encoding="utf-8") + '\n[rule.dirty]\nquery = "dirty"\nteam = "kitchen"\n'
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadPolicy) as bad:
        load_policy(file)

    (fault,) = bad.value.faults
    assert str(fault).startswith("rule.dirty.team: there is no team.kitchen here; there are: care")
