"""Staff, channels and who sits where, as Slack last told us."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, select

from domain.staff import Actor, Staff
from storage.schema import channels, memberships, staff
from storage.scope import Rows, Scope, b, insert_once, upsert

_STAFF = upsert(staff, ("slack_id",), ("name", "real_name", "zone", "kind", "synced_at"))
_CHANNEL = upsert(channels, ("slack_id",), ("name", "archived", "private", "synced_at"))
_GET = select(staff).where(staff.c.slack_id == b("id"))
_BY_NAME = select(staff).where(staff.c.name == b("name"))
_CHANNEL_NAMED = select(channels.c.slack_id).where(channels.c.name == b("name"))
_CHANNELS = select(channels)
_SEATED = exists().where(memberships.c.channel == b("channel"), memberships.c.staff == staff.c.slack_id)
_ACTOR = select(staff, _SEATED.label("seated")).where(staff.c.slack_id == b("id"))
_SEATS = (
    select(staff)
    .join(memberships, memberships.c.staff == staff.c.slack_id)
    .where(memberships.c.channel == b("channel"))
)
_EMPTY = delete(memberships).where(memberships.c.channel == b("channel"))
_SEAT = insert_once(memberships, "channel", "staff")
_UNSEAT = delete(memberships).where(memberships.c.channel == b("channel"), memberships.c.staff == b("staff"))
_MANY = select(staff)


def _staff(row: Row[Any]) -> Staff:
    return Staff(row.slack_id, row.name, row.real_name, row.zone, row.kind)


class Directory(Rows):
    """Statements on staff, channels and memberships."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        super().__init__(connection, scope)
        self._channels: dict[str, str | None] = {}
        """Ids by name, as far as this transaction has asked."""

    def put_staff(self, people: Iterable[Staff], at: datetime) -> None:
        """Keep these people as Slack describes them now."""
        rows = [{**asdict(person), "synced_at": at} for person in people]
        self._insert_all(_STAFF, rows)

    def put_channel(self, slack_id: str, name: str, at: datetime, flags: tuple[bool, bool]) -> None:
        """Keep a channel as Slack describes it now; flags are (archived, private)."""
        self._channels.clear()
        self._insert(_CHANNEL, slack_id=slack_id, name=name, archived=flags[0], private=flags[1], synced_at=at)

    def seat(self, channel: str, members: Iterable[str]) -> None:
        """These and no others sit in the channel."""
        self._run(_EMPTY, v_channel=channel)
        self._insert_all(_SEAT, [{"channel": channel, "staff": member} for member in members])

    def join(self, channel: str, member: str) -> None:
        """Somebody came in."""
        self._insert(_SEAT, channel=channel, staff=member)

    def leave(self, channel: str, member: str) -> None:
        """Somebody left."""
        self._run(_UNSEAT, v_channel=channel, v_staff=member)

    def get(self, slack_id: str) -> Staff | None:
        """The person."""
        row = self._one(_GET, v_id=slack_id)
        return _staff(row) if row else None

    def named(self, name: str) -> Staff | None:
        """The person with this Slack name."""
        row = self._one(_BY_NAME, v_name=name)
        return _staff(row) if row else None

    def everybody(self) -> list[Staff]:
        """Everybody known."""
        return [_staff(row) for row in self._all(_MANY)]

    def seated(self, channel: str) -> list[Staff]:
        """Who sits in the channel."""
        return [_staff(row) for row in self._all(_SEATS, v_channel=channel)]

    def actor(self, slack_id: str, channel: str | None) -> Actor:
        """Somebody about to act in the channel."""
        row = self._one(_ACTOR, v_channel=channel, v_id=slack_id)
        return Actor(slack_id, _staff(row) if row else None, bool(row and row.seated))

    def channel_id(self, name: str) -> str | None:
        """The id of the channel with this name."""
        if name not in self._channels:
            row = self._one(_CHANNEL_NAMED, v_name=name)
            self._channels[name] = row.slack_id if row else None
        return self._channels[name]

    def channel_names(self) -> dict[str, str]:
        """Names by id."""
        return {row.slack_id: row.name for row in self._all(_CHANNELS)}
