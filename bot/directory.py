"""The directory as Slack tells it: everybody, and who sits in the channels Dibs sits in."""

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient

from desk.directory import Room
from domain.staff import DEACTIVATED, GUEST, OUTSIDER, STAFF, Staff

PAGE = 200


def people(web: WebClient, team: str) -> list[Staff]:
    """Everybody in the workspace, bots left out. SlackApiError when Slack won't say."""
    return [
        staff_of(user, team)
        for user in _pages(web, "users.list", "members")
        if not user.get("is_bot") and user.get("id") != "USLACKBOT"
    ]


def staff_of(user: dict[str, Any], team: str) -> Staff:
    """A person as users.info and user_change describe them."""
    profile = user.get("profile") or {}
    return Staff(
        slack_id=str(user["id"]),
        name=str(user.get("name") or user["id"])[:80],
        real_name=str(user.get("real_name") or profile.get("real_name") or user.get("name") or "")[:160],
        zone=str(user.get("tz") or "UTC"),
        kind=_kind(user, team),
    )


def _kind(user: dict[str, Any], team: str) -> str:
    if user.get("deleted"):
        return DEACTIVATED
    if user.get("is_stranger") or (user.get("team_id") or team) != team:
        return OUTSIDER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return GUEST
    return STAFF


def rooms(web: WebClient, bot_user: str) -> list[Room]:
    """The channels the bot sits in, with everybody in them."""
    found = []
    for channel in _pages(web, "conversations.list", "channels", types="public_channel,private_channel"):
        if channel.get("is_member", True) is False:
            continue
        members = () if channel.get("is_archived") else tuple(_members(web, channel["id"]))
        if bot_user in members or channel.get("is_archived"):
            found.append(_room(channel, members))
    return found


def _room(channel: dict[str, Any], members: tuple[str, ...]) -> Room:
    archived, private = bool(channel.get("is_archived")), bool(channel.get("is_private"))
    return Room(channel["id"], str(channel.get("name") or channel["id"]), archived, private, members)


def _members(web: WebClient, channel: str) -> Iterator[str]:
    yield from _pages(web, "conversations.members", "members", channel=channel)


def _pages(web: WebClient, method: str, key: str, **asked: Any) -> Iterator[Any]:
    cursor = ""
    while True:
        answer = web.api_call(method, params={**asked, "limit": PAGE, "cursor": cursor})
        yield from answer.get(key) or []
        cursor = ((answer.get("response_metadata") or {}).get("next_cursor")) or ""
        if not cursor:
            return
