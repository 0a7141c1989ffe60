"""The world and the policy of one replayed account: the project's own files with that account in them."""

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.crew import Crew
from bot.neighbour import choose_port, environment

ROOT = Path(__file__).resolve().parent.parent
ID = "900000000000000002"


@dataclass(frozen=True)
class Place:
    """One account's run: its own Slack and X, its own bot and database, all in `folder`."""

    account: str
    folder: Path
    port: int

    @property
    def database(self) -> str:
        """The bot's database."""
        return f"sqlite:///{self.folder / 'dibs.db'}"


def prepare(account: str, folder: Path) -> Place:
    """Write the account's policy and world. The project's own account keeps its searches; another one has none."""
    folder.mkdir(parents=True, exist_ok=True)
    policy, world = _toml(ROOT / "dibs.toml"), _toml(ROOT / "workspace.toml")
    x = policy["networks"]["x"]
    if x["account"].lower() != account.lower():
        x |= {"account": account, "search": []}
        ours = world["x"]["accounts"][0]
        world["x"]["accounts"] = [ours | {"username": account, "name": account, "id": ID}]
    # Nobody claims anything in a replay, so nobody is promised, nagged or briefed either: it is about the posts.
    policy.pop("rota", None)
    for team in policy["team"].values():
        for promise in ("sla", "escalation"):
            team.pop(promise, None)
    (folder / "dibs.toml").write_text(_written(policy), encoding="utf-8")
    (folder / "workspace.toml").write_text(_written(world), encoding="utf-8")
    return Place(account, folder, choose_port(0))


def start_sandbox(place: Place, crew: Crew, outside: dict[str, str], first: datetime) -> None:
    """Start the account's sandbox, at the first post's time."""
    words = ["sandbox", "--world", str(place.folder / "workspace.toml"), "--port", str(place.port), "--no-demo"]
    words += ["--state", str(place.folder / "sandbox"), "--start-at", first.isoformat()]
    crew.start(f"@{place.account}'s sandbox", words, outside, place.folder / "sandbox.log")


def start_bot(place: Place, crew: Crew, outside: dict[str, str], overlap: float) -> None:
    """Start the account's bot."""
    inside = outside | environment(place.folder / "workspace.toml", place.folder, place.port)
    inside |= {"DIBS_POLICY": str(place.folder / "dibs.toml"), "DIBS_X_OVERLAP": str(int(overlap))}
    crew.start(f"@{place.account}'s bot", ["bot", "run"], inside, place.folder / "bot.log")


def searches(account: str) -> bool:
    """Whether the project's policy looks for posts about this account that don't mention it."""
    x = _toml(ROOT / "dibs.toml")["networks"]["x"]
    return bool(x["account"].lower() == account.lower() and x.get("search"))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _written(tables: dict[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in tables.items())


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    """TOML, inline: a JSON text is a TOML text as well, and everything else is close."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
