"""Who is in the workspace and in which channels: the world's file first, then whatever has changed since."""

from typing import TYPE_CHECKING, Any

from sandbox.slack.dnd import status
from sandbox.slack.shapes import channel_shape, user_shape

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
QUIET = {"dnd_until", "dnd_schedule"}
REACH = QUIET | {"presence"}
"""What Slack does not call a change of the user."""
PARTNER_TEAM = "T0PARTNER"
"""The other company's workspace, home of every outsider."""


class Directory:
    """People and channels as documents; the bot is a person of kind `bot`."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self.load()

    def load(self) -> None:
        """Fill the shelf with what the world's file has and the shelf has not, and index the names."""
        self._people, self._channels = self._side.shelf.all("slack_person"), self._side.shelf.all("slack_channel")
        for person in self._first_people():
            if person["id"] not in self._people:
                self._side.shelf.put("slack_person", person["id"], person)
        for channel in self._first_channels():
            if channel["id"] not in self._channels:
                self._side.shelf.put("slack_channel", channel["id"], channel)
        self._names = {channel["name"]: channel["id"] for channel in self._channels.values() if channel["name"]}

    def person(self, user_id: str) -> Json | None:
        """The person: id, name, real_name, title, tz, kind, presence, dnd_until, dnd_schedule, team_id, updated."""
        return self._people.get(user_id)

    def people(self) -> list[Json]:
        """Everybody but the bot."""
        return [person for person in self._people.values() if person["kind"] != "bot"]

    def everybody(self) -> list[Json]:
        """People and the bot, as users.list has them."""
        return list(self._people.values())

    def channel(self, id_or_name: str) -> Json | None:
        """The channel by id or by name (with or without #): id, name, topic, members, is_archived, is_private,
        is_im, user (of a direct conversation), created.
        """
        if id_or_name in self._channels:
            return self._channels[id_or_name]
        return self._channels.get(self._names.get(id_or_name.removeprefix("#"), ""))

    def channels(self) -> list[Json]:
        """Every channel, direct conversations not included."""
        return [channel for channel in self._channels.values() if not channel["is_im"]]

    def ims(self) -> list[Json]:
        """Every direct conversation with the bot that was opened."""
        return [channel for channel in self._channels.values() if channel["is_im"]]

    def im(self, user_id: str) -> Json:
        """The direct conversation between the bot and this person, opened if need be."""
        channel_id = "D" + user_id[1:]
        if channel_id not in self._channels:
            channel = self._new_channel(channel_id, "", [user_id, self._side.world.app.bot_user])
            self._side.shelf.put("slack_channel", channel_id, channel | {"is_im": True, "user": user_id})
        return self._channels[channel_id]

    def word(self, channel: Json) -> str:
        """What people call the channel here: its name, or `@USER` for that person's direct messages with the bot."""
        return f"@{channel['user']}" if channel["is_im"] else str(channel["name"])

    def sees(self, user_id: str, channel_id: str) -> bool:
        """Whether this person reads this channel: in it, and not deactivated."""
        person, channel = self.person(user_id), self.channel(channel_id)
        if person is None or channel is None or person["kind"] == "deactivated":
            return False
        return user_id in channel["members"]

    def active(self, channel: Json, kind: str) -> list[str]:
        """The ids of the channel's people of that kind."""
        return [user for user in channel["members"] if user in self._people and self._people[user]["kind"] == kind]

    def slack_user(self, user_id: str) -> Json:
        """The person in the shape of users.info; KeyError when unknown."""
        channels = sum(user_id in channel["members"] for channel in self.channels())
        return user_shape(self._people[user_id], self._side.world, self._side.clock.time(), channels=channels)

    def slack_channel(self, channel: Json) -> Json:
        """The channel in the shape of conversations.info."""
        people = (self.person(user) for user in channel["members"])
        shared = any(person["team_id"] == PARTNER_TEAM for person in people if person is not None)
        return channel_shape(channel, self._side.world, shared=shared)

    def change_person(self, user_id: str, **facts: Any) -> Json:
        """Keep new facts about a person and say so to everybody who listens."""
        person = self._people[user_id] | facts
        if not set(facts) <= REACH:
            person["updated"] = int(self._side.clock.time())
        person["team_id"] = self._team_of(person["kind"])
        self._side.shelf.put("slack_person", user_id, person)
        self._side.live.say("users")
        self._tell_change(person, set(facts))
        return person

    def add_person(self, user_id: str, facts: Json) -> Json:
        """Somebody new joins the workspace."""
        now = self._side.clock.time()
        person = {"id": user_id, "title": "", "tz": "Europe/London", "kind": "staff", "real_name": facts["name"]}
        person |= {"presence": "active", "dnd_until": None, "dnd_schedule": None} | facts | {"updated": int(now)}
        person["team_id"] = self._team_of(person["kind"])
        self._side.shelf.put("slack_person", user_id, person)
        self._side.live.say("users")
        self._tell_person("team_join", user_id)
        return person

    def join(self, user_id: str, channel_id: str) -> None:
        """Put somebody into a channel; nothing happens when they are in it."""
        channel = self._channels[channel_id]
        if user_id in channel["members"]:
            return
        self._keep(channel | {"members": [*channel["members"], user_id]})
        self._tell_membership("member_joined_channel", user_id, channel)

    def leave(self, user_id: str, channel_id: str) -> None:
        """Take somebody out of a channel; nothing happens when they are not in it."""
        channel = self._channels[channel_id]
        if user_id not in channel["members"]:
            return
        self._keep(channel | {"members": [member for member in channel["members"] if member != user_id]})
        self._tell_membership("member_left_channel", user_id, channel)

    def archive(self, channel_id: str, *, archived: bool) -> None:
        """Archive a channel or bring it back."""
        channel = self._channels[channel_id]
        if channel["is_archived"] == archived:
            return
        self._keep(channel | {"is_archived": archived})
        kind = "channel_archive" if archived else "channel_unarchive"
        self._side.links.event({"type": kind, "channel": channel_id, "user": "U0ADMIN", "event_ts": self._stamp()})

    def _keep(self, channel: Json) -> None:
        self._side.shelf.put("slack_channel", channel["id"], channel)
        self._side.live.say("channels")

    def _tell_change(self, person: Json, facts: set[str]) -> None:
        """Apps hear of profiles and of quiet hours; of presence only those that ask."""
        if not facts <= REACH:
            self._tell_person("user_change", person["id"])
        if facts & QUIET:
            told = {"user": person["id"], "dnd_status": status(person, self._side.clock.time())}
            self._side.links.event({"type": "dnd_updated_user", **told, "event_ts": self._stamp()})

    def _tell_person(self, kind: str, user_id: str) -> None:
        stamp = {"cache_ts": int(self._side.clock.time()), "event_ts": self._stamp()}
        self._side.links.event({"type": kind, "user": self.slack_user(user_id), **stamp})

    def _tell_membership(self, kind: str, user_id: str, channel: Json) -> None:
        event = {"type": kind, "user": user_id, "channel": channel["id"], "team": self._side.world.workspace.id}
        event |= {"channel_type": "G" if channel["is_private"] else "C", "event_ts": self._stamp()}
        self._side.links.event(event)

    def _team_of(self, kind: str) -> str:
        return PARTNER_TEAM if kind == "outsider" else self._side.world.workspace.id

    def _stamp(self) -> str:
        return f"{self._side.clock.time():.6f}"

    def _first_people(self) -> list[Json]:
        world, now = self._side.world, int(self._side.clock.time())
        calm = {"presence": "active", "dnd_until": None, "dnd_schedule": None, "updated": now}
        people = [person.model_dump() | calm | {"team_id": self._team_of(person.kind)} for person in world.users]
        bot = {"id": world.app.bot_user, "name": world.app.name.lower(), "real_name": world.app.name, "title": ""}
        return [*people, bot | calm | {"tz": "UTC", "kind": "bot", "team_id": world.workspace.id}]

    def _first_channels(self) -> list[Json]:
        return [
            self._new_channel(channel.id, channel.name, channel.members)
            | {"topic": channel.topic, "is_private": channel.private}
            for channel in self._side.world.channels
        ]

    def _new_channel(self, channel_id: str, name: str, members: list[str]) -> Json:
        channel = {"id": channel_id, "name": name, "topic": "", "members": list(members), "is_archived": False}
        return channel | {"is_private": False, "is_im": False, "user": None, "created": int(self._side.clock.time())}
