"""`scripts/run`: the sandbox and the bot as two processes that live and end together; with --live the bot alone."""

import argparse
import os
import shutil
import signal
import sys
import webbrowser
from functools import partial
from pathlib import Path
from threading import Event

from bot.crew import Crew
from bot.neighbour import PORT, choose_port, environment, waiting_for
from bot.policy import load_policy
from bot.state import Folder, Impossible
from bot.story import play

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Machine seconds after which we say what is still waited for."""
STEP = 0.2
A_DAY = 86_400
"""Seconds polls reach back: whoever posts in the sandbox may give a post an earlier moment, as no author on X can."""
SECRETS = ("SLACK_", "X_", "DIBS_", "DATABASE_URL", "HEARTBEAT_URL", "PHONE_WEBHOOK_URL")
"""What the environment may hold for live mode, and the sandbox must never see."""
SANDBOX_ONLY = ("port", "rates", "start_at", "reset", "no_demo", "story", "speed", "then_stop")
PLAYED = "story"
"""The folder within the state folder that a story is played in; it begins anew each time."""


def main(words: list[str]) -> int:
    """Run until told to stop, or until one of the two falls; the answer is the exit status."""
    wishes = _wishes(words)
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    try:
        state = from_here(wishes.state) / (PLAYED if wishes.story else "")
        with Folder(state, "live" if wishes.live else "run") as folder:
            return _live(folder, stop) if wishes.live else _sandboxed(wishes, folder, stop)
    except Impossible as why:
        print(f"dibs: {why}", file=sys.stderr)
        return 2


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/run", description="Start Dibs on this machine.")
    parser.add_argument("--port", type=int, help=f"where the page is; without it {PORT} or the next free one")
    parser.add_argument("--state", type=Path, default=ROOT / ".dibs", help="the folder that remembers everything")
    parser.add_argument("--no-browser", action="store_true", help="don't open the page")
    parser.add_argument("--no-demo", action="store_true", help="let no demo posts trickle in")
    parser.add_argument("--reset", action="store_true", help="forget everything in the state folder first")
    parser.add_argument("--yes", action="store_true", help="don't ask before --reset")
    parser.add_argument("--rates", type=float, help="how many times Slack's and X's rate limits the sandbox grants")
    parser.add_argument("--start-at", metavar="ISO", help="business time of a first start")
    parser.add_argument("--live", action="store_true", help="the real Slack and X, with the tokens in .env")
    parser.add_argument("--story", choices=play.STORIES, help="play this story from Thursday to Monday, then go on")
    parser.add_argument("--speed", type=float, help="play it so many times as fast; at 1 it takes about two minutes")
    parser.add_argument("--then-stop", action="store_true", help="stop after the story; the status says how it went")
    wishes = parser.parse_args(words)
    if wishes.story:
        wishes.reset, wishes.yes, wishes.no_demo, wishes.start_at = True, True, True, play.START
    stray = [f"--{name.replace('_', '-')}" for name in SANDBOX_ONLY if getattr(wishes, name) not in (None, False)]
    if wishes.live and stray:
        parser.error(f"--live uses no sandbox, so {', '.join(stray)} can't go with it")
    return wishes


def from_here(path: Path) -> Path:
    """The path as its writer meant it."""
    # The script has changed into the project's folder; a relative path is meant from where it was called.
    return (Path(os.environ.get("DIBS_CALLED_FROM", ".")) / path).resolve()


def _live(folder: Folder, stop: Event) -> int:
    crew = Crew(ROOT, (folder.held,))
    crew.start("the bot", ["bot", "run"], {**os.environ, "DIBS_MODE": "live"})
    try:
        return _watch(crew, stop)
    finally:
        crew.end()


def _sandboxed(wishes: argparse.Namespace, folder: Folder, stop: Event) -> int:
    if wishes.reset:
        folder.forget(asked=wishes.yes)
    port = choose_port(wishes.port)
    if wishes.port is None and port != PORT:
        print(f"dibs: port {PORT} is taken, so the page is on {port}", flush=True)
    world = ROOT / "workspace.toml"
    outside = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
    crew = Crew(ROOT, (folder.held,))
    try:
        crew.start("the sandbox", _sandbox_words(wishes, folder, world, port), outside, folder.path / "sandbox.log")
        if _answers(crew, port, stop):
            inside = outside | environment(world, folder.path, port) | {"DIBS_X_OVERLAP": str(A_DAY)}
            if wishes.rates is not None:
                inside["DIBS_SLACK_RATES"] = str(wishes.rates)
            crew.start("the bot", ["bot", "run"], inside, folder.path / "bot.log")
            _greet(crew, folder, port, stop, quiet=wishes.no_browser)
        status = _played(wishes, crew, port, stop) if wishes.story else 0
        return status if wishes.then_stop and crew.fallen() is None else _watch(crew, stop) or status
    finally:
        crew.end()


def _played(wishes: argparse.Namespace, crew: Crew, port: int, stop: Event) -> int:
    """Play the story; 0 when everything expected of it happened."""

    def pause(seconds: float) -> None:
        if stop.wait(seconds / max(wishes.speed or 1.0, 0.01)) or crew.fallen():
            raise play.Stopped

    voice = (partial(print, flush=True), pause)
    try:
        pause(0)
        well = play.play(f"http://127.0.0.1:{port}", ROOT / "workspace.toml", load_policy(ROOT / "dibs.toml"), voice)
    except play.Stopped:
        return int(wishes.then_stop)
    if not wishes.then_stop:
        print("\nThe page is yours now: everybody and everything is as the story left it. Ctrl-C stops it.", flush=True)
    return 0 if well else 1


def _sandbox_words(wishes: argparse.Namespace, folder: Folder, world: Path, port: int) -> list[str]:
    words = ["sandbox", "--world", str(world), "--port", str(port), "--state", str(folder.path / "sandbox")]
    words += ["--rates", str(wishes.rates)] if wishes.rates is not None else []
    words += ["--start-at", wishes.start_at] if wishes.start_at else []
    return words + (["--no-demo"] if wishes.no_demo else [])


def _answers(crew: Crew, port: int, stop: Event) -> bool:
    """Whether the sandbox came up, and nobody wants to stop."""
    while not crew.fallen() and not stop.is_set():
        if waiting_for(port) is not None:
            return True
        stop.wait(STEP / 2)
    return False


def _greet(crew: Crew, folder: Folder, port: int, stop: Event, *, quiet: bool) -> None:
    """Once both have found each other, say where the page is and what to try."""
    waited = 0.0
    while (missing := waiting_for(port)) != [] and not crew.fallen() and not stop.wait(STEP):
        waited += STEP
        if PATIENCE <= waited < PATIENCE + STEP:
            print(f"dibs: still waiting for {', '.join(missing or ['the sandbox'])}; see {folder.path}", flush=True)
    if missing == [] and not stop.is_set():
        address = f"http://127.0.0.1:{port}/"
        print(_welcome(address, folder.path, played=folder.path.name == PLAYED), flush=True)
        if not quiet and _has_display():
            webbrowser.open(address)


def _welcome(address: str, folder: Path, *, played: bool) -> str:
    width = shutil.get_terminal_size().columns
    tries = [
        "Choose who you are, open #care, and claim the first complaint. Then open a second tab",
        "as somebody else and try to claim it too. The X panel shows what the customer sees.",
    ]
    watching = ["A weekend is played there now. Choose who you are, open #care, and watch.", "Then the page is yours."]
    again = "begins anew" if played else "carries on"
    return "\n".join(
        [
            "-" * min(width, 72),
            f"Dibs is running: {address}",
            *(watching if played else tries),
            f"Ctrl-C stops it; the next start {again}. Everything is kept in {folder}",
        ]
    )


def _has_display() -> bool:
    shown = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return shown and sys.stdout.isatty()


def _watch(crew: Crew, stop: Event) -> int:
    """Until somebody stops us (0) or one of the crew falls (its status, or 1)."""
    while not stop.is_set():
        fallen = crew.fallen()
        if fallen is not None:
            print(f"dibs: {fallen.why()}\ndibs: so everything is stopped.", file=sys.stderr, flush=True)
            return max(fallen.running.returncode, 1)
        stop.wait(STEP)
    print("dibs: stopping", flush=True)
    return 0
