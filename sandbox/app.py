"""The composition root: one application on one port for Slack, X, plain wires, the control API and the page."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from sandbox import control, live, page, wires, x
from sandbox.clock import Clock
from sandbox.control import wires as control_wires
from sandbox.control import x as control_x
from sandbox.errors import Wrong, say_http, say_wrong
from sandbox.faults import Faults
from sandbox.guard import LoopbackOnly
from sandbox.live import Bus
from sandbox.shelf import Shelf
from sandbox.slack import response_urls, socket, webapi
from sandbox.slack.side import SlackSide
from sandbox.timekeeper import Timekeeper
from sandbox.wires.side import Wires
from sandbox.world import World
from sandbox.x.world import XSide


@dataclass(frozen=True)
class Options:
    """How this sandbox was started."""

    port: int
    rates: float = 1.0
    demo: bool = True
    start_at: datetime | None = None
    state: Path | None = None


@dataclass
class Sandbox:
    """Everything there is, for the routes."""

    world: World
    clock: Clock
    shelf: Shelf
    faults: Faults
    live: Bus
    slack: SlackSide
    x: XSide
    wires: Wires
    timekeeper: Timekeeper
    options: Options
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def reset(self) -> None:
        """Forget everything but the time, and begin the world anew."""
        self.shelf.clear()
        self.faults.orders.clear()
        self.clock.world += 1
        self.timekeeper.write()
        for begin in self._beginnings():
            begin()
        self.live.say("lost")

    def _beginnings(self) -> list[Callable[[], None]]:
        slack = self.slack
        return [
            slack.directory.load,
            slack.messages.load,
            slack.limits.refill,
            slack.links.reset,
            slack.views.reset,
            self.x.reset,
        ]

    def begin(self) -> None:
        """The server listens: what was due while it did not run comes now."""
        self.x.demo.wake()
        self.slack.links.wake()

    async def close(self) -> None:
        """Let go of everybody who listens, so that the server can stop."""
        self.closing.set()
        self.live.close()
        self.slack.links.close_all()
        self.timekeeper.write()


def build(world: World, shelf: Shelf, options: Options) -> Starlette:
    """The application; its `state.sandbox` is the Sandbox."""
    sandbox = assemble(world, shelf, options)
    refusals = {Wrong: say_wrong, HTTPException: say_http}
    app = Starlette(routes=routes(sandbox), middleware=[Middleware(LoopbackOnly)], exception_handlers=refusals)
    app.state.sandbox = sandbox
    return app


def assemble(world: World, shelf: Shelf, options: Options) -> Sandbox:
    """Put the parts together; business time resumes where the shelf left it."""
    clock, faults, bus = Clock(), Faults(), Bus()
    timekeeper = Timekeeper(clock, shelf, bus)
    timekeeper.resume(options.start_at)
    origin = f"http://127.0.0.1:{options.port}"
    slack = SlackSide(world, clock, shelf, faults, bus, options.rates, origin)
    if not options.demo:
        world = world.model_copy(update={"x": world.x.model_copy(update={"demo": []})})
    ex = XSide(world, clock, shelf, faults, bus, options.rates)
    plain = Wires(clock, shelf, faults, bus, origin)
    return Sandbox(world, clock, shelf, faults, bus, slack, ex, plain, timekeeper, options)


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """Every address of the sandbox."""
    slack = sandbox.slack
    return [
        *webapi.routes(slack),
        *socket.routes(slack),
        *response_urls.routes(slack),
        *control.routes(sandbox),
        *x.routes(sandbox.x),
        *control_x.routes(sandbox.x),
        *wires.routes(sandbox.wires),
        *control_wires.routes(sandbox.wires),
        *live.routes(sandbox.live),
        *page.routes(),
    ]
