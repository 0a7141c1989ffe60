"""`python -m bot replay FILE`: real posts through the whole of Dibs at their own times, and what came of them."""

import argparse
import json
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock

from bot.replay_count import Result
from bot.replay_cover import account_of, smallest_cover
from bot.replay_input import File, Given, NoFile, Refusal, read
from bot.replay_run import OVERLAP, Run, Stopped
from bot.replay_world import prepare, searches
from bot.state import Folder, Impossible
from bot.up import SECRETS, from_here
from domain.x import moment_of

LOST, USAGE, CUT_SHORT = 1, 2, 3
SMALL = 800
"""Posts of an account up to which ids need not fit their times: X shows no more of a mentions timeline."""
BAR = 40
HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")


def main(words: list[str]) -> int:
    """Replay and report; 1 when a post was lost or doubled, 2 when it can't start, 3 when it was cut short."""
    wishes = _wishes(words)
    began = time.monotonic()
    try:
        file = read(wishes.file)
        with ExitStack() as stack:
            folder = _folder(wishes.state, stack)
            replay = Replay(file, wishes.account, folder, _stop_when_told())
            replay.go()
    except (NoFile, Impossible) as why:
        print(f"replay: {why}", file=sys.stderr)
        return USAGE
    except Stopped as why:
        print(f"replay: {why}", file=sys.stderr)
        return CUT_SHORT
    figures = replay.figures(time.monotonic() - began)
    _report(replay, figures, folder.path)
    if wishes.json:
        print(json.dumps(figures), flush=True)
    return LOST if figures["lost"] or figures["doubled"] else 0


def _stop_when_told() -> Event:
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    return stop


