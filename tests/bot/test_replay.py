"""A replay end to end: its own sandboxes and bots, every post once, and figures that add up."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot import replay
from bot.replay_count import Result
from bot.replay_input import read
from bot.state import Folder
from domain.x import snowflake_at

ROOT = Path(__file__).resolve().parent.parent.parent
BEGAN = datetime(2015, 2, 22, 14, tzinfo=UTC)
LOST, USAGE, CUT_SHORT = 1, 2, 3


def line(minute: int, author: str, text: str) -> str:
    at = BEGAN + timedelta(minutes=minute)
    return json.dumps({"id": snowflake_at(at), "author": author, "text": text, "created_at": at.isoformat()})


def replayed(*words: str) -> tuple[int, str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "replay", *words, "--json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    return done.returncode, done.stdout, json.loads(done.stdout.splitlines()[-1])


def test_every_post_of_two_accounts_becomes_a_card_or_is_put_away_once(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    lines = [
        line(0, "ann", "@united where is my bag, your staff are rude"),
        line(1, "ben", "@united I was charged twice"),
        line(2, "ann", "@united hello?"),
        "this is no post",
        line(3, "cleo", "@jetblue rude again, <!channel> & <@U0ANN>"),
        line(3, "cleo", "@jetblue rude again, <!channel> & <@U0ANN>"),
        line(17, "dev", "nobody is mentioned here"),
        line(18, "eve", "@united thank you so much for a lovely flight"),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")

    status, said, figures = replayed(str(file), "--state", str(tmp_path / "state"))

    assert status == 0
    assert figures.pop("seconds") > 0
    assert figures == {
        "posts": 8,
        "stored": 5,
        "duplicates": 1,
        "refused": 2,
        "lost": 0,
        "doubled": 0,
        "cases": 3,
        "cards": 3,
        "digest": 1,
        "archive": 0,
        "messages": 3,
        "channels": {"billing": 1, "care": 2},
    }
    assert "line 4 refused: this is no JSON" in said
    assert "line 7 refused: it mentions nobody" in said


@pytest.mark.slow
def test_a_second_replay_into_the_same_folder_stores_nothing_twice(tmp_path: Path) -> None:
    file, state = tmp_path / "posts.csv", str(tmp_path / "state")
    file.write_text(
        "id,author,text,created_at\n1,ann,@TidewellGyms the pool is cold,2015-02-22\n"
        "2,ben,Tidewell staff rude again,2015-02-22\n3,cleo,nothing of ours,2015-02-22\n",
        encoding="utf-8",
    )

    first = replayed(str(file), "--account", "TidewellGyms", "--state", state)
    second = replayed(str(file), "--account", "TidewellGyms", "--state", state)

    assert [first[2][name] for name in ("stored", "duplicates", "refused", "lost", "cards")] == [2, 0, 1, 0, 2]
    assert [second[2][name] for name in ("stored", "duplicates", "refused", "lost", "cards")] == [0, 2, 1, 0, 2]
    assert (first[0], second[0]) == (0, 0)

    # Without the bot's memory everything is posted anew, and somebody who counts honestly must see it.
    for kept in (tmp_path / "state" / "tidewellgyms").glob("dibs.db*"):
        kept.unlink()
    third = replayed(str(file), "--account", "TidewellGyms", "--state", state)
    assert (third[0], third[2]["doubled"]) == (LOST, 2)


def test_what_was_published_and_is_not_stored_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join([line(0, "ann", "@united hello"), line(1, "ben", "@united hello")]), encoding="utf-8")
    posts = read(file)

    with Folder(tmp_path / "state", "run") as folder:
        replayed = replay.Replay(posts, None, folder, Event())
        replayed.runs[0].result = Result(stored={posts.posts[0].id})
        figures = replayed.figures(1.0)

    assert (figures["stored"], figures["lost"], figures["posts"]) == (1, 1, 2)


def test_a_replay_told_to_stop_leaves_nothing_running(tmp_path: Path) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join(line(day * 1440, "ann", "@united hello") for day in range(200)), encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "replay", str(file), "--state", str(tmp_path / "state")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stderr is not None
        first_words = running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        last_words = running.stderr.read()

    assert "replay: 1 of 200" in first_words
    assert "replay: stopped" in last_words
    assert running.returncode == CUT_SHORT
    with Folder(tmp_path / "state", "run"):
        pass


@pytest.mark.parametrize("held", ["run", "live"])
def test_a_folder_in_use_is_refused_by_its_pid(tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str) -> None:
    file = tmp_path / "posts.jsonl"
    file.write_text(line(0, "ann", "@united hello"), encoding="utf-8")

    with Folder(tmp_path, held):
        status = replay.main([str(file), "--state", str(tmp_path)])

    assert status == USAGE
    assert f"in use by pid {os.getpid()}" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.main([str(tmp_path / "none.csv")]) == USAGE
    assert "none.csv can't be read" in capsys.readouterr().err
