"""What a person can do in this world, as HTTP calls."""

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute

from sandbox.control import clock, faults, people, reading, ready, slack_act, workspace, writing

if TYPE_CHECKING:
    from sandbox.app import Sandbox


def routes(sandbox: "Sandbox") -> list[BaseRoute]:
    """Everything below /control but X, and /ready."""
    return [
        *ready.routes(sandbox),
        *clock.routes(sandbox),
        *faults.routes(sandbox),
        *workspace.routes(sandbox),
        *people.routes(sandbox.slack),
        *reading.routes(sandbox.slack),
        *writing.routes(sandbox.slack),
        *slack_act.routes(sandbox.slack),
    ]