def _wishes(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot replay", description="Replay real posts, see docs/replay.md.")
    parser.add_argument("file", type=Path, help="CSV or JSONL: id, author, text, created_at[, conversation, reply_to]")
    parser.add_argument("--account", type=_handle, help="the handle that answers")
    parser.add_argument("--state", type=Path, help="the folder to work in; without it a fresh temporary one")
    parser.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    return parser.parse_args(words)


def _handle(word: str) -> str:
    handle = word.removeprefix("@")
    if not HANDLE.fullmatch(handle):
        raise argparse.ArgumentTypeError(f"{word!r} is no handle: up to 15 letters, digits and _")
    return handle


def _folder(wish: Path | None, stack: ExitStack) -> Folder:
    """Hold the folder against every other run, the live ones included."""
    path = from_here(wish) if wish else Path(tempfile.mkdtemp(prefix="dibs-replay-"))
    stack.enter_context(Folder(path, "live"))
    return stack.enter_context(Folder(path, "run"))


class Replay:
    """The whole of it: whose posts they are, a run for each account, and the figures."""

    def __init__(self, file: File, account: str | None, folder: Folder, stop: Event) -> None:
        self.file, self._stop, self._lock = file, stop, Lock()
        self.refused = list(file.refused)
        accounts = [account] if account else smallest_cover(file.posts)
        outside = {name: value for name, value in os.environ.items() if not name.startswith(SECRETS)}
        shares = self._shares(accounts)
        self._bar = _Bar(sum(map(len, shares.values())))
        self.runs = [
            Run(prepare(name, folder.path / name.lower()), posts, outside, (folder.held,), stop, self._told)
            for name, posts in shares.items()
            if posts
        ]

    def _shares(self, accounts: list[str]) -> dict[str, list[Given]]:
        shares: dict[str, list[Given]] = {account: [] for account in accounts}
        names = {account.lower(): account for account in accounts}
        for post in self.file.posts:
            account = account_of(post, list(names))
            if account is None and len(accounts) == 1 and searches(accounts[0]):
                account = accounts[0].lower()
            if account is None:
                self.refused.append(Refusal(post.line, _not_ours(accounts)))
            else:
                shares[names[account]].append(post)
        return {account: self._fitting(posts) for account, posts in shares.items()}

    def _fitting(self, posts: list[Given]) -> list[Given]:
        """X's ids carry their moment, and the bot asks by id: of a few posts it can ask for all, of many it can't."""
        if len(posts) <= SMALL:
            return posts
        fitting = [post for post in posts if post.created_at - moment_of(post.id) <= OVERLAP / 2]
        kept = {post.line for post in fitting}
        self.refused += [
            Refusal(post.line, f"its id was made at {moment_of(post.id):%Y-%m-%d %H:%M}, long before created_at")
            for post in posts
            if post.line not in kept
        ]
        return fitting

    def _told(self, posts: int) -> None:
        with self._lock:
            self._bar.more(posts)

    def go(self) -> None:
        """Run every account, a few at a time."""
        why: BaseException | None = None
        # One more than there are processors: a sandbox and its bot take turns, and both wait for the disk.
        with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
            for done in as_completed([pool.submit(run.go) for run in self.runs]):
                if done.exception() is not None:
                    self._stop.set()  # when one can't be finished, the others needn't be either
                    why = why or done.exception()
        self._bar.end()
        if why is not None:
            raise why

    def figures(self, seconds: float) -> dict[str, object]:
        """What the issue of a replay is told by: posts = stored + duplicates + refused + lost."""
        result, known = Result(), set[str]()
        for run in self.runs:
            result.add(run.result)
            known |= run.before
        refused = {refusal.line for refusal in self.all_refused()}
        wanted = {post.id for post in self.file.posts if post.line not in refused}
        return {
            "posts": self.file.lines,
            "stored": len(wanted & result.stored - known),
            "duplicates": self.file.repeated + len(wanted & known),
            "refused": len(refused),
            "lost": len(wanted - result.stored - known),
            "doubled": result.doubled,
            "cases": result.cases,
            "cards": sum(result.channels.values()),
            "digest": result.put_away["digest"],
            "archive": result.put_away["archive"],
            "messages": result.messages,
            "channels": dict(sorted(result.channels.items())),
            "seconds": round(seconds, 1),
        }

    def all_refused(self) -> list[Refusal]:
        """Every refused line, in the file's order."""
        refused = self.refused + [refusal for run in self.runs for refusal in run.refused]
        return sorted(refused, key=lambda refusal: refusal.line)


def _not_ours(accounts: Sequence[str]) -> str:
    return f"it doesn't mention @{accounts[0]}" if len(accounts) == 1 else "it mentions nobody"


@dataclass
class _Bar:
    """How far it is, on standard error: a bar for a person, a line per tenth for a file."""

    whole: int
    done: int = 0
    shown: int = -1

    def more(self, posts: int) -> None:
        self.done += posts
        parts = BAR if sys.stderr.isatty() else 10
        reached = self.done * parts // max(self.whole, 1)
        if reached != self.shown:
            self.shown = reached
            self._show()

    def end(self) -> None:
        if sys.stderr.isatty():
            print(file=sys.stderr)

    def _show(self) -> None:
        share = self.done / max(self.whole, 1)
        if sys.stderr.isatty():
            bar = "#" * int(share * BAR)
            print(f"\r[{bar:<{BAR}}] {self.done} of {self.whole} posts", end="", file=sys.stderr, flush=True)
        else:
            print(f"replay: {self.done} of {self.whole} posts ({share:.0%})", file=sys.stderr, flush=True)


COUNTED = (
    *("posts", "stored", "duplicates", "refused", "lost", "doubled"),
    *("cases", "cards", "digest", "archive", "messages", "seconds"),
)


def _report(replay: Replay, figures: dict[str, object], folder: Path) -> None:
    for run in replay.runs:
        print(f"@{run.place.account}: {len(run.posts)} posts, {run.result.cases} cases, {run.stops} stops of the clock")
        for channel, cards in sorted(run.result.channels.items()):
            print(f"  #{channel}: {cards} cards")
    for refusal in replay.all_refused():
        print(f"line {refusal.line} refused: {refusal.reason}")
    print(", ".join(f"{figures[word]} {word}" for word in COUNTED))
    print(f"Everything is kept in {folder}", flush=True)
