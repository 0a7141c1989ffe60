"""`scripts/run` refuses what can't be, and says why in a sentence."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from bot import neighbour, up
from bot.settings import read
from bot.state import Folder, Impossible

REFUSED = 2


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_taken_port_is_refused(taken_port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = up.main(["--port", str(taken_port), "--state", str(tmp_path)])

    assert status == REFUSED
    assert f"port {taken_port} can't be had" in capsys.readouterr().err


def test_a_taken_default_port_moves_to_the_next(taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbour, "PORT", taken_port)

    assert neighbour.choose_port(None) > taken_port


def test_a_folder_in_use_is_refused_by_its_pid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Folder(tmp_path, "run"):
        status = up.main(["--state", str(tmp_path)])

    assert status == REFUSED
    assert f"in use by pid {os.getpid()}" in capsys.readouterr().err


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with Folder(tmp_path, "run"):
        pass

    with Folder(tmp_path, "run") as again:
        assert again.path == tmp_path


def test_a_folder_is_kept_by_what_a_killed_run_left_until_it_ends(tmp_path: Path) -> None:
    with Folder(tmp_path, "run") as folder:
        left = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=[folder.held])
    timer = Timer(0.3, left.communicate)
    timer.start()

    with Folder(tmp_path, "run"):
        assert left.wait() == 0
    timer.join()


def test_a_file_is_no_state_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()

    assert up.main(["--state", str(tmp_path / "file")]) == REFUSED
    assert "can't be used" in capsys.readouterr().err


def test_forgetting_removes_only_what_dibs_made(tmp_path: Path) -> None:
    (tmp_path / "sandbox").mkdir()
    for name in ("dibs.db", "dibs.db-wal", "bot.log", "thesis.txt"):
        (tmp_path / name).touch()

    with Folder(tmp_path, "run") as folder:
        folder.forget(asked=True)

    assert {one.name for one in tmp_path.iterdir()} == {"thesis.txt", "run.pid"}


def test_forgetting_needs_a_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dibs.db").touch()
    with Path(os.devnull).open() as nobody, Folder(tmp_path, "run") as folder:
        monkeypatch.setattr("sys.stdin", nobody)
        with pytest.raises(Impossible, match="--yes"):
            folder.forget(asked=False)

    assert (tmp_path / "dibs.db").exists()


def test_live_takes_no_wishes_about_the_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        up.main(["--live", "--port", "8700", "--reset"])

    assert refused.value.code == REFUSED
    assert "--port, --reset" in capsys.readouterr().err


def test_the_bot_gets_the_tokens_of_the_world(tmp_path: Path) -> None:
    environment = neighbour.environment(up.ROOT / "workspace.toml", tmp_path, 8700)

    assert environment["SLACK_BOT_TOKEN"] == "sandbox-bot-token"
    assert environment["SLACK_API_URL"] == "http://127.0.0.1:8700/api/"
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/dibs.db"
    assert environment["HEARTBEAT_URL"] == "http://127.0.0.1:8700/heartbeat/dibs"
    assert environment["PHONE_WEBHOOK_URL"] == "http://127.0.0.1:8700/phone"
    assert read(environment).heartbeat_url == environment["HEARTBEAT_URL"]


def test_a_relative_folder_is_meant_from_where_the_script_was_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIBS_CALLED_FROM", str(tmp_path))

    assert up.from_here(Path("here")) == tmp_path / "here"
