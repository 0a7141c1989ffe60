"""Spikes: what a channel is told when more is posted than is usual for the hour."""

from collections.abc import Mapping
from typing import Any

from views.kit import Json, anchor, escape
from views.telling import Payload, Says, number, plainly, told


def spike(payload: Payload) -> Json:
    """How many posts in how long by how many people, what is usual then, and the way to the cards."""
    team = plainly(payload, "team", "")
    about = f" about {escape(team[:1].upper() + team[1:])}" if team else ""
    opening = f":chart_with_upwards_trend: *{number(payload, 'count')} posts{about} {_span(payload)}*"
    by = f", by {number(payload, 'authors')} people"
    return told(f"{opening}{by}; {_usual(payload)}.{_cases(payload)}")


def _span(payload: Payload) -> str:
    minutes = payload.get("minutes")
    if not isinstance(minutes, int) or minutes <= 0:
        return "lately"
    if minutes == 60:
        return "in the last hour"
    return f"in the last {minutes} minutes" if minutes < 60 else f"in the last {minutes // 60} hours"


def _usual(payload: Payload) -> str:
    usual = payload.get("usual")
    if not isinstance(usual, int | float):
        return "what is usual isn't known yet, but so many together stand out"
    rounded = f"{usual:.0f}" if usual >= 1 else "less than one"
    return f"usual for {plainly(payload, 'hour', 'this hour')} is {rounded}"


def _cases(payload: Payload) -> str:
    given = payload.get("cases")
    named = [_case(one) for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
    if not named:
        return ""
    total = payload.get("of_cases")
    more = total - len(named) if isinstance(total, int) else 0
    return f" Newest cases: {', '.join(named)}{f' and {more} more' if more > 0 else ''}."


def _case(one: Mapping[str, Any]) -> str:
    link = one.get("link")
    return anchor(link if isinstance(link, str) else None, str(one.get("case", "?"))[:20])


SPIKES: dict[str, Says] = {"spike": spike}
