"""`python -m sandbox` as a process: what it remembers, what it refuses, and how it ends."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.sandbox.conftest import WORLD

pytestmark = pytest.mark.slow
ROOT = WORLD.parent
Process = subprocess.Popen[str]
Run = Callable[..., tuple[Process, httpx2.Client]]


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "sandbox", "--world", str(WORLD), "--port", "0", "--no-demo", *words]


@pytest.fixture
def run_sandbox() -> Iterator[Run]:
    """Starts processes and waits until they say that they are ready; all end with the test."""
    processes: list[Process] = []

    def run(*words: str) -> tuple[Process, httpx2.Client]:
        process = subprocess.Popen(_command(*words), cwd=ROOT, stdout=subprocess.PIPE, text=True)
        processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("sandbox ready on http://127.0.0.1:"), line
        return process, httpx2.Client(base_url=line.split()[-1], timeout=20)

    yield run
    for process in processes:
        process.kill()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def _stop(process: Process) -> float:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    return time.monotonic() - began


def _slack(http: httpx2.Client, method: str, **arguments: Any) -> Any:
    answer = http.post(f"/api/{method}", json=arguments, headers={"authorization": "Bearer sandbox-bot-token"}).json()
    assert answer["ok"], answer
    return answer


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_second_start_resumes_everything(run_sandbox: Run, tmp_path: Path, end: signal.Signals) -> None:
    process, http = run_sandbox("--state", str(tmp_path), "--start-at", "2026-03-01T08:00:00Z")
    root = _slack(
        http, "chat.postMessage", channel="care", text="root", metadata={"event_type": "e", "event_payload": {}}
    )
    _slack(http, "chat.postMessage", channel="care", text="reply", thread_ts=root["ts"])
    _slack(http, "chat.postEphemeral", channel="care", user="U0ANN", text="for you")
    http.post("/control/slack/users", json={"id": "U0BEN", "kind": "deactivated"})
    http.post("/control/slack/read", json={"as": "U0CLEO", "channel": "care"})
    http.post("/control/clock", json={"jump_seconds": 7200, "patience_seconds": 0})
    before = http.get("/control/clock").json()["now"]
    process.send_signal(end)
    process.wait(10)

    _, again = run_sandbox("--state", str(tmp_path), "--start-at", "2026-03-01T08:00:00Z")

    assert again.get("/control/clock").json()["now"] >= before > "2026-03-01T10:00"
    seen = again.get("/control/slack/messages", params={"channel": "care", "as": "U0ANN"}).json()
    assert [(m["text"], m["ephemeral"], m.get("reply_count")) for m in seen] == [
        ("root", False, 1),
        ("for you", True, None),
    ]
    shown = _slack(again, "conversations.history", channel="C0CARE", include_all_metadata=True)["messages"][0]
    assert shown["metadata"]["event_type"] == "e"
    assert _slack(again, "chat.postMessage", channel="care", text="next")["ts"] > root["ts"]
    people = {person["id"]: person["kind"] for person in again.get("/control/slack/users").json()}
    assert people["U0BEN"] == "deactivated"
    assert again.get("/control/slack/unread", params={"as": "U0CLEO"}).json()["care"] == 1


def test_it_ends_soon_though_people_listen(run_sandbox: Run) -> None:
    process, http = run_sandbox()
    with http.stream("GET", "/live") as live:
        next(live.iter_raw())
        with socket.create_connection(("127.0.0.1", int(str(http.base_url.port)))) as poll:
            poll.sendall(b"GET /control/clock?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert _stop(process) < 3


def test_a_folder_in_use_is_refused_with_the_pid(run_sandbox: Run, tmp_path: Path) -> None:
    process, _ = run_sandbox("--state", str(tmp_path))
    second = subprocess.run(
        _command("--state", str(tmp_path)), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert second.returncode == 2
    assert str(process.pid) in second.stderr


def test_a_taken_port_is_refused(run_sandbox: Run) -> None:
    _, http = run_sandbox()
    port = str(http.base_url.port)
    second = subprocess.run(
        [*_command(), "--port", port], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert second.returncode == 2
    assert port in second.stderr


@pytest.mark.parametrize("token", ["xoxb-123-456-abc", "xapp-1-A-2-b"])
def test_a_token_that_looks_real_is_refused(tmp_path: Path, token: str) -> None:
    world = tmp_path / "world.toml"
    world.write_text(WORLD.read_text().replace("sandbox-bot-token", token))
    command = [sys.executable, "-m", "sandbox", "--world", str(world), "--port", "0"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert answer.returncode == 2
    assert "real Slack token" in answer.stderr
    assert token not in answer.stderr


def test_a_world_with_mistakes_names_them_all(tmp_path: Path) -> None:
    world = tmp_path / "world.toml"
    world.write_text('[workspace]\nname = "x"\ncolour = "red"\n')
    command = [sys.executable, "-m", "sandbox", "--world", str(world), "--port", "0"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert answer.returncode == 2
    assert all(word in answer.stderr for word in ("workspace.domain", "workspace.colour", "users"))


def test_it_listens_on_this_machine_alone(run_sandbox: Run) -> None:
    process, http = run_sandbox()
    port = f"{http.base_url.port:04X}"
    lines = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines() if Path("/proc/net/tcp").exists() else []
    listening = [line.split()[1] for line in lines if line.split()[3] == "0A" and line.split()[1].endswith(f":{port}")]
    assert listening in ([], [f"0100007F:{port}"])
