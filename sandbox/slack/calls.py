"""A call of Slack's Web API: who calls, with what, and how it is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.slack.side import SlackSide

Json = dict[str, Any]


class Refused(Exception):
    """A business refusal: HTTP 200 with `ok: false` and this error code; `extra` joins the answer."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code, self.extra = code, extra


@dataclass(frozen=True)
class Call:
    """`arguments` are decoded already: JSON bodies as they are, form values with nested JSON opened."""

    method: str
    token: str
    arguments: Json = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """The argument as text, or None when it is absent or empty."""
        value = self.arguments.get(name)
        return None if value is None or value == "" else str(value)

    def need(self, name: str) -> str:
        """The argument as text, or the refusal `invalid_arguments`."""
        value = self.text(name)
        if value is None:
            raise Refused(
                "invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]}
            )
        return value

    def truth(self, name: str) -> bool:
        """The argument as a truth value, in each of the forms the SDKs send."""
        return str(self.arguments.get(name, "")).lower() in ("1", "true")


Method = Callable[["SlackSide", Call], Awaitable[Json]]
"""Answers the body without `ok`, or raises Refused. Each module of methods has a dict `METHODS: dict[str, Method]`."""
