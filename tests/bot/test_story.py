"""The story that `scripts/run --story weekend` plays: it goes well, and says so when it doesn't."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import up
from bot.policy import load_policy
from bot.story.play import play
from tests.sandbox.conftest import Start, start_sandbox

__all__ = ["start_sandbox"]
ROOT = up.ROOT
PATIENCE = 110
"""Machine seconds for the whole weekend."""


@pytest.mark.slow
def test_the_weekend_is_played_and_everything_expected_of_it_happens(tmp_path: Path) -> None:
    words = ["--story", "weekend", "--speed", "1000", "--then-stop", "--no-browser", "--port", "0"]
    run = [sys.executable, "-m", "bot", "up", *words, "--state", str(tmp_path)]

    played = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)

    told = played.stdout
    assert played.returncode == 0, told + played.stderr
    assert "NOT AS EXPECTED" not in told
    kept, asked = re.findall(r"Expectations: (\d+) of (\d+) came true", told)[0]
    assert kept == asked
    for chapter in (
        "wedding",
        "ordinary complaint",
        "13 people click Claim",
        "keys to X expire",
        "hour that comes twice",
    ):
        assert chapter in told


@pytest.mark.slow
def test_whoever_has_seen_enough_may_stop_it(tmp_path: Path) -> None:
    words = ["--story", "weekend", "--no-browser", "--port", "0", "--state", str(tmp_path)]
    run = [sys.executable, "-m", "bot", "up", *words]
    with subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, text=True) as playing:
        lines = iter(playing.stdout or ())
        heard = next(line for line in lines if "This reaches me" in line)
        playing.terminate()
        rest = list(lines)

    assert heard
    assert rest[-1] == "dibs: stopping\n"
    assert playing.returncode == 0


def test_a_story_that_cannot_go_on_says_why_and_is_not_well(start_sandbox: Start) -> None:
    policy = load_policy(ROOT / "dibs.toml")
    nobody = policy.model_copy(update={"rota": {}})
    lines: list[str] = []

    well = play(start_sandbox().url, ROOT / "workspace.toml", nobody, (lines.append, lambda _seconds: None))

    assert not well
    assert any("NOT AS EXPECTED" in line and "no rota for care" in line for line in lines)


@pytest.mark.parametrize("words", [["--story", "wedding"], ["--story", "weekend", "--live"]])
def test_an_unknown_story_and_a_live_one_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit):
        up.main(words)
