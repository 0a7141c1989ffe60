"""What each method of the Web API demands: which token, which scope, and how often a minute.

The tiers are those of Slack's documentation for an internal app (Tier 1: 1+, 2: 20+, 3: 50+, 4: 100+ a minute).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Rule:
    """`scopes`: all are needed. Methods of conversations.* and chat.postMessage look further for themselves."""

    per_minute: float
    scopes: tuple[str, ...] = ()
    burst: float | None = None
    caller: Literal["bot", "app", "either"] = "bot"
    """Whose token the method takes."""
    counted: bool = True
    """False for the methods that spend buckets of their own."""


TIER_2, TIER_3, TIER_4, OFTEN = 20, 50, 100, 600

RULES: dict[str, Rule] = {
    "api.test": Rule(OFTEN, caller="either"),
    "apps.connections.open": Rule(1, ("connections:write",), burst=5, caller="app"),
    "auth.test": Rule(OFTEN, caller="either"),
    "blocks.validate": Rule(TIER_4),
    "bots.info": Rule(TIER_3, ("users:read",)),
    "chat.delete": Rule(TIER_3, ("chat:write",)),
    "chat.getPermalink": Rule(OFTEN),
    "chat.postEphemeral": Rule(TIER_4, ("chat:write",)),
    "chat.postMessage": Rule(300, ("chat:write",), counted=False),
    "chat.update": Rule(TIER_3, ("chat:write",)),
    "conversations.history": Rule(TIER_3),
    "conversations.info": Rule(TIER_3),
    "conversations.join": Rule(TIER_3, ("channels:join",)),
    "conversations.list": Rule(TIER_2),
    "conversations.members": Rule(TIER_4),
    "conversations.open": Rule(TIER_3, ("im:write",)),
    "conversations.replies": Rule(TIER_3),
    "dnd.info": Rule(TIER_3, ("dnd:read",)),
    "dnd.teamInfo": Rule(TIER_2, ("dnd:read",)),
    "team.info": Rule(TIER_3, ("team:read",)),
    "users.conversations": Rule(TIER_2),
    "users.getPresence": Rule(TIER_3, ("users:read",)),
    "users.info": Rule(TIER_4, ("users:read",)),
    "users.list": Rule(TIER_2, ("users:read",)),
    "views.open": Rule(TIER_4),
    "views.publish": Rule(TIER_4),
    "views.push": Rule(TIER_4),
    "views.update": Rule(TIER_4),
}
