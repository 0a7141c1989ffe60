"""Files of posts as people have them: what is read, what is refused by its number, and whose posts they are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.replay_cover import account_of, smallest_cover
from bot.replay_input import Given, NoFile, read
from bot.replay_run import OVERLAP, look_back
from domain.x import moment_of, snowflake_at

NOON = datetime(2015, 2, 24, 12, tzinfo=UTC)


def post(text: str, author: str = "ann", number: int = 1) -> Given:
    return Given(number, snowflake_at(NOON), author, text, NOON)


def written(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_json_lines_and_csv_say_the_same(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        "posts.jsonl",
        '{"id": 7, "author": "@ann", "text": "@x é", "created_at": "2015-02-24T12:00:00Z", "conversation_id": "5"}',
    )
    table = written(
        tmp_path,
        "posts.csv",
        "tweet_id,name,text,tweet_created,conversation,in_reply_to",
        "7,ann,@x é,2015-02-24 04:00:00 -0800,5,",
    )

    assert read(lines).posts[0].__dict__ | {"line": 0} == read(table).posts[0].__dict__ | {"line": 0}
    assert read(lines).posts == [Given(1, "7", "ann", "@x é", NOON, "5", None)]


@pytest.mark.parametrize(
    ("lang", "read_as"), [('"es"', "es"), ('"hi-Latn"', "hi-Latn"), ('"Spanish?"', None), ("5", None), ("null", None)]
)
def test_a_language_is_taken_along_and_an_odd_one_costs_nothing(tmp_path: Path, lang: str, read_as: str | None) -> None:
    line = f'{{"id": 7, "author": "ann", "text": "@x hola", "created_at": "2015-02-24", "lang": {lang}}}'

    [found] = read(written(tmp_path, "posts.jsonl", line)).posts

    assert found.lang == read_as


def test_posts_come_in_order_of_time_whatever_the_files_order(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "posts.csv",
        "id,author,text,created_at",
        "2,ann,@x later,Tue Feb 24 12:00:00 +0000 2015",
        "1,ben,@x earlier,2015-02-24T11:00:00",
    )

    assert [one.id for one in read(path).posts] == ["1", "2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "1", "author": "ann", "text": "@x", ', "this is no JSON"),
        ("[1, 2]", "this is no object"),
        ('{"author": "ann", "text": "@x", "created_at": "2015-02-24"}', "id is missing"),
        ('{"id": "5.7E+17", "author": "ann", "text": "@x", "created_at": "2015-02-24"}', "id must be a post id"),
        ('{"id": "1", "text": "@x", "created_at": "2015-02-24"}', "author must be a handle"),
        ('{"id": "1", "author": "ann", "text": "  ", "created_at": "2015-02-24"}', "text is empty"),
        ('{"id": "1", "author": "ann", "text": 5, "created_at": "2015-02-24"}', "text must be a text"),
        ('{"id": "1", "author": "ann", "text": "@x"}', "created_at is missing"),
        ('{"id": "1", "author": "ann", "text": "@x", "created_at": "yesterday"}', "created_at must be a moment"),
    ],
)
def test_a_line_that_is_no_post_is_refused_by_its_number(tmp_path: Path, line: str, reason: str) -> None:
    good = '{"id": "9", "author": "ann", "text": "@x", "created_at": "2015-02-24"}'

    file = read(written(tmp_path, "posts.jsonl", good, "", line))

    assert [refusal.line for refusal in file.refused] == [3]
    assert reason in file.refused[0].reason
    assert [one.id for one in file.posts] == ["9"]


def test_a_row_of_another_length_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "posts.csv",
        "id,author,text,created_at",
        "1,ann,@x hello, with a comma,2015-02-24",
        '2,ben,"@x two',
        'lines",2015-02-24',
    )

    file = read(path)

    assert [(refusal.line, refusal.reason[:17]) for refusal in file.refused] == [(2, "the row has 5 fie")]
    assert [(one.line, one.text) for one in file.posts] == [(3, "@x two\nlines")]


def test_a_repeated_id_is_counted_and_the_first_line_stands(tmp_path: Path) -> None:
    path = written(tmp_path, "posts.csv", "id,author,text,created_at", "1,ann,@x one,2015-02-24", "1,ben,@x,2015-02-24")

    assert (read(path).lines, read(path).repeated, read(path).posts[0].text) == (2, 1, "@x one")


def test_a_file_without_the_columns_says_which_are_missing(tmp_path: Path) -> None:
    with pytest.raises(NoFile, match="no column for author, created_at"):
        read(written(tmp_path, "posts.csv", "id,text", "1,hello"))


def test_the_smallest_cover_is_smaller_than_the_greedy_one() -> None:
    posts = [post(f"@{one} @{other}") for one, other in ("ad", "bd", "cd", "ae", "be", "ce", "ef", "df")]

    assert set(smallest_cover(posts)) == {"d", "e"}


def test_a_handle_that_stands_alone_is_always_taken_and_the_busiest_comes_first() -> None:
    posts = [post("@united hi"), post("@delta @united"), post("@jetblue"), post("@united again"), post("nobody at all")]

    assert smallest_cover(posts) == ["united", "jetblue"]


def test_handles_are_read_as_x_reads_them() -> None:
    assert post(
        "mail a@b.example .@United, @jetblue's (@delta) http://x.example/@no @waytoolongforahandle1"
    ).handles == {
        "united",
        "jetblue",
        "delta",
    }


def test_a_post_belongs_to_one_account_alone() -> None:
    accounts = ["united", "jetblue"]

    assert account_of(post("@jetblue and @united"), accounts) == "united"
    assert account_of(post("hello", author="JetBlue"), accounts) == "jetblue"
    assert account_of(post("hello"), accounts) is None


def test_ids_older_than_their_posts_make_the_bot_ask_for_everything() -> None:
    assert look_back([post("@x")]) == OVERLAP
    assert NOON - look_back([post("@x"), Given(1, "1", "ann", "@x", NOON)]) < moment_of("0")
