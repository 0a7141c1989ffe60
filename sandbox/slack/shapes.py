"""People, channels and bots in the shapes Slack gives them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.world import World

Json = dict[str, Any]


def user_shape(person: Json, world: World, now: float, *, channels: int) -> Json:
    """A person as users.info has them; `now` is business time, for the time zone's offset.

    `channels` counts those the person is in: a guest of a single one is `ultra` restricted.
    """
    kind, bot = person["kind"], person["kind"] == "bot"
    user = {
        "id": person["id"],
        "team_id": person["team_id"],
        "name": person["name"],
        "deleted": kind == "deactivated",
        "color": "4bbe2e",
        "real_name": person["real_name"],
        **_zone(person["tz"], now),
        "profile": _profile(person, world),
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": kind == "guest",
        "is_ultra_restricted": kind == "guest" and channels == 1,
        "is_bot": bot,
        "is_app_user": False,
        "updated": person["updated"],
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    return user | {"is_stranger": True} if kind == "outsider" else user


def _zone(name: str, now: float) -> Json:
    moment = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(name))
    offset = moment.utcoffset()
    return {"tz": name, "tz_label": moment.tzname() or name, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _profile(person: Json, world: World) -> Json:
    profile = {
        "title": person["title"],
        "phone": "",
        "skype": "",
        "real_name": person["real_name"],
        "real_name_normalized": person["real_name"],
        "display_name": person["name"],
        "display_name_normalized": person["name"],
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g" + person["id"].lower(),
        "team": person["team_id"],
    }
    if person["kind"] != "bot":
        return profile
    return profile | {"api_app_id": world.app.id, "always_active": True, "bot_id": world.app.bot_id}


def channel_shape(channel: Json, world: World, *, shared: bool) -> Json:
    """A channel or direct conversation as conversations.info has it."""
    team = world.workspace.id
    shape = {
        "id": channel["id"],
        "created": channel["created"],
        "is_archived": channel["is_archived"],
        "is_im": channel["is_im"],
        "is_org_shared": False,
        "context_team_id": team,
        "updated": channel["created"] * 1000,
    }
    if channel["is_im"]:
        return shape | {"user": channel["user"], "is_user_deleted": False, "priority": 0}
    return shape | _named(channel, world) | {"is_shared": shared, "is_ext_shared": shared}


def _named(channel: Json, world: World) -> Json:
    team, created = world.workspace.id, channel["created"]
    remark = {"value": "", "creator": "", "last_set": 0}
    return {
        "name": channel["name"],
        "name_normalized": channel["name"],
        "is_channel": True,
        "is_group": channel["is_private"],
        "is_mpim": False,
        "is_private": channel["is_private"],
        "is_general": False,
        "unlinked": 0,
        "creator": channel["members"][0] if channel["members"] else "",
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [team],
        "previous_names": [],
        "is_member": world.app.bot_user in channel["members"],
        "topic": remark | {"value": channel["topic"], "last_set": created if channel["topic"] else 0},
        "purpose": remark,
    }


def bot_shape(world: World) -> Json:
    """The bot_profile that the app's own messages carry."""
    icons = {f"image_{size}": f"https://example.invalid/app_{size}.png" for size in (36, 48, 72)}
    return {
        "id": world.app.bot_id,
        "app_id": world.app.id,
        "name": world.app.name,
        "icons": icons,
        "deleted": False,
        "updated": 1,
        "team_id": world.workspace.id,
    }
