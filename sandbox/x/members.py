"""Who has an account on X."""

import hashlib
import re
from dataclasses import asdict

from sandbox.clock import Clock
from sandbox.shelf import Shelf
from sandbox.world import XWorld
from sandbox.x.model import Member

KIND = "x_member"
HANDLE = re.compile(r"[A-Za-z0-9_]{1,30}")
"""X itself allows 15 characters now; older and invented data have longer ones."""


class Members:
    """Everybody by id and by handle; somebody new is created on first sight."""

    def __init__(self, world: XWorld, clock: Clock, shelf: Shelf) -> None:
        self._world, self._clock, self._shelf = world, clock, shelf
        self.by_id: dict[str, Member] = {}
        self.by_handle: dict[str, Member] = {}

    def load(self) -> None:
        """Read the shelf and add the world's accounts."""
        self.by_id.clear()
        self.by_handle.clear()
        for document in self._shelf.all(KIND).values():
            self._know(Member(**document))
        for account in self._world.accounts:
            if account.id not in self.by_id:
                self.keep(Member(account.id, account.username, account.name))

    def keep(self, member: Member) -> Member:
        """Remember the member as it is now."""
        self._know(member)
        self._shelf.put(KIND, member.id, asdict(member))
        return member

    def named(self, handle: str) -> Member | None:
        """The member with this handle, with or without the @."""
        return self.by_handle.get(handle.removeprefix("@").lower())

    def meet(self, handle: str, name: str | None = None) -> Member:
        """The member with this handle; created when nobody has it. ValueError when it can't be a handle."""
        handle = handle.removeprefix("@")
        known = self.named(handle)
        if known is not None:
            return known
        if not HANDLE.fullmatch(handle):
            raise ValueError(f"{handle!r} can't be a handle: use letters, digits and _")
        shown = name or handle.replace("_", " ").strip().title() or handle
        return self.keep(Member(self._id_for(handle), handle, shown, created_at=self._clock.time()))

    def is_account(self, member: Member) -> bool:
        """Whether the app may act for this member: a brand's account."""
        return any(account.id == member.id for account in self._world.accounts)

    @property
    def brand(self) -> Member:
        """The first account of the world."""
        return self.by_id[self._world.accounts[0].id]

    def _know(self, member: Member) -> None:
        self.by_id[member.id] = member
        self.by_handle[member.username.lower()] = member

    @staticmethod
    def _id_for(handle: str) -> str:
        """The same handle has the same id in every run."""
        return str(10**17 + int.from_bytes(hashlib.sha256(handle.lower().encode()).digest()[:7]) % 10**17)
