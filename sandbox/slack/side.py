"""The Slack side as a whole: what its parts share."""

from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.live import Bus
from sandbox.shelf import Shelf
from sandbox.slack.directory import Directory
from sandbox.slack.limits import Limits
from sandbox.slack.links import Links
from sandbox.slack.messages import Messages
from sandbox.slack.views import Views
from sandbox.world import World


@dataclass
class SlackSide:
    """Built once by sandbox.app.build; every part gets the side and finds the others through it."""

    world: World
    clock: Clock
    shelf: Shelf
    faults: Faults
    live: Bus
    rates: float = 1.0
    origin: str = "http://127.0.0.1:8000"
    """Where this sandbox answers, without a slash at the end: the start of every absolute address it gives out."""
    directory: Directory = field(init=False)
    limits: Limits = field(init=False)
    messages: Messages = field(init=False)
    links: Links = field(init=False)
    views: Views = field(init=False)

    def __post_init__(self) -> None:
        self.directory = Directory(self)
        self.limits = Limits(self.clock, self.rates)
        self.messages = Messages(self)
        self.links = Links(self)
        self.views = Views(self)
