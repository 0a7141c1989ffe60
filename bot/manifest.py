"""The manifest against the code: every scope, event and command that is needed is there, and nothing more."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from handlers.commands import COMMAND
from handlers.directory import EVENTS as DIRECTORY_EVENTS
from handlers.home import OPENED

SCOPES_OF = {
    "auth.test": (),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history", "metadata.message:read"),
    "conversations.list": ("channels:read", "groups:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "metadata.message:read"),
    "dnd.teamInfo": ("dnd:read",),
    "users.getPresence": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Every method of Slack's Web API the code calls (a test reads the code), and the bot scopes it needs for our uses."""
EVENTS = (OPENED, *DIRECTORY_EVENTS)
NEEDED = {scope for scopes in SCOPES_OF.values() for scope in scopes} | {"commands"}


def read_manifest(path: Path) -> dict[str, Any] | str:
    """The manifest, or what is wrong with the file."""
    try:
        found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        return f"{path.name} can't be read: {error}"
    return found if isinstance(found, dict) else f"{path.name} is empty"


def faults_of(manifest: dict[str, Any]) -> list[str]:
    """What the manifest lacks, and what it asks for in vain."""
    settings, features = manifest.get("settings") or {}, manifest.get("features") or {}
    scopes = set((manifest.get("oauth_config") or {}).get("scopes", {}).get("bot", []))
    events = set((settings.get("event_subscriptions") or {}).get("bot_events", []))
    commands = {entry.get("command") for entry in features.get("slash_commands", [])}
    return [
        *_compare("oauth_config.scopes.bot", scopes, NEEDED),
        *_compare("settings.event_subscriptions.bot_events", events, set(EVENTS)),
        *_compare("features.slash_commands", commands, {COMMAND}),
        *_lengths(manifest.get("display_information") or {}),
    ]


def _compare(path: str, stands: set[Any], needed: set[Any]) -> list[str]:
    return [
        *(f"manifest.yml {path} lacks {name}, which the code needs" for name in sorted(needed - stands)),
        *(f"manifest.yml {path} has {name}, which no code uses" for name in sorted(stands - needed)),
    ]


def _lengths(display: dict[str, Any]) -> list[str]:
    """Slack's limits on what people read before they install (manifest schema)."""
    limits = {"name": (1, 35), "description": (0, 140), "long_description": (175, 4000)}
    return [
        f"manifest.yml display_information.{name} must have {least} to {most} characters, not {len(display[name])}"
        for name, (least, most) in limits.items()
        if name in display and not least <= len(display[name]) <= most
    ]
