"""What people's clients remember between gestures: choices in messages, and options a menu was offered by the app."""

from typing import Any

from sandbox.slack.inputs import State

Json = dict[str, Any]
KEPT = 1000


class Entries:
    """Lives as long as the process, for the newest so many of each kind."""

    def __init__(self) -> None:
        self._entered: dict[str, State] = {}
        self._offers: dict[tuple[str, str, str], list[Json]] = {}

    def entered(self, key: str) -> State:
        """What a person has entered in a message; the key names both."""
        return self._entered.get(key, {})

    def enter(self, key: str, block_id: str, values: Json) -> None:
        """Remember typed values by action id."""
        state = self._entered.pop(key, {})
        state.setdefault(block_id, {}).update(values)
        self._entered[key] = state
        if len(self._entered) > KEPT:
            del self._entered[next(iter(self._entered))]

    def offered(self, user: str, ids: tuple[str, str]) -> list[Json]:
        """The options the app last offered this person in this menu (block id, action id)."""
        return self._offers.get((user, *ids), [])

    def offer(self, user: str, ids: tuple[str, str], options: list[Json]) -> None:
        """Remember what the app offers; a choice made before stays choosable."""
        key = (user, *ids)
        self._offers[key] = [*options, *self._offers.pop(key, [])][:KEPT]
        if len(self._offers) > KEPT:
            del self._offers[next(iter(self._offers))]

    def clear(self) -> None:
        """Forget everything."""
        self._entered.clear()
        self._offers.clear()
