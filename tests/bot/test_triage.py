"""`python -m bot triage`: a verdict a line, whatever comes in; a workspace's own layer."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.triage import NEUTRAL, answers, main
from domain.layers import layer_from
from domain.policy import parse_part
from domain.verdicts import Facts, Triage

ROOT = Path(__file__).resolve().parents[2]
TRIAGE = Triage(parse_part(NEUTRAL))
PARTS = {"complaint", "tier", "team", "teams", "severity", "language", "why"}


def _answers(*lines: bytes) -> list[dict[str, Any]]:
    return [json.loads(answer) for answer in answers(TRIAGE, lines)]


def _answer(**post: Any) -> dict[str, Any]:
    return _answers(json.dumps(post).encode())[0]


def test_a_text_is_enough() -> None:
    verdict = _answer(text="the showers are dirty again")

    assert verdict.keys() >= PARTS
    assert verdict["tier"] == "card"
    assert "id" not in verdict


def test_an_id_comes_back() -> None:
    assert _answer(id=7, text="hello")["id"] == 7


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"text": 5}',
        b'{"text": null, "id": "a"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'"text"',
        b"\n",
    ],
)
def test_a_broken_line_becomes_a_card_with_a_reason(line: bytes) -> None:
    (verdict,) = _answers(line)

    assert verdict.keys() >= PARTS
    assert verdict["tier"] == "card"
    assert "person" in verdict["why"][0]


def test_odd_fields_of_a_post_are_left_aside() -> None:
    odd = {"lang": 5, "followers": "many", "mentions": 3, "account": [], "reposts": -1, "views": 1e300, "author": {}}

    assert _answer(text="the showers are dirty again", **odd)["tier"] == "card"


def test_what_is_answered_is_json_to_everybody() -> None:
    assert _answers(b'{"text": "hello", "id": NaN, "followers": Infinity}')[0]["id"] is None


def test_only_a_post_that_names_others_counts_as_found() -> None:
    chatter = "RT to win a free hoodie! Link in bio"

    assert _answer(text=chatter)["tier"] == "digest"
    assert _answer(text=chatter, account="gym")["tier"] == "digest"
    assert _answer(text=chatter, account="@Gym", mentions=["gym"])["tier"] == "digest"
    assert _answer(text=chatter, account="gym", mentions=["somebody"])["tier"] == "archive"


def test_followers_make_it_urgent() -> None:
    assert _answer(text="the towels are thin", followers=3_000_000)["severity"] == "urgent"


def test_lines_are_answered_one_by_one() -> None:
    lines = subprocess.Popen(
        [sys.executable, "-m", "bot", "triage", "score"],
        cwd=ROOT,
        env={"PYTHONUNBUFFERED": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert lines.stdin is not None
    assert lines.stdout is not None

    for number in range(3):
        lines.stdin.write(json.dumps({"text": "lone \ud800 letter", "id": number}).encode() + b"\n")
        lines.stdin.flush()
        assert json.loads(lines.stdout.readline())["id"] == number
    lines.stdin.close()

    assert lines.wait(20) == 0
    lines.stdout.close()


def test_a_policy_with_teams_alone_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[team.pool]\nterms = ["chlorine"]\n[team.desk]\nterms = ["ticket"]\n')
    words = [sys.executable, "-m", "bot", "triage", "score", "--policy", str(file)]

    told = subprocess.run(words, cwd=ROOT, input=b'{"text": "too much chlorine"}\n', capture_output=True, check=True)

    assert json.loads(told.stdout)["team"] == "pool"


def test_a_bad_policy_is_refused_with_the_path_of_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('[team.pool]\nterms = 5\nchanel = "x"\n')

    assert main(["score", "--policy", str(file)]) == 2

    errors = json.loads(capsys.readouterr().out)["errors"]
    assert {error["path"] for error in errors} == {"team.pool.terms", "team.pool.chanel"}
    assert all(error["message"] for error in errors)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_policy_that_cannot_be_read_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--policy", str(tmp_path / name)]) == 2
    assert "can't be read" in json.loads(capsys.readouterr().out)["errors"][0]["message"]


def _taught(folder: Path, good: str, bad: str) -> Path:
    file = folder / "labels.jsonl"
    lines = [{"text": f"{good} number {n}", "label": 0} for n in range(100)]
    lines += [{"text": f"{bad} number {n}", "label": 1} for n in range(100)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def test_a_layer_learns_what_is_a_complaint_here(tmp_path: Path) -> None:
    layer = tmp_path / "layer.json"
    assert main(["learn", str(_taught(tmp_path, "the snorple came", "the grobble came")), "--to", str(layer)]) == 0

    grobble, snorple = _scored(layer, "the grobble came today", "the snorple came today")

    assert grobble["complaint"] > 0.6 > 0.4 > snorple["complaint"]


def _scored(layer: Path, *texts: str) -> list[dict[str, Any]]:
    words = [sys.executable, "-m", "bot", "triage", "score", "--layer", str(layer)]
    posts = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    told = subprocess.run(words, cwd=ROOT, input=posts, capture_output=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in told]


def test_a_layer_that_does_no_better_is_not_written(tmp_path: Path) -> None:
    layer, file = tmp_path / "layer.json", tmp_path / "labels.jsonl"
    # Each word comes twice and is judged once so and once so: what one post teaches is wrong of the other.
    lines = [{"text": f"{chr(97 + n // 2 % 26) * 9}{n // 52}", "label": n % 2} for n in range(208)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    assert main(["learn", str(file), "--to", str(layer)]) == 1
    assert not layer.exists()


def test_too_few_labels_teach_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"text": "a", "label": 1}\n{"text": "b", "label": 0}\n{"text": "c", "team": "care"}\n')

    assert main(["learn", str(file), "--to", str(tmp_path / "layer.json")]) == 1

    said = capsys.readouterr().out
    assert "40 of each" in said
    assert "There are 1 posts with a team" in said


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ('{"text": "b"}', "line 2 needs a label, 1 (a complaint) or 0, or a team"),
        ('{"text": "b", "label": 3}', "line 2 needs 1 (a complaint) or 0"),
        ('{"text": "b", "team": 3}', "line 2 needs a team's name"),
        ("[1]", "line 2 needs a text"),
        ("{", "line 2 needs a text"),
    ],
)
def test_a_line_that_teaches_nothing_is_named(
    line: str, needs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"text": "a", "label": 1}\n' + line + "\n")

    assert main(["learn", str(file), "--to", str(tmp_path / "layer.json")]) == 2
    assert needs in capsys.readouterr().err


def test_a_layer_learns_whose_posts_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer, file, policy = tmp_path / "layer.json", tmp_path / "teams.jsonl", tmp_path / "policy.toml"
    policy.write_text('[team.care]\ndefault = true\n[team.pool]\nterms = ["swim"]\n')
    lines = [{"text": f"the grobble at number {n} hums", "team": "pool"} for n in range(40)]
    lines += [{"text": f"my snorple number {n} squeaks", "team": "care"} for n in range(40)]
    lines += [{"text": "who knows", "team": "nobody"}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))

    assert main(["learn", str(file), "--to", str(layer), "--policy", str(policy)]) == 0

    assert "Not in the policy, so left out: nobody" in capsys.readouterr().out
    triage = Triage(parse_part(policy.read_text()), layer=layer_from(layer.read_text()))
    assert triage.judge(Facts("is the grobble broken")).team == "pool"
    assert triage.judge(Facts("is the snorple broken")).team == "care"


def test_a_file_as_other_programs_write_it_can_be_learnt_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_bytes('\ufeff{"text": "one\u2028two", "label": 1}\r\n{"text": "three\u0085", "label": 0}\r\n'.encode())

    assert main(["learn", str(file), "--to", str(tmp_path / "layer.json")]) == 1
    assert "40 of each" in capsys.readouterr().out


def test_a_layer_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layer = tmp_path / "nowhere" / "layer.json"

    assert main(["learn", str(_taught(tmp_path, "the snorple came", "the grobble came")), "--to", str(layer)]) == 2
    assert "layer.json can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"weights": {"a": 1}}', '{"weights": {"1": 1e999}}', '{"weights": {"1": 1' + "0" * 400 + "}}",
        "[" * 200_000, '{"weights": {}, "teams": {"a": 1}}', "\x00",
    ],
)  # fmt: skip
def test_what_is_no_layer_is_refused_in_a_sentence(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layer = tmp_path / "layer.json"
    layer.write_text(body)

    assert main(["score", "--layer", str(layer)]) == 2
    assert "can't be used" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "   ", "\ud800", "...", "@tidewell", "@tidewell https://t.co/abc", "\u200b\u200b"]
)
def test_a_post_without_a_readable_word_is_a_card_for_a_person(text: str) -> None:
    verdict = _answer(text=text)

    assert (verdict["tier"], verdict["complaint"]) == ("card", 0.5)
    assert "a person should read it" in " ".join(verdict["why"])


def test_emoji_are_words() -> None:
    assert _answer(text="😡😡😡")["complaint"] > 0.5
