"""The rota in words: hours, people and teams as a message says them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from views.kit import AT, MOMENT, channel, fallback, mention, when

ROLES = {"primary": "on call", "backup": "backup"}
SHORT = timedelta(hours=12)
"""A stretch this long needs no second date."""


def span(from_at: datetime, until_at: datetime) -> str:
    """From when till when, in the reader's own zone."""
    return f"{when(from_at)} to {when(until_at, AT if until_at - from_at < SHORT else MOMENT)}"


def who(name: str | None, people: Mapping[str, str]) -> str:
    """Somebody the rota names: by mention if we know them, else by the name as it is written there."""
    if name is None:
        return "nobody"
    return mention(people[name]) if name in people else fallback(name, 80) or "somebody"


def of_team(slack_id: object, team: object) -> str:
    """The team by its channel; by its key when the channel isn't known."""
    return channel(slack_id) or fallback(str(team or ""), 60) or "the team"
