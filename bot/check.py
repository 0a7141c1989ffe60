"""`python -m bot check`: every fault of settings, policy, manifest and the sandbox's world, all at once."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

from bot.check_rules import remarks, rule_faults
from bot.manifest import faults_of, read_manifest
from bot.named import people_of
from bot.policy import load_policy
from bot.settings import BadSettings, load
from domain.policy import BadPolicy

_ABSENT = {
    "guest": "has them as a guest",
    "outsider": "has them in another company's workspace",
    "deactivated": "has them as somebody who left",
}
"""Why somebody of the sandbox's world can't be called on, by their kind there."""


def main(words: list[str]) -> int:
    """Print every fault, or that there is none."""
    parser = argparse.ArgumentParser(prog="python -m bot check", description="Name every fault of the configuration.")
    parser.add_argument(
        "--sandbox", action="store_true", help="leave .env out: policy, manifest and workspace.toml only"
    )
    parser.add_argument("--policy", type=Path, default=Path("dibs.toml"))
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"))
    parser.add_argument("--world", type=Path, default=Path("workspace.toml"))
    wishes = parser.parse_args(words)
    faults = all_faults(wishes.policy, wishes.manifest, wishes.world)
    faults += [] if wishes.sandbox else [*_settings_faults(), *rule_faults(wishes.policy)]
    for remark in remarks(wishes.policy):
        print(f"note: {remark}")
    for fault in faults:
        print(f"- {fault}")
    print("everything agrees" if not faults else "1 fault" if len(faults) == 1 else f"{len(faults)} faults")
    return 1 if faults else 0


def all_faults(policy_path: Path, manifest_path: Path, world_path: Path) -> list[str]:
    """Faults of the three files, and of how they agree with each other."""
    manifest = read_manifest(manifest_path)
    faults = [manifest] if isinstance(manifest, str) else faults_of(manifest)
    try:
        load_policy(policy_path)
    except BadPolicy as bad:
        faults += [f"{policy_path.name} {fault}" for fault in bad.faults]
    if not world_path.exists():
        return faults
    return faults + _world_faults(_raw(policy_path), manifest, world_path)


def _raw(policy_path: Path) -> dict[str, Any]:
    """The policy's tables as they stand, so that one fault doesn't hide how the rest agrees with the world."""
    try:
        return tomllib.loads(policy_path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _table(raw: Any, *path: str) -> dict[str, Any]:
    for step in path:
        raw = raw.get(step) if isinstance(raw, dict) else None
    return raw if isinstance(raw, dict) else {}


def _settings_faults() -> list[str]:
    try:
        load()
    except BadSettings as bad:
        return [f".env {fault}" for fault in bad.faults]
    return []


def _world_faults(raw: dict[str, Any], manifest: dict[str, Any] | str, path: Path) -> list[str]:
    """Where the sandbox's world doesn't have what the policy names, or grants what the manifest doesn't ask for."""
    try:
        world = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        return [f"{path.name} can't be read: {error}"]
    return [
        *_channel_faults(raw, world, path),
        *_people_faults(raw, world, path),
        *_account_faults(raw, world, path),
        *_grant_faults(manifest, world, path),
    ]


def _channel_faults(raw: dict[str, Any], world: dict[str, Any], path: Path) -> list[str]:
    channels = {channel["name"]: channel for channel in world.get("channels", [])}
    wanted = {f"team.{key}.channel": _table(raw, "team", key).get("channel") for key in _table(raw, "team")}
    wanted["brand.ops_channel"] = _table(raw, "brand").get("ops_channel")
    faults = []
    for key, name in wanted.items():
        if isinstance(name, str) and name not in channels:
            faults.append(f"dibs.toml {key} = {name!r}: {path.name} has no such channel")
        elif isinstance(name, str) and world["app"]["bot_user"] not in channels[name]["members"]:
            faults.append(f"dibs.toml {key} = {name!r}: Dibs doesn't sit in that channel of {path.name}")
    return faults


def _people_faults(raw: dict[str, Any], world: dict[str, Any], path: Path) -> list[str]:
    kinds = {user["name"]: user.get("kind", "staff") for user in world.get("users", [])}
    return [
        f"dibs.toml {key} = {name!r}: {path.name} {_ABSENT.get(kinds.get(name, ''), 'has nobody of that name')}"
        for key, name in people_of(raw)
        if kinds.get(name) != "staff"
    ]


def _account_faults(raw: dict[str, Any], world: dict[str, Any], path: Path) -> list[str]:
    accounts = [account["username"] for account in world["x"]["accounts"]]
    ours = _table(raw, "networks", "x").get("account")
    if not isinstance(ours, str) or ours in accounts:
        return []
    return [f"dibs.toml networks.x.account = {ours!r}: {path.name} has only {', '.join(accounts)}"]


def _grant_faults(manifest: dict[str, Any] | str, world: dict[str, Any], path: Path) -> list[str]:
    if isinstance(manifest, str):
        return []
    settings = manifest.get("settings") or {}
    asked = {
        "app.scopes": set((manifest.get("oauth_config") or {}).get("scopes", {}).get("bot", [])),
        "app.events": set((settings.get("event_subscriptions") or {}).get("bot_events", [])),
    }
    granted = {"app.scopes": set(world["app"]["scopes"]), "app.events": set(world["app"].get("events", []))}
    return [
        f"{path.name} {key} and manifest.yml disagree about {name}"
        for key, names in asked.items()
        for name in sorted(names ^ granted[key])
    ]
