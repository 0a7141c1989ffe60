"""Modals and App Home as Slack keeps them: each person's stack of at most three, hashes, ids and what was typed."""

import asyncio
import contextlib
import json
import secrets
import time
from typing import TYPE_CHECKING, Any

from sandbox.blocks import Surface, faults_of, messages_of
from sandbox.slack.calls import Refused
from sandbox.slack.decorate import decorated
from sandbox.slack.entries import Entries
from sandbox.slack.inputs import carried_over, state_of
from sandbox.slack.triggers import Triggers

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]
DEEPEST = 3
LARGEST = 250_000
"""Bytes of one view as JSON."""
HOMES = "slack_home"
DEFAULTS: Json = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "close": None,
    "submit": None,
}


class Views:
    """Open modals live as long as the process, published homes as long as the shelf."""

    def __init__(self, side: "SlackSide") -> None:
        self._side = side
        self._stacks: dict[str, list[Json]] = {}
        self._published = asyncio.Condition()
        self._publications: dict[str, int] = {}
        self.entries = Entries()
        self.triggers = Triggers()

    def top(self, user: str) -> Json | None:
        """The modal this person looks at."""
        stack = self._stacks.get(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> Json | None:
        """The person's App Home, when it was ever published."""
        return self._side.shelf.get(HOMES, user)

    def of(self, user: str, view_id: str) -> Json | None:
        """The person's view of this id: an open modal, however deep, or their home."""
        home = self.home(user)
        mine = [*self._stacks.get(user, []), *([home] if home else [])]
        return next((view for view in mine if view["id"] == view_id), None)

    def open(self, user: str, source: Json) -> Json:
        """Show a modal; whatever was open gives way."""
        self._refuse_external_id(source, None)
        view = self._built(source, "modal")
        self._stacks[user] = [view | {"root_view_id": view["id"], "previous_view_id": None}]
        self._say(user)
        return self._stacks[user][-1]

    def push(self, user: str, source: Json) -> Json:
        """Lay a modal over the open one."""
        stack = self._stacks.get(user, [])
        if not stack or len(stack) >= DEEPEST:
            raise Refused("push_limit_reached" if stack else "not_found")
        self._refuse_external_id(source, None)
        view = self._built(source, "modal")
        stack.append(view | {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]})
        self._say(user)
        return stack[-1]

    def update(self, view_id: str | None, external_id: str | None, source: Json, expected: str | None) -> Json:
        """Change an open modal; what was typed stays where block and action ids stay."""
        user, old = self._find(view_id, external_id)
        if expected is not None and expected != old["hash"]:
            raise Refused("hash_conflict")
        self._refuse_external_id(source, old)
        view = self._built(source, "modal")
        view |= {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
        view["external_id"] = source.get("external_id", old["external_id"])
        view["state"] = {"values": carried_over(view["blocks"], old["state"]["values"])}
        stack = self._stacks[user]
        stack[stack.index(old)] = view
        self._say(user)
        return view

    async def publish(self, user: str, source: Json, expected: str | None) -> Json:
        """Show an App Home."""
        old = self.home(user)
        if expected is not None and old is not None and expected != old["hash"]:
            raise Refused("hash_conflict")
        view = self._built(source, "home")
        view |= {"root_view_id": view["id"], "previous_view_id": None}
        if old is not None:
            view |= {"id": old["id"], "root_view_id": old["id"]}
        self._side.shelf.put(HOMES, user, view)
        self._publications[user] = self.publications(user) + 1
        self._side.live.say("home", user=user)
        async with self._published:
            self._published.notify_all()
        return view

    def publications(self, user: str) -> int:
        """How often this person's home was published in this process."""
        return self._publications.get(user, 0)

    async def wait_for_home(self, user: str, after: int, seconds: float) -> Json | None:
        """The home once it was published for the `after`-th time and once more, or what there is after `seconds`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._published:
                await self._published.wait_for(lambda: self.publications(user) > after)
        return self.home(user)

    def type_in(self, user: str, view_id: str, block_id: str, values: Json) -> None:
        """Remember what the person typed or chose in one block, as typed state values by action id."""
        view = self.of(user, view_id)
        if view is not None:
            view["state"]["values"].setdefault(block_id, {}).update(values)
            if view["type"] == "home":
                self._side.shelf.put(HOMES, user, view)

    def close(self, user: str, view_id: str) -> None:
        """Take the modal, and whatever lies over it, away."""
        stack = self._stacks.get(user, [])
        ids = [view["id"] for view in stack]
        if view_id in ids:
            del stack[ids.index(view_id) :]
            self._say(user)

    def clear(self, user: str) -> list[Json]:
        """Take all of the person's modals away; the answer is what was open, topmost first."""
        stack = self._stacks.pop(user, [])
        if stack:
            self._say(user)
        return stack[::-1]

    def reset(self) -> None:
        """Forget every open modal."""
        self._stacks.clear()
        self.entries.clear()

    def check(self, source: Any, surface: Surface) -> Json:
        """The view as it may be shown, or the refusal Slack gives."""
        if not isinstance(source, dict):
            raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] view must be an object"]})
        if len(json.dumps(source, ensure_ascii=False).encode()) > LARGEST:
            raise Refused("view_too_large")
        faults = faults_of(source, surface)
        if faults:
            raise Refused("invalid_arguments", response_metadata={"messages": messages_of(faults, surface)})
        return source

    def _built(self, source: Json, surface: Surface) -> Json:
        self.check(source, surface)
        world = self._side.world
        blocks = decorated(source.get("blocks", []))
        view = DEFAULTS | {key: value for key, value in source.items() if key != "blocks"}
        return view | {
            "id": "V" + secrets.token_hex(5).upper(),
            "team_id": world.workspace.id,
            "type": surface,
            "title": source.get("title"),
            "blocks": blocks,
            "state": {"values": state_of(blocks)},
            "hash": f"{int(time.time())}.{secrets.token_hex(4)}",
            "app_id": world.app.id,
            "app_installed_team_id": world.workspace.id,
            "bot_id": world.app.bot_id,
        }

    def _find(self, view_id: str | None, external_id: str | None) -> tuple[str, Json]:
        for user, stack in self._stacks.items():
            for view in stack:
                if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                    return user, view
        raise Refused("not_found")

    def _refuse_external_id(self, source: Json, own: Json | None) -> None:
        wanted = source.get("external_id") if isinstance(source, dict) else None
        taken = [view for stack in self._stacks.values() for view in stack if view is not own]
        if wanted and any(view["external_id"] == wanted for view in taken):
            raise Refused("duplicate_external_id")

    def _say(self, user: str) -> None:
        view = self.top(user)
        self._side.live.say("view", user=user, view_id=view["id"] if view else None)
