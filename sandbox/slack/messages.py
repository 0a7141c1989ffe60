"""Every message of the workspace: posting, changing, deleting, ephemerals, and what each person has read."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sandbox.slack.calls import Refused
from sandbox.slack.channel_log import ChannelLog, tidy
from sandbox.slack.decorate import decorated
from sandbox.slack.shapes import bot_shape

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
EPHEMERALS_KEPT = 200
"""Per person; older ones are forgotten, as a reload of the real client forgets them all."""
LAG = 4
"""How many earlier versions of a message a slow screen may still show, and a person still press."""


@dataclass(frozen=True)
class Content:
    """What a message says; `metadata` is what only the app reads."""

    text: str = ""
    blocks: list[Any] | None = None
    attachments: list[Any] | None = None
    metadata: Json | None = None

    def fields(self) -> Json:
        """The message's fields, with ids given to the blocks."""
        said: Json = {"text": self.text}
        if self.blocks:
            said["blocks"] = decorated(self.blocks)
        if self.attachments:
            said["attachments"] = [{"id": n} | item for n, item in enumerate(self.attachments, 1)]
        return said


class Messages:
    """One log per channel, one shelf of ephemerals per person."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self.load()

    def load(self) -> None:
        """Take up what the shelf remembers."""
        self._logs: dict[str, ChannelLog] = {}
        self._ephemerals: dict[str, dict[tuple[str, str], Json]] = {}
        self._earlier: dict[tuple[str, str], deque[list[Json]]] = {}
        for kept in self._side.shelf.all("slack_message").values():
            self.log(kept["channel"]).add(kept["message"], kept["metadata"])
        for log in self._logs.values():
            for thread_ts in log.threads:
                log.sum_up(thread_ts)
        for kept in self._side.shelf.all("slack_ephemeral").values():
            self._shelf_of(kept["user"])[kept["channel"], kept["message"]["ts"]] = kept["message"]

    def log(self, channel_id: str) -> ChannelLog:
        """The channel's log."""
        return self._logs.setdefault(channel_id, ChannelLog())

    def get(self, channel_id: str, ts: str) -> Json | None:
        """The whole message without its metadata, or None."""
        return self.log(channel_id).messages.get(tidy(ts))

    def earlier(self, channel_id: str, ts: str) -> list[list[Json]]:
        """The blocks of the last versions before this one, the newest first: somebody's screen may lag."""
        return list(self._earlier.get((channel_id, tidy(ts)), ()))

    def metadata(self, channel_id: str, ts: str) -> Json | None:
        """The message's metadata, or None."""
        return self.log(channel_id).metadata.get(tidy(ts))

    def root_of(self, channel_id: str, thread_ts: str) -> str:
        """The ts of the thread's parent: a reply's ts stands for its parent's; Refused for an unknown one."""
        message = self.get(channel_id, thread_ts)
        if message is None:
            raise Refused("thread_not_found")
        return str(message.get("thread_ts", message["ts"]))

    def post(self, channel_id: str, author: Json, content: Content, **extra: Any) -> Json:
        """Post as `author` (see `by_bot`, `by_person`); `extra` may hold thread_ts and subtype. Answers the message."""
        log = self.log(channel_id)
        message = {"type": "message", **author, "ts": log.next_ts(self._side.clock.time()), **content.fields(), **extra}
        thread_ts = extra.get("thread_ts")
        if thread_ts is not None:
            message["parent_user_id"] = log.messages[thread_ts]["user"]
        log.add(message, content.metadata)
        self._keep(channel_id, message["ts"])
        self._tell(channel_id, message, None, "new")
        self._side.links.event(self._event(channel_id, message))
        return message

    def by_bot(self) -> Json:
        """The author's fields of a message of the app."""
        app, team = self._side.world.app, self._side.world.workspace.id
        bot = {"user": app.bot_user, "bot_id": app.bot_id, "app_id": app.id, "team": team}
        return bot | {"bot_profile": bot_shape(self._side.world)}

    def by_person(self, user_id: str) -> Json:
        """The author's fields of a person's message."""
        person = self._side.directory.person(user_id) or {"team_id": self._side.world.workspace.id}
        return {"client_msg_id": str(uuid4()), "user": user_id, "team": person["team_id"]}

    def update(self, channel_id: str, ts: str, changes: Json, *, metadata: Json | None = None) -> Json:
        """Change fields of a message (None removes one); its metadata stays unless new is given."""
        log = self.log(channel_id)
        old = log.messages[tidy(ts)]
        message = {key: value for key, value in (old | changes).items() if value is not None}
        log.messages[message["ts"]] = message
        self._earlier.setdefault((channel_id, message["ts"]), deque(maxlen=LAG)).appendleft(old.get("blocks", []))
        if metadata is not None:
            log.keep_metadata(message["ts"], metadata)
        self._keep(channel_id, message["ts"])
        self._tell_change(channel_id, message, {"subtype": "message_changed", "message": message}, old)
        return message

    def delete(self, channel_id: str, ts: str) -> None:
        """Delete a message; a parent with replies leaves a stone in its place."""
        log, ts = self.log(channel_id), tidy(ts)
        if log.threads.get(ts):
            stone = {"subtype": "tombstone", "text": "This message was deleted.", "blocks": None, "attachments": None}
            self.update(channel_id, ts, stone)
            return
        old = log.remove(ts)
        self._side.shelf.drop("slack_message", f"{channel_id}:{ts}")
        self._tell_change(channel_id, old, {"subtype": "message_deleted", "deleted_ts": ts}, old)

    def ephemeral(self, channel: str, user: str, content: Content, thread_ts: str | None = None) -> str:
        """Show something to one person alone; answers its ts."""
        ts = self.log(channel).next_ts(self._side.clock.time())
        message = {"type": "message", "subtype": "bot_message", **self.by_bot(), "ts": ts, **content.fields()}
        message |= {"is_ephemeral": True} | ({"thread_ts": thread_ts} if thread_ts else {})
        self._keep_ephemeral(user, channel, message)
        self._tell(channel, message, user, "new")
        return ts

    def find_ephemeral(self, user: str, channel: str, ts: str) -> Json | None:
        """The ephemeral as this person has it, or None."""
        return self._shelf_of(user).get((channel, tidy(ts)))

    def ephemerals(self, user: str, channel: str) -> list[Json]:
        """This person's ephemerals in the channel, oldest first."""
        return [message for (place, _ts), message in self._shelf_of(user).items() if place == channel]

    def change_ephemeral(self, user: str, channel: str, ts: str, content: Content | None) -> None:
        """Say something else in an ephemeral's place; None takes it away."""
        old = self._shelf_of(user)[channel, ts]
        if content is None:
            self._forget_ephemeral(user, channel, ts)
        else:
            kept = {key: value for key, value in old.items() if key not in ("blocks", "attachments")}
            self._keep_ephemeral(user, channel, kept | content.fields())
        self._tell(channel, old, user, "deleted" if content is None else "changed")

    def mark(self, user: str, channel: str, ts: str) -> None:
        """This person has read the channel up to ts."""
        self._side.shelf.put("slack_read", f"{user}:{channel}", {"ts": ts})

    def unread(self, user: str, channel: str) -> int:
        """How many messages of others stand in the channel after the last one this person has read."""
        mark = self._side.shelf.get("slack_read", f"{user}:{channel}") or {"ts": ""}
        log = self.log(channel)
        return sum(log.messages[ts]["user"] != user for ts in log.after(mark["ts"]))

    def shown(self, channel_id: str, stamps: Iterable[str], *, metadata: bool) -> list[Json]:
        """These messages as history gives them."""
        log = self.log(channel_id)
        if not metadata:
            return [log.messages[ts] for ts in stamps]
        return [log.messages[ts] | ({"metadata": log.metadata[ts]} if ts in log.metadata else {}) for ts in stamps]

    def _shelf_of(self, user: str) -> dict[tuple[str, str], Json]:
        return self._ephemerals.setdefault(user, {})

    def _keep(self, channel_id: str, ts: str) -> None:
        log = self.log(channel_id)
        kept = {"channel": channel_id, "message": log.messages[ts], "metadata": log.metadata.get(ts)}
        self._side.shelf.put("slack_message", f"{channel_id}:{ts}", kept)

    def _keep_ephemeral(self, user: str, channel: str, message: Json) -> None:
        mine = self._shelf_of(user)
        mine[channel, message["ts"]] = message
        kept = {"user": user, "channel": channel, "message": message}
        self._side.shelf.put("slack_ephemeral", f"{user}:{channel}:{message['ts']}", kept)
        if len(mine) > EPHEMERALS_KEPT:
            self._forget_ephemeral(user, *next(iter(mine)))

    def _forget_ephemeral(self, user: str, channel: str, ts: str) -> None:
        self._shelf_of(user).pop((channel, ts), None)
        self._side.shelf.drop("slack_ephemeral", f"{user}:{channel}:{ts}")

    def _event(self, channel_id: str, message: Json) -> Json:
        channel = self._side.directory.channel(channel_id) or {"is_im": True, "is_private": False}
        kind = "im" if channel["is_im"] else "group" if channel["is_private"] else "channel"
        return message | {"channel": channel_id, "channel_type": kind, "event_ts": message["ts"]}

    def _tell_change(self, channel_id: str, message: Json, news: Json, old: Json) -> None:
        ts = self.log(channel_id).next_ts(self._side.clock.time())
        event = {"type": "message", "hidden": True, "ts": ts, **news, "previous_message": old}
        self._side.links.event(self._event(channel_id, event))
        self._tell(channel_id, message, None, "changed" if "message" in news else "deleted")

    def _tell(self, channel_id: str, message: Json, user: str | None, change: str) -> None:
        """Say to the open pages what changed; `user` is the one person an ephemeral is for."""
        channel = self._side.directory.channel(channel_id)
        place = self._side.directory.word(channel) if channel is not None else channel_id
        facts = {"channel": channel_id, "place": place, "ts": message["ts"], "thread_ts": message.get("thread_ts")}
        self._side.live.say("message", **facts, user=user, change=change)
