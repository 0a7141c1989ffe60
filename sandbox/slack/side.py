"""The Slack side as a whole: what its parts share."""

from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.live import Bus
from sandbox.shelf import Shelf
from sandbox.slack.directory import Directory
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
    directory: Directory = field(init=False)
    messages: Messages = field(init=False)
    links: Links = field(init=False)
    views: Views = field(init=False)

    def __post_init__(self) -> None:
        self.directory = Directory(self)
        self.messages = Messages(self)
        self.links = Links(self)
        self.views = Views(self)
